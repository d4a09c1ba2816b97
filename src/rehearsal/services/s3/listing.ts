import type { Simulator } from "../../state/simulator.ts";
import type { ObjectVersion } from "../../state/state.ts";
import type { CallResult } from "../../wire/call.ts";
import { flat } from "../../wire/xml.ts";
import { ownerOf, type S3Handler, theBucket, xml } from "./s3-call.ts";

const byKey = (a: ObjectVersion, b: ObjectVersion) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);

/** Newest versions by key, without deleted ones. */
function current(simulator: Simulator, bucket: string): readonly ObjectVersion[] {
  const newest = new Map((simulator.state.objects[bucket] ?? []).map((one) => [one.key, one]));
  return [...newest.values()].filter(({ blob }) => blob !== undefined).toSorted(byKey);
}

/** Sorts after every key with the prefix before it. */
const AFTER = "\uffff";

type Window = {
  readonly shown: readonly ObjectVersion[];
  readonly prefixes: readonly string[];
  readonly more: boolean;
  readonly last: string;
};

/** The part of a listing after `start`, keys that share a delimited prefix rolled up into it. */
function window(all: readonly ObjectVersion[], query: URLSearchParams, start: string): Window {
  const [prefix, delimiter] = [query.get("prefix") ?? "", query.get("delimiter") ?? ""];
  const most = Number(query.get("max-keys") ?? 1000);
  const shown: ObjectVersion[] = [];
  const prefixes = new Set<string>();
  let last = "";
  for (const one of all) {
    if (!one.key.startsWith(prefix) || one.key <= start) continue;
    const cut = delimiter === "" ? -1 : one.key.indexOf(delimiter, prefix.length);
    const rolled = cut < 0 ? undefined : one.key.slice(0, cut + delimiter.length);
    if (rolled !== undefined && (prefixes.has(rolled) || start.startsWith(rolled))) continue;
    if (shown.length + prefixes.size >= most) return { shown, prefixes: [...prefixes], more: true, last };
    if (rolled === undefined) shown.push(one);
    else prefixes.add(rolled);
    last = rolled === undefined ? one.key : `${rolled}${AFTER}`;
  }
  return { shown, prefixes: [...prefixes], more: false, last };
}

const row = ({ key, at, etag, size }: ObjectVersion, written: (key: string) => string): CallResult => ({
  Key: written(key),
  LastModified: new Date(at).toISOString(),
  ETag: etag,
  Size: size,
  StorageClass: "STANDARD",
});

const rolledUp = (prefixes: readonly string[]) => flat(prefixes.map((Prefix) => ({ Prefix })));

/** The encoding of keys (API reference, "ListObjectVersions", encoding-type). */
export function inCoding(query: URLSearchParams): (key: string) => string {
  if (query.get("encoding-type") !== "url") return (key) => key;
  return (key) => encodeURIComponent(key).replaceAll("%20", "+").replaceAll("%2F", "/");
}

export const listObjectsV2: S3Handler = (simulator, call) => {
  theBucket(simulator, call);
  const { query } = call.http;
  const token = query.get("continuation-token");
  const start = token === null ? (query.get("start-after") ?? "") : Buffer.from(token, "base64url").toString("utf8");
  const { shown, prefixes, more, last } = window(current(simulator, call.bucket), query, start);
  const key = inCoding(query);
  return xml("ListBucketResult", {
    Name: call.bucket,
    Prefix: key(query.get("prefix") ?? ""),
    Delimiter: query.get("delimiter") ?? undefined,
    StartAfter: query.get("start-after") ?? undefined,
    EncodingType: query.get("encoding-type") ?? undefined,
    MaxKeys: query.get("max-keys") ?? 1000,
    KeyCount: shown.length + prefixes.length,
    IsTruncated: more,
    NextContinuationToken: more ? Buffer.from(last).toString("base64url") : undefined,
    ContinuationToken: token ?? undefined,
    Contents: flat(
      shown.map((one) => ({
        ...row(one, key),
        ...(query.get("fetch-owner") === "true" && { Owner: ownerOf(call.scope.account) }),
      })),
    ),
    CommonPrefixes: rolledUp(prefixes.map(key)),
  });
};

export const listObjects: S3Handler = (simulator, call) => {
  theBucket(simulator, call);
  const { query } = call.http;
  const { shown, prefixes, more, last } = window(current(simulator, call.bucket), query, query.get("marker") ?? "");
  const key = inCoding(query);
  const delimiter = query.get("delimiter");
  const owner = ownerOf(call.scope.account);
  return xml("ListBucketResult", {
    Name: call.bucket,
    Prefix: key(query.get("prefix") ?? ""),
    Marker: key(query.get("marker") ?? ""),
    Delimiter: delimiter ?? undefined,
    MaxKeys: query.get("max-keys") ?? 1000,
    IsTruncated: more,
    EncodingType: query.get("encoding-type") ?? undefined,
    // Only with a delimiter; else the last key is the marker (API reference, "ListObjects").
    NextMarker: more && delimiter !== null ? key(last.replace(AFTER, "")) : undefined,
    Contents: flat(shown.map((one) => ({ ...row(one, key), Owner: owner }))),
    CommonPrefixes: rolledUp(prefixes.map(key)),
  });
};

export const listObjectVersions: S3Handler = (simulator, call) => {
  theBucket(simulator, call);
  const { query } = call.http;
  const prefix = query.get("prefix") ?? "";
  const most = Number(query.get("max-keys") ?? 1000);
  const newest = new Map((simulator.state.objects[call.bucket] ?? []).map((one) => [one.key, one]));
  // Newest first within a key: the array holds the oldest first, and sorting keeps the order of equals.
  const all = (simulator.state.objects[call.bucket] ?? [])
    .filter(({ key }) => key.startsWith(prefix))
    .toReversed()
    .toSorted(byKey);
  const [keyMarker, versionMarker] = [query.get("key-marker"), query.get("version-id-marker")];
  const at =
    keyMarker === null
      ? -1
      : all.findIndex(({ key, version }) => key === keyMarker && (versionMarker === null || version === versionMarker));
  const start = at >= 0 ? at + 1 : keyMarker === null ? 0 : all.filter(({ key }) => key <= keyMarker).length;
  const shown = all.slice(start, start + most);
  const last = shown.at(-1);
  const more = start + most < all.length && last !== undefined;
  const key = inCoding(query);
  const shownAs = (one: ObjectVersion) => ({
    Key: key(one.key),
    VersionId: one.version,
    IsLatest: newest.get(one.key) === one,
    LastModified: new Date(one.at).toISOString(),
    Owner: ownerOf(call.scope.account),
  });
  return xml("ListVersionsResult", {
    Name: call.bucket,
    Prefix: prefix,
    KeyMarker: keyMarker ?? "",
    VersionIdMarker: versionMarker ?? "",
    MaxKeys: most,
    IsTruncated: more,
    EncodingType: query.get("encoding-type") ?? undefined,
    NextKeyMarker: more ? key(last.key) : undefined,
    NextVersionIdMarker: more ? last.version : undefined,
    Version: flat(
      shown
        .filter(({ blob }) => blob !== undefined)
        .map((one) => ({ ...shownAs(one), ETag: one.etag, Size: one.size, StorageClass: "STANDARD" })),
    ),
    DeleteMarker: flat(shown.filter(({ blob }) => blob === undefined).map(shownAs)),
  });
};
