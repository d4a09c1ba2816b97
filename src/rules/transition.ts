import type { Values } from "../template/evaluate.ts";
import type { Violation } from "./rule.ts";

/** What AWS does not let something that stands become, and the way on. */
export type TransitionRefusal = Violation & {
  /** What helps, in words that begin a sentence's second half: `give it at least 22`. */
  readonly way: string;
};

/** A resource as it stands and as it is to be, properties worked out as far as they can be. */
export type Passage = {
  readonly type: string;
  readonly before: Values;
  readonly after: Values;
  /** Whether another one takes its place, so that only its name has to be free. */
  readonly replaced: boolean;
  /** Properties behind the change, where they are known. */
  readonly causes: readonly string[];
};

/** A thing that AWS demands of a change beside what it demands of the resource as such. */
export type Transition = {
  readonly id: string;
  readonly types: readonly string[];
  /** The AWS document that says so, or the public report (`repository#number`) that shows it. */
  readonly document: string;
  /** CloudFormation's class of the refusal (CloudFormation CLI User Guide, "Handler error codes"); InvalidRequest if absent. */
  readonly code?: string;
  /** True if the message has the sense of what AWS says, and not its very words. */
  readonly approximate?: true;
  /** What is wrong with the change; `undefined` if nothing is, or if that cannot be told. Never throws. */
  readonly check: (passage: Passage) => TransitionRefusal | undefined;
};
