/** Faults of an ECS service's containers; with the last two the rollout succeeds. */
export const WORKLOADS = [
  "image-pull",
  "architecture",
  "secret-denied",
  "crash-loop",
  "health-check",
  "health-check-timeout",
  "slow-start",
  "spot-interruption",
] as const;

export type WorkloadKind = (typeof WORKLOADS)[number];

/** The fault of the next rollout of an ECS service that a stack starts. */
export type WorkloadFault = {
  readonly workload: WorkloadKind;
  /** When; absent: when the service is made or changed. */
  readonly on?: "create" | "update";
  /** The n-th rollout instead of the first. */
  readonly nth?: number;
};

/** Faults of the next task that is started by itself: its command writes what a migration writes that fails, and exits with 1. */
export const TASK_FAULTS = ["migration-fails"] as const;

export type TaskFaultKind = (typeof TASK_FAULTS)[number];

/** The fault of the next one-off task. */
export type TaskFault = {
  readonly task: TaskFaultKind;
  /** The n-th one instead of the first. */
  readonly nth?: number;
};

/** Whether a rollout with this fault never becomes steady. */
export function isFatal(workload: WorkloadKind | undefined): boolean {
  return workload !== undefined && workload !== "slow-start" && workload !== "spot-interruption";
}
