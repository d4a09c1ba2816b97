import type { Clearable } from "../provision/cloud.ts";

/** What is looked at before anything is made; the word is shown, and stays. */
export type CheckCode =
  | "credentials"
  | "account"
  | "plan"
  | "clock"
  | "elastic-ips"
  | "vpcs"
  | "nat-gateways"
  | "zones"
  | "order"
  | "fargate"
  | "fargate-spot"
  | "linked-roles"
  | "database"
  | "cache"
  | "delegation"
  | "names"
  | "records"
  | "zone"
  | "parameters"
  | "assets"
  | "image"
  | "moved";

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

/** What to do about a finding: in words, and as an action where astro can do it. */
export type Fix = { readonly words: string; readonly action?: Action };

/** What one check says of one thing. */
export type CheckVerdict = { readonly outcome: Outcome; readonly words: string; readonly fix?: Fix };

/** A verdict with the check it comes from, and the document that holds the check's rule. */
export type PreflightFinding = CheckVerdict & { readonly code: CheckCode; readonly document: string };

/** Thrown by a look-up that was denied, or that has no answer here. */
export class NotChecked extends Error {}
