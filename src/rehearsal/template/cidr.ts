import { Address4, Address6 } from "ip-address";
import { parseCidr } from "../../rules/cidr.ts";

/** `Fn::Cidr`: `count` blocks with `hostBits` host bits each; `undefined` if they do not fit. */
export function splitCidr(block: string, count: number, hostBits: number): readonly string[] | undefined {
  const isNew = block.includes(":");
  const [family, bits] = isNew ? ([Address6, 128] as const) : ([Address4, 32] as const);
  const parsed = parseCidr(block, isNew ? 6 : 4);
  if (!parsed || !isFrom(count, 1, 256) || !isFrom(hostBits, 1, bits)) return undefined;
  const size = 1n << BigInt(hostBits);
  if (BigInt(count) * size > parsed.size) return undefined;
  const first = (i: number) => family.fromBigInt(parsed.base + BigInt(i) * size).correctForm();
  return Array.from({ length: count }, (_, i) => `${first(i)}/${bits - hostBits}`);
}

function isFrom(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}
