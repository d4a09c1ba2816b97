import { GetObjectCommand, PutObjectCommand, paginateListObjectsV2, type S3Client } from "@aws-sdk/client-s3";
import type { Cloud } from "../provision/cloud.ts";
import { emptyBucket } from "./bucket.ts";
import { call, callOptional, codeOf } from "./errors.ts";
import type { AwsSession } from "./session.ts";

type Part = Pick<Cloud, "upload" | "emptyBucket" | "readObject" | "listObjects" | "writeObject">;

const MISSING = new Set(["NoSuchBucket", "NoSuchKey", "NotFound"]);
const isMissing = (error: unknown) => MISSING.has(codeOf(error));

/** S3 as the engine asks for it (Amazon S3 API Reference). */
export function storage(session: AwsSession): Part {
  const at = session.s3;
  const write = async (region: string, bucket: string, key: string, body: string) => {
    const command = new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentType: "application/json" });
    await call("s3:PutObject", () => at(region).send(command));
  };
  return {
    upload: async (region, bucket, key, body) => {
      await write(region, bucket, key, body);
      return `${session.endpoint ?? `https://s3.${region}.amazonaws.com`}/${bucket}/${key}`;
    },
    emptyBucket: async (region, bucket) =>
      (await callOptional("s3:DeleteObjectVersion", () => emptyBucket(at(region), bucket), isMissing)) ?? 0,
    readObject: (region, bucket, key) =>
      callOptional(
        "s3:GetObject",
        async () =>
          (await at(region).send(new GetObjectCommand({ Bucket: bucket, Key: key }))).Body?.transformToString(),
        isMissing,
      ),
    listObjects: async (region, bucket, prefix) =>
      (await callOptional("s3:ListObjectsV2", () => keysUnder(at(region), bucket, prefix), isMissing)) ?? [],
    writeObject: write,
  };
}

async function keysUnder(client: S3Client, Bucket: string, Prefix: string): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix }))
    keys.push(...Contents.flatMap(({ Key }) => Key ?? []));
  return keys;
}
