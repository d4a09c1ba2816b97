import { Address4, Address6 } from "ip-address";

/** A block of addresses: the first one as a number, its prefix length, how many there are. */
type Block = { readonly base: bigint; readonly prefix: number; readonly size: bigint };

/** The notations that AWS accepts: digits and dots, or the groups of RFC 5952. */
const FORMS = { 4: /^[\d.]+\/\d{1,2}$/, 6: /^[\da-f:]+\/\d{1,3}$/i } as const;

/** Reads a block such as 10.0.0.0/16 or, of version 6, 2001:db8::/56; `undefined` if the text is none. */
export function parseCidr(text: string, version: 4 | 6 = 4): Block | undefined {
  const family = version === 4 ? Address4 : Address6;
  if (!FORMS[version].test(text) || !family.isValid(text)) return undefined;
  const address = new family(text);
  const prefix = address.subnetMask;
  return { base: address.startAddress().bigInt(), prefix, size: 1n << BigInt((version === 4 ? 32 : 128) - prefix) };
}

/** Whether `inner` lies within `outer`. */
export function contains(outer: Block, inner: Block): boolean {
  return inner.base >= outer.base && inner.base + inner.size <= outer.base + outer.size;
}

/** Whether two blocks have an address in common. */
export function overlap(one: Block, other: Block): boolean {
  return one.base < other.base + other.size && other.base < one.base + one.size;
}
