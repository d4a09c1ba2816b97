import type { Prices } from "../cost/catalogue.ts";
import { estimate } from "../cost/estimate.ts";
import { TYPICAL_USAGE } from "../cost/usage.ts";
import { AstroError } from "../errors.ts";
import { BOOTSTRAP_STACK } from "./bootstrap.ts";
import type { DeployedTemplate } from "./deployed.ts";
import type { Plan } from "./plan.ts";
import type { Site } from "./provision-plan.ts";
import { removalSteps } from "./removal.ts";

/**
 * The plan reversed, from what is deployed alone: it works even if the app no longer compiles.
 * Throws AstroError("failed") if a stack is protected against termination.
 */
export function planDestroy(site: Site, deployed: readonly DeployedTemplate[], prices: Prices): Plan {
  const guarded = deployed.find((stack) => stack.terminationProtection && stack.name !== BOOTSTRAP_STACK);
  if (guarded) {
    throw new AstroError(
      "failed",
      `${guarded.name} is protected against removal`,
      `set protect: false for ${site.environment} in astro.yaml, run astro provision, then astro destroy`,
    );
  }
  const { environment: name, region } = site;
  const cost = estimate({ name, region, stacks: deployed, usage: TYPICAL_USAGE }, prices);
  const before = deployed.length === 0 ? 0 : cost.monthlyTotal;
  return { ...site, direction: "destroy", steps: removalSteps(deployed), monthly: { before, after: 0 } };
}

/** What a removal leaves behind on purpose, one sentence each (DeletionPolicy Retain and Snapshot). */
export function keptBy(deployed: readonly DeployedTemplate[]): readonly string[] {
  return deployed.flatMap(({ template }) =>
    Object.entries(template.Resources).flatMap(([id, { Type, DeletionPolicy }]) => {
      if (typeof DeletionPolicy === "string" && DeletionPolicy.startsWith("Retain")) return [`${id} (${Type}) is kept`];
      if (DeletionPolicy === "Snapshot") return [`a final snapshot of ${id} (${Type}) is kept`];
      return [];
    }),
  );
}
