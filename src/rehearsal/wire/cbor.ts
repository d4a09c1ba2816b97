import type { Json } from "../../template/types.ts";
import type { ResultValue } from "./call.ts";

/** Reads one value of Concise Binary Object Representation (RFC 8949), as AWS's RPC v2 CBOR protocol sends it. */
export function decodeCbor(bytes: Buffer): Json {
  let at = 0;
  const count = (info: number): number => {
    if (info < 24) return info;
    const size = 2 ** (info - 24);
    const value = size === 8 ? Number(bytes.readBigUInt64BE(at)) : bytes.readUIntBE(at, size);
    at += size;
    return value;
  };
  const many = <T>(info: number, read: () => T): readonly T[] => {
    if (info !== 31) return Array.from({ length: count(info) }, read);
    const found: T[] = [];
    while (bytes[at] !== 0xff) found.push(read());
    at += 1;
    return found;
  };
  const chunk = (info: number): Buffer => {
    if (info === 31) return Buffer.concat(many(info, () => chunk((bytes[at++] ?? 0) & 31)));
    const length = count(info);
    at += length;
    return bytes.subarray(at - length, at);
  };
  const simple = (info: number): Json => {
    if (info === 20 || info === 21) return info === 21;
    if (info !== 26 && info !== 27) return null;
    const size = info === 26 ? 4 : 8;
    at += size;
    return size === 4 ? bytes.readFloatBE(at - size) : bytes.readDoubleBE(at - size);
  };
  const value = (): Json => {
    const head = bytes[at++] ?? 0;
    const info = head & 31;
    switch (head >> 5) {
      case 0:
        return count(info);
      case 1:
        return -1 - count(info);
      case 2:
        return chunk(info).toString("base64");
      case 3:
        return chunk(info).toString("utf8");
      case 4:
        return many(info, value);
      case 5:
        return Object.fromEntries(many(info, () => [String(value()), value()] as const));
      case 6:
        count(info);
        return value();
      default:
        return simple(info);
    }
  };
  return bytes.length === 0 ? {} : value();
}

const NONE: ReadonlySet<string> = new Set();

/**
 * Writes a value in it; names in `times` hold milliseconds since 1970, and travel as times, those in `doubles` as numbers
 * that are no whole ones.
 */
export function encodeCbor(
  value: ResultValue,
  times: ReadonlySet<string> = NONE,
  doubles: ReadonlySet<string> = NONE,
): Buffer {
  if (value === undefined || value === null) return Buffer.from([0xf6]);
  if (typeof value === "boolean") return Buffer.from([value ? 0xf5 : 0xf4]);
  if (typeof value === "number") return numberOf(value);
  if (typeof value === "string") return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Array.isArray(value)) {
    return Buffer.concat([
      head(4, value.length),
      ...value.map((item: ResultValue) => encodeCbor(item, times, doubles)),
    ]);
  }
  const entries = Object.entries(value as { readonly [name: string]: ResultValue }).filter(
    ([, inner]) => inner !== undefined,
  );
  const pairs = entries.flatMap(([name, inner]) => [
    encodeCbor(name),
    times.has(name)
      ? Buffer.concat([Buffer.from([0xc1]), numberOf(Number(inner) / 1000, true)])
      : doubles.has(name) && typeof inner === "number"
        ? numberOf(inner, true)
        : encodeCbor(inner, times, doubles),
  ]);
  return Buffer.concat([head(5, entries.length), ...pairs]);
}

function head(major: number, count: number): Buffer {
  const type = major << 5;
  if (count < 24) return Buffer.from([type | count]);
  const long = Buffer.alloc(5);
  long[0] = type | 26;
  long.writeUInt32BE(count, 1);
  return long;
}

function numberOf(value: number, asDouble = false): Buffer {
  if (!asDouble && Number.isInteger(value) && Math.abs(value) < 2 ** 32) {
    return value < 0 ? head(1, -1 - value) : head(0, value);
  }
  const double = Buffer.alloc(9);
  double[0] = 0xfb;
  double.writeDoubleBE(value, 1);
  return double;
}
