/** What can befall the containers of an ECS service; the last two end well. */
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

/** The next rollout of an ECS service that a stack begins goes like this. */
export type WorkloadFault = {
  readonly workload: WorkloadKind;
  /** When; absent: when the service is made or changed. */
  readonly on?: "create" | "update";
  /** The n-th rollout instead of the first. */
  readonly nth?: number;
};

/** Whether a rollout that goes like this never comes to be steady. */
export function isFatal(workload: WorkloadKind | undefined): boolean {
  return workload !== undefined && workload !== "slow-start" && workload !== "spot-interruption";
}
