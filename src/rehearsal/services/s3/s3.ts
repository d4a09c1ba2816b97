import { uuid } from "../../state/hash.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { RequestSigner } from "../../wire/authorization.ts";
import type { HttpRequest } from "../../wire/call.ts";
import { type CallGuard, errorAnswer, type Handled } from "../../wire/service.ts";
import * as buckets from "./buckets.ts";
import * as deleting from "./delete-objects.ts";
import { getObject } from "./get-object.ts";
import * as listing from "./listing.ts";
import { getAcl } from "./more-settings.ts";
import * as multipart from "./multipart.ts";
import * as lock from "./object-lock.ts";
import * as objects from "./objects.ts";
import { type S3Call, S3Error, type S3Handler, s3Headers, s3Refusal } from "./s3-call.ts";
import * as settings from "./settings.ts";

type Route = readonly [operation: string, handler: S3Handler];

/** Query parameters of a bucket with handlers of their own, by method. */
const BUCKET: { readonly [methodAndWord: string]: Route } = {
  "GET acl": ["GetBucketAcl", getAcl],
  "GET location": ["GetBucketLocation", buckets.getBucketLocation],
  "GET policy": ["GetBucketPolicy", buckets.getBucketPolicy],
  "PUT policy": ["PutBucketPolicy", buckets.putBucketPolicy],
  "DELETE policy": ["DeleteBucketPolicy", buckets.deleteBucketPolicy],
  "GET tagging": ["GetBucketTagging", settings.getBucketTagging],
  "PUT tagging": ["PutBucketTagging", settings.putBucketTagging],
  "DELETE tagging": ["DeleteBucketTagging", settings.deleteBucketTagging],
  "GET versions": ["ListObjectVersions", listing.listObjectVersions],
  "GET uploads": ["ListMultipartUploads", multipart.listMultipartUploads],
  "GET list-type": ["ListObjectsV2", listing.listObjectsV2],
  "POST delete": ["DeleteObjects", deleting.deleteObjects],
};

const BUCKET_PLAIN: { readonly [method: string]: Route } = {
  GET: ["ListObjects", listing.listObjects],
  HEAD: ["HeadBucket", buckets.headBucket],
  PUT: ["CreateBucket", buckets.createBucket],
  DELETE: ["DeleteBucket", buckets.deleteBucket],
};

const OBJECT: { readonly [methodAndWord: string]: Route } = {
  "GET acl": ["GetObjectAcl", getAcl],
  "GET tagging": ["GetObjectTagging", objects.getObjectTagging],
  "PUT tagging": ["PutObjectTagging", objects.putObjectTagging],
  "GET legal-hold": ["GetObjectLegalHold", lock.getLegalHold],
  "PUT legal-hold": ["PutObjectLegalHold", lock.putLegalHold],
  "GET retention": ["GetObjectRetention", lock.getRetention],
  "PUT retention": ["PutObjectRetention", lock.putRetention],
  "POST uploads": ["CreateMultipartUpload", multipart.createMultipartUpload],
  "PUT uploadId": ["UploadPart", multipart.uploadPart],
  "POST uploadId": ["CompleteMultipartUpload", multipart.completeMultipartUpload],
  "DELETE uploadId": ["AbortMultipartUpload", multipart.abortMultipartUpload],
  "GET uploadId": ["ListParts", multipart.listParts],
};

const OBJECT_PLAIN: { readonly [method: string]: Route } = {
  GET: ["GetObject", getObject],
  HEAD: ["HeadObject", getObject],
  PUT: ["PutObject", objects.putObject],
  DELETE: ["DeleteObject", deleting.deleteObject],
};

/** Query parameters of operations that are not simulated, and must not be taken for a plain read or write. */
const FOREIGN = [
  "acl",
  "analytics",
  "inventory",
  "intelligent-tiering",
  "metrics",
  "policyStatus",
  "restore",
  "select",
  "torrent",
  "attributes",
];

/** Answers an S3 request (REST, path style or virtual-hosted style). */
export function handleS3(
  simulator: Simulator,
  signer: RequestSigner,
  http: HttpRequest,
  serial: number,
  guard: CallGuard,
): Handled {
  const requestId = uuid(simulator.state.seed, "s3 request", serial).toUpperCase().replaceAll("-", "").slice(0, 16);
  const call: S3Call = { http, scope: { account: signer.account, region: signer.region }, requestId, ...address(http) };
  const [operation, handler] = routeOf(call);
  try {
    guard(operation);
    const answer = handler(simulator, call);
    return { operation, answer: { ...answer, headers: { ...answer.headers, ...s3Headers(requestId) } } };
  } catch (error) {
    return errorAnswer(operation, error, (refusal) => s3Refusal(refusal, requestId), "InternalError");
  }
}

function address(http: HttpRequest): { readonly bucket: string; readonly key: string } {
  const path = decodeURIComponent(http.path.slice(1));
  const inHost = /^(.+)\.localhost(?::\d+)?$/i.exec(http.headers.host ?? "")?.[1];
  if (inHost !== undefined) return { bucket: inHost, key: path };
  const slash = path.indexOf("/");
  return slash < 0 ? { bucket: path, key: "" } : { bucket: path.slice(0, slash), key: path.slice(slash + 1) };
}

function routeOf({ http, bucket, key }: S3Call): Route {
  const { method, query, headers } = http;
  if (bucket === "") return ["ListBuckets", buckets.listBuckets];
  const words = [...query.keys()];
  const table = key === "" ? BUCKET : OBJECT;
  for (const word of words) {
    const route = table[`${method} ${word}`];
    if (route) return route;
  }
  const setting = key === "" ? settings.settingIn(query) : undefined;
  const handler = setting && settings.settingHandler(setting, method);
  if (setting && handler)
    return [`${VERB[method] ?? method}Bucket${setting[0]?.toUpperCase()}${setting.slice(1)}`, handler];
  const foreign = FOREIGN.find((word) => query.has(word));
  if (foreign) return [foreign, notImplemented];
  if (key !== "" && method === "PUT" && headers["x-amz-copy-source"] !== undefined)
    return ["CopyObject", objects.copyObject];
  return (key === "" ? BUCKET_PLAIN : OBJECT_PLAIN)[method] ?? ["Unknown", notImplemented];
}

const VERB: { readonly [method: string]: string } = { GET: "Get", PUT: "Put", DELETE: "Delete" };

const notImplemented: S3Handler = () => {
  throw new S3Error(
    "NotImplemented",
    "A header or query you provided implies functionality that is not implemented.",
    501,
  );
};
