import { AwsError } from "./wire/error.ts";

/** The next resource of a type comes to grief. */
export type ResourceFault = {
  readonly resourceType: string;
  /** AWS's words; absent: believable ones for the type. */
  readonly reason?: string;
  /** When; absent: when it is made or changed. */
  readonly on?: "create" | "update" | "delete";
  /** It fails (if absent), never comes to an end, or takes ten times as long. */
  readonly effect?: "fails" | "stuck" | "slow";
  /** The n-th of its type instead of the first. */
  readonly nth?: number;
};

/** What can happen to a call. */
export type CallEffect =
  | "throttled"
  | "error"
  | "unavailable"
  | "expired"
  | "skewed"
  | "reset"
  | "reset-after"
  | "truncated";

/** A call goes wrong; the same call again may be well. */
type CallFault = {
  /** `cloudformation:DescribeStacks`; `*` stands for any operation of the service. */
  readonly call: string;
  readonly effect: CallEffect;
  /** How many times (1 if absent), after how many that are spared (0). */
  readonly times?: number;
  readonly after?: number;
};

export type Fault = ResourceFault | CallFault;

/** Thrown where a connection breaks before the call has had any effect. */
export class Interrupted extends Error {}

/** A fault as it waits to happen: `left` times, once `spared` were let go. */
export type Pending<T extends Fault = Fault> = { readonly fault: T; left: number; spared: number };

/** Faults made ready to happen. */
export function pendingFaults(faults: readonly Fault[]): Pending[] {
  return faults.map((fault) =>
    "call" in fault
      ? { fault, left: fault.times ?? 1, spared: fault.after ?? 0 }
      : { fault, left: 1, spared: (fault.nth ?? 1) - 1 },
  );
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
    (fault) => "call" in fault && [`${service}:${operation}`, `${service}:*`].includes(fault.call),
  );
  return found && "call" in found ? found.effect : undefined;
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
