import { parseCidr } from "../../rules/cidr.ts";

/** `Fn::Cidr`: `count` blocks with `hostBits` host bits each; `undefined` if they do not fit. */
export function splitCidr(block: string, count: number, hostBits: number): readonly string[] | undefined {
  const parsed = parseCidr(block);
  if (!parsed || count < 1 || count > 256 || count * 2 ** hostBits > parsed.size) return undefined;
  return Array.from({ length: count }, (_, i) => `${dotted(parsed.base + i * 2 ** hostBits)}/${32 - hostBits}`);
}

/** Dotted text of an IPv4 address. */
function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}
