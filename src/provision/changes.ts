import { remains } from "../plan/diff.ts";
import type { PlannedChange } from "../plan/plan.ts";
import type { Template } from "../template/types.ts";
import type { ChangeSet } from "./cloud.ts";

type Told = ChangeSet["changes"][number];

const ACTIONS: { readonly [action in Told["action"]]: PlannedChange["action"] } = {
  Add: "add",
  Import: "add",
  Modify: "change",
  Dynamic: "change",
  Remove: "remove",
};

/** A change set's changes as a plan tells them; `before` is the deployed template, for policies AWS does not repeat. */
export function changesOf({ changes }: ChangeSet, before?: Template): readonly PlannedChange[] {
  return changes.map((told) => {
    const action = told.action === "Modify" && told.replacement === "True" ? "replace" : ACTIONS[told.action];
    // What happens to a dynamic change's resource, a nested stack, is not known to AWS either.
    const mayReplace = action === "change" && (told.replacement === "Conditional" || told.action === "Dynamic");
    const isForced = (action === "replace" || mayReplace) && told.recreates.length > 0;
    return {
      logicalId: told.logicalId,
      type: told.type,
      action,
      causes: action === "add" || action === "remove" ? [] : isForced ? told.recreates : told.causes,
      ...(mayReplace && { mayReplace: true as const }),
      ...((mayReplace || action !== "change") && restOf(told, action, before)),
    };
  });
}

function restOf(
  told: Told,
  action: PlannedChange["action"],
  before: Template | undefined,
): Pick<PlannedChange, "kept" | "snapshot"> {
  if (told.policy === undefined) return remains(before?.Resources[told.logicalId], action);
  if (told.policy.endsWith("Retain")) return { kept: true };
  return told.policy.endsWith("Snapshot") ? { snapshot: true } : {};
}
