import type { Value, Values } from "../template/evaluate.ts";
import type { JsonObject } from "../template/types.ts";

/** A resource as a rule sees it: properties resolved as far as possible, and as they are written. */
export type Other = {
  readonly type: string;
  readonly stack: string;
  readonly region: string;
  /** Its logical id in a template; its physical id where it already exists. */
  readonly id: string;
  readonly properties: Values;
  /** With its functions: two with the same text in one stack have the same value. */
  readonly written: JsonObject;
};

/** The resource that a rule checks, and the other resources. */
export type RuleSubject = Other & {
  readonly account?: string;
  /** The resource that `value` refers to, if it is known and of one of `types` (none: of any). */
  readonly find: (value: Value | undefined, ...types: readonly string[]) => Other | undefined;
  /** Every other resource of a type that is known. */
  readonly all: (type: string) => readonly Other[];
  /** Those defined before it: of two that conflict, the second is at fault. */
  readonly before: (type: string) => readonly Other[];
};

/** What AWS refuses: the property (a path such as `Rules/0/Days`), its value if known, AWS's message. */
export type Violation = { readonly property: string; readonly value?: Value | undefined; readonly message: string };

export type RuleCheck = (subject: RuleSubject) => Violation | undefined;

/** A requirement of AWS on a resource beyond its schema. */
export type Rule = {
  readonly id: string;
  readonly types: readonly string[];
  /** The AWS document that says so. */
  readonly document: string;
  /** CloudFormation's class of the refusal (CloudFormation CLI User Guide, "Handler error codes"); InvalidRequest if absent. */
  readonly code?: string;
  /** The message has the meaning of AWS's, not its exact text. */
  readonly approximate?: true;
  /** The first violation; `undefined` if there is none, or if it cannot be decided. Never throws. */
  readonly check: RuleCheck;
};
