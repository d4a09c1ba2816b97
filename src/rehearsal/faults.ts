import type { PLANS } from "./account-plan.ts";
import { AwsError } from "./wire/error.ts";
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

/** Thrown where a connection breaks before the call has had any effect. */
export class Interrupted extends Error {}

/** A fault as it waits to happen: `left` times, once `spared` were let go. */
export type Pending = { readonly fault: Fault; left: number; spared: number };

/** Faults made ready to happen. */
export function pendingFaults(faults: readonly Fault[]): Pending[] {
  return faults.map((fault) => ({ fault, ...countOf(fault) }));
}

function countOf(fault: Fault): Pick<Pending, "left" | "spared"> {
  if ("quota" in fault || "undelegated" in fault || "account" in fault)
    return { left: Number.POSITIVE_INFINITY, spared: 0 };
  if ("workload" in fault) return { left: 1, spared: (fault.nth ?? 1) - 1 };
  if ("resourceType" in fault) return { left: fault.times ?? 1, spared: (fault.nth ?? 1) - 1 };
  return { left: fault.times ?? 1, spared: fault.after ?? 0 };
}

/** The first pending fault that `fits`, used up by this, unless it lets this one go. */
export function takeFault(pending: Pending[], fits: (fault: Fault) => boolean): Fault | undefined {
  for (const one of pending) {
    if (one.left === 0 || !fits(one.fault)) continue;
    if (one.spared > 0) {
      one.spared -= 1;
      continue;
    }
    one.left -= 1;
    return one.fault;
  }
  return undefined;
}

/** What happens to this call, if anything. */
export function callEffect(pending: Pending[], service: string, operation: string): CallEffect | undefined {
  const found = takeFault(
    pending,
    (fault) => "effect" in fault && "call" in fault && [`${service}:${operation}`, `${service}:*`].includes(fault.call),
  );
  return found && "call" in found && "effect" in found ? found.effect : undefined;
}

type Words = readonly [code: string, message: string, status: number];

/** Refusals by effect, in the codes of the Query protocol, of the JSON protocols and of S3. */
const REFUSALS: {
  readonly [effect in CallEffect]?: { readonly query: Words; readonly json: Words; readonly s3: Words };
} = {
  throttled: {
    query: ["Throttling", "Rate exceeded", 400],
    json: ["ThrottlingException", "Rate exceeded", 400],
    s3: ["SlowDown", "Please reduce your request rate.", 503],
  },
  error: {
    query: [
      "InternalFailure",
      "The request processing has failed because of an unknown error, exception or failure.",
      500,
    ],
    json: [
      "InternalServerError",
      "The request processing has failed because of an unknown error, exception or failure.",
      500,
    ],
    s3: ["InternalError", "We encountered an internal error. Please try again.", 500],
  },
  unavailable: {
    query: ["ServiceUnavailable", "The request has failed due to a temporary failure of the server.", 503],
    json: ["ServiceUnavailableException", "The request has failed due to a temporary failure of the server.", 503],
    s3: ["ServiceUnavailable", "Please reduce your request rate.", 503],
  },
  denied: {
    query: ["AccessDenied", "User is not authorized to perform this operation", 403],
    json: ["AccessDeniedException", "User is not authorized to perform this operation", 400],
    s3: ["AccessDenied", "Access Denied", 403],
  },
  expired: {
    query: ["ExpiredToken", "The security token included in the request is expired", 403],
    json: ["ExpiredTokenException", "The security token included in the request is expired", 400],
    s3: ["ExpiredToken", "The provided token has expired.", 400],
  },
  skewed: {
    query: ["SignatureDoesNotMatch", "Signature expired: it is now earlier than the time allowed", 403],
    json: ["InvalidSignatureException", "Signature expired: it is now earlier than the time allowed", 403],
    s3: ["RequestTimeTooSkewed", "The difference between the request time and the current time is too large.", 403],
  },
};

/** Throws what the effect does before a call is carried out; effects on the answer pass. */
export function strike(effect: CallEffect | undefined, envelope: "query" | "json" | "s3"): void {
  if (effect === "reset") throw new Interrupted();
  const words = effect && REFUSALS[effect]?.[envelope];
  if (words) throw new AwsError(...words);
}
