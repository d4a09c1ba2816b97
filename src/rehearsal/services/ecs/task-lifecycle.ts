import { fraction } from "../../state/hash.ts";
import type { WorkloadKind } from "../../state/workload.ts";
import type { Rollout } from "./rollouts.ts";

/** What becomes of one task: milliseconds from when it was asked for. */
export type TaskLifecycle = {
  /** It runs; absent for one that never does. */
  readonly runs?: number;
  /** Its target is healthy; absent for one that never is. */
  readonly healthy?: number;
  /** It is told to stop, or stops of itself; absent for one that goes on. */
  readonly ends?: number;
  /** How long its end takes. */
  readonly ending: number;
};

type Plan = (chance: number, attempt: number, rollout: Rollout) => TaskLifecycle;

/** Fargate takes about so long until a task runs; nobody publishes a figure. */
const RUNS = 40_000;
const well = (runs: number, healthy: number): TaskLifecycle => ({ runs, healthy, ending: 0 });
/** A program that starts as it should answers its first checks. */
const ANSWERS = 8000;
const quick = well(RUNS, RUNS + 20_000);

/** Longest and shortest that a service takes that is only slow, until it is healthy. */
const SLOWEST = 480_000;
const LEAST_SLOW = 240_000;

const failsItsChecks: Plan = (chance, _, { patience }) => {
  const runs = spread(RUNS, chance);
  return { runs, ends: runs + patience + spread(10_000, chance), ending: 8000 };
};

const PLANS: { readonly [workload in WorkloadKind]: Plan } = {
  "image-pull": (chance) => ({ ends: spread(45_000, chance), ending: 0 }),
  "secret-denied": (chance) => ({ ends: spread(25_000, chance), ending: 0 }),
  architecture: (chance) => ({ runs: spread(RUNS, chance), ends: spread(RUNS, chance) + 1500, ending: 0 }),
  "crash-loop": (chance) => ({ runs: spread(RUNS, chance), ends: spread(RUNS, chance) + 9000, ending: 0 }),
  "health-check": failsItsChecks,
  "health-check-timeout": failsItsChecks,
  // A large image, then a long start: it answers before anybody loses patience with it.
  "slow-start": (chance, _, { patience }) => {
    const healthy = Math.round(LEAST_SLOW + (SLOWEST - LEAST_SLOW) * chance);
    return well(healthy - Math.round(Math.min(healthy - RUNS, patience * 0.9)), healthy);
  },
  "spot-interruption": (chance, attempt) =>
    attempt < 2 ? { ...well(spread(RUNS, chance), spread(55_000, chance)), ends: 90_000, ending: 30_000 } : quick,
};

/** What becomes of the `attempt`-th task (from 0) in one place of a rollout. */
export function lifecycleOf(seed: number, rollout: Rollout, slot: number, attempt: number): TaskLifecycle {
  const { workload, takes, id } = rollout;
  if (workload === undefined) {
    const healthy = Math.round(takes * 0.75);
    return well(Math.max(healthy - ANSWERS, Math.round(healthy * 0.6)), healthy);
  }
  return PLANS[workload](fraction(seed, id, slot, attempt), attempt, rollout);
}

/** The longest that ECS waits until it starts a task again (Developer Guide, "Amazon ECS service throttle logic"). */
const LONGEST = 27 * 60_000;

/** Milliseconds after the end of the `attempt`-th task until ECS asks for the next: longer each time if it never ran. */
export function restartDelay({ runs }: TaskLifecycle, attempt: number): number {
  return runs === undefined ? Math.min(LONGEST, 10_000 * 2 ** attempt) : 5000;
}

/** Milliseconds from the beginning of a rollout until its first tasks are asked for, and from healthy to steady. */
export const startDelay = ({ takes }: Rollout): number => Math.round(takes * 0.05);
export const steadyDelay = ({ takes }: Rollout): number => Math.round(takes * 0.15);

/** 15 % either way. */
function spread(milliseconds: number, chance: number): number {
  return Math.round(milliseconds * (0.85 + 0.3 * chance));
}
