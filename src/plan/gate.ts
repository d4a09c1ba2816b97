import type { Change, Step } from "./plan.ts";
import { statefulType } from "./stateful.ts";

/** A stateful resource that a step would replace or remove. */
export type Loss = {
  readonly logicalId: string;
  /** What happens to it and what stays of it, one sentence. */
  readonly words: string;
};

/** The stateful resources among `changes` of a step that are (or may be) replaced or removed, but for those allowed. */
export function lossesOf(step: Step, changes: readonly Change[], allowed: readonly string[]): readonly Loss[] {
  return changes
    .filter((change) => isLoss(change) && !allowed.includes(change.logicalId))
    .map((change) => ({
      logicalId: change.logicalId,
      words: `${change.logicalId} (${change.type}) of ${step.stack} ${fateWords(change)}; ${restWords(change)}`,
    }));
}

function isLoss({ type, action, mayReplace, causes }: Change): boolean {
  const known = statefulType(type);
  if (known === undefined) return false;
  if (action === "replace" || action === "remove") return true;
  return mayReplace === true && !causes.every((cause) => known.inPlace?.includes(cause));
}

function fateWords({ action, causes }: Change): string {
  if (action === "remove") return "would be removed";
  const because = causes.length === 0 ? "" : ` because of ${causes.join(", ")}`;
  return `${action === "replace" ? "would be replaced" : "may be replaced, as AWS decides while updating,"}${because}`;
}

/** What stays of the old resource, by the policy that decides it. */
function restWords({ type, action, kept, snapshot }: Change): string {
  const policy = action === "remove" ? "DeletionPolicy" : "UpdateReplacePolicy";
  const empty = action === "remove" ? "" : ", and the new one starts empty";
  if (kept) return `the old one stays, outside the stack (${policy} Retain)${empty}`;
  if (snapshot) return `AWS takes a snapshot of it first (${policy} Snapshot)${empty}`;
  const known = statefulType(type);
  if (known?.grace !== undefined) return `AWS keeps ${known.grace}${empty}`;
  const chance = known?.snapshot ? "no snapshot is taken" : "AWS takes no snapshots of this type";
  return `what it holds is lost: ${chance} (${policy} Delete)`;
}
