import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import type { CallEffect, Fault } from "../../src/rehearsal/state/faults.ts";
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
const bucket = { Type: "AWS::S3::Bucket", Properties: { BucketName: "shop-dev-files" } };
const third = (retention: number) =>
  stackOf("shop-dev-third", "data", {
    tags,
    terminationProtection: false,
    resources: { Files: bucket, Log: { Type: "AWS::Logs::LogGroup", Properties: { RetentionInDays: retention } } },
  });

/** A run from nothing, of a change, and of a removal with something in a bucket. */
const RUNS: { readonly [kind: string]: (aws: Rehearsed, options?: RunOptions) => Promise<Ran> } = {
  creation: (aws, options) => aws.provision([first, second, third(7)], options),
  update: (aws, options) => aws.provision([first, second, third(14)], options),
  removal: (aws, options) => aws.destroy(options),
};
const KINDS = Object.keys(RUNS);

/** An AWS on which a run of this kind has something to do, and `faults` strike only that run. */
async function prepared(kind: string, faults: readonly Fault[] = []): Promise<Rehearsed> {
  const aws = await rehearsed();
  if (kind !== "creation") {
    await RUNS.creation?.(aws);
    await aws.s3.send(new PutObjectCommand({ Bucket: "shop-dev-files", Key: "a", Body: "a" }));
  }
  aws.rehearsal.setFaults(faults);
  return aws;
}

const run = (kind: string, aws: Rehearsed, options: RunOptions = {}): Promise<Ran> =>
  RUNS[kind]?.(aws, options) ?? Promise.reject(new Error(kind));

/** What stands, in words that do not depend on how it came to be. */
async function standing(aws: Rehearsed): Promise<object> {
  const stacks = await aws.cloud.stacks(SITE.region);
  const each = stacks.map(async ({ name, region, status, outputs }) => {
    const resources = await aws.cloud.resources({ name, region });
    const settled = (word: string) => word.replace(/^(CREATE|UPDATE)_COMPLETE$/, "standing");
    const ours = resources.map((one) => `${one.logicalId} ${settled(one.status)}`).sort();
    return [name, settled(status), Object.keys(outputs), ours];
  });
  const found = await aws.s3
    .send(new GetObjectCommand({ Bucket: "shop-dev-files", Key: "a" }))
    .then(() => "the object is there")
    .catch(({ name }: Error) => name);
  return { stacks: (await Promise.all(each)).sort(), left: await aws.left(), found };
}

const ends = new Map<string, Promise<object>>();

/** What stands after a run in which nothing went wrong. */
function undisturbed(kind: string): Promise<object> {
  const found = async () => {
    const aws = await prepared(kind);
    await run(kind, aws);
    return standing(aws);
  };
  const end = ends.get(kind) ?? found();
  ends.set(kind, end);
  return end;
}

/** Calls of a run: each kind of looking, each that changes something. */
const CALLS: { readonly [kind: string]: readonly string[] } = {
  creation: [
    "cloudformation:DescribeStacks",
    "cloudformation:CreateChangeSet",
    "cloudformation:DescribeChangeSet",
    "cloudformation:ExecuteChangeSet",
    "cloudformation:DescribeStackEvents",
    "cloudformation:UpdateTerminationProtection",
    "dynamodb:PutItem",
    "dynamodb:DeleteItem",
    "s3:PutObject",
  ],
  update: [
    "cloudformation:DescribeStacks",
    "cloudformation:CreateChangeSet",
    "cloudformation:DescribeChangeSet",
    "cloudformation:ExecuteChangeSet",
    "cloudformation:DescribeStackEvents",
    "cloudformation:ListChangeSets",
    "dynamodb:PutItem",
    "dynamodb:DeleteItem",
    "s3:PutObject",
  ],
  removal: [
    "cloudformation:DescribeStacks",
    "cloudformation:ListStackResources",
    "cloudformation:DeleteStack",
    "cloudformation:DescribeStackEvents",
    "s3:ListObjectVersions",
    "s3:DeleteObjects",
    "dynamodb:PutItem",
    "dynamodb:DeleteItem",
    "s3:PutObject",
  ],
};

/** Effects that pass by themselves, and those that do not. */
const PASSING: readonly CallEffect[] = ["error", "unavailable", "reset", "reset-after", "truncated"];
const LASTING: readonly CallEffect[] = ["expired", "skewed"];

describe.each(KINDS)("a call of a run (%s) that goes wrong once", (kind) => {
  const calls = CALLS[kind] ?? [];

  /** A run in which the first of each of these calls meets its fault. */
  const meets = async (faults: readonly (Fault & { readonly call: string })[]) => {
    const expected = await undisturbed(kind);
    const aws = await prepared(kind, faults);
    const had = faults.map(({ call }) => aws.rehearsal.requests.get(call) ?? 0);
    const said = JSON.stringify(faults);
    expect((await run(kind, aws)).result, said).toMatchObject({ outcome: "done", failed: [] });
    for (const [at, { call }] of faults.entries()) {
      expect(aws.rehearsal.requests.get(call) ?? 0, call).toBeGreaterThan(had[at] ?? 0);
    }
    expect(await standing(aws), said).toEqual(expected);
  };

  it("leads to the same end by itself, each in another way", async () => {
    // Side by side: each waits for most of its time before it tries again.
    await Promise.all(calls.map((call, at) => meets([{ call, effect: PASSING[at % PASSING.length] ?? "error" }])));
  });

  it.each(PASSING)("leads to the same end, %s, where all others do the same", async (effect) => {
    await meets(calls.map((call) => ({ call, effect })));
  });
});

describe("a run", () => {
  it("of any kind leads to the same end in a storm of throttling, three times each call and everywhere", async () => {
    const meets = async (kind: string) => {
      const storm = (CALLS[kind] ?? []).map((call): Fault => ({ call, effect: "throttled", times: 3 }));
      const aws = await prepared(kind, storm);
      const { result } = await run(kind, aws, { cloud: aws.cloud });
      expect(result, kind).toMatchObject({ outcome: "done", failed: [] });
      expect(aws.cloud.throttled?.(), kind).toBeGreaterThan(10);
      expect(await standing(aws), kind).toEqual(await undisturbed(kind));
    };
    // Side by side: the SDK waits for nearly all of the time.
    await Promise.all(KINDS.map(meets));
  });
});

describe.each(KINDS)("a call of a run (%s) that AWS will not hear", (kind) => {
  it.each(LASTING)("is a clear stop, %s, from which the same command goes on", async (effect) => {
    const expected = await undisturbed(kind);
    for (const call of (CALLS[kind] ?? []).filter((one) => one.startsWith("cloudformation:"))) {
      const aws = await prepared(kind, [{ call, effect, after: call.endsWith("DescribeStacks") ? 2 : 0 }]);
      const stopped = await run(kind, aws);
      expect(stopped.result, call).toMatchObject({ outcome: "failed", error: { code: "credentials" } });
      expect(stopped.result.error?.hint, call).toMatch(/run the same command: it goes on from here/);
      aws.rehearsal.setFaults([]);
      expect((await run(kind, aws)).result, call).toMatchObject({ outcome: "done", failed: [] });
      expect(await standing(aws), call).toEqual(expected);
    }
  });
});
