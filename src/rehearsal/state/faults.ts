import type { TaskFault, WorkloadFault } from "./workload.ts";

/** Effects of a resource fault. */
export const RESOURCE_EFFECTS = ["fails", "stuck", "slow", "filled", "unvalidated", "silent", "lost"] as const;

/** The next resource of a type fails, hangs or is slow. */
export type ResourceFault = {
  readonly resourceType: string;
  /** AWS's message; absent: a typical one for the type. */
  readonly reason?: string;
  /** When; absent: when it is made or changed (`filled`: when it is deleted). */
  readonly on?: "create" | "update" | "delete";
  /**
   * It fails (if absent), never ends, or takes ten times as long. `filled`: a bucket or repository gets new content
   * while it is being deleted. `unvalidated`: a certificate's domain is never validated. `silent`: instances never send
   * the signals of their user data. `lost`: its update fails, and it is deleted by hand before it is rolled back.
   */
  readonly effect?: (typeof RESOURCE_EFFECTS)[number];
  /** The n-th of its type instead of the first, and how many from there on (1). */
  readonly nth?: number;
  readonly times?: number;
};

/** Effects of a call fault. */
export const CALL_EFFECTS = [
  "throttled",
  "error",
  "unavailable",
  "denied",
  "expired",
  "skewed",
  "reset",
  "reset-after",
  "truncated",
] as const;

export type CallEffect = (typeof CALL_EFFECTS)[number];

/** A call fails; a retry may succeed. */
type CallFault = {
  /** `cloudformation:DescribeStacks`; `*` stands for any operation of the service. */
  readonly call: string;
  readonly effect: CallEffect;
  /** How many times (1 if absent), after how many that succeed (0). */
  readonly times?: number;
  readonly after?: number;
};

/** A quota has this value; absent: it is used up. Applies for the whole run. */
type QuotaFault = { readonly quota: string; readonly value?: number };

/** The domain is not delegated to its hosted zone, for the whole run. */
type ZoneFault = { readonly undelegated: string };

/** The plans that a fault can put the account on, for the whole run. */
export const PLANS = ["free-plan"] as const;

/** The account is on the free plan, for the whole run. */
type PlanFault = { readonly account: (typeof PLANS)[number] };

/** What can be wrong with the registry: pushes that may not be made or break off, an image whose scan finds something critical. */
export const REGISTRY_FAULTS = ["push-denied", "push-interrupted", "scan-critical"] as const;

/** For the whole run. */
type RegistryFault = { readonly registry: (typeof REGISTRY_FAULTS)[number] };

/** What a concurrent actor can do to a stack. */
export const ACTS = ["updates", "deletes", "cancels"] as const;

/** A concurrent actor changes a stack, right after a call about it. */
export type ActorFault = {
  readonly actor: (typeof ACTS)[number];
  /** The stack's name; absent: any. */
  readonly stack?: string;
  /** The call after which it happens; absent: a call that changes the stack. */
  readonly call?: string;
  readonly times?: number;
  readonly after?: number;
};

export type Fault =
  | ResourceFault
  | WorkloadFault
  | TaskFault
  | CallFault
  | QuotaFault
  | ZoneFault
  | PlanFault
  | RegistryFault
  | ActorFault;

/** A fault that is pending: it applies `left` times, after `toSkip` that it skips. */
export type PendingFault = { readonly fault: Fault; left: number; toSkip: number };

/** The pending faults of a run. */
export function pendingFaults(faults: readonly Fault[]): PendingFault[] {
  return faults.map((fault) => ({ fault, ...countOf(fault) }));
}

function countOf(fault: Fault): Pick<PendingFault, "left" | "toSkip"> {
  if ("quota" in fault || "undelegated" in fault || "account" in fault || "registry" in fault)
    return { left: Number.POSITIVE_INFINITY, toSkip: 0 };
  if ("workload" in fault || "task" in fault) return { left: 1, toSkip: (fault.nth ?? 1) - 1 };
  if ("resourceType" in fault) return { left: fault.times ?? 1, toSkip: (fault.nth ?? 1) - 1 };
  return { left: fault.times ?? 1, toSkip: fault.after ?? 0 };
}

/** The first pending fault that `fits`, counted down, unless this one is to be skipped. */
export function takeFault(pending: PendingFault[], fits: (fault: Fault) => boolean): Fault | undefined {
  for (const one of pending) {
    if (one.left === 0 || !fits(one.fault)) continue;
    if (one.toSkip > 0) {
      one.toSkip -= 1;
      continue;
    }
    one.left -= 1;
    return one.fault;
  }
  return undefined;
}

/** Whether the account is on AWS's free plan. */
export function isOnFreePlan({ faults }: { readonly faults: readonly PendingFault[] }): boolean {
  return faults.some(({ fault }) => "account" in fault && fault.account === "free-plan");
}

/** Whether this is wrong with the registry. */
export function hasRegistryFault(
  { faults }: { readonly faults: readonly PendingFault[] },
  kind: (typeof REGISTRY_FAULTS)[number],
): boolean {
  return faults.some(({ fault }) => "registry" in fault && fault.registry === kind);
}
