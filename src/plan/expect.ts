import { PHASES, type Phase } from "../config/phases.ts";
import { type OperationKind, type SecondsFor, secondsFor } from "../template/durations.ts";
import { dependencies } from "../template/graph.ts";
import type { NamedTemplate } from "../template/linked.ts";
import { type Plan, type PlannedChange, type Step, stackFor } from "./plan.ts";

/** Seconds a change set takes to be made and a stack to settle, beside its resources (our own estimate). */
const OVERHEAD = 8;

/**
 * Seconds a step is expected to take: the longest chain of its resources, each as long as `seconds` says. `stacks` are
 * what it is made from: without its template its resources count as independent of each other.
 */
export function expectedSeconds(
  step: Step,
  stacks: readonly NamedTemplate[],
  seconds: SecondsFor = secondsFor,
): number {
  if (step.action === "unchanged") return 0;
  const template = stackFor(stacks, step)?.template;
  const changed = new Map(step.changes.map((change) => [change.logicalId, change]));
  const needs = template === undefined ? new Map<string, ReadonlySet<string>>() : dependencies(template);
  const secondsOf = (change: PlannedChange | undefined) =>
    change === undefined
      ? 0
      : seconds(template?.Resources[change.logicalId] ?? { Type: change.type }, OPERATIONS[change.action]);
  return (
    OVERHEAD +
    longestChain(
      [...changed.keys()],
      (id) => [...(needs.get(id) ?? [])],
      (id) => secondsOf(changed.get(id)),
    )
  );
}

/** Seconds the whole plan is expected to take in its order: phase after phase, or each stack after those it needs. */
export function expectedPlanSeconds(
  plan: Plan,
  stacks: readonly NamedTemplate[],
  seconds: SecondsFor = secondsFor,
): number {
  if (plan.order !== "overlap") {
    return PHASES.reduce((sum, phase) => sum + expectedPhaseSeconds(plan, stacks, phase, seconds), 0);
  }
  const others = plan.steps.filter((step) => step.phase !== "bootstrap");
  return expectedPhaseSeconds(plan, stacks, "bootstrap", seconds) + slowest(others, stacks, seconds);
}

/** Seconds one phase of the plan is expected to take by itself: stacks side by side that do not need each other. */
export function expectedPhaseSeconds(
  { steps }: Plan,
  stacks: readonly NamedTemplate[],
  phase: Phase,
  seconds: SecondsFor = secondsFor,
): number {
  const own = steps.filter((step) => step.phase === phase);
  return slowest(own, stacks, seconds);
}

function slowest(steps: readonly Step[], stacks: readonly NamedTemplate[], seconds: SecondsFor): number {
  return longestChain(
    steps,
    (step) => steps.filter((other) => other !== step && step.needs.includes(other.stack)),
    (step) => expectedSeconds(step, stacks, seconds),
  );
}

/** The largest sum of `cost` along any chain of needs; a circular chain is cut. */
function longestChain<T>(items: readonly T[], needs: (item: T) => readonly T[], cost: (item: T) => number): number {
  const done = new Map<T, number>();
  const finish = (item: T): number => {
    const known = done.get(item);
    if (known !== undefined) return known;
    done.set(item, 0);
    const total = Math.max(0, ...needs(item).map(finish)) + cost(item);
    done.set(item, total);
    return total;
  };
  return Math.max(0, ...items.map(finish));
}

const OPERATIONS: { readonly [action in PlannedChange["action"]]: OperationKind } = {
  add: "create",
  replace: "create",
  change: "update",
  remove: "delete",
};
