import { command } from "../command-line.ts";
import type { Prices } from "../cost/catalogue.ts";
import { estimate } from "../cost/estimate.ts";
import { TYPICAL_USAGE } from "../cost/usage.ts";
import { AstroError, type Hint } from "../errors.ts";
import { BOOTSTRAP_STACK } from "./bootstrap.ts";
import type { DeployedTemplate } from "./deployed.ts";
import { keptBy } from "./kept.ts";
import type { Plan } from "./plan.ts";
import type { Site } from "./provision-plan.ts";
import { removalSteps } from "./removal.ts";

/** What lifts a protection, once it is no longer written. */
const unprotecting = (text: string): readonly Hint[] => [
  { text },
  { text: "then deploy that", command: command`astro provision` },
  { text: "then remove it", command: command`astro destroy` },
];

/**
 * The plan reversed, from what is deployed alone: it works even if the app no longer compiles. What it keeps goes on
 * costing. `written` says whether astro.yaml names it, or there is none. Throws AstroError("failed") if a stack is protected against termination.
 */
export function planDestroy(
  site: Site,
  deployed: readonly DeployedTemplate[],
  prices: Prices,
  written: "named" | "unnamed" | "foreign" = "named",
  today?: string,
): Plan {
  const guarded = deployed.find((stack) => stack.terminationProtection && stack.name !== BOOTSTRAP_STACK);
  if (guarded) {
    throw new AstroError(
      "failed",
      `${guarded.name} has termination protection`,
      written === "foreign"
        ? unprotecting("set its terminationProtection to false in the app")
        : unprotecting(
            `${written === "named" ? "" : "put it back into astro.yaml as it was, and "}set protect: false for ${site.environment} in astro.yaml`,
          ),
    );
  }
  const { environment: name, region } = site;
  const input = { name, region, stacks: deployed, usage: TYPICAL_USAGE, ...(today && { today }) };
  const cost = estimate(input, prices);
  const before = deployed.length === 0 ? 0 : cost.monthlyTotal;
  const after = keptBy(site, deployed, prices, today).reduce((sum, { monthly }) => sum + monthly, 0);
  const { unpriced } = cost;
  return {
    ...site,
    direction: "destroy",
    steps: removalSteps(deployed),
    monthly: { before, after },
    ...(unpriced.length > 0 && { unpriced }),
  };
}
