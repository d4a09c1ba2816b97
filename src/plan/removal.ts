import { isPhase, PHASES, type Phase } from "../config/phases.ts";
import { outputReads } from "../template/reads.ts";
import type { Template } from "../template/types.ts";
import type { DeployedTemplate } from "./deployed.ts";
import { allOf } from "./diff.ts";
import { inOrder } from "./order.ts";
import type { Step } from "./plan.ts";

/** A stack of unknown phase goes first: nothing of ours can need it. */
const LAST: Phase = PHASES.at(-1) ?? "dns";

/** Removal of every stack given, last made first: a stack goes only after those that read from it. */
export function removalSteps(stacks: readonly DeployedTemplate[]): readonly Step[] {
  const made = inOrder(stacks.map((stack) => stepFor(stack, stacks)));
  return made.toReversed().map((step) => ({
    ...step,
    needs: made.filter((other) => other.needs.includes(step.stack)).map((other) => other.stack),
  }));
}

/** The step as if the stack were made, so that the order of making can be turned round. */
function stepFor(stack: DeployedTemplate, stacks: readonly DeployedTemplate[]): Step {
  const named = stack.template.Metadata?.["astro:phase"];
  const names = new Set(stacks.map((other) => other.name));
  return {
    stack: stack.name,
    region: stack.region,
    phase: isPhase(named) ? named : LAST,
    action: "delete",
    changes: allOf(stack.template, "remove"),
    resources: Object.keys(stack.template.Resources).length,
    needs: needsOf(stack.template).filter((name) => names.has(name)),
  };
}

/** Stacks a deployed one reads from, and those its app says it needs although no reference shows it. */
function needsOf(template: Template): readonly string[] {
  const said = template.Metadata?.["astro:needs"];
  const unseen = Array.isArray(said) ? said.map(String) : [];
  return [...new Set([...outputReads(template).map((read) => read.stack), ...unseen])];
}
