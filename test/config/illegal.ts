/** A legal astro.yaml. */
export const GOOD = `name: shop
environments:
  dev:
    region: us-east-1
    network:
      azs: 1
      nat: one
`;

/** Files that are refused: what is wrong, the text, and the message of both astro and the generated app. */
export const ILLEGAL: readonly (readonly [what: string, text: string, message: string])[] = [
  [
    "a variable that the app sets",
    `${GOOD}    service:\n      environment: {PORT: "80"}\n`,
    'infra/astro.yaml:9:27: environments.dev.service.environment.PORT is "80": PORT is a variable that the app sets itself: choose another name',
  ],
  [
    "a variable that no shell has",
    `${GOOD}    service:\n      environment: {log-level: info}\n`,
    'infra/astro.yaml:9:32: environments.dev.service.environment.log-level is "info": a variable\'s name is letters, digits and underscores, no digit first',
  ],
  [
    "a variable that is a number",
    `${GOOD}    service:\n      environment: {WORKERS: 4}\n`,
    'infra/astro.yaml:9:30: environments.dev.service.environment.WORKERS is 4, which YAML reads as a number: write it in quotes, "4"',
  ],
  [
    "a variable that is a secret too",
    `${GOOD}    service:\n      environment: {KEY: a}\n      secrets: [KEY]\n`,
    'infra/astro.yaml:9:26: environments.dev.service.environment.KEY is "a": it is in secrets as well: a variable has one value',
  ],
  [
    "a secret twice",
    `${GOOD}    service:\n      secrets: [KEY, KEY]\n`,
    'infra/astro.yaml:9:22: environments.dev.service.secrets.1 is "KEY": KEY is above already',
  ],
  [
    "a word for a number",
    GOOD.replace("azs: 1", "azs: many"),
    'infra/astro.yaml:6:12: environments.dev.network.azs is "many": expected a whole number 1 to 3',
  ],
  [
    "too much",
    GOOD.replace("azs: 1", "azs: 4"),
    "infra/astro.yaml:6:12: environments.dev.network.azs is 4: expected a whole number 1 to 3",
  ],
  [
    "half a zone",
    GOOD.replace("azs: 1", "azs: 1.5"),
    "infra/astro.yaml:6:12: environments.dev.network.azs is 1.5: expected a whole number 1 to 3",
  ],
  [
    "nothing",
    GOOD.replace("azs: 1", "azs:"),
    "infra/astro.yaml:6:11: environments.dev.network.azs is empty: expected a whole number 1 to 3",
  ],
  [
    "a wrong word",
    GOOD.replace("nat: one", "nat: on"),
    'infra/astro.yaml:7:12: environments.dev.network.nat is "on": expected none, one or per-az; did you mean one?',
  ],
  [
    "a list",
    GOOD.replace("azs: 1", "azs: [1, 2]"),
    "infra/astro.yaml:6:12: environments.dev.network.azs is [1,2]: expected a whole number 1 to 3",
  ],
  [
    "an unknown key",
    GOOD.replace("azs:", "azz:"),
    "infra/astro.yaml:6:7: environments.dev.network.azz: unknown key; did you mean azs?",
  ],
  [
    "a key like no other",
    GOOD.replace("azs:", "colour:"),
    "infra/astro.yaml:6:7: environments.dev.network.colour: unknown key; the keys here are azs, nat, zones and flowLogs",
  ],
  [
    "a region that is none",
    GOOD.replace("us-east-1", "us-eest-1"),
    'infra/astro.yaml:4:13: environments.dev.region is "us-eest-1": unknown region; did you mean us-east-1?',
  ],
  [
    "no region",
    GOOD.replace("region: us-east-1", "protect: true"),
    "infra/astro.yaml:3:3: environments.dev.region is missing",
  ],
  [
    "an environment's name in capitals",
    GOOD.replace("dev:", "Dev:"),
    "infra/astro.yaml:3:3: environments.Dev: an environment's name is lower-case letters, digits and single hyphens, a letter first",
  ],
  [
    "a name that no load balancer may begin with",
    GOOD.replace("shop", "internal-tools"),
    'infra/astro.yaml:1:7: name is "internal-tools": a name does not begin with internal-, sthree-, amzn-s3-demo-: AWS reserves these prefixes',
  ],
  [
    "an account that is a number",
    `${GOOD}    account: 123456789012\n`,
    'infra/astro.yaml:8:14: environments.dev.account is 123456789012, which YAML reads as a number: write it in quotes, "123456789012"',
  ],
  [
    "an impossible task",
    `${GOOD}    service: {cpu: 256, memory: 8192}\n`,
    "infra/astro.yaml:8:33: environments.dev.service.memory is 8192: Fargate does not pair 256 CPU units with 8192 MB; choose 512, 1024, 2048 MB",
  ],
  [
    "an impossible task by default",
    `${GOOD}    service:\n      cpu: 1024\n`,
    "infra/astro.yaml:8:5: environments.dev.service.memory is missing: Fargate does not pair 1024 CPU units with 512 MB; choose 2048 to 8192 MB in whole steps",
  ],
  [
    "a limit too close to the storage",
    `${GOOD}    database: {storage: 95}\n`,
    "infra/astro.yaml:8:5: environments.dev.database.maxStorage is missing: RDS takes at least 10 % above storage, 105, or storage itself, 95, for no growth",
  ],
  [
    "more zones than there are",
    GOOD.replace("azs: 1", "azs: 3").replace("us-east-1", "us-west-1"),
    "infra/astro.yaml:6:12: environments.dev.network.azs is 3: in us-west-1 Fargate runs in 2 zones only",
  ],
  [
    "one zone by name",
    GOOD.replace("azs: 1", "zones: [us-east-1a]"),
    'infra/astro.yaml:6:14: environments.dev.network.zones is ["us-east-1a"]: name at least 2: load balancer and database want two zones, the tasks 1',
  ],
  [
    "fewer zones than the tasks run in",
    GOOD.replace("azs: 1", "azs: 3\n      zones: [use1-az1, use1-az2]"),
    'infra/astro.yaml:7:14: environments.dev.network.zones is ["use1-az1","use1-az2"]: name at least 3: load balancer and database want two zones, the tasks 3',
  ],
  [
    "a zone twice",
    GOOD.replace("azs: 1", "zones: [use1-az1, use1-az1]"),
    'infra/astro.yaml:6:14: environments.dev.network.zones is ["use1-az1","use1-az1"]: a zone is named twice',
  ],
  [
    "zones by id and by name",
    GOOD.replace("azs: 1", "zones: [use1-az1, us-east-1b]"),
    'infra/astro.yaml:6:14: environments.dev.network.zones is ["use1-az1","us-east-1b"]: name all zones by id, or all by name: two of them might be the same zone',
  ],
  [
    "another region's zone",
    GOOD.replace("azs: 1", "zones: [use1-az1, euw1-az2]"),
    'infra/astro.yaml:6:14: environments.dev.network.zones is ["use1-az1","euw1-az2"]: euw1-az2 is no zone of us-east-1: they are called use1-az1 or us-east-1a',
  ],
  [
    "what is no zone",
    GOOD.replace("azs: 1", "zones: [a, b]"),
    'infra/astro.yaml:6:15: environments.dev.network.zones.0 is "a": a zone is use1-az1, or us-east-1a',
  ],
  [
    "an image out of reach",
    `${GOOD.replace("nat: one", "nat: none")}    service: {image: "docker.io/acme/api:1"}\n`,
    'infra/astro.yaml:8:22: environments.dev.service.image is "docker.io/acme/api:1": without a NAT gateway no task could pull it: tasks reach ECR of us-east-1 and no other registry',
  ],
  [
    "no environment",
    "name: shop\nenvironments: {}\n",
    "infra/astro.yaml:2:15: environments: at least one environment is needed",
  ],
  [
    "a list for a file",
    "- name: shop\n",
    'infra/astro.yaml:1:1: the file is [{"name":"shop"}]: expected keys and values below it',
  ],
  ["nothing at all", "", "infra/astro.yaml:1:1: the file is empty: expected keys and values below it"],
  [
    "a key in other capitals",
    `${GOOD}    database: { multiAZ: true }\n`,
    "infra/astro.yaml:8:17: environments.dev.database.multiAZ: unknown key; did you mean multiAz?",
  ],
  [
    "text for a number",
    `${GOOD}    database:\n      storage: "abc"\n`,
    'infra/astro.yaml:9:16: environments.dev.database.storage is "abc": expected a whole number 20 to 65536',
  ],
  [
    "text for true or false",
    `${GOOD}    protect: "yes"\n`,
    'infra/astro.yaml:8:14: environments.dev.protect is "yes": expected true or false',
  ],
  [
    "a number beyond all bounds",
    `${GOOD}    service: { port: 1e30 }\n`,
    "infra/astro.yaml:8:22: environments.dev.service.port is 1e+30: expected a whole number 1 to 65535",
  ],
  [
    "a budget of nothing",
    `${GOOD}    budget: { monthly: 0, email: ops@example.com }\n`,
    "infra/astro.yaml:8:24: environments.dev.budget.monthly is 0: expected a number above 0",
  ],
  [
    "a section that is half there",
    `${GOOD}    budget: { monthly: 10 }\n`,
    "infra/astro.yaml:8:5: environments.dev.budget.email is missing",
  ],
  [
    "an e-mail address that is none",
    `${GOOD}    alarms: { email: ops }\n`,
    'infra/astro.yaml:8:22: environments.dev.alarms.email is "ops": an e-mail address looks like ops@example.com',
  ],
  [
    "another account's boundary",
    `${GOOD}    account: "123456789012"\n    boundary: arn:aws:iam::210987654321:policy/edge\n`,
    `infra/astro.yaml:9:15: environments.dev.boundary is "arn:aws:iam::210987654321:policy/edge": a permissions boundary belongs to the roles' own account, 123456789012, or to AWS: this one is in account 210987654321`,
  ],
  [
    "express and protect",
    `${GOOD}    protect: true\n    express: true\n`,
    "infra/astro.yaml:9:14: environments.dev.express is true: express is for environments without protect: what it reports as done may not work yet",
  ],
  [
    "a domain in two environments",
    `${GOOD}    domain: &d { name: example.com, zone: create }\n  prod:\n    region: eu-west-1\n    domain: *d\n`,
    'infra/astro.yaml:8:24: environments.prod.domain.name is "example.com": environment dev has app.example.com, and no two can: give this one prod.example.com, or names of its own',
  ],
  [
    "a host name in two environments",
    `${GOOD}    domain: { name: example.com, zone: create }\n  prod:\n    region: eu-west-1\n    domain: { name: example.com, zone: Z0123456789ABCDEFGHIJ, names: { app: api.example.com, api: b.example.com } }\n`,
    "infra/astro.yaml:11:70: environments.prod.domain.names: environment dev has api.example.com, and no two can",
  ],
  [
    "a name that leads to another environment's",
    `${GOOD}    domain: { name: example.com, zone: Z0123456789ABCDEFGHIJ, names: { app: www.example.com } }\n  prod:\n    region: eu-west-1\n    domain: { name: example.com, zone: Z0123456789ABCDEFGHIJ, names: { app: example.com, api: b.example.com } }\n`,
    "infra/astro.yaml:11:70: environments.prod.domain.names: environment dev has example.com, and no two can",
  ],
  [
    "a zone that two environments make",
    `${GOOD}    domain: { name: example.com, zone: create }\n  prod:\n    region: eu-west-1\n    domain: { name: example.com, zone: create, names: { app: a.example.com, api: b.example.com } }\n`,
    'infra/astro.yaml:11:40: environments.prod.domain.zone is "create": environment dev makes the zone of example.com, and the domain leads to one: give this one that zone\'s id',
  ],
  [
    "a name of another domain",
    `${GOOD}    domain: { name: example.com, zone: create, names: { app: www.example.org } }\n`,
    'infra/astro.yaml:8:62: environments.dev.domain.names.app is "www.example.org": www.example.org is not of example.com: a name is example.com itself, or one below it such as www.example.com',
  ],
  [
    "a name that only ends as the domain does",
    `${GOOD}    domain: { name: example.com, zone: create, names: { api: myexample.com } }\n`,
    'infra/astro.yaml:8:62: environments.dev.domain.names.api is "myexample.com": myexample.com is not of example.com: a name is example.com itself, or one below it such as www.example.com',
  ],
  [
    "one name for the app and the API",
    `${GOOD}    domain: { name: example.com, zone: create, names: { app: api.example.com } }\n`,
    'infra/astro.yaml:8:62: environments.dev.domain.names.app is "api.example.com": api.example.com is the API\'s name: each has one of its own',
  ],
  [
    "a name of a private API",
    `${GOOD}    loadBalancer: { private: true }\n    domain: { name: example.com, zone: create, names: { api: api.example.com } }\n`,
    'infra/astro.yaml:9:62: environments.dev.domain.names.api is "api.example.com": a private load balancer has no name of its own: the API is at /api of the app\'s',
  ],
  [
    "a redirect of nothing",
    `${GOOD}    domain: { name: example.com, zone: create, redirect: true }\n`,
    "infra/astro.yaml:8:58: environments.dev.domain.redirect is true: only example.com and www.example.com lead to one another, and the app is at app.example.com",
  ],
  [
    "a redirect of the API",
    `${GOOD}    domain: { name: example.com, zone: create, names: { app: example.com, api: www.example.com }, redirect: true }\n`,
    "infra/astro.yaml:8:109: environments.dev.domain.redirect is true: www.example.com is the API's name, which leads nowhere else",
  ],
  [
    "a name that is an address",
    `${GOOD}    domain: { name: example.com, zone: create, names: { app: "https://www.example.com/" } }\n`,
    'infra/astro.yaml:8:62: environments.dev.domain.names.app is "https://www.example.com/": write it as the DNS does, www.example.com',
  ],
  [
    "a domain in capitals",
    `${GOOD}    domain: { name: Example.com, zone: create }\n`,
    'infra/astro.yaml:8:21: environments.dev.domain.name is "Example.com": write it as the DNS does, example.com',
  ],
  [
    "text for the list of what the app reads",
    `cache: ../shared\n${GOOD}`,
    'infra/astro.yaml:1:8: cache is "../shared": expected a list',
  ],
  ["an empty glob", `cache: [""]\n${GOOD}`, 'infra/astro.yaml:1:9: cache.0 is "": a glob is not empty'],
  [
    "a worker of an impossible size",
    `${GOOD}    worker: {command: [celery], cpu: 512}\n`,
    "infra/astro.yaml:8:5: environments.dev.worker.memory is missing: Fargate does not pair 512 CPU units with 512 MB; choose 1024, 2048, 3072, 4096 MB",
  ],
  [
    "a worker without a command",
    `${GOOD}    worker: {command: []}\n`,
    "infra/astro.yaml:8:23: environments.dev.worker.command is []: a command is a list of words, the program first",
  ],
  [
    "a worker's command as one text",
    `${GOOD}    worker: {command: celery -A app worker}\n`,
    'infra/astro.yaml:8:23: environments.dev.worker.command is "celery -A app worker": expected a list',
  ],
  [
    "a command that ends early",
    `${GOOD}    worker: {command: ["celery\\0"]}\n`,
    'infra/astro.yaml:8:24: environments.dev.worker.command.0 is "celery\\u0000": a word of a command has no character 0',
  ],
  [
    "a schedule in crontab's five fields",
    `${GOOD}    schedule: [{name: nightly, cron: "cron(0 3 * * *)", command: [tidy]}]\n`,
    'infra/astro.yaml:8:38: environments.dev.schedule.0.cron is "cron(0 3 * * *)": cron has six fields, minutes hours day-of-month month day-of-week year, and here are 5: cron(0 3 * * ? *)',
  ],
  [
    "a schedule without its kind",
    `${GOOD}    schedule: [{name: nightly, cron: "0 3 * * ? *", command: [tidy]}]\n`,
    'infra/astro.yaml:8:38: environments.dev.schedule.0.cron is "0 3 * * ? *": a schedule looks like cron(0 3 * * ? *) or rate(1 hour)',
  ],
  [
    "two schedules of one name",
    `${GOOD}    schedule:\n      - {name: tidy-up, cron: rate(1 day), command: [tidy]}\n      - {name: tidyup, cron: rate(1 day), command: [tidy]}\n`,
    'infra/astro.yaml:10:16: environments.dev.schedule.1.name is "tidyup": each schedule has a name of its own, hyphens not counted: tidy-up is above',
  ],
  [
    "a schedule of nothing",
    `${GOOD}    schedule: [{name: tidy, cron: rate(1 day), command: [""]}]\n`,
    'infra/astro.yaml:8:57: environments.dev.schedule.0.command is [""]: a command is a list of words, the program first',
  ],
  [
    "a migration of no words",
    `migrate: []\n${GOOD}`,
    "infra/astro.yaml:1:10: migrate is []: a command is a list of words, the program first",
  ],
  [
    "a folder that only this machine has",
    `build: {context: /home/me/shop}\n${GOOD}`,
    'infra/astro.yaml:1:18: build.context is "/home/me/shop": a path is relative, such as ../frontend: others have it elsewhere',
  ],
  [
    "a folder of another system",
    `frontend: {directory: 'C:\\shop'}\n${GOOD}`,
    'infra/astro.yaml:1:23: frontend.directory is "C:\\\\shop": a path is relative, such as ../frontend: others have it elsewhere',
  ],
  [
    "a frontend without a folder",
    `frontend: {build: [npm, run, build]}\n${GOOD}`,
    "infra/astro.yaml:1:1: frontend.directory is missing",
  ],
  [
    "a build argument that no shell could name",
    `build: {args: {2FA: "1"}}\n${GOOD}`,
    "infra/astro.yaml:1:16: build.args.2FA: a build argument is letters, digits and underscores, no digit first",
  ],
  [
    "a platform that Fargate lacks",
    `build: {platform: linux/riscv64}\n${GOOD}`,
    'infra/astro.yaml:1:19: build.platform is "linux/riscv64": expected linux/amd64 or linux/arm64',
  ],
  [
    "a tag of its own",
    GOOD.replace("name: shop", "name: !secret shop"),
    "infra/astro.yaml:1:7: not YAML: unknown tag !secret: write the plain value",
  ],
  ["a key twice", `${GOOD}name: other\n`, "infra/astro.yaml:8:1: not YAML: Map keys must be unique"],
  [
    "a second document",
    `${GOOD}---\nname: other\n`,
    "infra/astro.yaml:8:1: not YAML: a second document begins here: one alone is read",
  ],
  ["an alias of nothing", "name: *shop\n", "infra/astro.yaml:1:7: not YAML: the alias *shop has no anchor"],
  ["a merge of no map", `${GOOD}    <<: 5\n`, "infra/astro.yaml:8:5: not YAML: << merges only maps"],
];
