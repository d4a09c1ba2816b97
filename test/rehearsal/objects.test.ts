import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketEncryptionCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { refusal, rehearse } from "./support/driver.ts";

const Bucket = "box-of-things";

async function box() {
  const { s3, rehearsal } = await rehearse();
  await s3.send(new CreateBucketCommand({ Bucket }));
  const put = (Key: string, Body: string) => s3.send(new PutObjectCommand({ Bucket, Key, Body }));
  const get = async (Key: string) => (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();
  return { s3, rehearsal, put, get };
}

describe("a bucket", () => {
  it("keeps objects, their types and metadata, and gives parts of them", async () => {
    const { s3, get } = await box();
    await s3.send(
      new PutObjectCommand({
        Bucket,
        Key: "a/b c+d.txt",
        Body: "hello there",
        ContentType: "text/plain",
        Metadata: { who: "me" },
      }),
    );
    expect(await get("a/b c+d.txt")).toBe("hello there");
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: "a/b c+d.txt" }));
    expect(head).toMatchObject({ ContentLength: 11, ContentType: "text/plain", Metadata: { who: "me" } });
    const part = await s3.send(new GetObjectCommand({ Bucket, Key: "a/b c+d.txt", Range: "bytes=6-8" }));
    expect(await part.Body?.transformToString()).toBe("the");
  });

  it("is listed page by page, with prefixes rolled up", async () => {
    const { s3, put } = await box();
    for (const key of ["a/1", "a/2", "b", "c/1", "d"]) await put(key, "x");
    const first = await s3.send(new ListObjectsV2Command({ Bucket, Delimiter: "/", MaxKeys: 2 }));
    expect([
      first.CommonPrefixes?.map(({ Prefix }) => Prefix),
      first.Contents?.map(({ Key }) => Key),
      first.IsTruncated,
    ]).toEqual([["a/"], ["b"], true]);
    const second = await s3.send(
      new ListObjectsV2Command({ Bucket, Delimiter: "/", ContinuationToken: first.NextContinuationToken }),
    );
    expect([
      second.CommonPrefixes?.map(({ Prefix }) => Prefix),
      second.Contents?.map(({ Key }) => Key),
      second.IsTruncated,
    ]).toEqual([["c/"], ["d"], false]);
  });

  it("keeps versions and delete markers where versioning is on", async () => {
    const { s3, put, get } = await box();
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
    expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe("Enabled");
    await put("k", "1");
    await put("k", "2");
    await s3.send(new DeleteObjectCommand({ Bucket, Key: "k" }));
    expect(await refusal(get("k"))).toBe("NoSuchKey: The specified key does not exist.");
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    expect([Versions.map(({ IsLatest }) => IsLatest), DeleteMarkers.map(({ IsLatest }) => IsLatest)]).toEqual([
      [false, false],
      [true],
    ]);
    expect(await refusal(s3.send(new DeleteBucketCommand({ Bucket })))).toBe(
      "BucketNotEmpty: The bucket you tried to delete is not empty",
    );
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect(await refusal(s3.send(new DeleteBucketCommand({ Bucket })))).toBe("not refused");
  });

  it("has multipart uploads, copies, and conditional writes", async () => {
    const { s3, put, get } = await box();
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: "big" }));
    const Parts = [];
    for (const [i, Body] of ["one ", "two"].entries()) {
      const { ETag } = await s3.send(new UploadPartCommand({ Bucket, Key: "big", UploadId, PartNumber: i + 1, Body }));
      Parts.push({ ETag, PartNumber: i + 1 });
    }
    await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key: "big", UploadId, MultipartUpload: { Parts } }));
    await s3.send(new CopyObjectCommand({ Bucket, Key: "copy", CopySource: `${Bucket}/big` }));
    expect(await get("copy")).toBe("one two");
    await put("once", "1");
    const again = s3.send(new PutObjectCommand({ Bucket, Key: "once", Body: "2", IfNoneMatch: "*" }));
    expect(await refusal(again)).toBe(
      "PreconditionFailed: At least one of the pre-conditions you specified did not hold",
    );
  });

  it("has a policy and encryption that are read back as they were written", async () => {
    const { s3 } = await box();
    expect(await refusal(s3.send(new GetBucketPolicyCommand({ Bucket })))).toBe(
      "NoSuchBucketPolicy: The bucket policy does not exist",
    );
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [] });
    await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    expect((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy).toBe(Policy);
    const algorithm = async () =>
      (await s3.send(new GetBucketEncryptionCommand({ Bucket }))).ServerSideEncryptionConfiguration?.Rules?.[0]
        ?.ApplyServerSideEncryptionByDefault;
    expect(await algorithm()).toEqual({ SSEAlgorithm: "AES256" });
    const Rules = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: "k" } } as const];
    await s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }));
    expect(await algorithm()).toEqual({ SSEAlgorithm: "aws:kms", KMSMasterKeyID: "k" });
  });
});

describe("buckets are", () => {
  it("named globally: another account's name is taken and its bucket closed", async () => {
    const { rehearsal } = await box();
    const other = new S3Client({
      endpoint: rehearsal.endpoint,
      region: "us-east-1",
      credentials: { accessKeyId: "999999999999", secretAccessKey: "x" },
      forcePathStyle: true,
    });
    expect(await refusal(other.send(new CreateBucketCommand({ Bucket })))).toMatch(/^BucketAlreadyExists: /);
    expect(await refusal(other.send(new GetObjectCommand({ Bucket, Key: "a" })))).toBe("AccessDenied: Access Denied");
    expect((await other.send(new ListBucketsCommand({}))).Buckets).toEqual([]);
  });

  it("in a region: a request to another is redirected", async () => {
    const { rehearsal } = await box();
    const { endpoint, credentials } = rehearsal;
    const west = new S3Client({ endpoint, region: "us-west-2", credentials, forcePathStyle: true });
    expect(await refusal(west.send(new GetObjectCommand({ Bucket, Key: "a" })))).toMatch(/^PermanentRedirect: /);
    await expect(west.send(new HeadBucketCommand({ Bucket }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 301 },
    });
  });

  it("refused under names that S3 does not allow", async () => {
    const { s3 } = await box();
    for (const name of ["Upper", "a", "two..dots", "192.168.1.1"]) {
      expect(await refusal(s3.send(new CreateBucketCommand({ Bucket: name })))).toBe(
        "InvalidBucketName: The specified bucket is not valid.",
      );
    }
  });
});
