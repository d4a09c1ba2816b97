import { clusterName } from "../../resources/containers.ts";
import { textOf } from "../../resources/properties.ts";
import { digits, hex } from "../../state/hash.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { ServiceResource } from "../../state/state.ts";
import { isFatal } from "../../state/workload.ts";
import { desiredCount, keptRollouts, type Rollout, USUAL_ROLLOUT_TIME } from "./rollouts.ts";
import { lifecycleOf, restartDelay, startDelay, steadyDelay } from "./task-lifecycle.ts";

/** A task of a service. Times are simulated milliseconds; what has not happened yet is left out. */
export type SimulatedTask = {
  readonly arn: string;
  readonly id: string;
  readonly rollout: Rollout;
  readonly created: number;
  readonly started?: number;
  readonly healthy?: number;
  readonly stopping?: number;
  readonly stopped?: number;
  /** Why it stops: its workload fault, a lower desired count, or a later rollout. */
  readonly end?: "workload" | "scaled" | "replaced";
};

/** Tasks in one slot of a rollout at most: endless failures are not counted endlessly. */
const MOST = 300;

/** Milliseconds that stopping a task takes. */
const DRAIN = 8000;

/** The tasks in one slot of a rollout, one after the other, if nothing interrupts them. */
type Whole = {
  readonly slot: number;
  readonly attempt: number;
  readonly created: number;
  readonly started?: number;
  readonly healthy?: number;
  readonly stopping?: number;
  readonly ending: number;
};

/** Those started from `from` until `to`, at most so many. */
function courseOf(
  seed: number,
  rollout: Rollout,
  slot: number,
  from: number,
  to: number,
  most = MOST,
): readonly Whole[] {
  const course: Whole[] = [];
  let created = from;
  for (let attempt = 0; attempt < most && created <= to; attempt++) {
    const life = lifecycleOf(seed, rollout, slot, attempt);
    const { runs, healthy, ends, ending } = life;
    course.push({
      slot,
      attempt,
      created,
      ...(runs !== undefined && { started: created + runs }),
      ...(healthy !== undefined && { healthy: created + healthy }),
      ...(ends !== undefined && { stopping: created + ends }),
      ending,
    });
    if (ends === undefined) break;
    created += ends + ending + restartDelay(life, attempt);
  }
  return course;
}

const slotsOf = ({ counts }: Rollout): number => Math.max(0, ...counts.map(({ count }) => count));
const firstCount = ({ counts }: Rollout): number => counts[0]?.count ?? 0;
const every = (count: number) => Array.from({ length: count }, (_, slot) => slot);

/** Failed tasks after which the circuit breaker ends a rollout (API Reference, ServiceDeploymentCircuitBreaker). */
function threshold(rollout: Rollout): number {
  return Math.min(200, Math.max(3, Math.ceil(firstCount(rollout) / 2)));
}

/** When the circuit breaker ends the rollout; `undefined` if it never does. */
export function failsAt(simulator: Simulator, rollout: Rollout): number | undefined {
  if (rollout.breaker === "off" || !isFatal(rollout.workload)) return undefined;
  const most = threshold(rollout);
  const ends = every(firstCount(rollout)).flatMap((slot) =>
    courseOf(simulator.state.seed, rollout, slot, rollout.at + startDelay(rollout), Infinity, most).map(
      ({ stopping = 0, ending }) => stopping + ending,
    ),
  );
  return ends.toSorted((a, b) => a - b)[most - 1];
}

/** When all tasks of the rollout are healthy; `undefined` if that never comes. */
function healthyAt(simulator: Simulator, rollout: Rollout): number | undefined {
  if (isFatal(rollout.workload) && firstCount(rollout) > 0) return undefined;
  const healthy = every(firstCount(rollout)).map(
    (slot) =>
      courseOf(simulator.state.seed, rollout, slot, rollout.at + startDelay(rollout), Infinity).at(-1)?.healthy ?? 0,
  );
  return Math.max(rollout.at + startDelay(rollout), ...healthy);
}

/** When ECS reports it, after the tasks of the rollout before have stopped. */
export function steadyAt(simulator: Simulator, rollout: Rollout): number | undefined {
  const healthy = healthyAt(simulator, rollout);
  return healthy === undefined ? undefined : healthy + steadyDelay(rollout);
}

/** All rollouts of a service until now, oldest first: also ECS's own rollbacks to the last steady one. */
export function rolloutsOf(simulator: Simulator, service: ServiceResource): readonly Rollout[] {
  const { now } = simulator.state;
  const kept = keptRollouts(simulator, service);
  const all: Rollout[] = [];
  for (const [index, rollout] of kept.entries()) {
    all.push(rollout);
    const failed = rollout.breaker === "rolls-back" ? failsAt(simulator, rollout) : undefined;
    if (failed === undefined || failed > Math.min(now, kept[index + 1]?.at ?? now)) continue;
    const back = kept.slice(0, index).findLast((one) => (steadyAt(simulator, one) ?? now) < rollout.at);
    if (!back) continue;
    const { workload: _, ...rest } = back;
    const id = `ecs-svc/${digits(19, rollout.id, "back")}`;
    all.push({
      ...rest,
      id,
      at: failed,
      takes: USUAL_ROLLOUT_TIME,
      counts: [{ at: failed, count: desiredCount(service) }],
    });
  }
  return all;
}

/**
 * When the tasks of the rollout at `index` are stopped: failing ones at once, the rest once a later rollout is healthy.
 */
function closesAt(simulator: Simulator, rollouts: readonly Rollout[], index: number): number {
  const rollout = rollouts[index];
  if (rollout && isFatal(rollout.workload)) return rollouts[index + 1]?.at ?? Infinity;
  for (let later = index + 1; later < rollouts.length; later++) {
    const next = rollouts[later];
    const healthy = next && healthyAt(simulator, next);
    if (healthy !== undefined && healthy <= (rollouts[later + 1]?.at ?? Infinity)) return healthy;
  }
  return Infinity;
}

/** All tasks of a service started until now, stopped ones too: always the same for the same time. */
export function tasksOf(simulator: Simulator, service: ServiceResource): readonly SimulatedTask[] {
  const rollouts = rolloutsOf(simulator, service);
  return rollouts.flatMap((rollout, index) => {
    const closes = closesAt(simulator, rollouts, index);
    const failed = failsAt(simulator, rollout) ?? Infinity;
    return every(slotsOf(rollout)).flatMap((slot) => {
      const [from, until] = spanOf(rollout, slot);
      return courseOf(simulator.state.seed, rollout, slot, from + startDelay(rollout), simulator.state.now)
        .filter(({ created }) => created < Math.min(until, closes, failed))
        .map((whole) => taskOf(simulator, service, rollout, whole, until, closes));
    });
  });
}

/** From when to when the desired count included this slot. */
function spanOf({ at, counts }: Rollout, slot: number): readonly [from: number, until: number] {
  const first = counts.findIndex(({ count }) => count > slot);
  const until = counts.slice(first + 1).find(({ count }) => count <= slot)?.at ?? Infinity;
  return [counts[first]?.at ?? at, until];
}

function taskOf(
  simulator: Simulator,
  service: ServiceResource,
  rollout: Rollout,
  whole: Whole,
  until: number,
  closes: number,
): SimulatedTask {
  const { now } = simulator.state;
  const { slot, attempt, created, started, healthy } = whole;
  const forced = Math.min(until, closes);
  const isForced = forced < (whole.stopping ?? Infinity);
  const stopping = isForced ? forced : whole.stopping;
  const stopped = stopping === undefined ? undefined : stopping + (isForced ? DRAIN : whole.ending);
  const before = (time: number | undefined) => time !== undefined && time <= now && time <= (stopping ?? Infinity);
  const cluster = clusterName(textOf(service.properties, "Cluster", "default"));
  const id = hex(32, simulator.state.seed, service.id, rollout.id, slot, attempt);
  return {
    arn: `arn:aws:ecs:${service.region}:${service.account}:task/${cluster}/${id}`,
    id,
    rollout,
    created,
    ...(before(started) && started !== undefined && { started }),
    ...(before(healthy) && healthy !== undefined && { healthy }),
    ...(stopping !== undefined && stopping <= now && { stopping }),
    ...(stopped !== undefined && stopped <= now && { stopped }),
    ...(stopping !== undefined && { end: isForced ? (until < closes ? "scaled" : "replaced") : "workload" }),
  };
}

/** Tasks of a rollout that failed until now (Deployment, "failedTasks"). */
export function failedTasks(tasks: readonly SimulatedTask[]): readonly SimulatedTask[] {
  return tasks.filter(
    ({ end, stopped, rollout }) => end === "workload" && stopped !== undefined && isFatal(rollout.workload),
  );
}
