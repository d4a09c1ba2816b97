import { AstroError, shellWord } from "../errors.ts";
import { lossesOf, nameIn } from "../plan/gate.ts";
import type { Change, Plan, Step } from "../plan/plan.ts";
import { again, type ProvisionFlags } from "./flags.ts";

/** What nothing passes that nobody has agreed to; both throw AstroError("declined"). */
export type Gate = {
  /** Asked of the plan, before anything is changed. */
  readonly plan: () => void;
  /** Asked of what AWS is about to change in one stack. */
  readonly step: (step: Step, changes: readonly Change[]) => void;
};

/**
 * The gate of one `astro provision`: it stops at the replacement or removal of whatever is not known to hold nothing and
 * `--allow-replace` does not name (`--yes` does not pass it), and for a kept plan at whatever that does not foresee. An
 * id that several stacks have names none of theirs; STACK/ID names one.
 */
export function gateFor(plan: Plan, flags: ProvisionFlags): Gate {
  const allowed = flags["allow-replace"] ?? [];
  const check = (steps: readonly (readonly [step: Step, changes: readonly Change[]])[]) => {
    const losses = steps.flatMap(([step, changes]) => {
      const named = allowed.filter((one) => nameIn(plan.steps, step, one) === one);
      return lossesOf(step, changes, named).map((loss) => ({
        ...loss,
        name: nameIn(plan.steps, step, loss.logicalId),
      }));
    });
    if (losses.length === 0) return;
    const counting = allowed.filter((one) => losses.every(({ logicalId }) => logicalId !== one));
    const ids = [...new Set([...counting, ...losses.map(({ name }) => name)])];
    const command = again("provision", plan.environment, { ...flags, "allow-replace": ids });
    throw new AstroError(
      "declined",
      losses.map((loss) => loss.words).join("\n"),
      `keep it by undoing the change, or go on with:  ${command}`,
    );
  };
  return {
    plan: () => check(plan.steps.map((step) => [step, step.changes])),
    step: (step, changes) => {
      if (flags.file !== undefined) onlyForeseen(flags.file, plan.environment, step, changes);
      check([[step, changes]]);
    },
  };
}

/** What a value that moved in this very run changes in place is no surprise; all else is another plan. */
function onlyForeseen(file: string, environment: string, step: Step, changes: readonly Change[]): void {
  const planned = new Map(step.changes.map((change) => [change.logicalId, change]));
  const unseen = step.changes.filter(({ inside }) => inside === "later").map((change) => `${change.logicalId}/`);
  const surprise = changes.find(({ logicalId, action }) => {
    const known = planned.get(logicalId);
    if (action === "change" || known?.action === action) return false;
    if (action === "replace" && known?.mayReplace) return false;
    // The plan says that what an earlier attempt left is deleted first, and which nested stacks nobody could look into.
    if (step.action === "create" && action === "remove") return false;
    return !unseen.some((place) => logicalId.startsWith(place));
  });
  if (surprise === undefined) return;
  throw new AstroError(
    "declined",
    `${file} does not say that ${surprise.logicalId} (${surprise.type}) of ${step.stack} is to be ${WORDS[surprise.action]}`,
    `plan again:  astro plan --env ${environment} --out ${shellWord(file)}`,
  );
}

const WORDS = { add: "added", change: "changed", replace: "replaced", remove: "removed" } as const;
