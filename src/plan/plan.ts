import type { Phase } from "../config/phases.ts";
import type { Stack } from "../synth/assembly.ts";

/** What happens to one resource of a stack. */
export type Change = {
  readonly logicalId: string;
  readonly type: string;
  readonly action: "add" | "change" | "replace" | "remove";
  /** Properties that cause the change; empty for what is added or removed whole. */
  readonly causes: readonly string[];
  /** Set where AWS decides only while updating whether the resource is replaced. */
  readonly mayReplace?: true;
  /** Set on a removal that leaves the resource, or a snapshot of it, behind on purpose. */
  readonly kept?: true;
};

export type StepAction = "create" | "update" | "delete" | "unchanged";

/** What happens to one stack. */
export type Step = {
  readonly stack: string;
  readonly region: string;
  readonly phase: Phase;
  readonly action: StepAction;
  readonly changes: readonly Change[];
  /** Number of resources the stack has after the step (before it, for a removal). */
  readonly resources: number;
  /** Names of the steps' stacks that must be done before this one starts. */
  readonly needs: readonly string[];
  /** Why an otherwise equal stack has to be looked at again (a value it reads from another stack moved). */
  readonly because?: string;
  /** What to deploy; absent for a removal. */
  readonly source?: Stack;
};

/** Everything one run will do, in the order it will do it. A value: it prints, serialises and compares. */
export type Plan = {
  readonly project: string;
  readonly environment: string;
  readonly region: string;
  readonly account: string;
  readonly direction: "provision" | "destroy";
  readonly steps: readonly Step[];
  /** USD a month of what is deployed now and of what will be. */
  readonly monthly: { readonly before: number; readonly after: number };
};
