import { type OutputRead, readKey } from "../template/reads.ts";
import type { DeployedStack } from "./deployed.ts";

/** The values a stack was last deployed with for each output it reads from others, by `readKey`. */
export type ReadValues = { readonly [key: string]: string };

/** What every stack of an environment was last deployed with; kept in the bootstrap bucket between runs. */
export type ReadRecord = { readonly [stack: string]: ReadValues };

type Standing = readonly Pick<DeployedStack, "name" | "region" | "outputs">[];

/** What `reads` stand for now; `undefined` if a stack or an output is not there (yet). */
export function valuesOf(reads: readonly OutputRead[], region: string, stacks: Standing): ReadValues | undefined {
  const values: Record<string, string> = {};
  for (const read of reads) {
    const at = read.region ?? region;
    const value = stacks.find((stack) => stack.name === read.stack && stack.region === at)?.outputs[read.output];
    if (value === undefined) return undefined;
    values[readKey(read)] = value;
  }
  return values;
}
