import { describe, expect, it } from "vitest";
import type { CallEffect, Fault } from "../../src/rehearsal/faults.ts";
import { type Ran, type Rehearsed, type RunOptions, rehearsed } from "../support/rehearsed.ts";
import { outputOf, SITE, stackOf } from "../support/stacks.ts";

const tags = { ManagedBy: "astro", Project: SITE.project, Environment: SITE.environment };
const first = stackOf("shop-dev-first", "vpc", {
  tags,
  outputs: { Name: { Value: { "Fn::GetAtt": ["Topic", "TopicName"] } } },
});
const second = stackOf("shop-dev-second", "data", {
  tags,
  resources: { Queue: { Type: "AWS::SQS::Queue", Properties: { QueueName: outputOf(first.name, "Name") } } },
});
const run = (aws: Rehearsed, options: RunOptions = {}): Promise<Ran> => aws.provision([first, second], options);

/** What stands, in words that do not depend on how it came to be. */
async function standing(aws: Rehearsed): Promise<object> {
  const stacks = await aws.cloud.stacks(SITE.region);
  const each = stacks.map(async ({ name, region, status, outputs }) => {
    const resources = await aws.cloud.resources({ name, region });
    return [name, status, Object.keys(outputs), resources.map((one) => `${one.logicalId} ${one.status}`).sort()];
  });
  return { stacks: (await Promise.all(each)).sort(), left: await aws.left() };
}

async function undisturbed(): Promise<object> {
  const aws = await rehearsed();
  await run(aws);
  return standing(aws);
}

/** Calls of a provisioning: each kind of looking, each that changes something. */
const CALLS = [
  "cloudformation:DescribeStacks",
  "cloudformation:CreateChangeSet",
  "cloudformation:DescribeChangeSet",
  "cloudformation:ExecuteChangeSet",
  "cloudformation:DescribeStackEvents",
  "cloudformation:UpdateTerminationProtection",
  "dynamodb:PutItem",
  "dynamodb:DeleteItem",
  "s3:PutObject",
];

/** Effects that pass by themselves, and those that do not. */
const PASSING: readonly CallEffect[] = ["error", "unavailable", "reset", "reset-after", "truncated"];
const LASTING: readonly CallEffect[] = ["expired", "skewed"];

describe("a call that goes wrong once", () => {
  it.each(PASSING)("leads to the same end, %s, whichever it is", async (effect) => {
    const expected = await undisturbed();
    for (const call of CALLS) {
      const aws = await rehearsed({ faults: [{ call, effect }] });
      expect((await run(aws)).result, call).toMatchObject({ outcome: "done", failed: [] });
      // The first of them met the fault.
      expect(aws.rehearsal.requests.get(call), call).toBeGreaterThan(0);
      expect(await standing(aws), call).toEqual(expected);
    }
  });

  it("leads to the same end where it is throttled, five times and everywhere", async () => {
    const faults = CALLS.slice(0, 5).map((call): Fault => ({ call, effect: "throttled" }));
    const aws = await rehearsed({ faults });
    expect((await run(aws, { cloud: aws.cloud })).result).toMatchObject({ outcome: "done", failed: [] });
    expect(aws.cloud.throttled?.()).toBe(5);
    expect(await standing(aws)).toEqual(await undisturbed());
  });
});

describe("a call that AWS will not hear", () => {
  it.each(LASTING)("is a clear stop, %s, from which the same command goes on", async (effect) => {
    const expected = await undisturbed();
    for (const call of CALLS.filter((one) => one.startsWith("cloudformation:"))) {
      const aws = await rehearsed({ faults: [{ call, effect, after: call.endsWith("DescribeStacks") ? 2 : 0 }] });
      const stopped = await run(aws);
      expect(stopped.result, call).toMatchObject({ outcome: "failed", error: { code: "credentials" } });
      expect(stopped.result.error?.hint, call).toMatch(/run the same command: it goes on from here/);
      expect((await run(aws)).result, call).toMatchObject({ outcome: "done", failed: [] });
      expect(await standing(aws), call).toEqual(expected);
    }
  });
});
