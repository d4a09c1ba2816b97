/** The base address (as a number), prefix length and size of an IPv4 block; `undefined` if the text is none. */
export function parseCidr(
  text: string,
): { readonly base: number; readonly prefix: number; readonly size: number } | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (!match) return undefined;
  const [a, b, c, d, prefix] = match.slice(1).map(Number) as [number, number, number, number, number];
  if ([a, b, c, d].some((octet) => octet > 255) || prefix > 32) return undefined;
  const size = 2 ** (32 - prefix);
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  return { base: address - (address % size), prefix, size };
}

/** Dotted text of an IPv4 address. */
export function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

/** `Fn::Cidr`: `count` blocks with `hostBits` host bits each; `undefined` if they do not fit. */
export function splitCidr(block: string, count: number, hostBits: number): readonly string[] | undefined {
  const parsed = parseCidr(block);
  if (!parsed || count < 1 || count > 256 || count * 2 ** hostBits > parsed.size) return undefined;
  return Array.from({ length: count }, (_, i) => `${dotted(parsed.base + i * 2 ** hostBits)}/${32 - hostBits}`);
}

/** Whether the second block lies inside the first. */
export function contains(outer: string, inner: string): boolean {
  const [a, b] = [parseCidr(outer), parseCidr(inner)];
  return a !== undefined && b !== undefined && b.base >= a.base && b.base + b.size <= a.base + a.size;
}

/** Whether two blocks share an address. */
export function overlap(one: string, other: string): boolean {
  const [a, b] = [parseCidr(one), parseCidr(other)];
  return a !== undefined && b !== undefined && a.base < b.base + b.size && b.base < a.base + a.size;
}
