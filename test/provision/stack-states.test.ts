import { CreateStackCommand } from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import { everyStack, lookAt } from "../../src/provision/look.ts";
import { stackStatesOf } from "../../src/provision/stack-states.ts";
import { type Rehearsed, rehearsed } from "../support/rehearsed.ts";
import { SITE, stackOf } from "../support/stacks.ts";

const tags = { ManagedBy: "astro", Project: SITE.project, Environment: SITE.environment };
const topic = stackOf("shop-dev-topic", "data", { tags, outputs: { Name: { Value: { Ref: "Topic" } } } });

async function standing(aws: Rehearsed) {
  const found = await everyStack(aws.cloud, [SITE.region]);
  return stackStatesOf(aws.cloud, (await lookAt(aws.cloud, SITE, found)).deployed);
}

describe("the status of the stacks", () => {
  it("has status, outputs and size, the bootstrap first", async () => {
    const aws = await rehearsed();
    await aws.provision([topic]);
    expect(await standing(aws)).toMatchObject([
      { stack: "astro-bootstrap", phase: "bootstrap", status: "CREATE_COMPLETE", resources: 3 },
      {
        stack: "shop-dev-topic",
        status: "CREATE_COMPLETE",
        resources: 1,
        outputs: { Name: expect.stringContaining("arn:") },
      },
    ]);
  });

  it("costs two calls a stack at most where all is well", async () => {
    const aws = await rehearsed();
    await aws.provision([topic]);
    const before = new Map(aws.rehearsal.requests);
    await standing(aws);
    const calls = [...aws.rehearsal.requests].map(([name, count]) => [name, count - (before.get(name) ?? 0)] as const);
    const made = Object.fromEntries(calls.filter(([, count]) => count > 0));
    expect(made).toEqual({ "cloudformation:DescribeStacks": 1, "cloudformation:GetTemplate": 2 });
  });

  it("of a stack under way names what CloudFormation is at", async () => {
    const aws = await rehearsed();
    const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    await aws.cloudformation.send(new CreateStackCommand({ StackName: topic.name, TemplateBody: topic.body, Tags }));
    await aws.pass(1);
    expect(await standing(aws)).toMatchObject([
      {
        stack: "shop-dev-topic",
        status: "CREATE_IN_PROGRESS",
        doing: [{ resource: "Topic", type: "AWS::SNS::Topic", status: "CREATE_IN_PROGRESS" }],
      },
    ]);
  });

  it("of one that failed names what failed first", async () => {
    const aws = await rehearsed({ faults: [{ resourceType: "AWS::SNS::Topic", reason: "quota exceeded" }] });
    await aws.provision([topic]);
    const [, stack] = await standing(aws);
    expect(stack).toMatchObject({
      status: "ROLLBACK_COMPLETE",
      trouble: { resource: "Topic", type: "AWS::SNS::Topic", reason: expect.stringContaining("quota exceeded") },
    });
  });
});
