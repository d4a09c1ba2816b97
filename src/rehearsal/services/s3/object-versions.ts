import { mixed } from "../../state/hash.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { ObjectVersion, ServiceResource } from "../../state/state.ts";
import type { HttpRequest } from "../../wire/call.ts";
import { isVersioned, lockedHeaders } from "./object-lock.ts";
import { type S3Call, S3Error } from "./s3-call.ts";

/** Headers that are stored with an object and returned with it. */
const KEPT =
  /^(content-(type|disposition|language|encoding)|cache-control|expires|x-amz-(meta-.*|checksum-.*|object-lock-.*|storage-class|server-side-encryption.*|website-redirect-location))$/;

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

export const versionHeader = (
  bucket: ServiceResource,
  { version }: ObjectVersion,
): { readonly [name: string]: string } =>
  isVersioned(bucket) || version !== "null" ? { "x-amz-version-id": version } : {};

export function dropVersion(versions: ObjectVersion[], key: string, version: string): ObjectVersion | undefined {
  const at = versions.findIndex((one) => one.key === key && one.version === version);
  return at < 0 ? undefined : versions.splice(at, 1)[0];
}

/** The newest version of a key; `undefined` if there is none or it is a delete marker. */
export function latest(simulator: Simulator, bucket: string, key: string): ObjectVersion | undefined {
  const found = simulator.state.objects[bucket]?.findLast((one) => one.key === key);
  return found?.blob === undefined ? undefined : found;
}

export function wanted(simulator: Simulator, call: S3Call): ObjectVersion {
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
