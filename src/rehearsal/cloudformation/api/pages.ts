import { invalid } from "../../wire/error.ts";

/** Most items of a page (CloudFormation API Reference, such as DescribeStackEvents). */
const SIZE = 100;

/** One page of a list and the token of the next. */
type Page<T> = { readonly items: readonly T[]; readonly next?: string };

/** The page that `token` (of an earlier page) stands for. */
export function page<T>(all: readonly T[], token: string | undefined): Page<T> {
  const start = token === undefined ? 0 : Number(Buffer.from(token, "base64url").toString("utf8"));
  if (!Number.isInteger(start) || start < 0) throw invalid("NextToken is invalid");
  const end = start + SIZE;
  return {
    items: all.slice(start, end),
    ...(end < all.length && { next: Buffer.from(String(end)).toString("base64url") }),
  };
}

/** A time in ISO 8601, as in XML answers. */
export function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** Names and values as lists of structures. */
export function pairs<K extends string, V extends string>(
  map: { readonly [key: string]: string },
  key: K,
  value: V,
): readonly { readonly [name in K | V]: string }[] {
  return Object.entries(map).map(([k, v]) => ({ [key]: k, [value]: v }) as { [name in K | V]: string });
}

/** A list, left out if it is empty as AWS does (localstack's recordings of DescribeStacks, 2025). */
export function someOf<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}
