import { isAdoptable } from "../cloudformation/live-resources.ts";
import { handlerRequestFor } from "../cloudformation/resources.ts";
import { mismatches } from "../model/check.ts";
import { generatedName, type HandlerRequest, scopeOf } from "../resources/handler.ts";
import { attributesOf, handlerOf, physicalId } from "../resources/handlers.ts";
import { requestRefusal } from "../rules/rules.ts";
import { putResource, resourceAt } from "../state/resource-store.ts";
import type { Simulator } from "../state/simulator.ts";
import {
  type Deployment,
  NESTED,
  type ResourceTask,
  type SimulatedResource,
  type SimulatedStack,
  type StackOperation,
} from "../state/stack.ts";
import type { ServiceResource } from "../state/state.ts";
import { CHECKED, CONFIGURED } from "./complete.ts";
import { setResourceStatus } from "./events.ts";
import { endTask, failTask, handlerMessage, reasonIn, serviceMessage } from "./fail.ts";
import { createChild, updateChild } from "./nested.ts";
import { nextIncarnation } from "./put.ts";
import { recheckWaitingTasks } from "./recheck.ts";
import { signalOutcome } from "./signals.ts";
import type { TaskStep } from "./task-step.ts";
import { millisecondsFor, SLOW_FACTOR, waitedFor } from "./times.ts";
import { rollOutNow, rolloutEnd } from "./workloads.ts";

/** The service got the request: it refuses it, or begins to create or update the resource. */
export function initiatePut(step: TaskStep, target: Deployment): void {
  const { simulator, stack, task } = step;
  const resource = stack.resources[task.logicalId];
  if (!resource) {
    endTask(task, "done");
    return;
  }
  const refused = refusedRequest(step, resource, target) ?? sendToService(step, resource, target);
  if (refused) {
    failTask(step, refused);
    return;
  }
  rollOutNow(simulator, stack, resource, task);
  task.state = "initiated";
  if (task.trouble?.effect === "stuck" || (resource.type === NESTED && task.waitsForChild)) delete task.due;
  else task.due = Math.max(simulator.state.now + 1, (task.started ?? simulator.state.now) + timeOf(step, resource));
}

/** Milliseconds from the task's start until the resource's next step. */
function timeOf(step: TaskStep, resource: SimulatedResource): number {
  const { simulator, stack, operation, task } = step;
  const full = millisecondsFor(simulator, stack, resource, task.doing === "update" ? "update" : "create");
  if (task.trouble?.effect === "fails") return Math.round(full * 0.4);
  if (task.trouble?.effect === "slow") return full * SLOW_FACTOR;
  if (task.awaits && resource.type === "AWS::CloudFormation::WaitCondition") {
    // Its signals may have arrived already.
    return signalOutcome(simulator, stack, resource, task) === "waiting" ? task.awaits.milliseconds : 0;
  }
  if (operation.express) return waitedFor(operation, resource, full);
  const end = rolloutEnd(simulator, stack, resource, task);
  const usual = task.doing === "create" && CHECKED.has(resource.type) ? Math.round(full * CONFIGURED) : full;
  if (!end) return usual;
  const until = end.at - (task.started ?? 0);
  return task.doing === "create" ? Math.min(usual, until) : until;
}

/** Sends the resource to its service or nested stack; returns the reason of a refusal. */
function sendToService(step: TaskStep, resource: SimulatedResource, target: Deployment): string | undefined {
  const { simulator, stack, operation, task } = step;
  const isUpdate = task.doing === "update";
  if (resource.type === NESTED) {
    try {
      task.waitsForChild = !isUpdate || updateChild(simulator, stack, resource, target);
      if (!isUpdate) beginChild(step, resource, target);
      return undefined;
    } catch (error) {
      return reasonIn(error);
    }
  }
  return isUpdate
    ? updateInService(simulator, stack, operation, resource, target)
    : createInService(step, resource, target);
}

function beginChild(step: TaskStep, resource: SimulatedResource, target: Deployment): void {
  const { simulator, stack, operation, task } = step;
  setAsideOld(stack, operation, task, resource);
  const { current: _, ...request } = handlerRequestFor(simulator, stack, resource, target);
  createChild(simulator, stack, resource, generatedName(request, 128), target);
  reportInitiated(simulator, stack, task, resource);
}

/** Why CloudFormation or the service refuses the request. */
function refusedRequest(step: TaskStep, resource: SimulatedResource, target: Deployment): string | undefined {
  const { simulator, stack, operation, task } = step;
  const wrong = mismatches(simulator.model, resource.type, resource.properties);
  if (wrong.length > 0) {
    const words = wrong.map(({ path, words }) => `${path}: ${words}`).join(", ");
    return `Properties validation failed for resource ${resource.logicalId} with message:\n[${words}]`;
  }
  const { current, ...request } = changing(simulator, stack, operation, resource, target);
  // A replacement is checked beside the old resource.
  const own = current && task.doing !== "replace" ? current : takenOver(simulator, stack, resource, request, target);
  const refused = requestRefusal({ ...request, ...(own && { current: own }) });
  return refused && serviceMessage(resource, stack, refused);
}

/** The handler request of an update, with the properties before it. */
function changing(
  simulator: Simulator,
  stack: SimulatedStack,
  operation: StackOperation,
  resource: SimulatedResource,
  target: Deployment,
): HandlerRequest {
  const before = operation.before[resource.logicalId]?.properties;
  return { ...handlerRequestFor(simulator, stack, resource, target), ...(before && { before }) };
}

function updateInService(
  simulator: Simulator,
  stack: SimulatedStack,
  operation: StackOperation,
  resource: SimulatedResource,
  target: Deployment,
): string | undefined {
  const request = changing(simulator, stack, operation, resource, target);
  const item = request.current;
  if (!item) {
    const words = `Resource of type '${resource.type}' with identifier '${resource.physicalId}' was not found.`;
    return handlerMessage(resource, stack, words, "NotFound");
  }
  item.properties = handlerOf(resource.type)?.updatedProperties?.(request, item) ?? resource.properties;
  item.tags = { ...request.tags };
  resource.attributes = { ...resource.attributes, ...attributesOf(request, resource.physicalId) };
  item.attributes = resource.attributes;
  handlerOf(resource.type)?.afterWrite?.(request, item);
  recheckWaitingTasks(simulator);
  return undefined;
}

function createInService(step: TaskStep, resource: SimulatedResource, target: Deployment): string | undefined {
  const { simulator, stack, operation, task } = step;
  setAsideOld(stack, operation, task, resource);
  const { current: _, ...request } = handlerRequestFor(simulator, stack, resource, target);
  const id = physicalId(request);
  const scope = scopeOf(handlerOf(resource.type), stack);
  const key = handlerOf(resource.type)?.key?.(request) ?? id;
  const there = resourceAt(simulator.state, resource.type, scope, key);
  const isAdopted = there !== undefined && takenOver(simulator, stack, resource, request, target) !== undefined;
  if (there && !isAdopted && there.state.status !== "INACTIVE") {
    const words = `Resource of type '${resource.type}' with identifier '${id}' already exists.`;
    return handlerMessage(resource, stack, words, "AlreadyExists");
  }
  resource.physicalId = id;
  if (key !== id) resource.key = key;
  resource.attributes = attributesOf(request, id);
  const owner = { stack: stack.id, logicalId: resource.logicalId };
  if (there && isAdopted) {
    there.owner = owner;
    reportInitiated(simulator, stack, task, resource);
    return undefined;
  }
  const item = putResource(simulator.state, {
    ...scope,
    type: resource.type,
    id: key,
    properties: resource.properties,
    attributes: resource.attributes,
    tags: { ...request.tags },
    created: simulator.state.now,
    owner,
    state: initialState(simulator, stack, task, resource),
  });
  handlerOf(resource.type)?.afterWrite?.(request, item);
  recheckWaitingTasks(simulator);
  reportInitiated(simulator, stack, task, resource);
  for (const words of handlerOf(resource.type)?.waitsFor?.says?.(item) ?? [])
    report(simulator, stack, task, resource, words);
  return undefined;
}

/** The existing resource that the stack imports, if any. */
function takenOver(
  simulator: Simulator,
  stack: SimulatedStack,
  resource: SimulatedResource,
  request: HandlerRequest,
  target: Deployment,
): ServiceResource | undefined {
  if (!target.adopts) return undefined;
  const handler = handlerOf(resource.type);
  const there = resourceAt(
    simulator.state,
    resource.type,
    scopeOf(handler, stack),
    handler?.key?.(request) ?? physicalId(request),
  );
  return there && isAdoptable(target.adopts, resource.deletionPolicy, there) ? there : undefined;
}

/** A new resource's service state: its status while it waits, and from when on it works (simulated milliseconds). */
function initialState(
  simulator: Simulator,
  stack: SimulatedStack,
  task: ResourceTask,
  resource: SimulatedResource,
): ServiceResource["state"] {
  const [status] = handlerOf(resource.type)?.waitsFor?.states ?? [];
  const ready = (task.started ?? simulator.state.now) + millisecondsFor(simulator, stack, resource, "create");
  return { ready, ...(status !== undefined && { status }) };
}

/** A replacement keeps the old one to be deleted later, and counts as another incarnation. */
function setAsideOld(
  stack: SimulatedStack,
  operation: StackOperation,
  task: ResourceTask,
  resource: SimulatedResource,
): void {
  if (task.doing !== "replace") return;
  const old = operation.before[task.logicalId];
  if (old) operation.superseded.push(structuredClone(old));
  resource.incarnation = nextIncarnation(stack, task.logicalId);
}

function reportInitiated(
  simulator: Simulator,
  stack: SimulatedStack,
  task: ResourceTask,
  resource: SimulatedResource,
): void {
  report(simulator, stack, task, resource, "Resource creation Initiated");
}

/** Adds an event of a resource in progress. */
function report(
  simulator: Simulator,
  stack: SimulatedStack,
  task: ResourceTask,
  resource: SimulatedResource,
  words: string,
): void {
  const status = task.doing === "replace" ? "UPDATE_IN_PROGRESS" : "CREATE_IN_PROGRESS";
  setResourceStatus(simulator.state, stack, resource, status, words);
}
