import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from "@aws-sdk/client-s3";
import { AstroError } from "../errors.ts";
import type { FrontendCloud, ListedObject, ObjectPlace } from "../release/port-frontend.ts";
import { call } from "./errors.ts";
import type { AwsSession } from "./session.ts";
import { storage } from "./storage.ts";

/** Bytes up to which a file is sent in one call, whose digest S3 checks itself. */
const AT_ONCE = 16 * 1024 * 1024;

/** Bytes of a part of a larger one: 5 GB are no more than the 10,000 parts there may be (Amazon S3 User Guide, "Multipart upload limits"). */
const PART = 16 * 1024 * 1024;

/** Parts under way at one time. */
const PARTS = 4;

/** Keys of one call (Amazon S3 API Reference, "DeleteObjects"). */
const MOST_KEYS = 1000;

/** Publishing a frontend, as it is asked of S3 and CloudFront. */
export function frontendOn(session: AwsSession): FrontendCloud {
  const at = session.s3;
  const { readObject, writeObject } = storage(session);
  return {
    readObject,
    writeObject,
    invalidate: async (...of) => (await import("./cloudfront.ts")).invalidations(session).invalidate(...of),
    invalidation: async (...of) => (await import("./cloudfront.ts")).invalidations(session).invalidation(...of),
    listObjects: (region, Bucket, Prefix) => call("s3:ListObjectsV2", () => listed(at(region), Bucket, Prefix)),
    sendFile: (region, to, file) =>
      call("s3:PutObject", () =>
        file.bytes <= AT_ONCE ? sendWhole(at(region), to, file) : sendInParts(at(region), to, file),
      ),
    copyObject: async (region, from, to, { type, cacheControl, sha256 }) => {
      const command = new CopyObjectCommand({
        Bucket: to.bucket,
        Key: to.key,
        CopySource: `${from.bucket}/${from.key.split("/").map(encodeURIComponent).join("/")}`,
        // Or else the copy has the headers of what it is copied from (Amazon S3 API Reference, "CopyObject").
        MetadataDirective: "REPLACE",
        ContentType: type,
        CacheControl: cacheControl,
        Metadata: { sha256 },
      });
      const { CopyObjectResult } = await call("s3:CopyObject", () => at(region).send(command));
      return CopyObjectResult?.ETag ?? "";
    },
    removeObjects: async (region, bucket, keys) => {
      for (let from = 0; from < keys.length; from += MOST_KEYS) {
        await removed(at(region), bucket, keys.slice(from, from + MOST_KEYS));
      }
    },
  };
}

async function listed(client: S3Client, Bucket: string, Prefix: string): Promise<readonly ListedObject[]> {
  const all: ListedObject[] = [];
  // Keys may hold what XML cannot, or not faithfully (API Reference, "ListObjectsV2", encoding-type).
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix, EncodingType: "url" })) {
    for (const { Key = "", ETag = "", Size = 0 } of Contents) {
      all.push({ key: decodeURIComponent(Key.replaceAll("+", " ")), etag: ETag, bytes: Size });
    }
  }
  return all;
}

type Local = Parameters<FrontendCloud["sendFile"]>[2];

async function sendWhole(client: S3Client, { bucket, key }: ObjectPlace, { local, sha256 }: Local): Promise<void> {
  const body = await readFile(local).catch((error: unknown) => Promise.reject(changed(local, error)));
  if (createHash("sha256").update(body).digest("hex") !== sha256) throw changed(local);
  // S3 stores nothing that arrives as something else (Amazon S3 User Guide, "Checking object integrity").
  const ChecksumSHA256 = Buffer.from(sha256, "hex").toString("base64");
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ChecksumSHA256 }));
}

/** Of a file in parts S3 knows the digests of the parts only: what came is counted here, and taken away if it is another. */
async function sendInParts(client: S3Client, { bucket, key }: ObjectPlace, { local, sha256 }: Local): Promise<void> {
  const hash = createHash("sha256");
  const read = async function* () {
    for await (const chunk of createReadStream(local) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      yield chunk;
    }
  };
  const params = { Bucket: bucket, Key: key, Body: Readable.from(read()) };
  const { Upload } = await import("@aws-sdk/lib-storage");
  await new Upload({ client, params, partSize: PART, queueSize: PARTS }).done();
  if (hash.digest("hex") === sha256) return;
  await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
  throw changed(local);
}

function changed(file: string, cause?: unknown): AstroError {
  const words = `${file} was changed or taken away while it was sent`;
  return new AstroError("conflict", words, "let no other build write there, then run the same command again", cause);
}

async function removed(client: S3Client, Bucket: string, keys: readonly string[]): Promise<void> {
  const Delete = { Objects: keys.map((Key) => ({ Key })), Quiet: true };
  const { Errors = [] } = await call("s3:DeleteObjects", () =>
    client.send(new DeleteObjectsCommand({ Bucket, Delete })),
  );
  const [first] = Errors;
  if (first === undefined) return;
  const words = `S3 does not delete ${Errors.length} old files from ${Bucket}: ${first.Key}: ${first.Message ?? first.Code}`;
  const isDenied = first.Code === "AccessDenied";
  throw new AstroError(isDenied ? "denied" : "failed", words, "ask for the permission s3:DeleteObject");
}
