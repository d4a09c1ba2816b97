import { describe, expect, it } from "vitest";
import { bootstrapBucket } from "../../src/plan/bootstrap.ts";
import { lastRun, type RunRecord } from "../../src/provision/recorder.ts";
import { rehearsed } from "../support/rehearsed.ts";
import { SITE, stackOf } from "../support/stacks.ts";

const tags = { ManagedBy: "astro", Project: SITE.project, Environment: SITE.environment };
const topic = stackOf("shop-dev-topic", "data", {
  tags,
  outputs: { Url: { Value: "https://example.com", Description: "shown" } },
});
const BROKEN = { resourceType: "AWS::SNS::Topic", reason: "quota exceeded" };

describe("the record of a run", () => {
  it("says who did what, when, how it ended, and from which plan", async () => {
    const aws = await rehearsed();
    await aws.provision([topic]);
    expect(await lastRun(aws.cloud, SITE)).toEqual({
      run: "run1",
      operation: "provision",
      who: "arn:aws:iam::111122223333:user/ada",
      host: "here",
      startedAt: "2026-03-01T12:00:00.000Z",
      endedAt: expect.stringMatching(/^2026-03-01T12:0/),
      outcome: "done",
      plan: expect.stringMatching(/^[0-9a-f]{64}$/),
      stacks: [
        {
          stack: "astro-bootstrap",
          region: SITE.region,
          phase: "bootstrap",
          action: "create",
          outcome: "created",
          elapsedSeconds: expect.any(Number),
        },
        {
          stack: "shop-dev-topic",
          region: SITE.region,
          phase: "data",
          action: "create",
          outcome: "created",
          elapsedSeconds: expect.any(Number),
        },
      ],
      outputs: { Url: "https://example.com" },
    });
  });

  it("has another digest for another plan, and the same for the same", async () => {
    const digests = await Promise.all(
      [topic, topic, { ...topic, terminationProtection: true }].map(async (stack) => {
        const aws = await rehearsed();
        await aws.provision([stack]);
        return (await lastRun(aws.cloud, SITE))?.plan;
      }),
    );
    expect(digests[0]).toBe(digests[1]);
    expect(digests[0]).not.toBe(digests[2]);
  });

  it("names what failed and why", async () => {
    const aws = await rehearsed({ faults: [BROKEN] });
    await aws.provision([topic]);
    const record = await lastRun(aws.cloud, SITE);
    expect(record?.outcome).toBe("failed");
    expect(record?.stacks.at(-1)).toMatchObject({
      stack: "shop-dev-topic",
      failed: { status: "ROLLBACK_COMPLETE", resource: "Topic", reason: expect.stringContaining("quota exceeded") },
    });
  });

  it("is there while the run is at work, without an end", async () => {
    const aws = await rehearsed();
    let during: Promise<RunRecord> | undefined;
    // Time stands still until it is there: the stack cannot be done before.
    const written = async (): Promise<RunRecord> => (await lastRun(aws.cloud, SITE)) ?? written();
    await aws.provision([topic], {
      onEvent: (event) => {
        if (event.type === "stack.started" && event.stack === "shop-dev-topic") during = aws.meanwhile(written);
      },
    });
    const record = await during;
    expect(record).toMatchObject({ run: "run1", stacks: [{ outcome: "created" }, { action: "create" }] });
    expect(record).not.toHaveProperty("outcome");
  });

  it("keeps the earlier ones as versions of the object", async () => {
    const aws = await rehearsed();
    await aws.provision([topic]);
    await aws.provision([topic]);
    const { ListObjectVersionsCommand } = await import("@aws-sdk/client-s3");
    const Bucket = bootstrapBucket(SITE.account, SITE.region);
    const Prefix = "environments/shop/dev/run.json";
    const { Versions = [] } = await aws.s3.send(new ListObjectVersionsCommand({ Bucket, Prefix }));
    // The first run was written down when its bucket was there and at its end, the one without changes at its end.
    expect(Versions).toHaveLength(3);
  });

  it("that cannot be understood is none", async () => {
    const aws = await rehearsed();
    await aws.provision([topic]);
    const key = "environments/shop/dev/run.json";
    await aws.cloud.writeObject(SITE.region, bootstrapBucket(SITE.account, SITE.region), key, "not JSON");
    expect(await lastRun(aws.cloud, SITE)).toBeUndefined();
  });
});
