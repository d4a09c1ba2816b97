import type { Order, Phase } from "../config/phases.ts";
import type { Unpriced } from "../cost/finding.ts";
import type { Stack } from "../synth/assembly.ts";
import { derivedWrites } from "../template/stored.ts";
import type { Template } from "../template/types.ts";
import type { PlannedImage } from "./images.ts";

/** What happens to one resource of a stack. */
export type PlannedChange = {
  /** Of a resource in a nested stack, the ids on the way to it: `Inner/Users`. */
  readonly logicalId: string;
  readonly type: string;
  readonly action: "add" | "change" | "replace" | "remove";
  /** Properties behind it: of a replacement those that force it, of what is added or removed whole none. */
  readonly causes: readonly string[];
  /** Properties that interrupt what it serves by what they were and are to be, see `withInterruptions`. */
  readonly interruptedBy?: readonly string[];
  /** Set where AWS decides only while updating whether the resource is replaced. */
  readonly mayReplace?: true;
  /** Set where what is removed or replaced is retained outside the stack (policy Retain). */
  readonly kept?: true;
  /** Set where AWS takes a snapshot of what is removed or replaced before it is gone. */
  readonly snapshot?: true;
  /**
   * Of a nested stack: `seen` if what happens in it is among the changes, each named by its place (`Inner/Users`);
   * `later` if it can be seen only once its template is published, right before it is changed.
   */
  readonly inside?: "seen" | "later";
};

/** A value of a resource that is no longer what its stack gave it. */
type Drift = {
  readonly logicalId: string;
  readonly type: string;
  /** What it is a value of: `image`, or the property. */
  readonly value: string;
  /** As it is now. */
  readonly live: string;
  /** As the stack last gave it, where that is known. */
  readonly given?: string;
  /** What the step makes of it; left out where it leaves it alone. */
  readonly becomes?: string;
  /** Set where it is not documented whether AWS changes it. */
  readonly may?: true;
  /** Set where the step takes back what somebody deployed. */
  readonly undoes?: true;
  /** Why AWS refuses what it is to become. */
  readonly refused?: string;
};

/** A permission or network access that a step adds. */
export type AccessChange = {
  readonly kind: "permission" | "ingress" | "egress";
  /** Who may: principals, or the other side of a network rule. */
  readonly who: string;
  /** What they may: actions, or protocol and ports. */
  readonly what: string;
  /** On what: resources, or the security group. */
  readonly on: string;
  /** Under which condition of a policy. */
  readonly condition?: string;
};

/** Where an update's changes come from: AWS's change set, or the templates alone, and why. */
export type Foreseen = { readonly by: "change-set" } | { readonly by: "templates"; readonly why: string };

/** Why changes come from the templates where a change set would have been possible. */
export const NOT_MADE = "no change set was made";

export type StepAction = "create" | "update" | "delete" | "unchanged";

/** What happens to one stack. */
export type Step = {
  readonly stack: string;
  readonly region: string;
  readonly phase: Phase;
  readonly action: StepAction;
  readonly changes: readonly PlannedChange[];
  /** Number of resources the stack has after the step (before it, for a removal). */
  readonly resources: number;
  /** Names of the steps' stacks that must be done before this one starts. */
  readonly needs: readonly string[];
  /** Ids of its resources whose content is derived from others: removing them loses nothing. */
  readonly derived?: readonly string[];
  /** Set where the stack is taken over from another owner: which, in words. */
  readonly takesOver?: string;
  /** Set where the stack keeps the template that it has, and only values of its parameters become others. */
  readonly parametersOnly?: true;
  /** Why an otherwise unchanged stack has to be checked (a value it reads from another stack changed). */
  readonly because?: string;
  /** Set where AWS needs two updates for the change: how, in words. */
  readonly inTwo?: string;
  /** Set on an update. */
  readonly foreseen?: Foreseen;
  /** Access that it widens, in an environment that is already deployed. */
  readonly access?: readonly AccessChange[];
  /** Values that changed since the stack was deployed, of those known to change, and what the step makes of them. */
  readonly drift?: readonly Drift[];
  /** The image that its tasks run, of a stack that has any. */
  readonly image?: PlannedImage;
  /** Why drift could not be checked. */
  readonly unseen?: string;
  /** USD a month of the stack now and after the step. */
  readonly monthly?: Monthly;
  /** SHA-256 of what is to be deployed, by which it is known in an assembly (see `digestOf`); absent for a removal. */
  readonly digest?: string;
};

/** The ids of a template's derived resources, as a step has them. */
export function derivedIn(template: Template): Pick<Step, "derived"> {
  const derived = derivedWrites(template);
  return derived.length === 0 ? {} : { derived };
}

/** USD a month, before and after. */
type Monthly = { readonly before: number; readonly after: number };

/** Everything one run will do, in the order it will do it. A value: it prints, serialises and compares. */
export type Plan = {
  readonly project: string;
  readonly environment: string;
  readonly region: string;
  readonly account: string;
  readonly direction: "provision" | "destroy";
  readonly steps: readonly Step[];
  /** How stacks wait for each other; `sequence` if left out. */
  readonly order?: Order;
  /** USD a month of what is deployed now and of what will be. */
  readonly monthly: Monthly;
  /** Resources without a price: of what will be deployed, or of what is removed. */
  readonly unpriced?: readonly Unpriced[];
};

/** Ids of the resources that a step replaces. */
export function replacedIn({ changes }: Pick<Step, "changes">): readonly string[] {
  return changes.flatMap(({ logicalId, action }) => (action === "replace" ? [logicalId] : []));
}

/** The stack of a step among those of an assembly, or among what is deployed. */
export function stackFor<T extends { readonly name: string; readonly region: string }>(
  stacks: readonly T[],
  { stack, region }: Pick<Step, "stack" | "region">,
): T | undefined {
  return stacks.find((one) => one.name === stack && one.region === region);
}

/** Of an assembly's stacks, those that a plan changes. */
export function changingStacks({ steps }: Pick<Plan, "steps">, stacks: readonly Stack[]): readonly Stack[] {
  return steps.flatMap((step) => (step.action === "unchanged" ? [] : (stackFor(stacks, step) ?? [])));
}
