import {
  DeleteBucketCommand,
  GetBucketVersioningCommand,
  HeadBucketCommand,
  PutBucketVersioningCommand,
} from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import type { Template } from "../../src/template/types.ts";
import { adviceOf } from "../support/hints.ts";
import { type Rehearsed, rehearsed } from "../support/rehearsed.ts";
import { SITE, stackOf } from "../support/stacks.ts";

const NAME = "shop-dev-one";
const BUCKET = "shop-dev-files";
const tags = { ManagedBy: "astro", Project: SITE.project, Environment: SITE.environment };
const files = (version: string): Template["Resources"] => ({
  Files: {
    Type: "AWS::S3::Bucket",
    Properties: { BucketName: BUCKET, VersioningConfiguration: { Status: version } },
  },
});
const stack = (version: string) => stackOf(NAME, "data", { resources: files(version), tags });

const versioning = async ({ s3 }: Rehearsed) =>
  (await s3.send(new GetBucketVersioningCommand({ Bucket: BUCKET }))).Status;
const change = ({ s3 }: Rehearsed) =>
  s3.send(new PutBucketVersioningCommand({ Bucket: BUCKET, VersioningConfiguration: { Status: "Suspended" } }));

describe("a resource that somebody changed by hand", () => {
  it("stays as it is while nobody asks, and is brought back where that is asked for", async () => {
    const aws = await rehearsed();
    await aws.provision([stack("Enabled")]);
    await change(aws);
    expect((await aws.provision([stack("Enabled")])).outcomes[NAME]).toBe("unchanged");
    expect(await versioning(aws)).toBe("Suspended");
    const { outcomes, result } = await aws.provision([stack("Enabled")], { revertDrift: true });
    expect([outcomes[NAME], result.failed]).toEqual(["updated", []]);
    expect(await versioning(aws)).toBe("Enabled");
    expect(await aws.left()).toEqual([]);
  });
});

describe("a resource that somebody deleted by hand", () => {
  it("fails the update that touches it, names who is to blame and the command that makes it anew", async () => {
    const aws = await rehearsed();
    await aws.provision([stack("Enabled")]);
    await aws.s3.send(new DeleteBucketCommand({ Bucket: BUCKET }));
    const stopped = await aws.provision([stack("Suspended")]);
    const [failed] = stopped.result.failed;
    expect(failed).toMatchObject({ stack: NAME, resource: "Files" });
    expect(failed?.cause).toMatch(/^Files.* was deleted outside of CloudFormation/);
    expect(adviceOf(failed)).toContain("--revert-drift");
    const skip = failed?.stuck ?? [];
    const again = await aws.provision([stack("Suspended")], {
      revertDrift: true,
      recoveryOptions: { skip, retain: [] },
    });
    expect(again.result.failed).toEqual([]);
    await aws.s3.send(new HeadBucketCommand({ Bucket: BUCKET }));
    expect(await versioning(aws)).toBe("Suspended");
    expect(await aws.left()).toEqual([]);
  });

  it("is made anew where that is asked for although nothing else changes", async () => {
    const aws = await rehearsed();
    await aws.provision([stack("Enabled")]);
    await aws.s3.send(new DeleteBucketCommand({ Bucket: BUCKET }));
    const { outcomes } = await aws.provision([stack("Enabled")], { revertDrift: true });
    expect(outcomes[NAME]).toBe("updated");
    await aws.s3.send(new HeadBucketCommand({ Bucket: BUCKET }));
  });
});
