import type { Json, JsonObject } from "../../template/types.ts";
import { fetchTemplate } from "../cloudformation/fetch.ts";
import { stackCalled } from "../cloudformation/find.ts";
import { hasChanges } from "../cloudformation/has-changes.ts";
import { ownTags } from "../cloudformation/resources.ts";
import { withTransforms } from "../cloudformation/transforms.ts";
import type { Simulator } from "../state/simulator.ts";
import type { Deployment, ResourceTask, SimulatedResource, SimulatedStack } from "../state/stack.ts";
import { isExtended } from "../template/expand.ts";
import { resolveParameters } from "../template/parameters.ts";
import { templateIn } from "../template/parsed-templates.ts";
import { validateTemplate } from "../template/validate.ts";
import { cancelRunning } from "./fail.ts";
import { addStack, openCreate, openDelete, openUpdate } from "./operations.ts";
import { beginUpdateRollback } from "./stages.ts";

/** The deployment that a nested stack's properties request; throws CloudFormation's errors for its template. */
export function nestedDeployment(
  simulator: Simulator,
  parent: SimulatedStack,
  properties: JsonObject,
  from: Deployment,
): Deployment {
  const blob = fetchTemplate(simulator, String(properties.TemplateURL ?? ""));
  const template = templateIn(simulator.blobs, blob);
  if (!isExtended(template)) validateTemplate(template, simulator.model);
  const given = Object.entries((properties.Parameters ?? {}) as JsonObject).map(([key, value]) => ({
    key,
    value: text(value),
  }));
  const parameters = resolveParameters(template, given, {});
  const { parsed: _, ...blobs } = withTransforms(simulator, parent, blob, parameters);
  return {
    ...blobs,
    parameters,
    tags: { ...from.tags, ...ownTags(properties.Tags) },
    capabilities: parent.deployed?.capabilities ?? from.capabilities,
    notifications: Array.isArray(properties.NotificationARNs) ? properties.NotificationARNs.map(String) : [],
    ...(properties.TimeoutInMinutes !== undefined && { timeoutMinutes: Number(properties.TimeoutInMinutes) }),
  };
}

const text = (value: Json) => (Array.isArray(value) ? value.join(",") : String(value));

/** Starts to create the nested stack; its id is the resource's. */
export function createChild(
  simulator: Simulator,
  parent: SimulatedStack,
  resource: SimulatedResource,
  name: string,
  from: Deployment,
): void {
  const target = nestedDeployment(simulator, parent, resource.properties, from);
  const child = addStack(simulator, { account: parent.account, region: parent.region }, name);
  child.parent = parent.id;
  child.root = parent.root ?? parent.id;
  resource.physicalId = child.id;
  openCreate(simulator, child, target, modeOf(parent));
}

/** Starts to update the nested stack; returns whether there is anything to update. */
export function updateChild(
  simulator: Simulator,
  parent: SimulatedStack,
  resource: SimulatedResource,
  from: Deployment,
): boolean {
  const child = childOf(simulator, parent, resource);
  if (!child) return false;
  const target = nestedDeployment(simulator, parent, resource.properties, from);
  if (!hasChanges(simulator, child, target)) return false;
  openUpdate(simulator, child, target, modeOf(parent));
  return true;
}

/**
 * Rolls the nested stack back: cancels its operation, or updates it to what it was; returns whether that takes time.
 */
export function restoreChild(
  simulator: Simulator,
  parent: SimulatedStack,
  resource: SimulatedResource,
  from: Deployment,
): boolean {
  const child = childOf(simulator, parent, resource);
  if (!child?.operation) return updateChild(simulator, parent, resource, from);
  if (child.operation.stage === "forward") {
    cancelRunning(simulator, child, child.operation);
    beginUpdateRollback(simulator, child, child.operation, "Update cancelled by the parent stack");
  }
  return true;
}

/** Starts to delete the nested stack; returns whether there is one. */
export function deleteChild(simulator: Simulator, parent: SimulatedStack, resource: SimulatedResource): boolean {
  const child = childOf(simulator, parent, resource);
  if (!child || child.status === "DELETE_COMPLETE") return false;
  openDelete(simulator, child, modeOf(parent));
  return true;
}

/** Express mode applies to nested stacks; rollback is decided by the parent. */
function modeOf({ operation }: SimulatedStack): { readonly express?: true } {
  return operation?.express ? { express: true } : {};
}

function childOf(
  simulator: Simulator,
  parent: SimulatedStack,
  resource: Pick<SimulatedResource, "physicalId">,
): SimulatedStack | undefined {
  return stackCalled(simulator.state, parent, resource.physicalId);
}

/** Why the parent's resource failed, if the nested stack did; its outputs become the resource's attributes. */
export function childEnded(
  simulator: Simulator,
  parent: SimulatedStack,
  resource: SimulatedResource,
  doing: ResourceTask["doing"],
  restoring = false,
): string | undefined {
  const child = childOf(simulator, parent, resource);
  const verb = doing === "delete" ? "deleted" : doing === "update" ? "updated" : "created";
  const good =
    doing === "delete"
      ? ["DELETE_COMPLETE"]
      : ["CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"].slice(0, restoring ? 3 : 2);
  if (!child || !good.includes(child.status)) {
    return `Embedded stack ${resource.physicalId} was not successfully ${verb}: ${child?.events.findLast(({ reason }) => reason !== undefined)?.reason ?? ""}`;
  }
  resource.attributes = Object.fromEntries(child.outputs.map(({ key, value }) => [`Outputs.${key}`, value]));
  return undefined;
}
