import { PHASES, type Phase } from "../config/phases.ts";
import type { Plan, Step } from "../plan/plan.ts";

/** Stack operations at one time: more would exceed CloudFormation's request rate and gain nothing. */
const SIDE_BY_SIDE = 8;

/** Phases that run one after another: each by itself, or (`overlap`) all that come after the bootstrap together. */
export function groupsOf({ direction, order }: Plan): readonly (readonly Phase[])[] {
  if (direction === "destroy") return PHASES.toReversed().map((phase) => [phase]);
  if (order !== "overlap") return PHASES.map((phase) => [phase]);
  const [first, ...rest] = PHASES;
  return [[first], rest];
}

/**
 * Does the work of each step once those it needs are done, up to eight side by side. After an end that is not `good`,
 * or once `goesOn` says no, what has begun ends and nothing more begins. Returns how each step ended that began.
 */
export async function inTurn<End>(
  steps: readonly Step[],
  work: (step: Step) => Promise<End>,
  good: (end: End) => boolean,
  goesOn: () => boolean,
): Promise<ReadonlyMap<Step, End>> {
  const ends = new Map<Step, End>();
  const working = new Map<Step, Promise<void>>();
  const waiting = new Set(steps);
  const isReady = (step: Step) => {
    const needed = steps.filter((other) => other !== step && step.needs.includes(other.stack));
    return needed.every((other) => ends.has(other));
  };
  const begin = (step: Step) => {
    waiting.delete(step);
    const done = work(step).then((end) => {
      ends.set(step, end);
      working.delete(step);
    });
    working.set(step, done);
  };
  while (true) {
    if (goesOn() && [...ends.values()].every(good)) {
      [...waiting]
        .filter(isReady)
        .slice(0, SIDE_BY_SIDE - working.size)
        .forEach(begin);
      // Steps that need each other: one of them must be first.
      if (working.size === 0) [...waiting].slice(0, 1).forEach(begin);
    }
    if (working.size === 0) return ends;
    await Promise.race(working.values());
  }
}
