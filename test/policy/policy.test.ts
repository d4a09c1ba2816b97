import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CALLS } from "../../src/policy/calls.ts";
import { HANDLERS } from "../../src/policy/permissions.ts";
import { operatorPolicy } from "../../src/policy/policy.ts";
import { documentsOf, MOST_CHARACTERS, type Statement, sizeOf } from "../../src/policy/statement.ts";
import { allows } from "../support/iam.ts";
import { outputOf, SITE, stackOf } from "../support/stacks.ts";
import { environments } from "../template/app/environments.ts";
import { synthesise } from "../template/app/synth.ts";

const HERE = `${SITE.region}:${SITE.account}`;
const context = {
  "aws:RequestedRegion": SITE.region,
  "aws:ResourceTag/Project": SITE.project,
  "aws:ResourceTag/Environment": SITE.environment,
};

describe("the table of astro's own calls", () => {
  /** Every command of the SDK that src/aws makes, of whatever service. */
  const sent = new Set(
    sourcesOf(join("src", "aws")).flatMap((file) => {
      // One service is asked without a client of the SDK.
      const calls = /new (?:\w+\.)?(\w+)Command\(|\bpaginate([A-Z]\w+)\(|"x-amz-target": "\w+\.(\w+)"/g;
      const made = readFileSync(file, "utf8").matchAll(calls);
      return [...made].map(([, command, pages, target]) => command ?? pages ?? target ?? "");
    }),
  );
  const operationOf = (call: string) => call.slice(call.indexOf(":") + 1);

  it("has a row for every call that src/aws can make", () => {
    expect(sent.size).toBeGreaterThan(30);
    const known = new Set(Object.keys(CALLS).map(operationOf));
    expect([...sent].filter((operation) => !known.has(operation))).toEqual([]);
  });

  it("has no row for a call that nobody makes", () => {
    expect(Object.keys(CALLS).filter((call) => !sent.has(operationOf(call)))).toEqual([]);
  });
});

function sourcesOf(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? sourcesOf(path) : [path];
  });
}

describe("an operator's policies", () => {
  it("provide for whatever astro.yaml can hold, in documents that IAM takes", () => {
    fc.assert(
      fc.property(environments, (environment) => {
        const region = environment.region;
        const stacks = synthesise(environment).map(({ stackName, template, environment: { region } }) => ({
          name: stackName,
          region,
          template,
        }));
        const place = { project: "a-project-with-a-long-name", environment: "staging", region, account: "*" };
        const { documents, uncovered, warnings } = operatorPolicy(place, stacks, { boundary: environment.boundary });
        expect([uncovered, warnings]).toEqual([[], []]);
        for (const document of documents) expect(sizeOf(document)).toBeLessThanOrEqual(MOST_CHARACTERS);
        // Ten managed policies a role (IAM and AWS STS quotas).
        expect(documents.length).toBeLessThanOrEqual(5);
        const ids = documents.flatMap(({ Statement }) => Statement.map(({ Sid }) => Sid));
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.filter((id) => !/^[A-Za-z0-9]+$/.test(id))).toEqual([]);
      }),
      { numRuns: 12, seed: 4 },
    );
  });

  it("grow with a stack of the owner's own, and say of which types they know nothing", () => {
    const queue = { Type: "AWS::SQS::Queue" };
    const without = operatorPolicy(SITE, [stackOf("shop-dev-jobs", "ecs")]);
    const { documents, uncovered } = operatorPolicy(SITE, [
      stackOf("shop-dev-jobs", "ecs", {
        resources: {
          Q: queue,
          G: { Type: "AWS::Glue::Job" },
          M: { Type: "AWS::CDK::Metadata" },
          C: { Type: "Custom::X" },
        },
      }),
    ]);
    const asked = { action: "sqs:CreateQueue", resource: `arn:aws:sqs:${HERE}:shop-dev-jobs-Q-1`, context };
    expect([without.documents, documents].map((all) => allows(all, asked))).toEqual([false, true]);
    expect(uncovered).toEqual(["AWS::Glue::Job", "Custom::X"]);
  });

  it("allow CloudFormation to look up what stacks read from each other", () => {
    const reader = { T: { Type: "AWS::SNS::Topic", Properties: { DisplayName: outputOf("shop-dev-network", "Id") } } };
    const { documents } = operatorPolicy(SITE, [stackOf("shop-dev-data", "data", { resources: reader })]);
    const resource = `arn:aws:cloudformation:${HERE}:stack/shop-dev-network/1`;
    expect(allows(documents, { action: "cloudformation:DescribeStacks", resource, context })).toBe(true);
  });

  it("write to the hosted zones that the templates name and to no other", () => {
    const record = {
      Type: "AWS::Route53::RecordSet",
      Properties: { HostedZoneId: "Z1", Name: "a.example.com", Type: "A" },
    };
    const { documents } = operatorPolicy(SITE, [stackOf("shop-dev-dns", "dns", { resources: { R: record } })]);
    const write = (zone: string) =>
      allows(documents, {
        action: "route53:ChangeResourceRecordSets",
        resource: `arn:aws:route53:::hostedzone/${zone}`,
        context: {
          ...context,
          "aws:RequestedRegion": "us-east-1",
          "route53:ChangeResourceRecordSetsNormalizedRecordNames": ["a.example.com", "_x.a.example.com"],
        },
      });
    expect([write("Z1"), write("Z2")]).toEqual([true, false]);
  });

  it("keep to the partition of their region", () => {
    const stack = { ...stackOf("shop-dev-a", "vpc"), region: "us-gov-west-1" };
    const { documents } = operatorPolicy({ ...SITE, region: "us-gov-west-1" }, [stack]);
    const arns = documents.flatMap(({ Statement }) => Statement.flatMap(({ Resource }) => Resource));
    expect(arns.filter((arn) => arn !== "*" && !arn.startsWith("arn:aws-us-gov:"))).toEqual([]);
  });

  it("split a statement that no document could hold, and lose none of its actions", () => {
    const Action = Array.from({ length: 400 }, (_, index) => `ec2:SomeLongishAction${index}`);
    const one: Statement = { Sid: "All", Effect: "Allow", Action, Resource: ["*"] };
    const documents = documentsOf([one]);
    expect(documents.map(sizeOf).every((size) => size <= MOST_CHARACTERS)).toBe(true);
    expect(documents.flatMap(({ Statement }) => Statement.flatMap((part) => part.Action))).toEqual(Action);
  });
});

describe("the table of what CloudFormation calls", () => {
  it("holds IAM actions, spelt as IAM spells them, and none that lets a role be handed on", () => {
    const actions = Object.values(HANDLERS).flatMap((list) => list.split(" "));
    expect(actions.filter((action) => !/^[a-z][a-z0-9-]+:[A-Z][A-Za-z0-9]+$/.test(action))).toEqual([]);
    expect(
      actions.filter((action) => /^iam:(PassRole|CreateServiceLinkedRole|Create(User|AccessKey))$/.test(action)),
    ).toEqual([]);
  });
});
