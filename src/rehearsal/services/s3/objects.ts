import { createHash } from "node:crypto";
import { mixed } from "../../state/hash.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { ObjectVersion, ServiceResource } from "../../state/state.ts";
import type { HttpRequest, ResultValue } from "../../wire/call.ts";
import type { HttpAnswer } from "../../wire/protocol.ts";
import { flat } from "../../wire/xml.ts";
import { payloadOf } from "./body.ts";
import { isVersioned, lockedHeaders, whyLocked } from "./object-lock.ts";
import { bare, parseXml, type S3Call, S3Error, type S3Handler, theBucket, xml } from "./s3-call.ts";
import { tagging, tagSet } from "./settings.ts";

/** Headers that are stored with an object and returned with it. */
const KEPT =
  /^(content-(type|disposition|language|encoding)|cache-control|expires|x-amz-(meta-.*|checksum-.*|object-lock-.*|storage-class|server-side-encryption.*|website-redirect-location))$/;

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

/** The content of a version; without one it is a delete marker. */
type Stored = {
  readonly key: string;
  readonly headers: HttpRequest["headers"];
  readonly content: Buffer | undefined;
  readonly etag: string;
};

/** Adds a version (or replaces the only one) and returns it. */
export function store(
  simulator: Simulator,
  bucket: ServiceResource,
  { key, headers: sent, content, etag }: Stored,
): ObjectVersion {
  simulator.state.serial += 1;
  const versions = simulator.state.objects[bucket.id] ?? [];
  simulator.state.objects[bucket.id] = versions;
  const version = isVersioned(bucket)
    ? mixed(32, simulator.state.seed, bucket.id, key, simulator.state.serial)
    : "null";
  if (version === "null") dropVersion(versions, key, "null");
  const encoding = sent["content-encoding"]
    ?.split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "aws-chunked")
    .join(", ");
  const locked = content === undefined ? sent : lockedHeaders(simulator, bucket, sent);
  const headers = Object.fromEntries(
    Object.entries({ ...locked, "content-encoding": encoding ?? "" }).filter(
      ([name, value]) => KEPT.test(name) && value !== "",
    ),
  );
  const added: ObjectVersion = {
    key,
    version,
    at: simulator.state.now,
    size: content?.length ?? 0,
    etag,
    headers,
    ...(content !== undefined && { blob: simulator.blobs.put(content) }),
  };
  const tags = sent["x-amz-tagging"];
  if (tags !== undefined) added.tags = Object.fromEntries(new URLSearchParams(tags));
  versions.push(added);
  return added;
}

const versionHeader = (bucket: ServiceResource, { version }: ObjectVersion): { readonly [name: string]: string } =>
  isVersioned(bucket) || version !== "null" ? { "x-amz-version-id": version } : {};

function dropVersion(versions: ObjectVersion[], key: string, version: string): ObjectVersion | undefined {
  const at = versions.findIndex((one) => one.key === key && one.version === version);
  return at < 0 ? undefined : versions.splice(at, 1)[0];
}

/** The newest version of a key; `undefined` if there is none or it is a delete marker. */
function latest(simulator: Simulator, bucket: string, key: string): ObjectVersion | undefined {
  const found = simulator.state.objects[bucket]?.findLast((one) => one.key === key);
  return found?.blob === undefined ? undefined : found;
}

function wanted(simulator: Simulator, call: S3Call): ObjectVersion {
  const id = call.http.query.get("versionId");
  const found =
    id === null
      ? latest(simulator, call.bucket, call.key)
      : simulator.state.objects[call.bucket]?.find((one) => one.key === call.key && one.version === id);
  if (found && found.blob === undefined) {
    throw new S3Error("MethodNotAllowed", "The specified method is not allowed against this resource.", 405, {
      "x-amz-delete-marker": "true",
    });
  }
  if (!found && id !== null)
    throw new S3Error("NoSuchVersion", "The specified version does not exist.", 404, { Key: call.key, VersionId: id });
  if (!found) throw new S3Error("NoSuchKey", "The specified key does not exist.", 404, { Key: call.key });
  return found;
}

export const getObject: S3Handler = (simulator, call) => {
  const bucket = theBucket(simulator, call);
  const found = wanted(simulator, call);
  const { headers } = call.http;
  if (headers["if-none-match"] === found.etag) return bare(304, { etag: found.etag });
  if (headers["if-match"] !== undefined && headers["if-match"] !== found.etag) {
    throw new S3Error("PreconditionFailed", "At least one of the pre-conditions you specified did not hold", 412);
  }
  const isHead = call.http.method === "HEAD";
  const content = simulator.blobs.get(found.blob ?? "");
  return ranged(call, found, { ...describe(call, found), ...versionHeader(bucket, found) }, content, isHead);
};

function describe(call: S3Call, found: ObjectVersion): { readonly [name: string]: string } {
  const withChecksums = call.http.headers["x-amz-checksum-mode"] === "ENABLED" && call.http.headers.range === undefined;
  const kept = Object.entries(found.headers).filter(([name]) => withChecksums || !name.startsWith("x-amz-checksum-"));
  return {
    "content-type": "binary/octet-stream",
    "x-amz-server-side-encryption": "AES256",
    ...Object.fromEntries(kept),
    etag: found.etag,
    "last-modified": new Date(found.at).toUTCString(),
    "accept-ranges": "bytes",
  };
}

function ranged(
  call: S3Call,
  found: ObjectVersion,
  headers: { readonly [name: string]: string },
  content: Buffer,
  isHead: boolean,
): HttpAnswer {
  const range = /^bytes=(\d*)-(\d*)$/.exec(call.http.headers.range ?? "");
  if (!range)
    return {
      status: 200,
      headers: { ...headers, ...(isHead && { "content-length": String(found.size) }) },
      body: content,
    };
  const [from, to] =
    range[1] === ""
      ? [found.size - Number(range[2]), found.size - 1]
      : [Number(range[1]), Math.min(range[2] === "" ? Infinity : Number(range[2]), found.size - 1)];
  if (from > to || from < 0) throw new S3Error("InvalidRange", "The requested range is not satisfiable", 416);
  return {
    status: 206,
    headers: { ...headers, "content-range": `bytes ${from}-${to}/${found.size}` },
    body: content.subarray(from, to + 1),
  };
}

export const deleteObject: S3Handler = (simulator, call) => {
  const bucket = theBucket(simulator, call);
  const { version, marker } = remove(simulator, bucket, call, call.key, call.http.query.get("versionId") ?? undefined);
  return bare(204, {
    ...(version !== undefined && { "x-amz-version-id": version }),
    ...(marker && { "x-amz-delete-marker": "true" }),
  });
};

/** Deletes a version, or adds a delete marker in a versioned bucket. */
function remove(
  simulator: Simulator,
  bucket: ServiceResource,
  { http }: S3Call,
  key: string,
  version: string | undefined,
): { readonly version?: string; readonly marker: boolean } {
  const versions = simulator.state.objects[bucket.id] ?? [];
  if (version !== undefined) {
    const found = versions.find((one) => one.key === key && one.version === version);
    const locked = whyLocked(simulator, bucket, found, http);
    if (locked) throw locked;
    const gone = dropVersion(versions, key, version);
    return { version, marker: gone !== undefined && gone.blob === undefined };
  }
  if (!isVersioned(bucket)) {
    dropVersion(versions, key, "null");
    return { marker: false };
  }
  return {
    version: store(simulator, bucket, { key, headers: {}, content: undefined, etag: "" }).version,
    marker: true,
  };
}

export const deleteObjects: S3Handler = (simulator, call) => {
  const bucket = theBucket(simulator, call);
  const { Object: objects, Quiet } = parseXml(payloadOf(call.http).content) as {
    readonly Object?: readonly { readonly Key: string; readonly VersionId?: string }[];
    readonly Quiet?: string;
  };
  // Without the MFA that a bucket requires the whole call fails (API reference, "DeleteObjects").
  const whole =
    objects?.some(({ VersionId }) => VersionId !== undefined) && whyLocked(simulator, bucket, undefined, call.http);
  if (whole) throw whole;
  const failed: ResultValue[] = [];
  const deleted = (objects ?? []).flatMap(({ Key, VersionId }) => {
    try {
      const { version, marker } = remove(simulator, bucket, call, Key, VersionId);
      return [{ Key, VersionId, ...(marker && { DeleteMarker: true, DeleteMarkerVersionId: version }) }];
    } catch (error) {
      if (!(error instanceof S3Error)) throw error;
      failed.push({ Key, VersionId, Code: error.code, Message: error.message });
      return [];
    }
  });
  return xml("DeleteResult", { Deleted: flat(Quiet === "true" ? [] : deleted), Error: flat(failed) });
};

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
