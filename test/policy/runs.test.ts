import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { parseDocument } from "yaml";
import { type Context, wallClock } from "../../src/context.ts";
import { attach } from "../../src/operation/attach.ts";
import { destroy } from "../../src/operation/destroy.ts";
import { doctor } from "../../src/operation/doctor.ts";
import { exec } from "../../src/operation/everyday/exec.ts";
import { logs } from "../../src/operation/everyday/logs.ts";
import { tunnel } from "../../src/operation/everyday/tunnel.ts";
import { iamPolicy } from "../../src/operation/iam-policy.ts";
import { init } from "../../src/operation/init.ts";
import { plan } from "../../src/operation/plan.ts";
import { provision } from "../../src/operation/provision.ts";
import { status } from "../../src/operation/status.ts";
import { CALLS } from "../../src/policy/calls.ts";
import { ciPolicies } from "../../src/policy/ci.ts";
import { HANDLERS, LOOSE } from "../../src/policy/permissions.ts";
import type { PolicyDocument } from "../../src/policy/statement.ts";
import { startRehearsal } from "../../src/rehearsal/rehearsal.ts";
import type { ServiceResource, State } from "../../src/rehearsal/state/state.ts";
import { readAssembly } from "../../src/synth/read.ts";
import { run } from "../support/cli.ts";
import { contextWith } from "../support/context.ts";
import { type Asked, allows } from "../support/iam.ts";
import { keptIn, stateIn } from "../support/kept.ts";
import { type Call, recordingWayTo } from "../support/recorded.ts";
import { askedFor, TAGGED_LATE } from "./arns.ts";
import type { Circumstances } from "./operators.ts";

const ACCOUNT = "111122223333";
const REGION = "eu-west-1";
const BOUNDARY = `arn:aws:iam::${ACCOUNT}:policy/engineers`;

/** Everything that an environment can have: a domain, certificates, firewall, alarms, a budget, logs of all kinds. */
const EVERYTHING = {
  account: ACCOUNT,
  "network.flowLogs": true,
  "service.maxTasks": 3,
  "loadBalancer.accessLogs": true,
  "cdn.waf": true,
  alarms: { email: "ops@example.com" },
  budget: { monthly: 100, email: "ops@example.com" },
};

/** The same, with what differs: the zone's making, protection, a boundary on every role. */
const LIVES = {
  dev: {
    ...EVERYTHING,
    "loadBalancer.private": true,
    domain: { name: "dev.example.com", zone: "create" },
    ci: { github: { repository: "octo-org/shop" } },
  },
  prod: { ...EVERYTHING, domain: { name: "example.com", zone: "create" }, boundary: BOUNDARY },
} as const;
type Life = {
  readonly documents: readonly PolicyDocument[];
  /** Those that are attached for the first provisioning and the last removal as well. */
  readonly bootstrap: readonly PolicyDocument[];
  /** What the world was when it stood. */
  readonly world: State;
  /** What `astro iam-policy --out policies` says. */
  readonly written: string;
  readonly folder: string;
  readonly calls: readonly Call[];
  /** The calls from the second provisioning on to the removal: the bootstrap stands by then. */
  readonly settled: readonly Call[];
  /** Those of a plan that foresees changes of what stands, and what the role that plans in CI may. */
  readonly planned: { readonly calls: readonly Call[]; readonly documents: readonly PolicyDocument[] } | undefined;
  readonly requests: ReadonlyMap<string, number>;
};

const lives = new Map<string, Life>();

beforeAll(async () => {
  for (const name of ["dev", "prod"] as const) lives.set(name, await live(name));
}, 300_000);
afterAll(() => {
  for (const { folder } of lives.values()) rmSync(folder, { recursive: true, force: true });
});

async function live(name: "dev" | "prod"): Promise<Life> {
  const folder = mkdtempSync(join(tmpdir(), "astro-policy-"));
  const kept = keptIn(join(folder, "rehearsal"));
  const rehearsal = await startRehearsal({
    speed: "max",
    region: REGION,
    account: ACCOUNT,
    clients: "outside",
    kept,
    seed: 7,
    // The first run ends with a verdict on its tasks, for which they are looked at.
    faults: [{ workload: "crash-loop" }],
  });
  const way = await recordingWayTo(rehearsal.endpoint);
  vi.stubEnv("AWS_ACCESS_KEY_ID", rehearsal.credentials.accessKeyId);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", rehearsal.credentials.secretAccessKey);
  const shell = async (command: string, options: { cwd: string; env: { readonly [name: string]: string } }) => {
    const { code, stdout, stderr } = await run("sh", ["-c", command], options);
    return { exitCode: code ?? 1, stdout, stderr };
  };
  let tokens = 0;
  const context = contextWith(shell, {
    cwd: folder,
    env: { AWS_ENDPOINT_URL: way.endpoint, ASTRO_CLOCK_SPEED: "100" },
    clock: wallClock,
    token: () => `token${++tokens}`,
  });
  try {
    await init(context, "infra", { name: "shop", env: name, preset: name, region: REGION, yes: true, json: true });
    const file = join(folder, "infra", "astro.yaml");
    edit(file, name, LIVES[name]);
    if (name === "dev") withJobs(join(folder, "infra"));
    if (name === "dev") withPolicies(join(folder, "infra", "ci", name));
    const documentsOf = async (bootstrap: boolean) =>
      (await iamPolicy(context, { bootstrap })).value.policies.map(({ document }) => document);
    const documents = await documentsOf(false);
    const bootstrap = await documentsOf(true);
    const written = (await iamPolicy(context, { out: "policies" })).render();
    // A finished assembly is judged by AWS alone: the judge of templates takes longer than all else.
    const assembly = join(folder, "infra", ".astro", "assembly", name);
    const flags = { json: true, rehearse: false, speed: "max", yes: true, wait: false, assembly };
    await doctor(context, { ...flags, yes: false });
    await plan(context, flags);
    expect(await provision(context, flags)).not.toBe(0);
    const first = way.calls.length;
    expect(await provision(context, flags)).toBe(0);
    const state = JSON.parse(readFileSync(join(stateIn(kept.folder), "world.json"), "utf8")) as State;
    await status(context, flags);
    await attach(context, flags);
    await everyday(context, flags);
    await provision(context, flags);
    const settled = way.calls.slice(first);
    let planned: Life["planned"];
    if (name === "prod") {
      // As its owner would, before it is taken away.
      edit(file, name, { protect: false });
      await iamPolicy(context, {});
      const from = way.calls.length;
      await plan(context, flags);
      const { stacks } = await readAssembly(assembly, REGION);
      const place = { project: "shop", environment: name, region: REGION, account: ACCOUNT };
      planned = { calls: way.calls.slice(from), documents: ciPolicies(place, stacks, { boundary: BOUNDARY }).plan };
      expect(await provision(context, flags)).toBe(0);
    }
    expect(await destroy(context, { ...flags, confirm: name, bootstrap: true })).toBe(0);
    return {
      documents,
      bootstrap,
      world: state,
      written,
      folder,
      calls: way.calls,
      settled,
      planned,
      requests: rehearsal.requests,
    };
  } finally {
    await way.close();
    await rehearsal.close();
    vi.unstubAllEnvs();
  }
}

/** What is done every day, with a plugin that takes every session. */
async function everyday(
  context: Context,
  { json, rehearse, speed }: { readonly json: boolean; readonly rehearse: boolean; readonly speed: string },
): Promise<void> {
  const flags = { json, rehearse, speed };
  await logs(context, undefined, { ...flags, follow: false, since: "1h", previous: false });
  await logs(context, undefined, { ...flags, follow: false, since: "1h", previous: true });
  const plugin: Context = {
    ...context,
    attend: async () => 0,
    program: async ([, version], { line, signal }) => {
      if (version === "--version") return { exitCode: 0, stdout: "1.2.707.0", stderr: "" };
      line?.("Waiting for connections...");
      await new Promise((resolve) => signal?.addEventListener("abort", resolve, { once: true }));
      throw signal?.reason;
    },
  };
  expect(await exec(plugin, [], flags)).toBe(0);
  for (const kind of ["database", "cache"] as const)
    expect(await tunnel(plugin, kind, ["true"], { ...flags, showPassword: false })).toBe(0);
}

/** What `astro ci github` writes, in short. */
function withPolicies(ci: string): void {
  const Statement = [{ Sid: "Deploy", Effect: "Allow", Action: ["ecs:DescribeServices"], Resource: ["*"] }];
  mkdirSync(ci, { recursive: true });
  for (const role of ["deploy", "plan"])
    writeFileSync(join(ci, `${role}.json`), JSON.stringify([{ Version: "2012-10-17", Statement }]));
}

/** The stack of the owner's own that the app's README shows: a queue, and a function with code of its own. */
function withJobs(app: string): void {
  const jobs = /```ts\n(.*?)```/s.exec(readFileSync(join(app, "README.md"), "utf8"))?.[1] ?? "";
  writeFileSync(join(app, "stacks", "jobs.ts"), jobs);
  mkdirSync(join(app, "worker"));
  writeFileSync(join(app, "worker", "index.js"), "exports.handler = async () => {};\n");
  const file = join(app, "lib", "environment.ts");
  const text = readFileSync(file, "utf8")
    .replace("  // vpc\n", "  new JobsStack(scope, settings);\n  // vpc\n")
    .replace("import { ZoneStack", 'import { JobsStack } from "../stacks/jobs";\nimport { ZoneStack');
  writeFileSync(file, text);
}

function edit(file: string, environment: string, values: { readonly [path: string]: unknown }): void {
  const document = parseDocument(readFileSync(file, "utf8"));
  for (const [path, value] of Object.entries(values)) {
    document.setIn(["environments", environment, ...path.split(".")], document.createNode(value));
  }
  writeFileSync(file, String(document));
}

const lifeOf = (name: string): Life => {
  const life = lives.get(name);
  if (life === undefined) throw new Error(`${name} did not live`);
  return life;
};

/** The things that stacks made, whatever their region. */
const made = ({ world: state }: Life): readonly ServiceResource[] =>
  Object.values(state.resources)
    .flatMap((things) => Object.values(things))
    .filter(({ owner }) => owner !== undefined);

/** Nothing says whose a thing is while it is made, nor whose one is that is tagged late. */
const isMaking = ({ type }: ServiceResource, { context = {} }: Asked) =>
  context["aws:ResourceTag/Project"] === undefined &&
  (TAGGED_LATE.test(type) || context["aws:RequestTag/Project"] !== undefined);

const isBootstrap = (thing: ServiceResource) => JSON.stringify(thing.owner).includes("astro-bootstrap");

const denied = (documents: readonly PolicyDocument[], asked: readonly Asked[]) =>
  [
    ...new Set(
      asked
        .filter((one) => !allows(documents, one))
        .map(({ action, resource, context }) => `${action} on ${resource} ${JSON.stringify(context)}`),
    ),
  ].sort();

const askedBy = (calls: readonly Call[]): readonly Asked[] =>
  calls.flatMap((call) =>
    (CALLS[`${call.service}:${call.operation}`]?.actions ?? "")
      .split(" ")
      .filter(Boolean)
      .flatMap((action) =>
        resourcesOf(call).map((resource) => ({
          action,
          resource,
          context: { "aws:RequestedRegion": call.region, ...circumstancesOf(call) },
        })),
      ),
  );

describe.each(["dev", "prod"])("the policy of an operator, over the life of %s that has everything", (name) => {
  it("knows every call that astro made", () => {
    const { requests } = lifeOf(name);
    expect([...requests.keys()].filter((call) => CALLS[call] === undefined)).toEqual([]);
    // Of every part: stacks, state, lock, look-ups beforehand, tasks that stop.
    for (const call of [
      "cloudformation:ExecuteChangeSet",
      "s3:PutObject",
      "dynamodb:PutItem",
      "rds:DescribeDBInstances",
      "ecs:DescribeServices",
      "ecs:ExecuteCommand",
      "logs:FilterLogEvents",
      "ssm:StartSession",
      "ssm:TerminateSession",
    ]) {
      expect([...requests.keys()]).toContain(call);
    }
  });

  it("allows each of them, on what it was made on; the first and the last with the bootstrap's beside it", () => {
    const { documents, bootstrap, calls } = lifeOf(name);
    const asked = askedBy(calls);
    expect(asked.length).toBeGreaterThan(100);
    expect(denied([...documents, ...bootstrap], asked)).toEqual([]);
  });

  it("is enough by itself while the bootstrap stands", () => {
    const { documents, settled } = lifeOf(name);
    const asked = askedBy(settled);
    expect(asked.length).toBeGreaterThan(50);
    expect(denied(documents, asked)).toEqual([]);
  });

  it("allows what CloudFormation does in the operator's name for each resource it made", () => {
    const life = lifeOf(name);
    const things = made(life);
    expect(new Set(things.map(({ type }) => type)).size).toBeGreaterThan(45);
    const askedOf = (some: readonly ServiceResource[], among = things) =>
      some.flatMap((thing) =>
        (HANDLERS[thing.type] ?? `no:${thing.type}`).split(" ").flatMap((action) => askedFor(action, thing, among)),
      );
    const own = things.filter((thing) => !isBootstrap(thing));
    expect(own.length).toBeLessThan(things.length);
    expect(denied(life.documents, askedOf(own))).toEqual([]);
    const shared = things.filter(isBootstrap);
    expect(denied(life.bootstrap, askedOf(shared, shared))).toEqual([]);
  });

  it("lets each role be passed to the service that trusts it, and to no other", () => {
    const life = lifeOf(name);
    const roles = made(life).filter(
      // Those of CI are for GitHub's jobs, not for a service.
      ({ type, properties }) =>
        type === "AWS::IAM::Role" && JSON.stringify(properties.AssumeRolePolicyDocument).includes('"Service"'),
    );
    expect(roles.length).toBeGreaterThan(1);
    for (const { attributes, properties } of roles) {
      const resource = String(attributes.Arn);
      const trusted = /"Service":"([^"]+)"/.exec(JSON.stringify(properties.AssumeRolePolicyDocument))?.[1] ?? "";
      const pass = (service: string) => ({
        action: "iam:PassRole",
        resource,
        context: { "iam:PassedToService": service },
      });
      expect(allows(life.documents, pass(trusted)), `${resource} to ${trusted}`).toBe(true);
      expect(allows(life.documents, pass("ec2.amazonaws.com")), resource).toBe(false);
    }
  });

  it("has no statement of every action, and a star for a resource only to look and to make what has no name yet", () => {
    const statements = lifeOf(name).documents.flatMap(({ Statement }) => Statement);
    expect(statements.flatMap(({ Action }) => Action).filter((action) => /^\*|:\*$/.test(action))).toEqual([]);
    const everywhere = statements.filter(({ Resource }) => Resource.includes("*"));
    expect(everywhere.map(({ Sid }) => Sid).sort()).toEqual(["ByFormationOnly", "Look"]);
    const looking = everywhere.filter(({ Sid }) => Sid === "Look").flatMap(({ Action }) => Action);
    expect(looking.filter((action) => !/:(Describe|List|Get)/.test(action))).toEqual([
      "servicequotas:RequestServiceQuotaIncrease",
    ]);
  });

  it("reaches nothing that the other environment made, but what has neither name nor tags, through a stack", () => {
    const [mine, theirs] = [lifeOf(name), lifeOf(name === "dev" ? "prod" : "dev")];
    const things = made(theirs);
    const writing = (type: string) =>
      (HANDLERS[type] ?? "")
        .split(" ")
        .filter(
          (action) =>
            !LOOSE.has(action) && !/:(Describe|List|Get(Change|HostedZone|OpenIDConnectProvider)$)/.test(action),
        );
    const asked = things
      .filter((thing) => !isBootstrap(thing))
      .flatMap((thing) =>
        writing(thing.type)
          .flatMap((action) => askedFor(action, thing, things))
          // As it stands, not as the other one is just making it.
          .filter((one) => !isMaking(thing, one)),
      );
    expect(asked.length).toBeGreaterThan(400);
    const reached = (circumstances: Circumstances) =>
      asked
        .filter((one) => allows(mine.documents, { ...one, context: { ...one.context, ...circumstances } }))
        .map(({ resource }) =>
          resource
            .split(":")
            .slice(2)
            .join(":")
            .replace(/[^/]*$/, ""),
        );
    expect(reached({ "aws:CalledVia": [] })).toEqual([]);
    expect([...new Set(reached({}))].sort()).toEqual([
      `application-autoscaling:${REGION}:${ACCOUNT}:scalable-target/`,
      `cloudfront::${ACCOUNT}:cache-policy/`,
      `cloudfront::${ACCOUNT}:origin-access-control/`,
      `cloudfront::${ACCOUNT}:response-headers-policy/`,
      "route53:::hostedzone/",
    ]);
  });
});

describe("the role that plans in CI", () => {
  it("may make every call of a plan, change sets among them", () => {
    const { calls = [], documents = [] } = lifeOf("prod").planned ?? {};
    expect(new Set(calls.map(({ operation }) => operation))).toContain("CreateChangeSet");
    expect(denied(documents, askedBy(calls))).toEqual([]);
  });
});

describe("astro iam-policy --out", () => {
  it("writes each document into a file of its own, and says how it is attached", () => {
    const { documents, folder, written } = lifeOf("dev");
    const names = documents.map((_, index) => `shop-dev-operator-${index + 1}`);
    const read = names.map(
      (name) => JSON.parse(readFileSync(join(folder, "policies", `${name}.json`), "utf8")) as unknown,
    );
    expect(read).toEqual(documents);
    for (const name of names) {
      expect(written).toContain(
        `aws iam create-policy --policy-name ${name} --policy-document file://policies/${name}.json`,
      );
      expect(written).toContain(`--policy-arn arn:aws:iam::${ACCOUNT}:policy/${name}`);
    }
  });
});

/** The ARNs of what a call is on. */
function resourcesOf(call: Call): readonly string[] {
  const { service, region, input } = call;
  const names = service === "ssm" && Array.isArray(input.Names) ? input.Names.map(String) : [];
  if (names.length > 0) return names.map((name) => `arn:aws:ssm:${region}:${ACCOUNT}:parameter${name}`);
  return sessionOf(call) ?? [resourceOf(call)];
}

/** What a session is on: cluster and task; target and document; the session itself, which is called after the caller. */
function sessionOf({ operation, region, input }: Call): readonly string[] | undefined {
  const at = `${region}:${ACCOUNT}`;
  const [, cluster, task] = /^ecs:([^_]+)_([^_]+)_/.exec(String(input.Target)) ?? [];
  if (operation === "ExecuteCommand")
    return [
      `arn:aws:ecs:${at}:cluster/${String(input.cluster)}`,
      `arn:aws:ecs:${at}:task/${String(input.cluster)}/${String(input.task)}`,
    ];
  if (operation === "StartSession")
    return [
      `arn:aws:ecs:${at}:task/${cluster}/${task}`,
      `arn:aws:ssm:${region}::document/${String(input.DocumentName)}`,
    ];
  return operation === "TerminateSession" ? [`arn:aws:ssm:${at}:session/${String(input.SessionId)}`] : undefined;
}

/** The ARN of what a call is on (Service Authorization Reference); a star for none. */
function resourceOf({ service, operation, region, path, input }: Call): string {
  const at = `${region}:${ACCOUNT}`;
  const stack = String(input.StackName ?? "*");
  const [, bucket = "", key = ""] = /^\/([^/?]+)\/?([^?]*)/.exec(path) ?? [];
  const found: { readonly [service: string]: string } = {
    budgets: `arn:aws:budgets::${ACCOUNT}:budget/${String(input.BudgetName)}`,
    cloudformation: stack.startsWith("arn:") || stack === "*" ? stack : `arn:aws:cloudformation:${at}:stack/${stack}/1`,
    dynamodb: `arn:aws:dynamodb:${at}:table/${String(input.TableName)}`,
    ecr: `arn:aws:ecr:${at}:repository/${String(input.repositoryName)}`,
    iam:
      input.AWSServiceName !== undefined
        ? `arn:aws:iam::${ACCOUNT}:role/aws-service-role/${String(input.AWSServiceName)}/AWSServiceRole`
        : input.RoleName === undefined
          ? String(input.PolicyArn ?? "*")
          : `arn:aws:iam::${ACCOUNT}:role/${String(input.RoleName)}`,
    logs: `arn:aws:logs:${at}:log-group:${String(input.logGroupName)}`,
    route53: `arn:aws:route53:::hostedzone/${/hostedzone\/(\w+)/.exec(path)?.[1]}`,
    s3: `arn:aws:s3:::${bucket}${key === "" ? "" : `/${decodeURIComponent(key)}`}`,
    // Asked for by its name, it is judged by its ARN.
    secretsmanager: `arn:aws:secretsmanager:${at}:secret:${String(input.SecretId)}${service === "secretsmanager" && operation === "GetSecretValue" ? "-AbCdEf" : ""}`,
  };
  return found[service] ?? "*";
}

/** What IAM can tell by beside the ARN: the lock's key, the folder that is listed, the records that are written. */
function circumstancesOf({ service, operation, input, path }: Call): Circumstances {
  const key = (input.Key ?? input.Item) as { readonly id?: { readonly S?: string } } | undefined;
  const prefix = service === "s3" ? new URL(path, "http://aws").searchParams.get("prefix") : null;
  return {
    ...(key?.id?.S !== undefined && { "dynamodb:LeadingKeys": [key.id.S] }),
    ...(prefix !== null && { "s3:prefix": prefix }),
    ...(operation === "TerminateSession" && { "aws:userid": "rehearsal", "aws:username": "ada" }),
    ...(typeof input.AWSServiceName === "string" && { "iam:AWSServiceName": input.AWSServiceName }),
    ...(operation.endsWith("/rrset") && {
      "route53:ChangeResourceRecordSetsNormalizedRecordNames": ["_x.app.example.com"],
    }),
  };
}
