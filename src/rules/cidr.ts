/** An IPv4 block: its first address as a number, its prefix length, how many addresses it has. */
type Block = { readonly base: number; readonly prefix: number; readonly size: number };

/** Reads an IPv4 block such as 10.0.0.0/16; `undefined` if the text is none. */
export function parseCidr(text: string): Block | undefined {
  const [address = "", length = "", ...rest] = text.split("/");
  const octets = address.split(".");
  const wrong = rest.length > 0 || octets.length !== 4 || !/^\d{1,2}$/.test(length) || Number(length) > 32;
  if (wrong || octets.some((octet) => !/^\d{1,3}$/.test(octet) || Number(octet) > 255)) return undefined;
  const prefix = Number(length);
  const size = 2 ** (32 - prefix);
  const start = octets.reduce((sum, octet) => sum * 256 + Number(octet), 0);
  return { base: start - (start % size), prefix, size };
}

/** Whether `inner` lies within `outer`. */
export function contains(outer: Block, inner: Block): boolean {
  return inner.base >= outer.base && inner.base + inner.size <= outer.base + outer.size;
}

/** Whether two blocks have an address in common. */
export function overlap(one: Block, other: Block): boolean {
  return one.base < other.base + other.size && other.base < one.base + one.size;
}

/** Whether the text is a block of addresses of this version of IP. */
export function isCidr(text: string, version: 4 | 6): boolean {
  return version === 4 ? parseCidr(text) !== undefined : parseCidr6(text) !== undefined;
}

/** An IPv6 block: its first address, and its prefix length. */
type Block6 = { readonly base: bigint; readonly prefix: number };

/** Reads an IPv6 block such as 2001:db8::/56; `undefined` if the text is none. */
export function parseCidr6(text: string): Block6 | undefined {
  const [address = "", length = "", ...rest] = text.split("/");
  const groups = groupsOf(address);
  if (!groups || rest.length > 0 || !/^\d{1,3}$/.test(length) || Number(length) > 128) return undefined;
  const size = 1n << BigInt(128 - Number(length));
  const start = groups.reduce((sum, group) => sum * 65_536n + BigInt(Number.parseInt(group, 16)), 0n);
  return { base: start - (start % size), prefix: Number(length) };
}

/** The eight groups of an IPv6 address, written out. */
function groupsOf(address: string): readonly string[] | undefined {
  const halves = address.split("::");
  const [before = [], after] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const given = before.length + (after?.length ?? 0);
  const fitting = halves.length === 1 ? given === 8 : halves.length === 2 && given < 8;
  const groups = after ? [...before, ...Array.from({ length: 8 - given }, () => "0"), ...after] : before;
  return fitting && groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group)) ? groups : undefined;
}
