import { type StoredValues, storedKey } from "../plan/stored-values.ts";
import type { Stack } from "../synth/assembly.ts";
import type { NamedTemplate } from "../template/linked.ts";
import { storedNames } from "../template/stored.ts";
import type { Cloud } from "./cloud.ts";
import { sideBySide } from "./side-by-side.ts";

/** What stands in Parameter Store of all that `stacks` need, ten values a call; none if they need nothing. */
export async function storedFor(
  cloud: Pick<Cloud, "storedValues">,
  stacks: readonly (NamedTemplate & Pick<Stack, "wants">)[],
): Promise<StoredValues> {
  const regions = [...new Set(stacks.map(({ region }) => region))];
  const found = await sideBySide(regions, async (region) => {
    const paths = stacks
      .filter((one) => one.region === region)
      .flatMap(({ template, wants }) => [
        ...storedNames(template),
        ...(wants?.bootstrap ? [wants.bootstrap.parameter] : []),
      ]);
    if (paths.length === 0) return [];
    const values = await cloud.storedValues(region, paths);
    return [...values].map(([path, value]) => [storedKey(region, path), value] as const);
  });
  return new Map(found.flat());
}
