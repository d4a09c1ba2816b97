import type { ResourceImpact } from "@aws-cdk/cloudformation-diff";
import type { Template } from "../template/types.ts";
import type { Change } from "./plan.ts";

/** The `Impact` words of cloudformation-diff that stand for something that happens to a resource. */
const ACTIONS: { readonly [impact in ResourceImpact]?: Change["action"] } = {
  WILL_CREATE: "add",
  WILL_UPDATE: "change",
  MAY_REPLACE: "change",
  WILL_REPLACE: "replace",
  WILL_DESTROY: "remove",
  WILL_ORPHAN: "remove",
};

/** What turning `before` into `after` does to each resource, replacements as AWS's resource specification tells them. */
export async function changesBetween(before: Template, after: Template): Promise<readonly Change[]> {
  const { fullDiff } = await import("@aws-cdk/cloudformation-diff");
  const changes: Change[] = [];
  fullDiff({ ...before }, { ...after }).resources.forEachDifference((logicalId, difference) => {
    const action = ACTIONS[difference.changeImpact];
    const type = difference.newResourceType ?? difference.oldResourceType ?? "";
    if (action === undefined || difference.isDifferent === false) return;
    const whole = action === "add" || action === "remove";
    const other = Object.keys(difference.otherChanges).filter((name) => difference.otherChanges[name]?.isDifferent);
    changes.push({
      logicalId,
      type,
      action,
      causes: whole ? [] : [...Object.keys(difference.propertyUpdates), ...other],
      ...(difference.changeImpact === "MAY_REPLACE" ? { mayReplace: true } : {}),
    });
  });
  return changes;
}

/** Every resource of a template as one kind of change: what creating or removing its stack does. */
export function allOf(template: Template, action: "add" | "remove"): readonly Change[] {
  return Object.entries(template.Resources).map(([logicalId, { Type, DeletionPolicy }]) => ({
    logicalId,
    type: Type,
    action,
    causes: [],
    ...(action === "remove" && DeletionPolicy?.startsWith("Retain") && { kept: true as const }),
  }));
}
