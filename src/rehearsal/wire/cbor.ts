import { cbor, tag, tagSymbol } from "@smithy/core/cbor";
import type { Json } from "../../template/types.ts";
import type { ResultValue } from "./call.ts";

/** Reads a body of AWS's RPC v2 CBOR protocol (RFC 8949); tagged values, times among them, are what the tag is on. */
export function decodeCbor(bytes: Buffer): Json {
  return bytes.length === 0 ? {} : plain(cbor.deserialize(bytes));
}

function plain(value: unknown): Json {
  if (value === null || value === undefined) return null;
  if (typeof value === "bigint") return Number(value);
  if (typeof value !== "object") return value as Json;
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (Array.isArray(value)) return value.map(plain);
  if (tagSymbol in value) return plain((value as { readonly value?: unknown }).value);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
}

const NONE: ReadonlySet<string> = new Set();

/**
 * Writes one; names in `times` hold milliseconds since 1970, and travel as times (tag 1: seconds). A whole number is written
 * as one even where its member is a double, which every client has to read (Smithy specification, "RPC v2 CBOR").
 */
export function encodeCbor(value: ResultValue, times: ReadonlySet<string> = NONE): Buffer {
  return Buffer.from(cbor.serialize(tagged(value, times)));
}

function tagged(value: ResultValue, times: ReadonlySet<string>): unknown {
  if (value === undefined || value === null || typeof value !== "object") return value ?? null;
  if (Array.isArray(value)) return value.map((item: ResultValue) => tagged(item, times));
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(
    entries.map(([name, inner]: readonly [string, ResultValue]) => [
      name,
      times.has(name) ? tag({ tag: 1, value: Number(inner) / 1000 }) : tagged(inner, times),
    ]),
  );
}
