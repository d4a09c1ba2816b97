import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import type { HttpRequest } from "../../wire/call.ts";
import { S3Error } from "./s3-call.ts";

/** An object's bytes and the checksums sent with it, in headers or trailers. */
export type Payload = { readonly content: Buffer; readonly checksums: { readonly [header: string]: string } };

/** Decodes a request's `aws-chunked` body and verifies its checksums. */
export function payloadOf({ headers, body }: HttpRequest): Payload {
  const chunked =
    (headers["content-encoding"] ?? "").includes("aws-chunked") ||
    (headers["x-amz-content-sha256"] ?? "").startsWith("STREAMING-");
  const { content, trailers } = chunked ? unchunk(body) : { content: body, trailers: {} };
  const sent = Object.entries({ ...headers, ...trailers }).filter(([name]) =>
    /^x-amz-checksum-(crc32|crc32c|crc64nvme|sha1|sha256)$/.test(name),
  );
  const checksums = Object.fromEntries(sent);
  check(content, checksums, headers["content-md5"]);
  return { content, checksums };
}

function unchunk(body: Buffer): { readonly content: Buffer; readonly trailers: { readonly [name: string]: string } } {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = body.indexOf("\r\n", at);
    if (end < 0) break;
    const size = Number.parseInt(body.toString("latin1", at, end).split(";")[0] ?? "", 16);
    if (!Number.isFinite(size)) throw new S3Error("IncompleteBody", "The request body terminated unexpectedly", 400);
    at = end + 2;
    if (size === 0) break;
    chunks.push(body.subarray(at, at + size));
    at += size + 2;
  }
  const lines = body
    .toString("latin1", at)
    .split("\r\n")
    .map((line) => line.split(":"));
  const trailers = lines
    .filter(([name, value]) => name && value !== undefined)
    .map(([name, ...value]) => [name?.toLowerCase(), value.join(":")]);
  return { content: Buffer.concat(chunks), trailers: Object.fromEntries(trailers) };
}

function check(content: Buffer, checksums: Payload["checksums"], md5: string | undefined): void {
  const digest = (algorithm: string) => createHash(algorithm).update(content).digest("base64");
  if (md5 !== undefined && md5 !== digest("md5")) {
    throw new S3Error("BadDigest", "The Content-MD5 you specified did not match what we received.", 400);
  }
  for (const [name, value] of Object.entries(checksums)) {
    const algorithm = name.slice("x-amz-checksum-".length);
    const found = algorithm === "crc32" ? crcText(content) : algorithm.startsWith("sha") ? digest(algorithm) : value;
    if (found !== value)
      throw new S3Error(
        "BadDigest",
        `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`,
        400,
      );
  }
}

/** The CRC-32 of the content as S3 writes it: four bytes in Base64. */
function crcText(content: Buffer): string {
  const four = Buffer.alloc(4);
  four.writeUInt32BE(crc32(content));
  return four.toString("base64");
}
