/** An IPv4 block: its first address as a number, its prefix length, how many addresses it has. */
type Block = { readonly base: number; readonly prefix: number; readonly size: number };

/** Reads an IPv4 block such as 10.0.0.0/16; `undefined` if the text is none. */
export function parseCidr(text: string): Block | undefined {
  const [address = "", length = ""] = text.split("/");
  const octets = address.split(".");
  const wrong = octets.length !== 4 || !/^\d{1,2}$/.test(length) || Number(length) > 32;
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
