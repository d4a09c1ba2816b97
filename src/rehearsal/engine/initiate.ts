import type { Deployment, Operation, Stack, StackResource, Task } from "../cloudformation/stack.ts";
import { mismatches } from "../model/check.ts";
import { placeOf } from "../resources/kind.ts";
import { attributesOf, kindOf, physicalId } from "../resources/kinds.ts";
import { refusal } from "../resources/rules.ts";
import type { Stage } from "../stage.ts";
import { putThing, thingAt } from "../things.ts";
import { setResource } from "./events.ts";
import { endTask, failTask, handlerSays } from "./fail.ts";
import { makingOf } from "./making.ts";
import { nextIncarnation } from "./put.ts";
import { millisecondsFor } from "./times.ts";

/** The service has the request: it refuses it, or starts to work on it. */
export function initiatePut(stage: Stage, stack: Stack, operation: Operation, task: Task, target: Deployment): void {
  const resource = stack.resources[task.logicalId];
  if (!resource) {
    endTask(task, "done");
    return;
  }
  const refused =
    refusedRequest(stage, stack, resource, target) ??
    (task.doing === "update"
      ? changeThing(stage, stack, resource, target)
      : makeThing(stage, stack, operation, task, resource, target));
  if (refused) {
    failTask(stage, stack, operation, task, refused);
    return;
  }
  const full = millisecondsFor(stage, stack, resource, task.doing === "update" ? "update" : "create");
  task.state = "initiated";
  task.due = Math.max(
    stage.world.now + 1,
    (task.started ?? stage.world.now) + (task.fault ? Math.round(full * 0.4) : full),
  );
}

/** Why CloudFormation or the service will not even begin. */
function refusedRequest(stage: Stage, stack: Stack, resource: StackResource, target: Deployment): string | undefined {
  const wrong = mismatches(stage.model, resource.type, resource.properties);
  if (wrong.length > 0) {
    const words = wrong.map(({ path, words }) => `${path}: ${words}`).join(", ");
    return `Properties validation failed for resource ${resource.logicalId} with message:\n[${words}]`;
  }
  const refused = refusal(makingOf(stage, stack, resource, target));
  if (!refused) return undefined;
  return refused.code ? handlerSays(resource, stack, refused.message, refused.code) : refused.message;
}

function changeThing(stage: Stage, stack: Stack, resource: StackResource, target: Deployment): string | undefined {
  const making = makingOf(stage, stack, resource, target);
  const thing = making.current;
  if (!thing) {
    const words = `Resource of type '${resource.type}' with identifier '${resource.physicalId}' was not found.`;
    return handlerSays(resource, stack, words, "NotFound");
  }
  thing.properties = resource.properties;
  thing.tags = { ...making.tags };
  resource.attributes = { ...attributesOf(making, resource.physicalId), ...resource.attributes };
  kindOf(resource.type)?.made?.(making, thing);
  return undefined;
}

function makeThing(
  stage: Stage,
  stack: Stack,
  operation: Operation,
  task: Task,
  resource: StackResource,
  target: Deployment,
): string | undefined {
  if (task.doing === "replace") {
    const old = operation.before[task.logicalId];
    if (old) operation.superseded.push(structuredClone(old));
    resource.incarnation = nextIncarnation(stack, task.logicalId);
  }
  const { current: _, ...making } = makingOf(stage, stack, resource, target);
  const id = physicalId(making);
  const place = placeOf(kindOf(resource.type), stack);
  const there = thingAt(stage.world, resource.type, place, id);
  if (there && there.state.status !== "INACTIVE") {
    const words = `Resource of type '${resource.type}' with identifier '${id}' already exists.`;
    return handlerSays(resource, stack, words, "AlreadyExists");
  }
  resource.physicalId = id;
  resource.attributes = attributesOf(making, id);
  const thing = putThing(stage.world, {
    ...place,
    type: resource.type,
    id,
    properties: resource.properties,
    attributes: resource.attributes,
    tags: { ...making.tags },
    created: stage.world.now,
    owner: { stack: stack.id, logicalId: resource.logicalId },
    state: {},
  });
  kindOf(resource.type)?.made?.(making, thing);
  const status = task.doing === "replace" ? "UPDATE_IN_PROGRESS" : "CREATE_IN_PROGRESS";
  setResource(stage.world, stack, resource, status, "Resource creation Initiated");
  return undefined;
}

/** The service is done with it. */
export function completePut(stage: Stage, stack: Stack, operation: Operation, task: Task): void {
  const resource = stack.resources[task.logicalId];
  if (resource && task.fault) {
    failTask(stage, stack, operation, task, handlerSays(resource, stack, task.fault, "GeneralServiceException"));
    return;
  }
  if (resource)
    setResource(stage.world, stack, resource, task.doing === "create" ? "CREATE_COMPLETE" : "UPDATE_COMPLETE");
  endTask(task, "done");
}
