import type { ObjectVersion } from "../../state/state.ts";
import type { HttpAnswer } from "../../wire/protocol.ts";
import { versionHeader, wanted } from "./object-versions.ts";
import { bare, type S3Call, S3Error, type S3Handler, theBucket } from "./s3-call.ts";

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
