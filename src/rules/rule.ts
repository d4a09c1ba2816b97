import type { Value, Values } from "../template/evaluate.ts";
import type { JsonObject } from "../template/types.ts";

/** A resource as a rule sees it: properties worked out as far as they can be, and as they are written. */
export type Other = {
  readonly type: string;
  readonly stack: string;
  readonly region: string;
  /** Its logical id in a template; its physical id where it already exists. */
  readonly id: string;
  readonly properties: Values;
  /** With its functions: two that are written alike in one stack have the same value, whatever it is. */
  readonly written: JsonObject;
};

/** The resource a rule judges, and what is around it. */
export type RuleSubject = Other & {
  readonly account?: string;
  /** The resource that `value` refers to, if it is known and of one of `types` (none: of any). */
  readonly find: (value: Value | undefined, ...types: readonly string[]) => Other | undefined;
  /** Every other resource of a type that is known. */
  readonly all: (type: string) => readonly Other[];
  /** Those that were there before it: of two that cannot stand side by side, the second is at fault. */
  readonly before: (type: string) => readonly Other[];
};

/** What AWS will not take: the property (a path such as `Rules/0/Days`), its value as far as it is known, AWS's words. */
export type Violation = { readonly property: string; readonly value?: Value | undefined; readonly message: string };

export type RuleCheck = (subject: RuleSubject) => Violation | undefined;

/** A thing that AWS demands of a resource beyond its schema. */
export type Rule = {
  readonly id: string;
  readonly types: readonly string[];
  /** The AWS document that says so. */
  readonly document: string;
  /** CloudFormation's class of the refusal (CloudFormation CLI User Guide, "Handler error codes"); InvalidRequest if absent. */
  readonly code?: string;
  /** The message says what AWS says, but not in AWS's very words. */
  readonly approximate?: true;
  /** The first thing that is wrong; `undefined` if nothing is, or if that cannot be told. Never throws. */
  readonly check: RuleCheck;
};
