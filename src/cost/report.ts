import type { Prices } from "./catalogue.ts";
import { type CostInput, type EnvironmentCost, type Estimate, estimated } from "./estimate.ts";
import { checkAsked, checkUsage } from "./usage-check.ts";

/** What `astro cost` answers: environments, what was assumed for them, and how old the oldest and newest prices are. */
export type CostReport = {
  readonly currency: "USD";
  readonly prices: { readonly asOf: string; readonly newest: string };
  readonly assumptions: readonly string[];
  readonly environments: readonly EnvironmentCost[];
};

/**
 * Prices every input, USD a month. Throws AstroError("config") where the usage names a resource that no input has, or a
 * quantity that its type has not, or one that is on no bill.
 */
export function costReport(inputs: readonly CostInput[], prices: Prices): CostReport {
  const environmentStacks = inputs.map(({ stacks }) => stacks);
  for (const usage of new Set(inputs.map((input) => input.usage))) checkUsage(usage, environmentStacks);
  const estimates = inputs.map((input) => estimated(input, prices));
  const environments = estimates.map(({ cost }) => cost);
  checkAsked(inputs.map(({ usage }, index) => ({ usage, ...(estimates[index] as Estimate) })));
  const oldest = environments.map(({ pricesAsOf }) => pricesAsOf.oldest).toSorted();
  const newest = environments.map(({ pricesAsOf }) => pricesAsOf.newest).toSorted();
  return {
    currency: "USD",
    prices: { asOf: oldest[0] ?? "", newest: newest.at(-1) ?? "" },
    assumptions: [...new Set(environments.flatMap(({ assumptions }) => assumptions))],
    environments,
  };
}
