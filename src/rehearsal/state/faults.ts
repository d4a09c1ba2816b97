import type { WorkloadFault } from "./workload.ts";

/** What can become of a resource. */
export const RESOURCE_EFFECTS = ["fails", "stuck", "slow", "filled", "unvalidated", "silent"] as const;

/** The next resource of a type comes to grief. */
export type ResourceFault = {
  readonly resourceType: string;
  /** AWS's words; absent: believable ones for the type. */
  readonly reason?: string;
  /** When; absent: when it is made or changed (`filled`: when it is deleted). */
  readonly on?: "create" | "update" | "delete";
  /**
   * It fails (if absent), never comes to an end, or takes ten times as long. `filled`: somebody puts something into a
   * bucket or a repository while it is being deleted. `unvalidated`: nobody ever shows whose a certificate's domain is.
   * `silent`: machines never send the signals that their user data would.
   */
  readonly effect?: (typeof RESOURCE_EFFECTS)[number];
  /** The n-th of its type instead of the first, and how many from there on (1). */
  readonly nth?: number;
  readonly times?: number;
};

/** What can happen to a call. */
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

/** A call goes wrong; the same call again may be well. */
type CallFault = {
  /** `cloudformation:DescribeStacks`; `*` stands for any operation of the service. */
  readonly call: string;
  readonly effect: CallEffect;
  /** How many times (1 if absent), after how many that are spared (0). */
  readonly times?: number;
  readonly after?: number;
};

/** The account may have only so many of something; absent: no more than it has. It stands for the whole run. */
type QuotaFault = { readonly quota: string; readonly value?: number };

/** The domain's zone is not the one that the world asks, for the whole run. */
type ZoneFault = { readonly undelegated: string };

/** The plans that a fault can put the account on, for the whole run. */
export const PLANS = ["free-plan"] as const;

/** The account is on another plan than the paid one, for the whole run. */
type PlanFault = { readonly account: (typeof PLANS)[number] };

/** What somebody else can do to a stack. */
export const ACTS = ["updates", "deletes", "cancels"] as const;

/** Somebody else lays hands on a stack, right after a call about it. */
export type ActorFault = {
  readonly actor: (typeof ACTS)[number];
  /** The stack's name; absent: any. */
  readonly stack?: string;
  /** The call after which it happens; absent: one that shows that somebody is at work on the stack. */
  readonly call?: string;
  readonly times?: number;
  readonly after?: number;
};

export type Fault = ResourceFault | WorkloadFault | CallFault | QuotaFault | ZoneFault | PlanFault | ActorFault;

/** A fault as it waits to happen: `left` times, once `spared` were let go. */
export type PendingFault = { readonly fault: Fault; left: number; toSkip: number };

/** Faults made ready to happen. */
export function pendingFaults(faults: readonly Fault[]): PendingFault[] {
  return faults.map((fault) => ({ fault, ...countOf(fault) }));
}

function countOf(fault: Fault): Pick<PendingFault, "left" | "toSkip"> {
  if ("quota" in fault || "undelegated" in fault || "account" in fault)
    return { left: Number.POSITIVE_INFINITY, toSkip: 0 };
  if ("workload" in fault) return { left: 1, toSkip: (fault.nth ?? 1) - 1 };
  if ("resourceType" in fault) return { left: fault.times ?? 1, toSkip: (fault.nth ?? 1) - 1 };
  return { left: fault.times ?? 1, toSkip: fault.after ?? 0 };
}

/** The first pending fault that `fits`, used up by this, unless it lets this one go. */
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
