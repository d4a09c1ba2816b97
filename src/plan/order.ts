import { PHASES } from "../config/phases.ts";
import type { Step } from "./plan.ts";

/** What decides the order of stacks. */
type Placed = Pick<Step, "stack" | "phase" | "needs">;

/** Phase after phase; inside a phase, a stack after those it needs. */
export function inOrder<T extends Placed>(steps: readonly T[]): readonly T[] {
  return PHASES.flatMap((phase) => afterNeeds(steps.filter((step) => step.phase === phase)));
}

function afterNeeds<T extends Placed>(steps: readonly T[]): readonly T[] {
  const ordered: T[] = [];
  const met = new Set<T>();
  const place = (step: T): void => {
    // Deployed stacks may read from each other: one of them must be first.
    if (met.has(step)) return;
    met.add(step);
    for (const need of step.needs) {
      const other = steps.find((candidate) => candidate.stack === need);
      if (other && other !== step) place(other);
    }
    ordered.push(step);
  };
  for (const step of steps) place(step);
  return ordered;
}
