import type { Prices } from "./catalogue.ts";
import { type CostInput, type EnvironmentCost, estimate } from "./estimate.ts";
import { checkUsage } from "./usage-check.ts";

/** What `astro cost` answers: environments, what was assumed for them, and how old the oldest and newest prices are. */
export type CostReport = {
  readonly currency: "USD";
  readonly prices: { readonly asOf: string; readonly newest: string };
  readonly assumptions: readonly string[];
  readonly environments: readonly EnvironmentCost[];
};

/**
 * Prices every input, USD a month. Throws AstroError("config") where the usage names a resource that no input has, or a
 * quantity that its type has not.
 */
export function costReport(inputs: readonly CostInput[], prices: Prices): CostReport {
  const environmentStacks = inputs.map(({ stacks }) => stacks);
  for (const usage of new Set(inputs.map((input) => input.usage))) checkUsage(usage, environmentStacks);
  const environments = inputs.map((input) => estimate(input, prices));
  const oldest = environments.map(({ pricesAsOf }) => pricesAsOf.oldest).toSorted();
  const newest = environments.map(({ pricesAsOf }) => pricesAsOf.newest).toSorted();
  return {
    currency: "USD",
    prices: { asOf: oldest[0] ?? "", newest: newest.at(-1) ?? "" },
    assumptions: [...new Set(environments.flatMap(({ assumptions }) => assumptions))],
    environments,
  };
}
