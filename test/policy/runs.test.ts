import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { parseDocument } from "yaml";
import { wallClock } from "../../src/context.ts";
import { attach } from "../../src/operation/attach.ts";
import { destroy } from "../../src/operation/destroy.ts";
import { doctor } from "../../src/operation/doctor.ts";
import { iamPolicy } from "../../src/operation/iam-policy.ts";
import { init } from "../../src/operation/init.ts";
import { plan } from "../../src/operation/plan.ts";
import { provision } from "../../src/operation/provision.ts";
import { status } from "../../src/operation/status.ts";
import { CALLS } from "../../src/policy/calls.ts";
import { HANDLERS } from "../../src/policy/permissions.ts";
import type { PolicyDocument } from "../../src/policy/statement.ts";
import { startRehearsal } from "../../src/rehearsal/rehearsal.ts";
import type { Thing, World } from "../../src/rehearsal/world.ts";
import { run } from "../support/cli.ts";
import { contextWith } from "../support/context.ts";
import { type Asked, allows } from "../support/iam.ts";
import { keptIn, stateIn } from "../support/kept.ts";
import { type Call, recordingWayTo } from "../support/recorded.ts";
import { arnsFor } from "./arns.ts";

const ACCOUNT = "111122223333";
const REGION = "eu-west-1";

/** Everything that an environment can have: a domain, certificates, firewall, alarms, a budget, logs of all kinds. */
const EVERYTHING = {
  account: ACCOUNT,
  "network.flowLogs": true,
  "service.maxTasks": 3,
  "loadBalancer.accessLogs": true,
  "cdn.waf": true,
  domain: { name: "example.com", zone: "create" },
  alarms: { email: "ops@example.com" },
  budget: { monthly: 100, email: "ops@example.com" },
};

let folder: string;
let documents: readonly PolicyDocument[];
/** What the world was when it stood. */
let world: World;
/** What `astro iam-policy --out policies` says. */
let written: string;
let calls: readonly Call[];
let requests: ReadonlyMap<string, number>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "astro-policy-"));
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
    await init(context, "infra", { name: "shop", env: "dev", preset: "dev", region: REGION, yes: true, json: true });
    edit(join(folder, "infra", "astro.yaml"), EVERYTHING);
    const { value } = await iamPolicy(context, {});
    documents = value.policies.map(({ document }) => document);
    written = (await iamPolicy(context, { out: "policies" })).render();
    // A finished assembly is judged by AWS alone: the judge of templates takes longer than all else.
    const assembly = join(folder, "infra", ".astro", "assembly", "dev");
    const flags = { json: true, rehearse: false, speed: "max", yes: true, wait: false, assembly };
    await doctor(context, { ...flags, yes: false });
    await plan(context, flags);
    expect(await provision(context, flags)).not.toBe(0);
    expect(await provision(context, flags)).toBe(0);
    world = JSON.parse(readFileSync(join(stateIn(kept.folder), "world.json"), "utf8")) as World;
    await status(context, flags);
    await attach(context, flags);
    await provision(context, flags);
    expect(await destroy(context, { ...flags, confirm: "dev", bootstrap: true })).toBe(0);
    calls = way.calls;
    requests = rehearsal.requests;
  } finally {
    await way.close();
    await rehearsal.close();
    vi.unstubAllEnvs();
  }
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function edit(file: string, values: { readonly [path: string]: unknown }): void {
  const document = parseDocument(readFileSync(file, "utf8"));
  for (const [path, value] of Object.entries(values)) {
    document.setIn(["environments", "dev", ...path.split(".")], document.createNode(value));
  }
  writeFileSync(file, String(document));
}

/** The things that stacks made, whatever their region. */
const made = (): readonly Thing[] =>
  Object.values(world.things)
    .flatMap((things) => Object.values(things))
    .filter(({ owner }) => owner !== undefined);

const denied = (asked: readonly Asked[]) =>
  [
    ...new Set(
      asked.filter((one) => !allows(documents, one)).map(({ action, resource }) => `${action} on ${resource}`),
    ),
  ].sort();

describe("the policy of an operator, over the life of an environment that has everything", () => {
  it("knows every call that astro made", () => {
    expect([...requests.keys()].filter((call) => CALLS[call] === undefined)).toEqual([]);
    // Of every part: stacks, state, lock, look-ups beforehand, tasks that stop.
    for (const call of [
      "cloudformation:ExecuteChangeSet",
      "s3:PutObject",
      "dynamodb:PutItem",
      "rds:DescribeDBInstances",
      "ecs:DescribeServices",
    ]) {
      expect([...requests.keys()]).toContain(call);
    }
  });

  it("allows each of them, on what it was made on", () => {
    const asked = calls.flatMap((call) =>
      (CALLS[`${call.service}:${call.operation}`]?.actions ?? "")
        .split(" ")
        .filter(Boolean)
        .map((action) => ({
          action,
          resource: resourceOf(call),
          context: { "aws:RequestedRegion": call.region, ...keysOf(call) },
        })),
    );
    expect(asked.length).toBeGreaterThan(100);
    expect(denied(asked)).toEqual([]);
  });

  it("allows what CloudFormation does in the operator's name for each resource it made", () => {
    const things = made();
    expect(new Set(things.map(({ type }) => type)).size).toBeGreaterThan(45);
    const asked = things.flatMap((thing) =>
      (HANDLERS[thing.type] ?? `no:${thing.type}`).split(" ").flatMap((action) => arnsFor(action, thing, things)),
    );
    expect(denied(asked)).toEqual([]);
  });

  it("lets each role be passed to the service that trusts it, and to no other", () => {
    const roles = made().filter(({ type }) => type === "AWS::IAM::Role");
    expect(roles.length).toBeGreaterThan(1);
    for (const { attributes, properties } of roles) {
      const resource = String(attributes.Arn);
      const trusted = /"Service":"([^"]+)"/.exec(JSON.stringify(properties.AssumeRolePolicyDocument))?.[1] ?? "";
      const pass = (service: string) => ({
        action: "iam:PassRole",
        resource,
        context: { "iam:PassedToService": service },
      });
      expect(allows(documents, pass(trusted)), `${resource} to ${trusted}`).toBe(true);
      expect(allows(documents, pass("ec2.amazonaws.com")), resource).toBe(false);
    }
  });
});

describe("astro iam-policy --out", () => {
  it("writes each document into a file of its own, and says how it is attached", () => {
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

describe("the policy of an operator", () => {
  const tagged = {
    "aws:RequestedRegion": REGION,
    "aws:ResourceTag/Project": "shop",
    "aws:ResourceTag/Environment": "dev",
  };
  const other = { ...tagged, "aws:ResourceTag/Project": "bank" };
  const arn = (rest: string) => `arn:aws:${rest.replace("HERE", `${REGION}:${ACCOUNT}`)}`;
  it.each([
    ["iam:CreateUser", arn(`iam::${ACCOUNT}:user/eve`), tagged],
    ["iam:CreateAccessKey", arn(`iam::${ACCOUNT}:user/eve`), tagged],
    ["iam:AttachRolePolicy", arn(`iam::${ACCOUNT}:role/Admin`), tagged],
    ["iam:PassRole", arn(`iam::${ACCOUNT}:role/Admin`), { "iam:PassedToService": "ecs-tasks.amazonaws.com" }],
    [
      "iam:CreateServiceLinkedRole",
      arn(`iam::${ACCOUNT}:role/aws-service-role/x`),
      { "iam:AWSServiceName": "guardduty.amazonaws.com" },
    ],
    ["sts:AssumeRole", arn(`iam::${ACCOUNT}:role/Admin`), tagged],
    ["ec2:RunInstances", arn("ec2:HERE:instance/*"), tagged],
    ["ec2:DeleteVpc", arn("ec2:HERE:vpc/vpc-1"), other],
    ["ec2:DescribeVpcs", "*", { "aws:RequestedRegion": "ap-south-1" }],
    ["s3:DeleteBucket", arn("s3:::bank-ledger"), tagged],
    ["s3:GetObject", arn("s3:::bank-ledger/2026"), tagged],
    ["s3:GetObject", arn(`s3:::astro-bootstrap-${ACCOUNT}-${REGION}/environments/bank/dev/run.json`), tagged],
    ["s3:GetObject", arn(`s3:::shop-dev-pdfs-${ACCOUNT}-${REGION}/one.pdf`), tagged],
    ["dynamodb:DeleteItem", arn("dynamodb:HERE:table/astro-locks"), { ...tagged, "dynamodb:LeadingKeys": "bank/dev" }],
    ["dynamodb:DeleteTable", arn("dynamodb:HERE:table/bank"), tagged],
    ["cloudformation:DeleteStack", arn("cloudformation:HERE:stack/bank-dev-data/1"), tagged],
    ["cloudformation:DeleteStack", arn("cloudformation:HERE:stack/shop-prod-database/1"), tagged],
    ["rds:DeleteDBInstance", arn("rds:HERE:db:bank-dev"), tagged],
    ["secretsmanager:GetSecretValue", arn("secretsmanager:HERE:secret:bank/dev/database-AbCdEf"), tagged],
    ["kms:ScheduleKeyDeletion", arn("kms:HERE:key/1"), other],
    ["kms:Decrypt", arn("kms:HERE:key/1"), { "aws:RequestedRegion": REGION }],
    ["cloudfront:DeleteDistribution", arn(`cloudfront::${ACCOUNT}:distribution/E1`), other],
    ["organizations:LeaveOrganization", "*", tagged],
  ])("does not allow %s on %s", (action, resource, context) => {
    expect(allows(documents, { action, resource, context })).toBe(false);
  });

  it("has no statement of every action, and a star for a resource only to look and to make what has no name yet", () => {
    const statements = documents.flatMap(({ Statement }) => Statement);
    expect(statements.flatMap(({ Action }) => Action).filter((action) => /^\*|:\*$/.test(action))).toEqual([]);
    const everywhere = statements.filter(({ Resource }) => Resource.includes("*")).flatMap(({ Action }) => Action);
    expect(everywhere.filter((action) => !/:(Describe|List|Create|Get|Request)/.test(action))).toEqual([
      "ecs:DeregisterTaskDefinition",
      "logs:DeleteLogDelivery",
    ]);
  });
});

/** The ARN of what a call is on (Service Authorization Reference); a star for none. */
function resourceOf({ service, region, path, input }: Call): string {
  const at = `${region}:${ACCOUNT}`;
  const stack = String(input.StackName ?? "*");
  const [, bucket = "", key = ""] = /^\/([^/?]+)\/?([^?]*)/.exec(path) ?? [];
  const found: { readonly [service: string]: string } = {
    cloudformation: stack.startsWith("arn:") || stack === "*" ? stack : `arn:aws:cloudformation:${at}:stack/${stack}/1`,
    dynamodb: `arn:aws:dynamodb:${at}:table/${String(input.TableName)}`,
    ecr: `arn:aws:ecr:${at}:repository/${String(input.repositoryName)}`,
    iam: input.RoleName === undefined ? "*" : `arn:aws:iam::${ACCOUNT}:role/${String(input.RoleName)}`,
    logs: `arn:aws:logs:${at}:log-group:${String(input.logGroupName)}`,
    route53: `arn:aws:route53:::hostedzone/${/hostedzone\/(\w+)/.exec(path)?.[1]}`,
    s3: `arn:aws:s3:::${bucket}${key === "" ? "" : `/${decodeURIComponent(key)}`}`,
    secretsmanager: `arn:aws:secretsmanager:${at}:secret:${String(input.SecretId)}`,
  };
  return found[service] ?? "*";
}

/** The lock's key, by which IAM can tell items apart. */
function keysOf({ input }: Call): { readonly [key: string]: string } {
  const key = (input.Key ?? input.Item) as { readonly id?: { readonly S?: string } } | undefined;
  return key?.id?.S === undefined ? {} : { "dynamodb:LeadingKeys": key.id.S };
}
