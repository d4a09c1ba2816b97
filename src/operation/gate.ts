import { command } from "../command-line.ts";
import { AstroError } from "../errors.ts";
import { type Drift, driftWords } from "../plan/drift.ts";
import { lossesOf, nameAmong } from "../plan/gate.ts";
import type { Plan, PlannedChange, Step } from "../plan/plan.ts";
import type { NamedTemplate } from "../template/linked.ts";
import { commandWith, type ProvisionOptions } from "./flags.ts";

/** What stops every change that nobody has agreed to; both throw AstroError("declined"). */
export type Gate = {
  /** Asked of the plan, before anything is changed. */
  readonly plan: () => void;
  /** Asked of what AWS is about to change in one stack, and of what that takes back. */
  readonly step: (step: Step, changes: readonly PlannedChange[], drift?: readonly Drift[]) => void;
};

/**
 * The gate of one `astro provision`. It stops at the replacement or removal of a resource that may hold data unless
 * `--allow-replace` names it (`--yes` is not enough), and with a saved plan at any change that is not in the plan. An id
 * that several stacks have is ambiguous: STACK/ID names one. It also stops where another tool's deployment to a service
 * would be reverted, unless `--put-back` names the service.
 */
export function gateFor(plan: Plan, stacks: readonly NamedTemplate[], flags: ProvisionOptions): Gate {
  const nameOf = (step: Step, logicalId: string) => nameAmong(plan.steps, stacks, step, logicalId);
  const allowed = flags.allowReplace ?? [];
  const check = (steps: readonly (readonly [step: Step, changes: readonly PlannedChange[]])[]) => {
    const losses = steps.flatMap(([step, changes]) => {
      const named = allowed.filter((one) => nameOf(step, one) === one);
      return lossesOf(step, changes, named).map((loss) => ({
        ...loss,
        name: nameOf(step, loss.logicalId),
      }));
    });
    if (losses.length === 0) return;
    const counting = allowed.filter((one) => losses.every(({ logicalId }) => logicalId !== one));
    const ids = [...new Set([...counting, ...losses.map(({ name }) => name)])];
    throw new AstroError("declined", losses.map((loss) => loss.words).join("\n"), [
      { text: "undo the change to keep it" },
      {
        text: "or go on with",
        command: commandWith("provision", plan.environment, { ...flags, allowReplace: ids }),
      },
    ]);
  };
  const kept = flags.putBack ?? [];
  const checkDrift = (steps: readonly (readonly [step: Step, drift: readonly Drift[]])[]) => {
    // Who asks for the templates' own state has said it of all that was changed by hand.
    if (flags.revertDrift) return;
    const taken = steps.flatMap(([step, drift]) =>
      drift
        .filter(({ undoes }) => undoes)
        .map((one) => ({ step, one, name: nameOf(step, one.logicalId) }))
        .filter(({ name }) => !kept.includes(name) && !kept.includes(`${step.stack}/${name}`)),
    );
    if (taken.length === 0) return;
    const ids = [...new Set([...kept, ...taken.map(({ name }) => name)])];
    throw new AstroError(
      "declined",
      taken.map(({ step, one }) => `${one.logicalId} of ${step.stack}: ${driftWords(one)}`).join("\n"),
      [
        { text: "to keep what runs, name its image in astro.yaml (service.image)" },
        { text: "or leave releases to the other tool (service.releases: elsewhere)" },
        { text: "or go on with", command: commandWith("provision", plan.environment, { ...flags, putBack: ids }) },
      ],
    );
  };
  return {
    plan: () => {
      check(plan.steps.map((step) => [step, step.changes]));
      checkDrift(plan.steps.map((step) => [step, step.drift ?? []]));
    },
    step: (step, changes, drift = []) => {
      if (flags.file !== undefined) onlyForeseen(flags.file, plan.environment, step, changes);
      check([[step, changes]]);
      checkDrift([[step, drift]]);
    },
  };
}

/** An update in place that follows from a value changed by this run is expected; anything else must be in the plan. */
function onlyForeseen(file: string, environment: string, step: Step, changes: readonly PlannedChange[]): void {
  const planned = new Map(step.changes.map((change) => [change.logicalId, change]));
  const unseen = step.changes.filter(({ inside }) => inside === "later").map((change) => `${change.logicalId}/`);
  const surprise = changes.find(({ logicalId, action }) => {
    const known = planned.get(logicalId);
    if (action === "change" || known?.action === action) return false;
    if (action === "replace" && known?.mayReplace) return false;
    // The plan says that what an earlier attempt left is deleted first, and which nested stacks could not be inspected.
    if (step.action === "create" && action === "remove") return false;
    return !unseen.some((place) => logicalId.startsWith(place));
  });
  if (surprise === undefined) return;
  throw new AstroError(
    "declined",
    `${file} does not say that ${surprise.logicalId} (${surprise.type}) of ${step.stack} is to be ${WORDS[surprise.action]}`,
    { text: "plan again", command: command`astro plan --env ${environment} --out ${file}` },
  );
}

const WORDS = { add: "added", change: "changed", replace: "replaced", remove: "removed" } as const;
