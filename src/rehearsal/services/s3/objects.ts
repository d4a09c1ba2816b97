import { createHash } from "node:crypto";
import type { Simulator } from "../../state/simulator.ts";
import type { ObjectVersion } from "../../state/state.ts";
import { payloadOf } from "./body.ts";
import { latest, store, versionHeader, wanted } from "./object-versions.ts";
import { bare, type S3Call, S3Error, type S3Handler, theBucket, xml } from "./s3-call.ts";
import { tagging, tagSet } from "./settings.ts";

export const putObject: S3Handler = (simulator, call) => {
  const bucket = theBucket(simulator, call);
  checkWrite(simulator, call);
  const { content, checksums } = payloadOf(call.http);
  const etag = `"${createHash("md5").update(content).digest("hex")}"`;
  const headers = { ...call.http.headers, ...checksums };
  const version = store(simulator, bucket, { key: call.key, headers, content, etag });
  return bare(200, { etag, ...checksums, ...versionHeader(bucket, version), "x-amz-server-side-encryption": "AES256" });
};

/** `If-None-Match: *` and `If-Match` make a write conditional (S3 User Guide, "Conditional writes"). */
function checkWrite(simulator: Simulator, { http, bucket, key }: S3Call): void {
  const current = latest(simulator, bucket, key);
  const [none, match] = [http.headers["if-none-match"], http.headers["if-match"]];
  const failed = (none === "*" && current !== undefined) || (match !== undefined && current?.etag !== match);
  if (failed)
    throw new S3Error("PreconditionFailed", "At least one of the pre-conditions you specified did not hold", 412);
}

/** The preconditions of a copy (API reference, "CopyObject": x-amz-copy-source-if-…). */
function checkSource(simulator: Simulator, { http: { headers } }: S3Call, { etag, at }: ObjectVersion): void {
  const asked = (name: string) => headers[`x-amz-copy-source-if-${name}`];
  const isSame = (wanted: string) => wanted.replaceAll('"', "") === etag.replaceAll('"', "");
  const [match, none, since, until] = ["match", "none-match", "modified-since", "unmodified-since"].map(asked);
  const changed = Math.floor(at / 1000) * 1000;
  const failed =
    (match !== undefined && !isSame(match)) ||
    (none !== undefined && isSame(none)) ||
    // A time in the future is ignored (localstack's test_s3_copy_object_preconditions, recorded 2026-02-23).
    (since !== undefined &&
      none === undefined &&
      Date.parse(since) <= simulator.state.now &&
      changed <= Date.parse(since)) ||
    (until !== undefined && match === undefined && changed > Date.parse(until));
  if (failed)
    throw new S3Error("PreconditionFailed", "At least one of the pre-conditions you specified did not hold", 412);
}

export const copyObject: S3Handler = (simulator, call) => {
  const bucket = theBucket(simulator, call);
  const source = decodeURIComponent(call.http.headers["x-amz-copy-source"] ?? "").replace(/^\//, "");
  const [path = "", query = ""] = source.split("?");
  const slash = path.indexOf("/");
  const from = {
    ...call,
    bucket: path.slice(0, slash),
    key: path.slice(slash + 1),
    http: { ...call.http, query: new URLSearchParams(query) },
  };
  theBucket(simulator, from);
  const found = wanted(simulator, from);
  checkSource(simulator, call, found);
  const kept = call.http.headers["x-amz-metadata-directive"] === "REPLACE" ? {} : found.headers;
  const headers = { ...call.http.headers, ...kept };
  const content = simulator.blobs.get(found.blob ?? "");
  const copy = store(simulator, bucket, { key: call.key, headers, content, etag: found.etag });
  return xml(
    "CopyObjectResult",
    { ETag: copy.etag, LastModified: new Date(copy.at).toISOString() },
    versionHeader(bucket, copy),
  );
};

export const getObjectTagging: S3Handler = (simulator, call) => {
  theBucket(simulator, call);
  const { tags = {} } = wanted(simulator, call);
  return tagging(tags);
};

export const putObjectTagging: S3Handler = (simulator, call) => {
  theBucket(simulator, call);
  wanted(simulator, call).tags = tagSet(payloadOf(call.http).content);
  return bare(200);
};
