// As astro itself reads astro.yaml: made from its schema. It is yours, like all of this app.

import { wrongWithSchedule } from "./cron";
import { domainOf } from "./domain";
import { type NamedDomain, wrongBesideOthers, wrongWithNames } from "./host-names";
import { canExpire, canPull, isImage } from "./image";
import { FARGATE_CPUS, leastLimitOf, memoriesOf } from "./sizes";
import { wrongWithVariables } from "./variables";
import { isZoneOf, wrongWithZones, zoneCountOf, zoneIdStart } from "./zones";

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

export const domainRule: ConfigRule<NamedDomain> = wrongWithNames;

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
  readonly environment?: { readonly [name: string]: string } | undefined;
  readonly secrets?: readonly string[] | undefined;
};

export const serviceRule: ConfigRule<Tasks> = ({ environment, secrets, ...size }) => [
  ...tasksOf(size),
  ...wrongWithVariables(environment, secrets),
];

const tasksOf: ConfigRule<Tasks> = ({ cpu, memory, tasks, maxTasks, onDemandBase }) => [
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
  readonly domain?: (NamedDomain & { readonly zone: string }) | undefined;
  readonly schedule?: readonly { readonly name: string }[] | undefined;
};

export const environmentRule: ConfigRule<RuledEnvironment> = (environment) => {
  const { region, account, boundary, protect, express, network, service, loadBalancer, schedule = [] } = environment;
  const ownApi = environment.domain?.names?.api;
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
      loadBalancer.private && ownApi !== undefined,
      ["domain", "names", "api"],
      "a private load balancer has no name of its own: the API is at /api of the app's",
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
  readonly environments: { readonly [name: string]: Pick<RuledEnvironment, "service" | "domain" | "loadBalancer"> };
};

export const configRule: ConfigRule<RuledConfig> = ({ name, migrate, environments }) => {
  const all = Object.entries(environments);
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
  return [
    ...noWords(migrate, ["migrate"]),
    ...broken(all.length === 0, ["environments"], "at least one environment is needed"),
    ...names,
    ...wrongBesideOthers(all).map(({ path, message }) => ({ path: ["environments", ...path], message })),
  ];
};
