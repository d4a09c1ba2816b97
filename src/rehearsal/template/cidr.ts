import { parseCidr, parseCidr6 } from "../../rules/cidr.ts";

/** `Fn::Cidr`: `count` blocks with `hostBits` host bits each; `undefined` if they do not fit. */
export function splitCidr(block: string, count: number, hostBits: number): readonly string[] | undefined {
  if (!Number.isInteger(count) || count < 1 || count > 256) return undefined;
  if (block.includes(":")) return splitCidr6(block, count, hostBits);
  const parsed = parseCidr(block);
  if (!parsed || hostBits < 1 || hostBits > 32 || count * 2 ** hostBits > parsed.size) return undefined;
  return Array.from({ length: count }, (_, i) => `${dotted(parsed.base + i * 2 ** hostBits)}/${32 - hostBits}`);
}

function splitCidr6(block: string, count: number, hostBits: number): readonly string[] | undefined {
  const parsed = parseCidr6(block);
  const size = 1n << BigInt(hostBits);
  if (!parsed || hostBits < 1 || hostBits > 128 || BigInt(count) * size > 1n << BigInt(128 - parsed.prefix))
    return undefined;
  return Array.from({ length: count }, (_, i) => `${coloned(parsed.base + BigInt(i) * size)}/${128 - hostBits}`);
}

/** Dotted text of an IPv4 address. */
function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

/** Text of an IPv6 address, its longest row of zeros left out (RFC 5952). */
function coloned(address: bigint): string {
  const groups = Array.from({ length: 8 }, (_, i) => ((address >> BigInt(112 - 16 * i)) & 0xffffn).toString(16));
  const [longest] = [...groups.join(":").matchAll(/\b0(?::0)+\b/g)].toSorted((a, b) => b[0].length - a[0].length);
  const text = groups.join(":");
  if (!longest) return text;
  return `${text.slice(0, longest.index).replace(/:$/, "")}::${text.slice(longest.index + longest[0].length).replace(/^:/, "")}`;
}
