import { describe, expect, it } from "vitest";
import { PRESETS } from "../../src/config/presets.ts";
import { environment } from "../../src/config/schema.ts";
import { loadPricesFor } from "../../src/cost/catalogue.ts";
import { priceChoices } from "../../src/cost/choices.ts";
import { choose } from "../../src/wizard/choose.ts";
import type { PriceOf } from "../../src/wizard/price.ts";
import type { Request } from "../../src/wizard/request.ts";
import { fakeAsk, NOTHING } from "../support/fake-ask.ts";

const priceOf: PriceOf = async (one) => priceChoices("shop", one, await loadPricesFor([one.region]));
const suggested = { name: "shop", region: { region: "us-east-1", from: "default" } } as const;
const request = (flags: Request["flags"], more: Partial<Request> = {}): Request => ({ flags, suggested, ...more });

const DEV = { region: "us-east-1", network: { azs: 2, nat: "one" }, service: { cpu: 512, memory: 1024 } };
const existing = { name: "shop", file: "infra/astro.yaml", environments: { dev: DEV } };

describe("without a person to ask", () => {
  it("flags come before the preset, and the preset before nothing", async () => {
    const {
      env,
      environment: made,
      draft,
      preset,
    } = await choose(
      request({ yes: true, azs: "3", nat: "per-az", spot: false, "health-path": "/up", "cache-replicas": "2" }),
      priceOf,
    );
    expect({ env, preset }).toEqual({ env: "dev", preset: "dev" });
    expect(made.network).toEqual({ azs: 3, nat: "per-az", flowLogs: false });
    expect(made.service).toMatchObject({ spot: false, healthPath: "/up", cpu: 256 });
    expect(draft.sources).toMatchObject({
      "network.azs": { words: "--azs" },
      "service.spot": { words: "--no-spot" },
      "service.cpu": { words: "preset dev" },
      region: { words: "default" },
    });
  });

  it("what the repository shows comes before the preset, and flags before that; what is written stays", async () => {
    const source = { by: "found", words: "found in Dockerfile:2" } as const;
    const found = [
      { path: "service.port", value: 3000, source },
      { path: "service.healthPath", value: "/up", source },
    ] as const;
    const app = [{ key: "migrate", value: ["rake"], words: "rake", from: "found in Rakefile:1" }];
    const more = { suggested: { ...suggested, found }, app };
    const made = await choose(request({ yes: true, port: "4000" }, more), priceOf);
    expect(made.environment.service).toMatchObject({ port: 4000, healthPath: "/up" });
    expect(made.draft.sources).toMatchObject({
      "service.port": { words: "--port" },
      "service.healthPath": { words: "found in Dockerfile:2" },
    });
    expect(made.app).toEqual(app);
    const changed = await choose(request({ yes: true, env: "dev" }, { ...more, project: existing }), priceOf);
    expect(changed.environment.service).toMatchObject({ port: 8000, healthPath: "/health" });
    expect(changed.app).toBeUndefined();
  });

  it("an environment called prod starts from the preset prod", async () => {
    const { preset, environment: made } = await choose(request({ yes: true, env: "prod-eu" }), priceOf);
    expect(preset).toBe("prod");
    expect(made.database.multiAz).toBe(true);
  });

  it.each<[string, Request["flags"], boolean]>([
    ["a new prod, where nobody wants an api. name", { env: "prod" }, true],
    ["a new prod under a domain", { env: "prod", domain: "example.com" }, false],
    ["a new prod under a domain that it is asked for", { env: "prod", domain: "example.com", private: true }, true],
    ["a new prod for which it is not wanted", { env: "prod", private: false }, false],
    ["a new prod where CloudFront reaches none", { env: "prod", region: "ap-southeast-6" }, false],
    ["a new dev", { env: "dev" }, false],
    ["a new dev for which it is wanted", { env: "dev", private: true }, true],
  ])("the load balancer of %s is private or not", async (_, flags, expected) => {
    const { environment: made } = await choose(request({ yes: true, ...flags }), priceOf);
    expect(made.loadBalancer.private).toBe(expected);
  });

  it("an environment that stands keeps its load balancer, whatever else changes", async () => {
    const prod = { region: "us-east-1", protect: true };
    const hidden = { ...prod, loadBalancer: { private: true } };
    const project = { name: "shop", file: "infra/astro.yaml", environments: { prod, hidden } };
    const asked = async (env: string, more: Request["flags"]) =>
      (await choose(request({ yes: true, env, ...more }, { project }), priceOf)).environment.loadBalancer.private;
    expect(await asked("prod", { cpu: "512" })).toBe(false);
    expect(await asked("hidden", { domain: "example.com" })).toBe(true);
  });

  it("a private load balancer costs less than a public one by the addresses that it has not", async () => {
    const total = async (flags: Request["flags"]) =>
      (await priceOf((await choose(request({ yes: true, env: "prod", ...flags }), priceOf)).environment)).monthlyTotal;
    // $0.005 an hour for each of three zones (Amazon VPC pricing, "Public IPv4 Address").
    expect((await total({ private: false })) - (await total({}))).toBeCloseTo(3 * 0.005 * 730, 2);
  });

  it("all that is missing is named by flag", async () => {
    await expect(choose(request({}), priceOf)).rejects.toMatchObject({
      code: "usage",
      message: "--name, --env, --preset, --region, --yes are missing, and there is no terminal to ask on",
    });
    await expect(
      choose(request({ name: "a", env: "dev", preset: "dev", region: "us-east-1" }), priceOf),
    ).rejects.toThrow("--yes is missing, and there is no terminal to ask on");
    await expect(choose(request({ env: "prod" }, { project: existing }), priceOf)).rejects.toThrow(
      "--preset, --region, --yes are missing",
    );
  });

  it.each([
    [{ azs: "4" }, "--azs is 4: expected a whole number 1 to 3"],
    [{ azs: "two" }, '--azs is "two": expected a whole number 1 to 3'],
    [{ nat: "some" }, '--nat is "some": expected none, one or per-az'],
    [{ cpu: "300" }, "--cpu is 300: Fargate has no 300 CPU units; choose 256, 512, 1024, 2048, 4096, 8192, 16384"],
    [
      { cpu: "256", memory: "8192" },
      "--memory is 8192: Fargate does not pair 256 CPU units with 8192 MB; choose 512, 1024, 2048 MB",
    ],
    [{ memory: "700" }, "--memory is 700: Fargate does not pair 256 CPU units with 700 MB"],
    [{ tasks: "0" }, "--tasks is 0: expected a whole number 1 to 100"],
    [{ port: "99999" }, "--port is 99999: expected a whole number 1 to 65535"],
    [{ "health-path": "health" }, '--health-path is "health": a health path begins with /'],
    [{ "db-class": "t3.micro" }, '--db-class is "t3.micro": an instance class looks like db.t4g.micro'],
    [{ "db-storage": "10" }, "--db-storage is 10: expected a whole number 20 to 65536"],
    [{ "cache-replicas": "9" }, "--cache-replicas is 9: expected a whole number 0 to 5"],
    [
      { domain: "exa mple.com" },
      '--domain is "exa mple.com": a domain looks like example.com, lower case, without spaces',
    ],
    [{ zone: "create" }, "--domain is missing"],
    [
      { domain: "example.com", zone: "mine" },
      '--zone is "mine": a zone is a hosted zone\'s id (Z…), create, or elsewhere',
    ],
    [{ region: "us-moon-1" }, '--region is "us-moon-1": unknown region; the nearest is us-'],
    [
      { "db-class": "db.t4g.mirco" },
      '--db-class is "db.t4g.mirco": AWS has no size mirco; the nearest here is db.t4g.micro',
    ],
    [{ "cache-node": "t4g.small" }, "a node type looks like cache.t4g.micro; the nearest here is cache.t4g.small"],
    [{ "db-class": "t3.micro", region: "ca-west-1" }, "the nearest here is db.t3.micro"],
    [{ architecture: "arm" }, '--architecture is "arm": expected x86_64 or arm64'],
    [{ "max-tasks": "1", tasks: "2" }, "--max-tasks is 1: maxTasks is at least tasks (2)"],
    [{ budget: "100" }, "--budget-email is missing"],
    [{ "budget-email": "ops@example.com" }, "--budget is missing: expected a number above 0"],
    [{ alarms: "ops" }, '--alarms is "ops": an e-mail address looks like ops@example.com'],
    [{ account: "12" }, '--account is "12": an account id is twelve digits'],
    [
      { name: "../../x" },
      '--name is "../../x": a name is lower-case letters, digits and single hyphens, a letter first',
    ],
    [{ env: "Prod" }, '--env is "Prod": an environment\'s name is lower-case letters'],
    [{ preset: "huge" }, '--preset is "huge": expected smallest, dev, staging or prod'],
    [{ image: "two words" }, '--image is "two words": an image is a tag'],
    [{ image: "sha256:abc" }, '--image is "sha256:abc": an image is a tag'],
    [{ region: "us-west-1", azs: "3" }, "--azs is 3: in us-west-1 Fargate runs in 2 zones only"],
    [
      { region: "eu-west-1", nat: "none", image: "nginx:1.27" },
      '--image is "nginx:1.27": without a NAT gateway no task could pull it: tasks reach ECR of eu-west-1',
    ],
  ])("%j is refused", async (flags, message) => {
    await expect(choose(request({ yes: true, ...flags }), priceOf)).rejects.toMatchObject({
      code: "usage",
      exit: 2,
      message: expect.stringContaining(message),
    });
  });

  it.each([
    ["münchen.de", "xn--mnchen-3ya.de"],
    ["Example.com.", "example.com"],
  ])("the domain %s is written as the DNS has it: %s", async (domain, name) => {
    const { draft } = await choose(request({ yes: true, domain }), priceOf);
    expect(draft.values).toMatchObject({ domain: { name } });
  });

  it("a wrong flag is refused before anything is asked", async () => {
    const person = fakeAsk([]);
    await expect(choose(request({ azs: "4" }), priceOf, person.ask)).rejects.toThrow("--azs is 4");
    expect(person.heard).toEqual([]);
  });

  it.each([
    [{ cpu: "1024" }, { service: { cpu: 1024, memory: 2048 } }, "service.memory"],
    [{ memory: "4096" }, { service: { cpu: 512, memory: 4096 } }, "service.cpu"],
    [{ tasks: "9", preset: "prod" }, { service: { tasks: 9, maxTasks: 9 } }, "service.maxTasks"],
    [{ "db-storage": "200" }, { database: { storage: 200, maxStorage: 400 } }, "database.maxStorage"],
    [{ "db-storage": "95" }, { database: { storage: 95, maxStorage: 190 } }, "database.maxStorage"],
    [{ "db-storage": "60000" }, { database: { storage: 60_000, maxStorage: 60_000 } }, "database.maxStorage"],
    [{ preset: "prod", region: "ca-central-1" }, { network: { azs: 2, nat: "per-az" } }, "network.azs"],
    [{ domain: "example.com" }, { domain: { name: "example.com", zone: "create" } }, "domain.zone"],
  ])("%j brings along what goes with it", async (flags, values, path) => {
    const { environment: made, draft } = await choose(request({ yes: true, ...flags }), priceOf);
    expect(made).toMatchObject(values);
    expect(draft.sources[path]?.by).toBe("fit");
  });
});

describe("on a project that is there", () => {
  const change = (flags: Request["flags"]) => choose(request({ yes: true, ...flags }, { project: existing }), priceOf);

  it("flags change single values of an environment and leave the others as they are written", async () => {
    const { env, draft, before, preset } = await change({ "db-class": "db.t4g.micro" });
    expect({ env, before, preset }).toEqual({ env: "dev", before: DEV, preset: undefined });
    expect(draft.values).toEqual({ ...DEV, database: { class: "db.t4g.micro" } });
    expect(draft.sources["network.azs"]?.words).toBe("astro.yaml");
  });

  it("a value that goes with a flag is changed too, also one that stands in no file", async () => {
    const { draft } = await change({ cpu: "2048", "db-storage": "300" });
    expect(draft.values).toMatchObject({
      service: { cpu: 2048, memory: 4096 },
      database: { storage: 300, maxStorage: 600 },
    });
  });

  it("a second environment is added under the project's name", async () => {
    const { name, preset, before } = await change({ env: "prod", region: "eu-west-1" });
    expect({ name, preset, before }).toEqual({ name: "shop", preset: "prod", before: undefined });
  });

  it.each([
    [{ name: "other" }, '--name is "other": the project in infra/astro.yaml is called shop'],
    [
      { region: "eu-west-1" },
      '--region is "eu-west-1": dev is in us-east-1, and an environment cannot change its region',
    ],
    [{ preset: "dev" }, "--preset dev would reset protect, network.azs, "],
    [{ env: "averylongname" }, "--env is"],
  ])("%j is refused", async (flags, message) => {
    await expect(change(flags)).rejects.toMatchObject({ code: "usage", message: expect.stringContaining(message) });
  });

  it("a domain that another environment has is refused", async () => {
    const taken = { ...DEV, domain: { name: "example.com", zone: "create" } };
    const project = { ...existing, environments: { dev: taken } };
    await expect(
      choose(request({ yes: true, env: "prod", domain: "example.com" }, { project }), priceOf),
    ).rejects.toMatchObject({
      code: "usage",
      message:
        '--domain is "example.com": environment dev has app.example.com, and no two can: give this one prod.example.com, or names of its own',
    });
    const beside = await choose(request({ yes: true, env: "prod", domain: "prod.example.com" }, { project }), priceOf);
    expect(beside.environment.domain?.name).toBe("prod.example.com");
  });

  it("the command that made an environment may be given again", async () => {
    const first = await choose(request({ yes: true, preset: "dev", cpu: "1024", domain: "example.com" }), priceOf);
    const project = { ...existing, environments: { dev: first.draft.values } };
    const again = await choose(
      request({ yes: true, preset: "dev", cpu: "1024", domain: "example.com" }, { project }),
      priceOf,
    );
    expect(again.draft.values).toEqual(first.draft.values);
  });

  it("with several environments one has to be named", async () => {
    const project = { ...existing, environments: { dev: DEV, prod: DEV } };
    await expect(choose(request({ yes: true, azs: "3" }, { project }), priceOf)).rejects.toMatchObject({
      message: "--env is missing, and there is no terminal to ask on",
      hint: "environments: dev, prod",
    });
  });
});

describe("with a person to ask", () => {
  it("suggestions are enough: name, environment, region, preset, accepted as it is", async () => {
    const person = fakeAsk(["", "", "", "", "accepted"]);
    const { name, env, environment: made } = await choose(request({}), priceOf, person.ask);
    expect({ name, env, region: made.region }).toEqual({ name: "shop", env: "dev", region: "us-east-1" });
    expect(person.left()).toEqual([]);
  });

  it("presets and groups are offered with their price a month", async () => {
    const person = fakeAsk(["", "", "", "prod", "accepted"]);
    const { environment: made } = await choose(request({}), priceOf, person.ask);
    const price = await priceOf(made);
    expect(person.heard[3]).toMatch(
      /^Start from\nsmallest +.*\ndev +one zone, Spot, small sizes; a zone's outage stops it +\$\d+\.\d\d\/mo\nstaging +.*\nprod +/,
    );
    expect(person.heard[4]).toContain(`Accept at $${price.monthlyTotal.toFixed(2)}/mo`);
    expect(person.heard[4]).toMatch(/\nnetwork +3 zones, a NAT gateway in each +\$\d+\.\d\d\n/);
    const figures = [...(person.heard[4] ?? "").matchAll(/\$([\d.]+)$/gm)].map((match) => Number(match[1]));
    expect(figures.reduce((sum, one) => sum + one, 0)).toBeCloseTo(price.monthlyTotal, 2);
  });

  it("what a flag gave is not asked", async () => {
    const person = fakeAsk(["accepted"]);
    const flags = { name: "web", env: "prod", region: "eu-west-1", preset: "dev", azs: "2" };
    const { environment: made } = await choose(request(flags), priceOf, person.ask);
    expect(made).toMatchObject({ region: "eu-west-1", network: { azs: 2 } });
  });

  it("every option shows what it changes in the price", async () => {
    const person = fakeAsk(["", "", "", "", "network", "3", "per-az", "accepted"]);
    const { draft, environment: made } = await choose(request({}), priceOf, person.ask);
    const before = await priceOf(environment.parse({ ...made, network: { azs: 1, nat: "one" } }));
    const three = await priceOf(environment.parse({ ...made, network: { azs: 3, nat: "one" } }));
    const zones = person.heard[5] ?? "";
    expect(zones).toMatch(new RegExp(`^1 +\\$${before.monthlyTotal.toFixed(2)}/mo `, "m"));
    expect(zones).toMatch(new RegExp(`^3 +\\+\\$${(three.monthlyTotal - before.monthlyTotal).toFixed(2)} `, "m"));
    expect(made.network).toEqual({ azs: 3, nat: "per-az", flowLogs: false });
    expect(draft.sources["network.azs"]).toMatchObject({ by: "answer", words: "your answer" });
  });

  it("wrong answers are refused in the schema's words and asked again", async () => {
    const answers = ["../x", "web", "Dev", "dev", "", ""];
    const person = fakeAsk([
      ...answers,
      "service",
      "yes",
      "",
      "256",
      "another size",
      "8192",
      "1024",
      "",
      "",
      "",
      "none",
      "domain",
      "exa mple.com",
      "example.com",
      "the id of another zone",
      "mine",
      "create",
      "",
      "",
      "",
      "accepted",
    ]);
    const { name, environment: made } = await choose(request({}), priceOf, person.ask);
    expect(person.heard.filter((line) => line.startsWith("!"))).toEqual([
      "! a name is lower-case letters, digits and single hyphens, a letter first",
      "! an environment's name is lower-case letters, digits and single hyphens, a letter first",
      "! Fargate does not pair 256 CPU units with 8192 MB; choose 512, 1024, 2048 MB",
      "! a domain looks like example.com, lower case, without spaces",
      "! a zone is a hosted zone's id (Z…), create, or elsewhere; the nearest here is create",
    ]);
    expect(name).toBe("web");
    expect(made).toMatchObject({ service: { memory: 1024 }, domain: { name: "example.com", zone: "create" } });
  });

  it("a bigger CPU brings its memory along, and an option that a flag forbids cannot be chosen", async () => {
    const person = fakeAsk(["", "", "", "", "service", "", "", "2048", "", "", "", "", "", "accepted"]);
    expect((await choose(request({}), priceOf, person.ask)).environment.service).toMatchObject({
      cpu: 2048,
      memory: 4096,
    });
    const fixed = fakeAsk(["", "", "", "", "service", "", "", "2048"]);
    await expect(choose(request({ memory: "512" }), priceOf, fixed.ask)).rejects.toThrow("2048 cannot be chosen");
    expect(fixed.heard.at(-1)).toContain("2048 (--memory is 512: Fargate does not pair 2048 CPU units with 512");
  });

  it("a worker is chosen by its command, at its price, and goes again with an empty answer", async () => {
    const own = ["another command", "celery -A 'my app' worker", "2"];
    const person = fakeAsk(["", "", "", "", "service", ...Array(7).fill(""), ...own, "accepted"]);
    const { environment: made } = await choose(request({}), priceOf, person.ask);
    expect(made.worker).toMatchObject({ command: ["celery", "-A", "my app", "worker"], tasks: 2 });
    const line = person.heard.find((heard) => heard.includes("celery -A app worker"));
    expect(line).toMatch(/celery -A app worker +\+\$\d+\.\d\d +a second service of the same image/);
    const gone = fakeAsk(["", "", "", "", "service", ...Array(7).fill(""), "none", "accepted"]);
    const flags = { worker: "celery", "worker-tasks": "3" };
    expect((await choose(request(flags), priceOf, gone.ask)).environment.worker).toBeUndefined();
    const given = await choose(request({ name: "web", yes: true, ...flags }), priceOf);
    expect(given.environment.worker).toMatchObject({ command: ["celery"], tasks: 3 });
  });

  it("a worker that the repository shows is in the list with its place, and a flag without words refuses it", async () => {
    const command = ["celery", "-A", "shop.worker", "worker"];
    const source = { by: "found", words: "found in worker.py:3" } as const;
    const found = { suggested: { ...suggested, found: [{ path: "worker.command", value: command, source } as const] } };
    const person = fakeAsk(["", "", "", "", "service", ...Array(9).fill(""), "accepted"]);
    expect((await choose(request({}, found), priceOf, person.ask)).environment.worker).toMatchObject({ command });
    const list = person.heard.find((heard) => heard.includes("A worker beside the API")) ?? "";
    expect(list).toMatch(/^A worker beside the API: its command, found in worker\.py:3/);
    expect(list).toMatch(/\ncelery -A shop\.worker worker +\$\d+\.\d\d\/mo +found in worker\.py:3\n/);
    const refused = await choose(request({ name: "web", yes: true, worker: "" }, found), priceOf);
    expect(refused.environment.worker).toBeUndefined();
  });

  it("a name that the repository's remote has is suggested, and said to be", async () => {
    const named = { suggested: { ...suggested, nameFrom: "found in .git/config:7" } };
    const {
      named: [name],
    } = await choose(request({ yes: true }, named), priceOf);
    expect(name).toMatchObject({ value: "shop", source: { words: "found in .git/config:7" } });
    const person = fakeAsk(["", "", "", "", "accepted"]);
    await choose(request({}, named), priceOf, person.ask);
    expect(person.heard[0]).toBe("Project name, found in .git/config:7");
  });

  it("a class that is not in the list can be typed, and one without a price is said to have none", async () => {
    const person = fakeAsk(["", "", "", "", "database", "another class", "db.m6i.99xlarge", "", "", "accepted"]);
    const { environment: made } = await choose(request({}), priceOf, person.ask);
    expect(made.database.class).toBe("db.m6i.99xlarge");
    expect((await priceOf(made)).unpriced).toHaveLength(1);
  });

  it("an empty answer leaves out what may be left out, and takes it out again", async () => {
    const set = [
      "",
      "",
      "",
      "",
      "domain",
      "example.com",
      "",
      "",
      "",
      "",
      "account",
      "123456789012",
      "container",
      "v1",
      "",
      "",
    ];
    const wipe = ["domain", NOTHING, "", "account", NOTHING, "container", NOTHING, "", ""];
    const person = fakeAsk([...set, ...wipe, "domain", "", "", "accepted"]);
    const { draft } = await choose(request({}), priceOf, person.ask);
    expect(draft.values).toEqual({ region: "us-east-1", ...PRESETS.dev.values });
    expect(person.left()).toEqual([]);
  });

  it("an empty answer is refused where there must be one", async () => {
    const person = fakeAsk(["", "", "", "", "container", "", NOTHING, "", "", "accepted"]);
    await choose(request({}), priceOf, person.ask);
    expect(person.heard).toContain("! expected a whole number 1 to 65535");
  });

  it("an environment that exists goes straight to its values", async () => {
    const person = fakeAsk(["dev", "cache", "cache.t4g.micro", "1", "accepted"]);
    const { draft, before } = await choose(request({}, { project: existing }), priceOf, person.ask);
    expect(person.heard[0]).toBe("Environment name, new or one to change: dev");
    expect(before).toEqual(DEV);
    expect(draft.values).toEqual({ ...DEV, cache: { node: "cache.t4g.micro", replicas: 1 } });
  });
});
