import { fraction } from "../../state/hash.ts";
import type { WorkloadKind } from "../../state/workload.ts";
import type { Rollout } from "./rollouts.ts";

/** The lifecycle of a task: milliseconds from its start request. */
export type TaskLifecycle = {
  /** RUNNING; absent for a task that never runs. */
  readonly runs?: number;
  /** Its target is healthy; absent for a task that never is. */
  readonly healthy?: number;
  /** It is stopped, or exits; absent for a task that goes on. */
  readonly ends?: number;
  /** How long stopping takes. */
  readonly ending: number;
};

type Plan = (chance: number, attempt: number, rollout: Rollout) => TaskLifecycle;

/** Time until a Fargate task runs; an estimate, as AWS publishes none. */
const RUNS = 40_000;
const well = (runs: number, healthy: number): TaskLifecycle => ({ runs, healthy, ending: 0 });
/** A normal start passes the first health checks. */
const ANSWERS = 8000;
const quick = well(RUNS, RUNS + 20_000);

/** Bounds of the time until a slow service is healthy. */
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
  // A large image and a long start, but healthy before the checks fail.
  "slow-start": (chance, _, { patience }) => {
    const healthy = Math.round(LEAST_SLOW + (SLOWEST - LEAST_SLOW) * chance);
    return well(healthy - Math.round(Math.min(healthy - RUNS, patience * 0.9)), healthy);
  },
  "spot-interruption": (chance, attempt) =>
    attempt < 2 ? { ...well(spread(RUNS, chance), spread(55_000, chance)), ends: 90_000, ending: 30_000 } : quick,
};

/** The lifecycle of the `attempt`-th task (from 0) in one slot of a rollout. */
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

/** Milliseconds after the end of the `attempt`-th task until ECS starts the next: longer each time if it never ran. */
export function restartDelay({ runs }: TaskLifecycle, attempt: number): number {
  return runs === undefined ? Math.min(LONGEST, 10_000 * 2 ** attempt) : 5000;
}

/** Milliseconds from the start of a rollout until its first tasks are started, and from healthy to steady. */
export const startDelay = ({ takes }: Rollout): number => Math.round(takes * 0.05);
export const steadyDelay = ({ takes }: Rollout): number => Math.round(takes * 0.15);

/** 15 % either way. */
function spread(milliseconds: number, chance: number): number {
  return Math.round(milliseconds * (0.85 + 0.3 * chance));
}
