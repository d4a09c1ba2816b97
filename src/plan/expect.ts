import { PHASES, type Phase } from "../config/phases.ts";
import { type Operation, secondsFor } from "../template/durations.ts";
import { dependencies } from "../template/graph.ts";
import type { Template } from "../template/types.ts";
import type { Change, Plan, Step } from "./plan.ts";

/** Seconds a change set takes to be made and a stack to settle, beside its resources (our own estimate). */
const OVERHEAD = 8;

/** Seconds a step is expected to take: the longest chain of its resources, each at AWS's usual pace. */
export function expectedSeconds(step: Step, template: Template | undefined = step.source?.template): number {
  if (step.action === "unchanged") return 0;
  const changed = new Map(step.changes.map((change) => [change.logicalId, change]));
  if (changed.size === 0) return OVERHEAD;
  const needs = template === undefined ? new Map<string, ReadonlySet<string>>() : dependencies(template);
  const done = new Map<string, number>();
  const finish = (id: string): number => {
    const known = done.get(id);
    if (known !== undefined) return known;
    done.set(id, 0);
    const before = Math.max(0, ...[...(needs.get(id) ?? [])].map(finish));
    const change = changed.get(id);
    const total = before + (change === undefined ? 0 : secondsOf(change, template));
    done.set(id, total);
    return total;
  };
  return OVERHEAD + Math.max(...[...changed.keys()].map(finish));
}

/** Seconds the whole plan is expected to take: phases one after another, stacks of a phase side by side. */
export function expectedPlanSeconds(plan: Plan): number {
  return PHASES.reduce((sum, phase) => sum + expectedPhaseSeconds(plan, phase), 0);
}

/** Seconds one phase of the plan is expected to take. */
export function expectedPhaseSeconds({ steps }: Plan, phase: Phase): number {
  return slowestChain(steps.filter((step) => step.phase === phase));
}

function slowestChain(steps: readonly Step[]): number {
  const done = new Map<string, number>();
  const finish = (step: Step): number => {
    const known = done.get(step.stack);
    if (known !== undefined) return known;
    done.set(step.stack, 0);
    const before = steps.filter((other) => other !== step && step.needs.includes(other.stack)).map(finish);
    const total = Math.max(0, ...before) + expectedSeconds(step);
    done.set(step.stack, total);
    return total;
  };
  return Math.max(0, ...steps.map(finish));
}

function secondsOf(change: Change, template: Template | undefined): number {
  const resource = template?.Resources[change.logicalId] ?? { Type: change.type };
  return secondsFor(resource, OPERATIONS[change.action]);
}

const OPERATIONS: { readonly [action in Change["action"]]: Operation } = {
  add: "create",
  replace: "create",
  change: "update",
  remove: "delete",
};
