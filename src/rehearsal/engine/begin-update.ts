import { handlerRequestFor, isTaggable } from "../cloudformation/resources.ts";
import { changedProperties, sameValue } from "../model/diff.ts";
import { replacesWhen } from "../resources/conditional-replacement.ts";
import type { HandlerRequest } from "../resources/handler.ts";
import { customName, handlerOf } from "../resources/handlers.ts";
import { textOf } from "../resources/properties.ts";
import { isCustomResourceType } from "../rules/custom-resources.ts";
import type { Simulator } from "../state/simulator.ts";
import { type Deployment, NESTED, type SimulatedResource, type SimulatedStack } from "../state/stack.ts";
import { setResourceStatus } from "./events.ts";
import { endTask, failTask } from "./fail.ts";
import { deniedByPolicy } from "./stack-policy.ts";
import type { TaskStep } from "./task-step.ts";
import { schedule } from "./times.ts";

const REPLACING = "Requested update requires the creation of a new physical resource; hence creating one.";

type Pair = { readonly target: Deployment; readonly existing: SimulatedResource; readonly wanted: SimulatedResource };

/** Begins to update or replace an existing resource if its template definition changed. */
export function beginUpdate(step: TaskStep, pair: Pair): void {
  const { simulator, stack, operation, task } = step;
  const { target, existing, wanted } = pair;
  operation.before[task.logicalId] ??= structuredClone(existing);
  const { physicalId, attributes, incarnation, status, at, key } = existing;
  const resource: SimulatedResource = {
    ...wanted,
    physicalId,
    attributes,
    incarnation,
    status,
    at,
    ...(key !== undefined && { key }),
  };
  stack.resources[task.logicalId] = resource;
  const doing = updateOrReplace(simulator, stack, pair);
  if (doing === undefined) {
    endTask(task, "done");
    return;
  }
  task.doing = doing;
  const trouble = operation.troubles[task.logicalId];
  if (trouble) task.trouble = trouble;
  const denied = deniedByPolicy(stack, operation, existing, doing === "replace" ? "Update:Replace" : "Update:Modify");
  if (denied) {
    failTask(step, denied);
    return;
  }
  reportUpdating(step, resource, doing === "replace" ? REPLACING : undefined);
  const refused =
    tokenChanged(resource, existing) ??
    (doing === "replace"
      ? customNameConflict(handlerRequestFor(simulator, stack, resource, target), existing)
      : undefined);
  if (refused) failTask(step, refused);
  else schedule(simulator, stack, task, resource, doing === "replace" ? "create" : "update");
}

function updateOrReplace(
  simulator: Simulator,
  stack: SimulatedStack,
  { existing, wanted, target }: Pair,
): "update" | "replace" | undefined {
  const changes = changedProperties(simulator.model, existing.type, existing.properties, wanted.properties);
  const replaces = changes.some(
    (change) => change.replaces === "yes" || (change.replaces === "maybe" && replacesWhen(existing.type, change)),
  );
  if (replaces) return "replace";
  const tagged = isTaggable(simulator, existing.type) && !sameValue(stack.deployed?.tags, target.tags);
  const described = !sameValue(existing.metadata, wanted.metadata);
  return existing.type === NESTED || changes.length > 0 || tagged || described || existing.status === "UPDATE_FAILED"
    ? "update"
    : undefined;
}

/** A custom resource's service token cannot be changed (Template Reference, "AWS::CloudFormation::CustomResource"). */
function tokenChanged({ type, properties }: SimulatedResource, before: SimulatedResource): string | undefined {
  const changed = isCustomResourceType(type) && !sameValue(properties.ServiceToken, before.properties.ServiceToken);
  return changed ? "Modifying service token is not allowed." : undefined;
}

/** A resource with a custom name cannot be replaced by one of the same name. */
function customNameConflict(
  request: HandlerRequest,
  { physicalId, properties, type }: SimulatedResource,
): string | undefined {
  const titled = handlerOf(type)?.nameInIdProperty;
  const title = titled === undefined ? "" : textOf(request.properties, titled);
  const stands = title !== "" && title === textOf(properties, titled ?? "");
  const name = stands ? title : customName(request)?.value;
  if (name === undefined || (!stands && name !== physicalId)) return undefined;
  return `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${name} and update the stack again.`;
}

/** Adds the event that an update of the resource begins. */
export function reportUpdating(step: TaskStep, resource: SimulatedResource, reason?: string): void {
  const { simulator, stack, operation, task } = step;
  operation.before[task.logicalId] ??= structuredClone(resource);
  task.doing ??= "update";
  setResourceStatus(simulator.state, stack, resource, "UPDATE_IN_PROGRESS", reason);
}
