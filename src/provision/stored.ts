import { type StoredValues, storedKey } from "../plan/stored-values.ts";
import type { NamedTemplate } from "../template/linked.ts";
import { storedReads } from "../template/stored.ts";
import type { Cloud } from "./cloud.ts";
import { sideBySide } from "./side-by-side.ts";

/** What stands in Parameter Store of all that `stacks` read, ten values a call; none if they read nothing. */
export async function storedFor(
  cloud: Pick<Cloud, "storedValues">,
  stacks: readonly NamedTemplate[],
): Promise<StoredValues> {
  const regions = [...new Set(stacks.map(({ region }) => region))];
  const found = await sideBySide(regions, async (region) => {
    const paths = stacks
      .flatMap((one) => (one.region === region ? storedReads(one.template) : []))
      .map(({ path }) => path);
    if (paths.length === 0) return [];
    const values = await cloud.storedValues(region, paths);
    return [...values].map(([path, value]) => [storedKey(region, path), value] as const);
  });
  return new Map(found.flat());
}
