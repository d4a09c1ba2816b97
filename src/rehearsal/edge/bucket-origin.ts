import type { Json } from "../../template/types.ts";
import { partOf, rowsOf, textOf } from "../resources/properties.ts";
import { everyResource, resourceAt } from "../state/resource-store.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import type { HttpAnswer } from "../wire/protocol.ts";

/** Names of a bucket in the domain names of its region (Amazon S3 User Guide, "Virtual hosting of general purpose buckets"). */
const BUCKET_HOST = /^(.+)\.s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?$/;

/** The bucket behind an origin's domain name; undefined for any other origin. */
export function bucketAt(simulator: Simulator, host: string): ServiceResource | undefined {
  const name = BUCKET_HOST.exec(host)?.[1];
  return everyResource(simulator.state, "AWS::S3::Bucket").find(({ id }) => id === name);
}

/** Headers of an object that are nobody's but S3's. */
const OWN = /^x-amz-(checksum-|object-lock-)/;

/** What S3 answers CloudFront, which may do what the bucket's policy says (Developer Guide, "Restrict access to an Amazon S3 origin"). */
export function objectAnswer(
  simulator: Simulator,
  bucket: ServiceResource,
  distribution: ServiceResource,
  key: string,
): HttpAnswer {
  if (!isAllowed(simulator, bucket, distribution, "s3:GetObject")) return refusal(403, "AccessDenied", "Access Denied");
  const found = simulator.state.objects[bucket.id]?.findLast((one) => one.key === key);
  if (found?.blob === undefined) {
    // Who may not list a bucket does not learn what is in it (Amazon S3 API Reference, "GetObject": permissions).
    const mayList = isAllowed(simulator, bucket, distribution, "s3:ListBucket");
    if (!mayList) return refusal(403, "AccessDenied", "Access Denied");
    return refusal(404, "NoSuchKey", "The specified key does not exist.");
  }
  const kept = Object.entries(found.headers).filter(([name]) => !OWN.test(name));
  return {
    status: 200,
    headers: {
      "content-type": "binary/octet-stream",
      ...Object.fromEntries(kept),
      etag: found.etag,
      "last-modified": new Date(found.at).toUTCString(),
      "accept-ranges": "bytes",
      server: "AmazonS3",
    },
    body: simulator.blobs.get(found.blob),
  };
}

function refusal(status: number, code: string, message: string): HttpAnswer {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { status, headers: { "content-type": "application/xml", server: "AmazonS3" }, body };
}

const oneOrMore = (value: Json | undefined): readonly string[] =>
  value === undefined ? [] : [value].flat().map(String);

function isAllowed(
  simulator: Simulator,
  bucket: ServiceResource,
  distribution: ServiceResource,
  action: string,
): boolean {
  const policy = resourceAt(simulator.state, "AWS::S3::BucketPolicy", bucket, bucket.id);
  const statements = rowsOf(partOf(policy?.properties.PolicyDocument).Statement);
  return statements.some((one) => {
    const conditions = JSON.stringify(one.Condition ?? {});
    return (
      textOf(one, "Effect") === "Allow" &&
      oneOrMore(one.Action).some((name) => name === action || name === "s3:*") &&
      JSON.stringify(one.Principal ?? {}).includes("cloudfront.amazonaws.com") &&
      (!/aws:SourceArn/i.test(conditions) || conditions.includes(`:distribution/${distribution.id}"`))
    );
  });
}
