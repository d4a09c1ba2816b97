import { createServer } from "node:http";
import { CreateRepositoryCommand, ECRClient, ListImagesCommand, PutImageCommand } from "@aws-sdk/client-ecr";
import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { describe, expect, it, onTestFinished } from "vitest";
import { openCloud } from "../../src/aws/cloud.ts";
import type { Cloud } from "../../src/provision/cloud.ts";
import { listening } from "../support/local-server.ts";
import { type Rehearsed, rehearsed } from "../support/rehearsed.ts";
import { SITE } from "../support/stacks.ts";

const Bucket = "shop-dev-box";

/** A bucket that keeps versions. */
async function box(options: Parameters<typeof rehearsed>[0] = {}): Promise<Rehearsed> {
  const aws = await rehearsed(options);
  await aws.s3.send(
    new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } }),
  );
  await aws.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
  return aws;
}

async function held({ s3 }: Rehearsed): Promise<number> {
  const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
  const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket }));
  return Versions.length + DeleteMarkers.length + Uploads.length;
}

describe("a bucket is emptied", () => {
  it("page by page, of more versions than one call can delete", async () => {
    const aws = await box();
    const puts = Array.from({ length: 1203 }, (_, n) => `k${n % 401}`);
    for (const Key of puts) await aws.s3.send(new PutObjectCommand({ Bucket, Key, Body: "" }));
    expect(await aws.cloud.emptyBucket(SITE.region, Bucket)).toBe(1203);
    expect(await held(aws)).toBe(0);
  });

  it("of keys that XML cannot hold, or changes", async () => {
    const aws = await box();
    const keys = ["Icon\r", "a\nb", "a b+c%2F", "ü/&<>\"'", "bell\u0007", "tab\t", "//", "\uffff"];
    for (const Key of keys) await aws.s3.send(new PutObjectCommand({ Bucket, Key, Body: "" }));
    expect(await aws.cloud.emptyBucket(SITE.region, Bucket)).toBe(keys.length);
    expect(await held(aws)).toBe(0);
  });

  it("of uploads that nobody finished, and of markers alone", async () => {
    const aws = await box();
    await aws.s3.send(new DeleteObjectCommand({ Bucket, Key: "never there" }));
    for (const Key of ["half", "half", "a b\r"]) await aws.s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    expect(await aws.cloud.emptyBucket(SITE.region, Bucket)).toBe(4);
    expect(await held(aws)).toBe(0);
  });

  it("although its unfinished uploads may not be looked at: they keep no bucket", async () => {
    const aws = await box({ faults: [{ call: "s3:ListMultipartUploads", effect: "denied", times: 99 }] });
    await aws.s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "" }));
    expect(await aws.cloud.emptyBucket(SITE.region, Bucket)).toBe(1);
  });

  it("by nobody who may not delete: the permission is named, and a policy that may deny it", async () => {
    const aws = await box({ faults: [{ call: "s3:DeleteObjects", effect: "denied", times: 99 }] });
    await aws.s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "" }));
    await expect(aws.cloud.emptyBucket(SITE.region, Bucket)).rejects.toMatchObject({
      code: "failed",
      message: expect.stringMatching(/^shop-dev-box: S3 does not delete a: the credentials, or a policy of the bucket/),
      hint: expect.stringContaining("s3:DeleteObjectVersion"),
    });
    expect(await held(aws)).toBe(1);
  });

  it("in bounded time: not for ever while somebody writes, nor where nothing is ever deleted", async () => {
    let count = 0;
    const writing = await store(() => `k${count++}`);
    expect(await writing.emptyBucket(SITE.region, Bucket)).toBeLessThan(10);
    const stubborn = await store(() => "same");
    await expect(stubborn.emptyBucket(SITE.region, Bucket)).rejects.toMatchObject({
      code: "failed",
      message: "shop-dev-box: S3 says that it deleted same (version v), and still lists it",
    });
  });
});

/** A cloud whose S3 deletes whatever it is told to, and lists one key more each time. */
async function store(next: () => string): Promise<Cloud> {
  const server = createServer((request, response) => {
    request.resume();
    const isListing = request.url?.includes("versions");
    const uploads = request.url?.includes("uploads");
    const version = `<Version><Key>${isListing ? next() : ""}</Key><VersionId>v</VersionId></Version>`;
    response.setHeader("content-type", "application/xml");
    response.end(
      uploads
        ? "<ListMultipartUploadsResult/>"
        : isListing
          ? `<ListVersionsResult><IsTruncated>false</IsTruncated>${version}</ListVersionsResult>`
          : "<DeleteResult/>",
    );
  });
  const { endpoint, close } = await listening(server);
  onTestFinished(close);
  return openCloud({ endpoint, credentials: { accessKeyId: "A", secretAccessKey: "S" } }, SITE.region);
}

describe("a repository is emptied", () => {
  const repositoryName = "shop-dev";
  const digest = (n: number) => `sha256:${String(n).padStart(64, "0")}`;

  /** A repository of `parts` images, each a part of one of `lists` manifest lists, under tags that cannot be moved. */
  async function repository(parts: number, lists: number, options = {}) {
    const aws = await rehearsed(options);
    const { endpoint, credentials } = aws.rehearsal;
    const ecr = new ECRClient({ endpoint, credentials, region: SITE.region });
    await ecr.send(new CreateRepositoryCommand({ repositoryName, imageTagMutability: "IMMUTABLE" }));
    const push = (imageDigest: string, imageManifest: string, imageTag?: string) =>
      ecr.send(new PutImageCommand({ repositoryName, imageDigest, imageManifest, imageTag }));
    for (let n = 0; n < parts; n++) await push(digest(n), "{}");
    for (let list = 0; list < lists; list++) {
      const manifests = Array.from({ length: parts }, (_, n) => n).filter((n) => n % lists === list);
      await push(
        digest(parts + list),
        JSON.stringify({ manifests: manifests.map((n) => ({ digest: digest(n) })) }),
        `v${list}`,
      );
    }
    const left = async () => (await ecr.send(new ListImagesCommand({ repositoryName }))).imageIds?.length;
    return { ...aws, ecr, left };
  }

  it("of more parts of manifest lists than one page, which go only after their lists", async () => {
    const { cloud, left } = await repository(130, 3);
    expect(await cloud.emptyRepository(SITE.region, repositoryName)).toBe(133);
    expect(await left()).toBe(0);
  });

  it("of nothing that ECR refuses to let go: that is named", async () => {
    // A list that names itself is never without a list.
    const aws = await repository(0, 0);
    await aws.ecr.send(new PutImageCommand({ repositoryName, imageDigest: digest(1), imageManifest: digest(2) }));
    await aws.ecr.send(new PutImageCommand({ repositoryName, imageDigest: digest(2), imageManifest: digest(1) }));
    await expect(aws.cloud.emptyRepository(SITE.region, repositoryName)).rejects.toMatchObject({
      code: "failed",
      message: `shop-dev: ECR does not delete ${digest(1)}, ${digest(2)}: Requested image referenced by manifest list`,
      hint: expect.stringContaining("aws ecr delete-repository --force --repository-name shop-dev --region eu-west-1"),
    });
  });
});
