import type { Hint } from "../errors.ts";
import type { Clearable } from "../provision/cloud.ts";
import type { CheckCode, PreflightWarning } from "../provision/warning.ts";

/** How a check ended: a problem stops a provisioning, a warning does not, `not-checked` could not be looked up. */
export type Outcome = "ok" | "warning" | "problem" | "not-checked";

/** Something that astro can do about a finding by itself, once a person says so. */
export type Action =
  | { readonly type: "pin-account"; readonly account: string }
  | { readonly type: "choose-zones"; readonly zones: readonly string[] }
  | { readonly type: "create-roles"; readonly services: readonly string[] }
  | {
      readonly type: "raise-quota";
      readonly region: string;
      readonly service: string;
      readonly quota: string;
      readonly to: number;
    }
  | { readonly type: "delete-leftover"; readonly region: string; readonly of: Clearable; readonly name: string };

/** What to do about a finding: for a person, and as an action where astro can do it. */
export type Fix = { readonly hints: readonly Hint[]; readonly action?: Action };

/** A verdict that is told in words: it becomes no event. */
export type ToldVerdict = {
  readonly outcome: Exclude<Outcome, "warning">;
  readonly words: string;
  readonly fix?: Fix;
};

/** What one check says of one thing. */
export type CheckVerdict =
  | ToldVerdict
  | { readonly outcome: "warning"; readonly warning: PreflightWarning; readonly fix?: Fix };

/** A verdict with the check it comes from, and the document that holds the check's rule. */
export type PreflightFinding = CheckVerdict & { readonly code: CheckCode; readonly document: string };

/** Thrown by a look-up that was denied, or that has no answer here. */
export class NotChecked extends Error {}
