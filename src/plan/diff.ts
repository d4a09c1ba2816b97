import type { ResourceDifference, ResourceImpact } from "@aws-cdk/cloudformation-diff";
import type { Resource, Template } from "../template/types.ts";
import { comparison } from "./comparison.ts";
import type { PlannedChange } from "./plan.ts";

/** The `Impact` values of cloudformation-diff that mean a change to a resource. */
const ACTIONS: { readonly [impact in ResourceImpact]?: PlannedChange["action"] } = {
  WILL_CREATE: "add",
  WILL_UPDATE: "change",
  MAY_REPLACE: "change",
  WILL_REPLACE: "replace",
  WILL_DESTROY: "remove",
  WILL_ORPHAN: "remove",
};

/** What turning `before` into `after` does to each resource, replacements as AWS's resource specification tells them. */
export async function changesBetween(before: Template, after: Template): Promise<readonly PlannedChange[]> {
  const changes: PlannedChange[] = [];
  const { resources } = await comparison(before, after);
  resources.forEachDifference((logicalId, difference) => {
    const action = ACTIONS[difference.changeImpact];
    // Where a logical id is given another type, it is the old one that goes.
    const type = difference.oldResourceType ?? difference.newResourceType ?? "";
    if (action === undefined || difference.isDifferent === false) return;
    const mayReplace = difference.changeImpact === "MAY_REPLACE";
    changes.push({
      logicalId,
      type,
      action,
      causes: causesOf(difference, action),
      ...(mayReplace && { mayReplace: true as const }),
      ...((mayReplace || action !== "change") && remains(before.Resources[logicalId], action)),
    });
  });
  return changes;
}

function causesOf(difference: ResourceDifference, action: PlannedChange["action"]): readonly string[] {
  if (action === "add" || action === "remove") return [];
  const properties = Object.entries(difference.propertyUpdates);
  const forcing = properties.filter(([, property]) => property.changeImpact === difference.changeImpact);
  if (difference.changeImpact !== "WILL_UPDATE" && forcing.length > 0) return forcing.map(([name]) => name);
  const other = Object.keys(difference.otherChanges).filter((name) => difference.otherChanges[name]?.isDifferent);
  return [...properties.map(([name]) => name), ...other];
}

/** Every resource of a template as one kind of change: what creating or removing its stack does. */
export function allOf(template: Template, action: "add" | "remove"): readonly PlannedChange[] {
  return Object.entries(template.Resources).map(([logicalId, resource]) => ({
    logicalId,
    type: resource.Type,
    action,
    causes: [],
    ...remains(resource, action),
  }));
}

/** Types of which AWS takes a snapshot unless the template says otherwise ("DeletionPolicy attribute"). */
const SNAPSHOT_BY_DEFAULT = ["AWS::RDS::DBCluster", "AWS::RDS::DBInstance"];

/** What stays of a resource that is removed or replaced, by its policy ("UpdateReplacePolicy attribute"). */
export function remains(
  resource: Resource | undefined,
  action: PlannedChange["action"],
): { readonly kept?: true; readonly snapshot?: true } {
  if (resource === undefined || action === "add") return {};
  const written = action === "remove" ? resource.DeletionPolicy : resource.UpdateReplacePolicy;
  const isPart = resource.Properties?.DBClusterIdentifier !== undefined;
  const otherwise =
    action === "remove" && SNAPSHOT_BY_DEFAULT.includes(resource.Type) && !isPart ? "Snapshot" : "Delete";
  // With AWS::LanguageExtensions it may be a function, of which nothing is known here.
  const policy = typeof written === "string" ? written : written === undefined ? otherwise : "Delete";
  if (policy.startsWith("Retain")) return { kept: true };
  return policy === "Snapshot" ? { snapshot: true } : {};
}
