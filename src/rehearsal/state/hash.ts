import { createHash } from "node:crypto";

type Part = string | number;

/** SHA-256 of the parts: the source of everything generated in a rehearsal. */
function digest(parts: readonly Part[]): Buffer {
  return createHash("sha256").update(parts.join("\u0000")).digest();
}

/** `length` hex digits (64 at most) that depend on the parts alone. */
export function hex(length: number, ...parts: readonly Part[]): string {
  return digest(parts).toString("hex").slice(0, length);
}

/** A UUID that depends on the parts alone. */
export function uuid(...parts: readonly Part[]): string {
  const h = hex(32, ...parts);
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-a${h.slice(17, 20)}-${h.slice(20)}`;
}

/** `length` capitals and digits (32 at most), the end of names that CloudFormation generates. */
export function capitals(length: number, ...parts: readonly Part[]): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  return bytes(length, parts, alphabet);
}

/** `length` letters of either case and digits (32 at most), the end of Secrets Manager's ARNs. */
export function mixed(length: number, ...parts: readonly Part[]): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  return bytes(length, parts, alphabet);
}

/** A number of `length` decimal digits that does not begin with 0. */
export function digits(length: number, ...parts: readonly Part[]): string {
  return `1${bytes(length - 1, parts, "0123456789")}`;
}

/** A number from 0 (included) to 1 (excluded) that depends on the parts alone. */
export function fraction(...parts: readonly Part[]): number {
  return Number.parseInt(hex(12, ...parts), 16) / 0x1000000000000;
}

function bytes(length: number, parts: readonly Part[], alphabet: string): string {
  return [...digest(parts).subarray(0, length)].map((byte) => alphabet[byte % alphabet.length]).join("");
}
