import { type CallEffect, type PendingFault, takeFault } from "../state/faults.ts";
import { AwsError, Interrupted } from "./error.ts";

/** The pending fault of this call, if any. */
export function callEffect(pending: PendingFault[], service: string, operation: string): CallEffect | undefined {
  const found = takeFault(
    pending,
    (fault) => "effect" in fault && "call" in fault && [`${service}:${operation}`, `${service}:*`].includes(fault.call),
  );
  return found && "call" in found && "effect" in found ? found.effect : undefined;
}

type Words = readonly [code: string, message: string, status: number];

/** Errors by effect, with the codes of the Query protocol, of the JSON protocols and of S3. */
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

/** Throws the error of an effect before the call is executed; effects on the answer come later. */
export function applyCallFault(effect: CallEffect | undefined, envelope: "query" | "json" | "s3"): void {
  if (effect === "reset") throw new Interrupted();
  const words = effect && REFUSALS[effect]?.[envelope];
  if (words) throw new AwsError(...words);
}
