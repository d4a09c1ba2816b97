import { PHASES } from "../config/phases.ts";
import type { Step } from "./plan.ts";

/** Phase after phase; inside a phase, a stack after those it needs. */
export function inOrder(steps: readonly Step[]): readonly Step[] {
  return PHASES.flatMap((phase) => afterNeeds(steps.filter((step) => step.phase === phase)));
}

function afterNeeds(steps: readonly Step[]): readonly Step[] {
  const ordered: Step[] = [];
  const place = (step: Step): void => {
    if (ordered.includes(step)) return;
    for (const need of step.needs) {
      const other = steps.find((candidate) => candidate.stack === need);
      if (other && other !== step) place(other);
    }
    ordered.push(step);
  };
  for (const step of steps) place(step);
  return ordered;
}
