import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { madeUp, NAMELESS, NAMINGS, PARTS } from "../../src/policy/naming.ts";
import { HANDLERS } from "../../src/policy/permissions.ts";
import { operatorPolicy } from "../../src/policy/policy.ts";
import { policyResources } from "../../src/policy/resources.ts";
import type { Statement } from "../../src/policy/statement.ts";
import type { Resource } from "../../src/template/types.ts";
import { type AnyDocument, allows } from "../support/iam.ts";
import { synthesise } from "../template/app/synth.ts";
import { ACCOUNT, everything, REGION } from "./operators.ts";

/** Names that are easily taken for one another: each begins with another one, or ends as a stack does. */
const PROJECTS = ["shop", "shop-dev", "shop-dev-2", "sho"];
const ENVIRONMENTS = ["dev", "dev-2", "de", "network", "cache", "alb"];
const environment = fc.record({ project: fc.constantFrom(...PROJECTS), environment: fc.constantFrom(...ENVIRONMENTS) });
type Environment = { readonly project: string; readonly environment: string };
const prefixOf = ({ project, environment: name }: Environment) => `${project}-${name}`;

/** Stacks of the owner's own, with things that CloudFormation names. */
const OWN: { readonly [id: string]: Resource } = {
  Jobs: { Type: "AWS::SQS::Queue" },
  Worker: { Type: "AWS::Lambda::Function" },
  WorkerServiceRole2DDBBFEB: { Type: "AWS::IAM::Role" },
  Table: { Type: "AWS::DynamoDB::Table" },
  Uploads: { Type: "AWS::S3::Bucket" },
  Rule: { Type: "AWS::Events::Rule" },
};

const placeOf = (one: Environment) => ({ ...one, region: REGION, account: ACCOUNT });
const made = new Map<string, ReturnType<typeof stacks>>();
function stacks(one: Environment) {
  const app = synthesise(everything(`${prefixOf(one)}.example.com`), one.project, one.environment);
  return [
    ...app.map(({ stackName: name, template, environment: { region } }) => ({ name, region, template })),
    { name: `${prefixOf(one)}-jobs`, region: REGION, template: { Resources: OWN } },
  ];
}
function stacksOf(one: Environment) {
  const found = made.get(prefixOf(one)) ?? stacks(one);
  made.set(prefixOf(one), found);
  return found;
}

/** What allows without asking for tags or a way: names alone keep it to the environment. */
const byName = (documents: readonly { readonly Statement: readonly Statement[] }[]): readonly AnyDocument[] =>
  documents.map(({ Statement }) => ({
    Statement: Statement.filter(({ Resource }) => !Resource.includes("*"))
      .filter(({ Condition = {} }) => Object.keys(Condition).length === 0)
      .map((one) => ({ ...one, Action: ["any:Thing"] })),
  }));

describe("names of an environment's things", () => {
  it("are never another environment's, however alike the two are called", { timeout: 120_000 }, () => {
    let compared = 0;
    fc.assert(
      fc.property(environment, environment, (mine, theirs) => {
        // Two that are called the same together are told apart before any policy is.
        fc.pre(prefixOf(mine) !== prefixOf(theirs));
        fc.pre([mine, theirs].every(({ project, environment: name }) => project.length + name.length <= 23));
        const policy = byName(operatorPolicy(placeOf(mine), stacksOf(mine)).documents);
        const reachedOf = (one: Environment) =>
          policyResources(stacksOf(one), placeOf(one))
            .flatMap((thing) => thing.arns)
            .filter((arn) => !/(:default[:.]|managedruleset)/.test(arn))
            .map((arn) => arn.replaceAll("??????", "AbCdEf").replaceAll("?", "1").replaceAll("*", "ABC123XYZ789"))
            .map((resource) => [resource, allows(policy, { action: "any:Thing", resource })] as const);
        expect(reachedOf(theirs).filter(([, isReached]) => isReached)).toEqual([]);
        // Its own are, every one.
        const own = reachedOf(mine);
        expect(own.filter(([, isReached]) => !isReached)).toEqual([]);
        compared += own.length;
      }),
      { numRuns: 40, seed: 11 },
    );
    expect(compared).toBeGreaterThan(2000);
  });

  it("are known for every type that a policy provides for, or where its things lie, or what they are part of", () => {
    const byTags = /^AWS::(EC2::\w+|KMS::Key|Route53::RecordSet)$/;
    const types = Object.keys(HANDLERS).filter(
      (type) => NAMINGS[type] === undefined && NAMELESS[type] === undefined && !PARTS.has(type) && !byTags.test(type),
    );
    expect(types).toEqual([]);
  });

  it("are those CloudFormation makes up where the template gives none, shortened where they would be too long", () => {
    const stack = "a-project-with-staging-load-balancer";
    expect(madeUp({ stack: "shop-dev-jobs", id: "Worker" }, { arns: () => [] })).toBe("shop-dev-jobs-Worker-*");
    expect(madeUp({ stack, id: "AccessLogsBucket" }, { most: 63, small: true, arns: () => [] })).toBe(
      "a-project-with-staging-l*-accesslogsbucket*",
    );
  });

  it("that only AWS will know are told, and nothing is allowed by them", () => {
    const template = {
      Resources: {
        Id: { Type: "AWS::SNS::Topic" },
        Named: { Type: "AWS::SQS::Queue", Properties: { QueueName: { "Fn::GetAtt": ["Id", "TopicName"] } } },
      },
    };
    const place = { project: "shop", environment: "dev", region: REGION, account: ACCOUNT };
    const { documents, warnings } = operatorPolicy(place, [{ name: "shop-dev-jobs", region: REGION, template }]);
    expect(warnings).toEqual([
      { about: "Named of shop-dev-jobs", says: expect.stringContaining("name them in the app") },
    ]);
    const resource = `arn:aws:sqs:${REGION}:${ACCOUNT}:shop-dev-jobs-Named-1`;
    expect(allows(documents, { action: "sqs:CreateQueue", resource })).toBe(false);
  });
});
