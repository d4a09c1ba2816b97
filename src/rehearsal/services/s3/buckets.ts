import type { JsonObject } from "../../../template/types.ts";
import { removeUploads } from "../../resources/stored-contents.ts";
import { everyResource, putResource, removeResource, resourceAt } from "../../state/resource-store.ts";
import type { ServiceResource } from "../../state/state.ts";
import { named } from "../../wire/xml.ts";
import { createResource, deleteResource } from "../common/resources.ts";
import { bare, ownerOf, parseXml, regionOf, type S3Call, S3Error, type S3Handler, theBucket, xml } from "./s3-call.ts";

/** All buckets, or (API reference, "ListBuckets") those of a prefix or a region, page by page. */
export const listBuckets: S3Handler = (simulator, { scope, http: { query } }) => {
  const [prefix, region] = [query.get("prefix"), query.get("bucket-region")];
  const after = Buffer.from(query.get("continuation-token") ?? "", "base64url").toString("utf8");
  const most = Number(query.get("max-buckets") ?? 10_000);
  const buckets = everyResource(simulator.state, "AWS::S3::Bucket")
    .filter(({ account, id }) => account === scope.account && id.startsWith(prefix ?? "") && id > after)
    .filter((bucket) => region === null || regionOf(bucket) === region)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const shown = buckets.slice(0, most);
  const last = buckets.length > most ? shown.at(-1) : undefined;
  return xml("ListAllMyBucketsResult", {
    Owner: ownerOf(scope.account),
    Prefix: prefix ?? undefined,
    ContinuationToken: last && Buffer.from(last.id).toString("base64url"),
    Buckets: named(
      "Bucket",
      shown.map((one) => ({
        Name: one.id,
        CreationDate: new Date(one.created).toISOString(),
        BucketRegion: regionOf(one),
        BucketArn: `arn:aws:s3:::${one.id}`,
      })),
    ),
  });
};

export const createBucket: S3Handler = (simulator, { http, bucket, scope }) => {
  checkName(bucket);
  const sent = http.body.length > 0 ? String(parseXml(http.body).LocationConstraint ?? "") : "";
  const region = sent === "EU" ? "eu-west-1" : sent === "" ? "us-east-1" : sent;
  if (region !== scope.region && scope.region !== "us-east-1") {
    const what = sent === "" ? "unspecified" : sent;
    throw new S3Error(
      "IllegalLocationConstraintException",
      `The ${what} location constraint is incompatible for the region specific endpoint this request was sent to.`,
      400,
    );
  }
  const there = everyResource(simulator.state, "AWS::S3::Bucket").find(({ id }) => id === bucket);
  if (there && there.account !== scope.account) {
    throw new S3Error(
      "BucketAlreadyExists",
      "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.",
      409,
      { BucketName: bucket },
    );
  }
  // Only in us-east-1, creating an own bucket again succeeds (API reference, "CreateBucket").
  if (there && regionOf(there) === "us-east-1" && region === "us-east-1") return bare(200, { location: `/${bucket}` });
  if (there) {
    throw new S3Error(
      "BucketAlreadyOwnedByYou",
      "Your previous request to create the named bucket succeeded and you already own it.",
      409,
      { BucketName: bucket },
    );
  }
  const where = { scope: { account: scope.account, region } };
  const locks = http.headers["x-amz-bucket-object-lock-enabled"] === "true";
  const properties = { BucketName: bucket, ...(locks && { ObjectLockEnabled: true }) };
  createResource(simulator, where, { type: "AWS::S3::Bucket", id: bucket, properties });
  return bare(200, { location: `/${bucket}` });
};

/** S3 User Guide, "General purpose bucket naming rules". */
function checkName(name: string): void {
  const sound =
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) && !/\.\.|^\d+\.\d+\.\d+\.\d+$|^xn--|-s3alias$/.test(name);
  if (!sound) throw new S3Error("InvalidBucketName", "The specified bucket is not valid.", 400, { BucketName: name });
}

export const headBucket: S3Handler = (simulator, call) =>
  bare(200, { "x-amz-bucket-region": regionOf(theBucket(simulator, call)) });

export const deleteBucket: S3Handler = (simulator, call) => {
  const bucket = theBucket(simulator, call);
  if ((simulator.state.objects[bucket.id]?.length ?? 0) > 0) {
    throw new S3Error("BucketNotEmpty", "The bucket you tried to delete is not empty", 409, { BucketName: bucket.id });
  }
  deleteResource(simulator, bucket);
  removeUploads(simulator, bucket);
  const policy = policyThing(simulator, bucket);
  if (policy) removeResource(simulator.state, policy);
  return bare(204);
};

export const getBucketLocation: S3Handler = (simulator, call) => {
  const region = regionOf(theBucket(simulator, call));
  return xml("LocationConstraint", region === "us-east-1" ? "" : region);
};

function policyThing(simulator: Parameters<S3Handler>[0], bucket: ServiceResource): ServiceResource | undefined {
  return resourceAt(simulator.state, "AWS::S3::BucketPolicy", bucket, bucket.id);
}

export const getBucketPolicy: S3Handler = (simulator, call) => {
  const policy = policyThing(simulator, theBucket(simulator, call))?.properties.PolicyDocument;
  if (policy === undefined)
    throw new S3Error("NoSuchBucketPolicy", "The bucket policy does not exist", 404, { BucketName: call.bucket });
  return { status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(policy) };
};

export const putBucketPolicy: S3Handler = (simulator, call) => {
  const bucket = theBucket(simulator, call);
  const there = policyThing(simulator, bucket);
  const properties = { Bucket: bucket.id, PolicyDocument: policyIn(call) };
  if (there) there.properties = properties;
  else
    putResource(simulator.state, {
      ...bucket,
      type: "AWS::S3::BucketPolicy",
      properties,
      attributes: {},
      tags: {},
      state: {},
    });
  return bare(204);
};

function policyIn({ http }: S3Call): JsonObject {
  try {
    return JSON.parse(http.body.toString("utf8")) as JsonObject;
  } catch {
    throw new S3Error("MalformedPolicy", "Policies must be valid JSON and the first byte must be '{'", 400);
  }
}

export const deleteBucketPolicy: S3Handler = (simulator, call) => {
  const there = policyThing(simulator, theBucket(simulator, call));
  if (there) removeResource(simulator.state, there);
  return bare(204);
};
