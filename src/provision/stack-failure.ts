import type { Hint } from "../errors.ts";
import type { FailureCode } from "./diagnosis/code.ts";

type Found = {
  /** CloudFormation's stack status; `UNKNOWN`, as it is if left out, where no operation on the stack ended. */
  readonly status?: string;
  /** Whose words the reason is in: astro's if left out. */
  readonly source?: "aws" | "astro";
  readonly reason: string;
  /** The kind of failure, where more is known of it than the reason says. */
  readonly code?: FailureCode;
  /** The call that AWS refused. */
  readonly call?: string | undefined;
  readonly resource?: { readonly resource: string; readonly resourceType: string } | undefined;
  /** Logical ids that keep the stack where it is. */
  readonly stuck?: readonly string[];
  /** What it means, where that is more than its kind says. */
  readonly means?: string | undefined;
  readonly hints?: readonly Hint[];
  /** The last lines that a container of the failing service wrote. */
  readonly log?: readonly string[];
  readonly cause?: unknown;
};

/** Thrown inside the engine when one stack ends badly; carries what the `stack.failed` event tells. */
export class StackFailure extends Error {
  readonly status: string;
  readonly source: "aws" | "astro";
  readonly code: FailureCode | undefined;
  readonly call: string | undefined;
  readonly resource: Found["resource"];
  readonly stuck: readonly string[];
  readonly means: string | undefined;
  readonly hints: readonly Hint[];
  readonly log: readonly string[];

  constructor(found: Found) {
    super(found.reason, found.cause === undefined ? undefined : { cause: found.cause });
    this.status = found.status ?? "UNKNOWN";
    this.source = found.source ?? "astro";
    this.code = found.code;
    this.call = found.call;
    this.resource = found.resource;
    this.stuck = found.stuck ?? [];
    this.means = found.means;
    this.hints = found.hints ?? [];
    this.log = found.log ?? [];
  }
}

/** AWS's words as they are, or ours where it gives none. */
export function inItsWords(reason: string | undefined, ours: string): Pick<Found, "source" | "reason"> {
  return reason === undefined ? { source: "astro", reason: ours } : { source: "aws", reason };
}
