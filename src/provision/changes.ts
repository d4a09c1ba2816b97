import { remains } from "../plan/diff.ts";
import type { PlannedChange } from "../plan/plan.ts";
import type { Template } from "../template/types.ts";
import type { ChangeSet } from "./cloud.ts";

type ReportedChange = ChangeSet["changes"][number];

const ACTIONS: { readonly [action in ReportedChange["action"]]: PlannedChange["action"] } = {
  Add: "add",
  Import: "add",
  Modify: "change",
  Dynamic: "change",
  Remove: "remove",
};

/** A change set's changes as a plan tells them; `before` is the deployed template, for policies AWS does not repeat. */
export function changesOf({ changes }: ChangeSet, before?: Template): readonly PlannedChange[] {
  return changes.map((reported) => {
    const action =
      reported.action === "Modify" && reported.replacement === "True" ? "replace" : ACTIONS[reported.action];
    // What happens to a dynamic change's resource, a nested stack, is not known to AWS either.
    const mayReplace = action === "change" && (reported.replacement === "Conditional" || reported.action === "Dynamic");
    const isForced = (action === "replace" || mayReplace) && reported.recreates.length > 0;
    return {
      logicalId: reported.logicalId,
      type: reported.type,
      action,
      causes: action === "add" || action === "remove" ? [] : isForced ? reported.recreates : reported.causes,
      ...(mayReplace && { mayReplace: true as const }),
      ...((mayReplace || action !== "change") && restOf(reported, action, before)),
    };
  });
}

function restOf(
  reported: ReportedChange,
  action: PlannedChange["action"],
  before: Template | undefined,
): Pick<PlannedChange, "kept" | "snapshot"> {
  if (reported.policy === undefined) return remains(before?.Resources[reported.logicalId], action);
  if (reported.policy.endsWith("Retain")) return { kept: true };
  return reported.policy.endsWith("Snapshot") ? { snapshot: true } : {};
}
