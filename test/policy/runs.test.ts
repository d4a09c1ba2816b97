import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HANDLERS, LOOSE } from "../../src/policy/permissions.ts";
import type { PolicyDocument } from "../../src/policy/statement.ts";
import type { ServiceResource } from "../../src/rehearsal/state/state.ts";
import { type Asked, allows } from "../support/iam.ts";
import { askedFor, TAGGED_LATE } from "./arns.ts";
import { askedBy, unknownAmong, unknownOf } from "./asked.ts";
import { type Life, live } from "./lives.ts";
import { ACCOUNT, type Circumstances, REGION } from "./operators.ts";

const lives = new Map<string, Life>();

beforeAll(async () => {
  for (const name of ["dev", "prod"] as const) lives.set(name, await live(name));
}, 300_000);
afterAll(() => {
  for (const { folder } of lives.values()) rmSync(folder, { recursive: true, force: true });
});

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

describe.each(["dev", "prod"])("the policy of an operator, over the life of %s that has everything", (name) => {
  it("knows every call that astro made", () => {
    const { requests, calls } = lifeOf(name);
    expect(unknownOf([...requests.keys()])).toEqual([]);
    expect(unknownAmong(calls)).toEqual([]);
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
    const asked = askedBy(calls, name);
    expect(asked.length).toBeGreaterThan(100);
    expect(denied([...documents, ...bootstrap], asked)).toEqual([]);
  });

  it("is enough by itself while the bootstrap stands", () => {
    const { documents, settled } = lifeOf(name);
    const asked = askedBy(settled, name);
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

/** Statements about what astro itself calls: of stacks, of its own bucket and table, of the app that runs. */
const OF_CALLS = [
  ...["Stacks", "StacksChange", "State", "StateList", "StateBucket", "Lock", "Look"],
  ...["Ecr", "Ecs", "RunTasks", "PassRole\\d", "TaskSessions", "OwnSessions", "Logs", "Ssm"],
  ...["Secretsmanager", "SetSecrets", "KmsKeys", "Frontend", "Invalidate", "S3"],
];

describe("what the policy of an operator says of a running app", () => {
  it.each(OF_CALLS)("is needed, statement by statement: %s", (id) => {
    const { documents, calls } = lifeOf("dev");
    const isMeant = ({ Sid }: { readonly Sid: string }) => new RegExp(`^${id}[AB]*$`).test(Sid);
    const some = (isKept: (one: { readonly Sid: string }) => boolean) =>
      documents.map((one) => ({ ...one, Statement: one.Statement.filter(isKept) }));
    const asked = askedBy(calls, "dev").filter((one) => allows(some(isMeant), one));
    expect(
      denied(
        some((one) => !isMeant(one)),
        asked,
      ),
    ).not.toEqual([]);
  });
});

describe("the role that plans in CI", () => {
  it("may make every call of a plan, change sets among them", () => {
    const { calls = [], documents = [] } = lifeOf("prod").planned ?? {};
    expect(new Set(calls.map(({ operation }) => operation))).toContain("CreateChangeSet");
    expect(denied(documents, askedBy(calls, "prod"))).toEqual([]);
  });
});

describe("the role that deploys in CI", () => {
  it("may make every call of a release: image, migration, worker, API and frontend", () => {
    const { calls = [], documents = [] } = lifeOf("dev").deployed ?? {};
    const operations = new Set(calls.map(({ service, operation }) => `${service}:${operation}`));
    for (const call of RELEASING) expect([...operations]).toContain(call);
    expect(denied(documents, askedBy(calls, "dev"))).toEqual([]);
  });
});

/** Of every part of a release. */
const RELEASING = [
  "ecr:GetAuthorizationToken",
  "ecs:RegisterTaskDefinition",
  "ecs:RunTask",
  "cloudformation:ExecuteChangeSet",
  "s3:CopyObject",
  "dynamodb:PutItem",
];

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
