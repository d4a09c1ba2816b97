import { isPhase, PHASES, type Phase } from "../config/phases.ts";
import type { Prices } from "../cost/catalogue.ts";
import { estimate } from "../cost/estimate.ts";
import { AstroError } from "../errors.ts";
import { outputReads } from "../template/reads.ts";
import { BOOTSTRAP_STACK } from "./bootstrap.ts";
import type { DeployedTemplate } from "./deployed.ts";
import { allOf } from "./diff.ts";
import type { Plan, Step } from "./plan.ts";
import { inOrder, type Site } from "./provision-plan.ts";

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
  const steps = deployed.map((stack) => stepFor(stack, deployed));
  const price = estimate(
    { name: site.environment, region: site.region, stacks: deployed, usage: "typical" },
    prices,
  ).monthlyTotal;
  return {
    ...site,
    direction: "destroy",
    steps: [...inOrder(steps)].reverse().map((step) => ({ ...step, needs: readersOf(step, steps) })),
    monthly: { before: price, after: 0 },
  };
}

function stepFor(stack: DeployedTemplate, deployed: readonly DeployedTemplate[]): Step {
  const named = stack.template.Metadata?.["astro:phase"];
  const names = new Set(deployed.map((other) => other.name));
  return {
    stack: stack.name,
    region: stack.region,
    phase: isPhase(named) ? named : LAST,
    action: "delete",
    changes: allOf(stack.template, "remove"),
    resources: Object.keys(stack.template.Resources).length,
    needs: [...new Set(outputReads(stack.template).map((read) => read.stack))].filter((name) => names.has(name)),
  };
}

/** A stack of unknown phase goes first: nothing of ours can need it. */
const LAST: Phase = PHASES[PHASES.length - 1] ?? "dns";

/** A stack goes after those that read from it. */
function readersOf(step: Step, steps: readonly Step[]): readonly string[] {
  return steps.filter((other) => other.needs.includes(step.stack)).map((other) => other.stack);
}

/** What a removal leaves behind on purpose, one sentence each (DeletionPolicy Retain and Snapshot). */
export function keptBy(deployed: readonly DeployedTemplate[]): readonly string[] {
  return deployed.flatMap(({ template }) =>
    Object.entries(template.Resources).flatMap(([id, { Type, DeletionPolicy }]) => {
      if (DeletionPolicy === "Retain" || DeletionPolicy === "RetainExceptOnCreate") return [`${id} (${Type}) is kept`];
      if (DeletionPolicy === "Snapshot") return [`a final snapshot of ${id} (${Type}) is kept`];
      return [];
    }),
  );
}
