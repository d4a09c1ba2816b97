// As astro itself reads astro.yaml: made from its schema. It is yours, like all of this app.

/**
 * Fargate's legal sizes: CPU units → memory in MB (Amazon ECS Developer Guide, "Task CPU and memory" for Fargate).
 */
const FARGATE_SIZES: { readonly [cpu: number]: readonly number[] } = {
  256: [512, 1024, 2048],
  512: steps(1024, 4096, 1024),
  1024: steps(2048, 8192, 1024),
  2048: steps(4096, 16_384, 1024),
  4096: steps(8192, 30_720, 1024),
  8192: steps(16_384, 61_440, 4096),
  16384: steps(32_768, 122_880, 8192),
};

/** Every legal CPU size in CPU units, smallest first. */
export const FARGATE_CPUS: readonly number[] = Object.keys(FARGATE_SIZES).map(Number);

/** The legal memory sizes in MB beside `cpu` units; empty if the CPU size itself is not legal. */
export function memoriesOf(cpu: number): readonly number[] {
  return FARGATE_SIZES[cpu] ?? [];
}

function steps(from: number, to: number, by: number): readonly number[] {
  return Array.from({ length: (to - from) / by + 1 }, (_, index) => from + index * by);
}

/** The largest gp3 storage in GB (Amazon RDS User Guide, "Amazon RDS DB instance storage"). */
export const MOST_STORAGE = 65_536;

/** The lowest autoscaling limit in GB of `size` GB of storage (Amazon RDS User Guide, "Managing capacity automatically"). */
export function leastLimitOf(size: number): number {
  return Math.ceil((size * 11) / 10);
}

const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
/** The generated app's repository expires images whose tags begin so (stacks/registry.ts). */
const BUILD = /^build-/;
const OWN_REPOSITORY = /^\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com\/([^:@]+):([^@]+)/;
const ECR = /^\d{12}\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com\//;

/** Whether `chosen` can name an image: a tag or a digest of the environment's own repository, or a full name. */
export function isImage(chosen: string): boolean {
  return chosen.startsWith("sha256:") ? DIGEST.test(chosen) : TAG.test(chosen) || /^\S+[/:]\S+$/.test(chosen);
}

/**
 * Whether a task in `region` without a way to the internet could pull `image`: only from private ECR repositories of the
 * same region (Amazon ECR User Guide, "Amazon ECR interface VPC endpoints": not from ECR Public).
 */
export function canPull(image: string, region: string): boolean {
  return TAG.test(image) || DIGEST.test(image) || ECR.exec(image)?.[1] === region;
}

/** Whether the lifecycle rule of the environment's own repository, called `repository`, could expire `image` while it runs. */
export function canExpire(image: string, repository: string): boolean {
  if (TAG.test(image)) return BUILD.test(image);
  const [, name, tag = ""] = OWN_REPOSITORY.exec(image) ?? [];
  return name === repository && BUILD.test(tag);
}

const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";

/** The last label: letters, or another script's in the letters of the DNS (RFC 5890, "A-label"; IANA, "Root Zone Database"). */
const TOP = "(?:[a-z]{2,63}|xn--[a-z0-9-]{0,58}[a-z0-9])";

/** A domain as the DNS and AWS spell it. */
export const DOMAIN = new RegExp(`^(?:${LABEL}\\.)+${TOP}$`);

/** Letters and digits of any script between dots, with an optional dot at the end for the root. */
const WRITTEN = /^[\p{L}\p{M}\p{N}-]+(?:[.。][\p{L}\p{M}\p{N}-]+)+[.。]?$/u;

/**
 * A domain as a person writes it (`münchen.de`, `Example.com.`) in the letters of the DNS (WHATWG URL, "domain to ASCII");
 * undefined for anything else.
 */
export function domainOf(written: string): string | undefined {
  const words = written.trim();
  if (!WRITTEN.test(words) || !URL.canParse(`https://${words}`)) return undefined;
  const name = new URL(`https://${words}`).hostname.replace(/\.$/, "");
  return DOMAIN.test(name) ? name : undefined;
}

/** Zones an environment can have: the architecture's most. */
const MOST_ZONES = 3;

/** Load balancers and database subnet groups want subnets in two zones, see the app's `stacks/network.ts`. */
const FEWEST_ZONES = 2;

/**
 * Regions in which Fargate runs in two zones only (Amazon ECS Developer Guide, "Supported Regions for Amazon ECS on AWS
 * Fargate": usw1-az1 and usw1-az3, cac1-az1 and cac1-az2). us-west-1 has no third for new accounts at all (Amazon EC2
 * User Guide, "Regions and Zones").
 */
const TWO_ZONES: readonly string[] = ["us-west-1", "ca-central-1"];

/** How many availability zones the workloads can run in. */
export function zoneCountOf(region: string): number {
  return TWO_ZONES.includes(region) ? 2 : MOST_ZONES;
}

/** `use1` of `us-east-1`: how ids of its zones begin (AWS RAM User Guide, "Availability Zone IDs for your AWS resources"). */
export function zoneIdStart(region: string): string {
  const [area = "", direction = "", number = ""] = region.split("-");
  return `${area}${direction.replace(/north|south|east|west|central/g, (word) => word.slice(0, 1))}${number}`;
}

/** Whether a zone's id or name is one of a region's. */
export function isZoneOf(zone: string, region: string): boolean {
  return isZoneId(zone)
    ? zone.startsWith(`${zoneIdStart(region)}-`)
    : zone.startsWith(region) && zone.length === region.length + 1;
}

/** What is wrong with a list of zones in which the tasks run in `azs`; `undefined` if nothing is. */
export function wrongWithZones(named: readonly string[], azs: number): string | undefined {
  const least = Math.max(azs, FEWEST_ZONES);
  if (named.length < least)
    return `name at least ${least}: load balancer and database want two zones, the tasks ${azs}`;
  if (new Set(named).size < named.length) return "a zone is named twice";
  return new Set(named.map(isZoneId)).size > 1
    ? "name all zones by id, or all by name: two of them might be the same zone"
    : undefined;
}

function isZoneId(zone: string): boolean {
  return /-az\d+$/.test(zone);
}

/** A field of a cron expression: its numbers, its words for them, and what it takes besides `,`, `-` and `*`. */
type Field = {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly words?: readonly string[];
  readonly more: string;
};

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/** The six fields (Amazon EventBridge Scheduler User Guide, "Schedule types": cron-based schedules). */
const FIELDS: readonly Field[] = [
  { name: "minutes", least: 0, most: 59, more: "/" },
  { name: "hours", least: 0, most: 23, more: "/" },
  { name: "day of month", least: 1, most: 31, more: "?/LW" },
  { name: "month", least: 1, most: 12, words: MONTHS, more: "/" },
  { name: "day of week", least: 1, most: 7, words: DAYS, more: "?L#" },
  { name: "year", least: 1970, most: 2199, more: "/" },
];

/** The longest expression (Amazon EventBridge Scheduler API Reference, CreateSchedule: ScheduleExpression). */
const LONGEST_EXPRESSION = 256;

/**
 * Why EventBridge Scheduler would not take `expression` for what recurs; undefined if it would (Amazon EventBridge Scheduler
 * User Guide, "Schedule types").
 */
export function wrongWithSchedule(expression: string): string | undefined {
  if (expression.length > LONGEST_EXPRESSION) return `a schedule has at most ${LONGEST_EXPRESSION} characters`;
  const [, kind, inside = ""] = /^(rate|cron)\((.*)\)$/.exec(expression) ?? [];
  if (kind === "rate") return wrongWithRate(inside);
  if (kind === "cron") return wrongWithCron(inside);
  return "a schedule looks like cron(0 3 * * ? *) or rate(1 hour)";
}

function wrongWithRate(inside: string): string | undefined {
  const [, count = "", unit = ""] = /^([1-9]\d*) (minute|hour|day)s?$/.exec(inside) ?? [];
  if (unit === "") return "a rate is a whole number and minutes, hours or days: rate(5 minutes)";
  return count !== "1" && !inside.endsWith("s") ? `more than one is rate(${count} ${unit}s)` : undefined;
}

function wrongWithCron(inside: string): string | undefined {
  const fields = inside.trim().split(/\s+/);
  if (fields.length !== FIELDS.length) {
    return `cron has six fields, minutes hours day-of-month month day-of-week year, and here are ${fields.length}: cron(0 3 * * ? *)`;
  }
  const wrong = FIELDS.find((field, index) => !isField(fields[index] ?? "", field));
  if (wrong !== undefined) {
    const { name, least, most, words, more } = wrong;
    const named = words === undefined ? "" : ` or ${words[0]} to ${words.at(-1)}`;
    return `its ${name} takes ${least} to ${most}${named} and , - * ${more.split("").join(" ")}`;
  }
  return (fields[2] === "?") === (fields[4] === "?")
    ? "one of day of month and day of week is ?, and only one: the other one says the day"
    : undefined;
}

function isField(text: string, field: Field): boolean {
  if (text === "?") return field.more.includes("?");
  // Of these one stands alone: "3#1,6#3" would be two expressions.
  if (field.more.includes("#") && /#/.test(text)) {
    const [day = "", week = "", ...rest] = text.split("#");
    return rest.length === 0 && isOne(day, field) && /^[1-5]$/.test(week);
  }
  return text.split(",").every((item) => isItem(item, field));
}

function isItem(item: string, field: Field): boolean {
  const { more } = field;
  const [from = "", step, ...rest] = item.split("/");
  if (step !== undefined && (rest.length > 0 || !more.includes("/") || !/^[1-9]\d{0,3}$/.test(step))) return false;
  if (from === "*" || isOne(from, field) || isRange(from, field)) return true;
  if (step !== undefined) return false;
  if (more.includes("W") && /^(?:L|\d+)W$/.test(from)) return from === "LW" || isOne(from.slice(0, -1), field);
  return more.includes("L") && (from === "L" || (from.endsWith("L") && isOne(from.slice(0, -1), field)));
}

function isRange(text: string, field: Field): boolean {
  const [from = "", to = "", ...rest] = text.split("-");
  return rest.length === 0 && isOne(from, field) && isOne(to, field);
}

function isOne(text: string, { least, most, words = [] }: Field): boolean {
  if (words.includes(text)) return true;
  return /^\d{1,4}$/.test(text) && Number(text) >= least && Number(text) <= most;
}

/** A value that breaks a rule: its path below what the rule looks at, and why it is wrong. */
export type Broken = { readonly path: readonly (string | number)[]; readonly message: string };

/**
 * A rule of astro.yaml that no type, pattern or bound can say: what breaks it, given values that are legal each by itself.
 * `bin/app-config.js` copies all rules into the generated app.
 */
export type ConfigRule<T> = (value: T) => readonly Broken[];

const broken = (isBroken: boolean, path: Broken["path"], message: string): readonly Broken[] =>
  isBroken ? [{ path, message }] : [];

/**
 * Name prefixes that AWS reserves, for load balancers (ELBv2 API Reference, CreateLoadBalancer) and buckets (Amazon S3 User
 * Guide, "Bucket naming rules").
 */
const RESERVED = ["internal-", "sthree-", "amzn-s3-demo-"];

/** Whether AWS refuses what is called `name` and a hyphen and more. */
export function isReserved(name: string): boolean {
  return RESERVED.some((prefix) => `${name}-`.startsWith(prefix));
}

export const projectNameRule: ConfigRule<string> = (name) =>
  broken(isReserved(name), [], `a name does not begin with ${RESERVED.join(", ")}: AWS reserves these prefixes`);

export const imageRule: ConfigRule<string> = (image) =>
  broken(
    !isImage(image),
    [],
    "an image is a tag (v1.2), a digest (sha256: and 64 hexadecimal digits) or a full image name",
  );

/** Why `input` is no domain; for one in another spelling, how the DNS spells it. */
export function domainMessage({ input }: { readonly input?: unknown }): string {
  const name = domainOf(String(input));
  return name === undefined
    ? "a domain looks like example.com, lower case, without spaces"
    : `write it as the DNS does, ${name}`;
}

export const networkRule: ConfigRule<{ readonly azs: number; readonly zones?: readonly string[] | undefined }> = ({
  azs,
  zones,
}) => {
  const message = zones && wrongWithZones(zones, azs);
  return message === undefined ? [] : [{ path: ["zones"], message }];
};

type Tasks = {
  readonly cpu: number;
  readonly memory: number;
  readonly tasks: number;
  readonly maxTasks?: number | undefined;
  readonly onDemandBase: number;
};

export const serviceRule: ConfigRule<Tasks> = ({ cpu, memory, tasks, maxTasks, onDemandBase }) => [
  ...sizesOf(cpu, memory),
  ...broken(maxTasks !== undefined && maxTasks < tasks, ["maxTasks"], `maxTasks is at least tasks (${tasks})`),
  ...broken(onDemandBase > tasks, ["onDemandBase"], `at most tasks (${tasks})`),
];

/** What is wrong with the size of a Fargate task. */
function sizesOf(cpu: number, memory: number): readonly Broken[] {
  const memories = memoriesOf(cpu);
  const pairs = `Fargate does not pair ${cpu} CPU units with ${memory} MB; choose ${rangeOf(memories)}`;
  return memories.length === 0
    ? [{ path: ["cpu"], message: `Fargate has no ${cpu} CPU units; choose ${FARGATE_CPUS.join(", ")}` }]
    : broken(!memories.includes(memory), ["memory"], pairs);
}

type Words = readonly string[];

const noWords = (words: Words | undefined, path: Broken["path"]) =>
  broken(words !== undefined && (words[0] ?? "") === "", path, "a command is a list of words, the program first");

/** No command line and no file's name holds the character 0 (POSIX, execve and "Pathname"). */
export const commandWordRule: ConfigRule<string> = (word) =>
  broken(word.includes("\u0000"), [], "a word of a command has no character 0");

export const relativePathRule: ConfigRule<string> = (path) => [
  ...broken(path === "", [], "a path is not empty; this folder is ."),
  ...broken(path.includes("\u0000"), [], "a path has no character 0"),
  ...broken(
    /^(?:[/\\~]|[A-Za-z]:)/.test(path),
    [],
    "a path is relative, such as ../frontend: others have it elsewhere",
  ),
];

export const frontendRule: ConfigRule<{ readonly build?: Words | undefined }> = ({ build }) =>
  noWords(build, ["build"]);

type Worker = { readonly command: Words; readonly cpu: number; readonly memory: number };

export const workerRule: ConfigRule<Worker> = ({ command, cpu, memory }) => [
  ...noWords(command, ["command"]),
  ...sizesOf(cpu, memory),
];

export const scheduleRule: ConfigRule<string> = (expression) => {
  const message = wrongWithSchedule(expression);
  return message === undefined ? [] : [{ path: [], message }];
};

export const scheduledRule: ConfigRule<{ readonly command: Words }> = ({ command }) => noWords(command, ["command"]);

function rangeOf(memories: readonly number[]): string {
  const first = memories[0];
  const last = memories.at(-1);
  return memories.length <= 4 ? `${memories.join(", ")} MB` : `${first} to ${last} MB in whole steps`;
}

export const databaseRule: ConfigRule<{ readonly storage: number; readonly maxStorage: number }> = ({
  storage,
  maxStorage,
}) => {
  const least = leastLimitOf(storage);
  const message = `RDS takes at least 10 % above storage, ${least}, or storage itself, ${storage}, for no growth`;
  return broken(maxStorage !== storage && maxStorage < least, ["maxStorage"], message);
};

/**
 * Whether CloudFront reaches private load balancers there (Amazon CloudFront Developer Guide, "Supported AWS Regions for VPC
 * origins"; read with Thailand, Malaysia, Taipei and Mexico in it).
 */
export function hasVpcOrigins(region: string): boolean {
  return region !== "ap-southeast-6";
}

type RuledEnvironment = {
  readonly region: string;
  readonly account?: string | undefined;
  readonly boundary?: string | undefined;
  readonly protect: boolean;
  readonly express: boolean;
  readonly network: {
    readonly azs: number;
    readonly nat: string;
    readonly zones?: readonly string[] | undefined;
  };
  readonly service: { readonly image?: string | undefined };
  readonly loadBalancer: { readonly private: boolean };
  readonly domain?: { readonly name: string } | undefined;
  readonly schedule?: readonly { readonly name: string }[] | undefined;
};

export const environmentRule: ConfigRule<RuledEnvironment> = (environment) => {
  const { region, account, boundary, protect, express, network, service, loadBalancer, schedule = [] } = environment;
  const owner = boundary?.split(":")[4] ?? "aws";
  const most = zoneCountOf(region);
  const foreign = network.zones?.find((zone) => !isZoneOf(zone, region));
  return [
    ...broken(
      express && protect,
      ["express"],
      "express is for environments without protect: what it reports as done may not work yet",
    ),
    ...broken(
      loadBalancer.private && !hasVpcOrigins(region),
      ["loadBalancer", "private"],
      `CloudFront has no VPC origins in ${region}, so nothing could reach a private load balancer`,
    ),
    ...broken(
      account !== undefined && owner !== "aws" && owner !== account,
      ["boundary"],
      `a permissions boundary belongs to the roles' own account, ${account}, or to AWS: this one is in account ${owner}`,
    ),
    ...broken(network.azs > most, ["network", "azs"], `in ${region} Fargate runs in ${most} zones only`),
    ...broken(
      foreign !== undefined,
      ["network", "zones"],
      `${foreign} is no zone of ${region}: they are called ${zoneIdStart(region)}-az1 or ${region}a`,
    ),
    ...broken(
      service.image !== undefined && network.nat === "none" && !canPull(service.image, region),
      ["service", "image"],
      `without a NAT gateway no task could pull it: tasks reach ECR of ${region} and no other registry`,
    ),
    ...schedule.flatMap(({ name }, index) => {
      // Logical ids have no hyphens (CloudFormation Template Reference, "Resources").
      const bare = (one: string) => one.replaceAll("-", "");
      const before = schedule.slice(0, index).find((other) => bare(other.name) === bare(name));
      const message = `each schedule has a name of its own, hyphens not counted: ${before?.name} is above`;
      return broken(before !== undefined, ["schedule", index, "name"], message);
    }),
  ];
};

/** Prefix of astro's own stack and bucket, see the app's README. */
const OWN_STACK = "astro-bootstrap";

type RuledConfig = {
  readonly name: string;
  readonly migrate?: Words | undefined;
  readonly environments: { readonly [name: string]: Pick<RuledEnvironment, "service" | "domain"> };
};

export const configRule: ConfigRule<RuledConfig> = ({ name, migrate, environments }) => {
  const all = Object.entries(environments);
  const holders = new Map<string, string>();
  const names = all.flatMap(([key, { service }]) => {
    const path = ["environments", key];
    return [
      ...broken(
        service.image !== undefined && canExpire(service.image, `${name}-${key}`),
        [...path, "service", "image"],
        "the repository keeps only the 20 newest images tagged build-…: give the one that is to run another tag",
      ),
      ...broken(
        `${name}-${key}` === OWN_STACK,
        path,
        `${OWN_STACK} is the name of astro's own stack and bucket: choose another name`,
      ),
    ];
  });
  // One distribution has an alternate domain name, in all of AWS (Amazon CloudFront Developer Guide, "Requirements for
  // using alternate domain names").
  const domains = all.flatMap(([key, { domain }]) => {
    if (domain === undefined) return [];
    const holder = holders.get(domain.name);
    holders.set(domain.name, holder ?? key);
    const message = `environment ${holder} has this domain, and no two can: give this one ${key}.${domain.name}`;
    return broken(holder !== undefined, ["environments", key, "domain", "name"], message);
  });
  return [
    ...noWords(migrate, ["migrate"]),
    ...broken(all.length === 0, ["environments"], "at least one environment is needed"),
    ...names,
    ...domains,
  ];
};
