import type { Order, Phase } from "../config/phases.ts";
import type { Unpriced } from "../cost/finding.ts";
import type { Stack } from "../synth/assembly.ts";
import { derivedWrites } from "../template/stored.ts";
import type { Template } from "../template/types.ts";

/** What happens to one resource of a stack. */
export type PlannedChange = {
  /** Of a resource in a nested stack, the ids on the way to it: `Inner/Users`. */
  readonly logicalId: string;
  readonly type: string;
  readonly action: "add" | "change" | "replace" | "remove";
  /** Properties behind it: of a replacement those that force it, of what is added or removed whole none. */
  readonly causes: readonly string[];
  /** Set where AWS decides only while updating whether the resource is replaced. */
  readonly mayReplace?: true;
  /** Set where what is removed or replaced goes on to exist outside the stack, on purpose. */
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
  /** Set where nobody says whether AWS touches it. */
  readonly may?: true;
  /** Set where the step takes back what somebody deployed. */
  readonly undoes?: true;
  /** Why AWS refuses what it is to become. */
  readonly refused?: string;
};

/** Something that a step lets somebody do who could not before. */
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

/** Where an update's changes were learnt: from AWS's own change set, or from the templates alone, and why. */
export type Foreseen = { readonly by: "change-set" } | { readonly by: "templates"; readonly why: string };

/** Why the templates alone tell where nothing keeps AWS from being asked. */
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
  /** Ids of its resources that hold nothing but what others of them are: with them nothing is lost. */
  readonly derived?: readonly string[];
  /** Set where the stack was somebody else's until now and is taken over: whose, in words. */
  readonly takesOver?: string;
  /** Why an otherwise equal stack has to be looked at again (a value it reads from another stack moved). */
  readonly because?: string;
  /** Set where AWS cannot go there at once, and the engine takes two updates: how, in words. */
  readonly inTwo?: string;
  /** Set on an update. */
  readonly foreseen?: Foreseen;
  /** What it widens, in an environment that stands. */
  readonly access?: readonly AccessChange[];
  /** What has moved since the stack was deployed, of what is known to move, and what the step makes of it. */
  readonly drift?: readonly Drift[];
  /** Why nobody could look whether anything has. */
  readonly unseen?: string;
  /** USD a month of the stack now and after the step. */
  readonly monthly?: Monthly;
  /** SHA-256 of what is to be deployed, by which it is known in an assembly (see `digestOf`); absent for a removal. */
  readonly digest?: string;
};

/** What a step says of the resources that hold nothing of their own. */
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
  /** What the money leaves out: of what will stand, or of what is removed. */
  readonly unpriced?: readonly Unpriced[];
};

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
