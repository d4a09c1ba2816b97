import { sameJson } from "../template/equal.ts";
import { type Anew, writtenUnder } from "../template/followed.ts";
import type { NamedTemplate } from "../template/linked.ts";
import { type StoredRead, storedReads } from "../template/stored.ts";
import type { DeployedStack } from "./deployed.ts";

/** Parameter Store's values under the names that stacks read, by `storedKey`; without those that do not exist. */
export type StoredValues = ReadonlyMap<string, string>;

/** The key of a value: each region has its own Parameter Store. */
export function storedKey(region: string, path: string): string {
  return `${region}:${path}`;
}

/** A value that a stack reads and that is another than the one it was deployed with, in words; `undefined` if there is none. */
export function movedRead(
  stack: NamedTemplate,
  deployed: Pick<DeployedStack, "resolved" | "parameters"> | undefined,
  values: StoredValues,
): string | undefined {
  const isMoved = (read: StoredRead) => {
    const now = values.get(storedKey(stack.region, read.path));
    // Who tells no ResolvedValue may tell the value in the name's place, as emulators do.
    return !isSame(deployed?.resolved?.[read.parameter] ?? deployed?.parameters?.[read.parameter], now);
  };
  const moved = storedReads(stack.template).find(isMoved);
  if (moved === undefined) return undefined;
  return values.has(storedKey(stack.region, moved.path))
    ? `${moved.path}, which it reads, has changed`
    : `${moved.path}, which it reads, does not exist`;
}

/** Lists are kept as texts with commas, with or without blanks. */
function isSame(before: string | undefined, now: string | undefined): boolean {
  return sameJson(before?.split(/\s*,\s*/) ?? null, now?.split(/\s*,\s*/) ?? null);
}

/** What keeps AWS from telling a stack's changes: a value it reads that comes, or is another, only on the way. */
export function awaitedRead(
  stack: NamedTemplate,
  values: StoredValues,
  before: readonly NamedTemplate[],
  after: readonly NamedTemplate[],
  anew: Anew,
): string | undefined {
  for (const { path } of storedReads(stack.template)) {
    if (!values.has(storedKey(stack.region, path))) return `${path}, which it reads, does not exist yet`;
    const wanted = writtenUnder(path, stack.region, after, anew);
    const deployed = writtenUnder(path, stack.region, before);
    if (wanted && deployed && !sameJson(wanted.value, deployed.value))
      return `${path}, which it reads, changes once ${wanted.by} is updated`;
  }
  return undefined;
}
