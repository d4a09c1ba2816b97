import type { Values } from "../template/evaluate.ts";
import type { Violation } from "./rule.ts";

/** An update that AWS refuses, and what to do. */
export type TransitionRefusal = Violation & {
  /** What to do, as the second half of a sentence: `give it at least 22`. */
  readonly way: string;
};

/** A resource before and after an update, properties resolved as far as possible. */
export type Passage = {
  readonly type: string;
  readonly before: Values;
  readonly after: Values;
  /** Whether it is replaced, so that only its name has to be free. */
  readonly replaced: boolean;
  /** Changed properties, if they are known. */
  readonly causes: readonly string[];
};

/** A requirement of AWS on an update, beside those on the resource. */
export type Transition = {
  readonly id: string;
  readonly types: readonly string[];
  /** The AWS document that says so, or the public report (`repository#number`) that shows it. */
  readonly document: string;
  /** CloudFormation's class of the refusal (CloudFormation CLI User Guide, "Handler error codes"); InvalidRequest if absent. */
  readonly code?: string;
  /** True if the message has the meaning of AWS's, not its exact text. */
  readonly approximate?: true;
  /** What is wrong with the update; `undefined` if nothing is, or if it cannot be decided. Never throws. */
  readonly check: (passage: Passage) => TransitionRefusal | undefined;
};
