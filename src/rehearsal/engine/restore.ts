import { handlerRequestFor, serviceResourceOf } from "../cloudformation/resources.ts";
import { attributesOf, handlerOf } from "../resources/handlers.ts";
import { NESTED } from "../state/stack.ts";
import { setResourceStatus } from "./events.ts";
import { endTask, failTask, handlerMessage } from "./fail.ts";
import { restoreChild } from "./nested.ts";
import type { TaskStep } from "./task-step.ts";
import { millisecondsFor, schedule, waitedFor } from "./times.ts";
import { rollOutNow } from "./workloads.ts";

/** Begins to roll a resource back to what it was before the update. */
export function beginRestore(step: TaskStep): void {
  const { simulator, stack, operation, task } = step;
  const before = operation.before[task.logicalId];
  const current = stack.resources[task.logicalId];
  if (!before) {
    endTask(task, "done");
    return;
  }
  if (current && current.physicalId !== before.physicalId && current.physicalId !== "") {
    operation.superseded.push(structuredClone(current));
  }
  task.doing = "update";
  const resource = structuredClone(before);
  stack.resources[task.logicalId] = resource;
  if (operation.skip.includes(task.logicalId)) {
    setResourceStatus(simulator.state, stack, resource, "UPDATE_COMPLETE", "Resource update skipped");
    endTask(task, "done");
    return;
  }
  setResourceStatus(simulator.state, stack, resource, "UPDATE_IN_PROGRESS");
  schedule(simulator, stack, task, resource, "update");
}

/** The service got the request: the resource is as it was, unless it was deleted outside. */
export function initiateRestore(step: TaskStep): void {
  const { simulator, stack, operation, task } = step;
  const resource = stack.resources[task.logicalId];
  if (!resource || !stack.deployed) {
    endTask(task, "done");
    return;
  }
  if (resource.type === NESTED) {
    task.state = "initiated";
    if (restoreChild(simulator, stack, resource, stack.deployed)) delete task.due;
    else task.due = simulator.state.now + 1;
    return;
  }
  const item = serviceResourceOf(simulator, stack, resource);
  if (!item) {
    const words = `Resource of type '${resource.type}' with identifier '${resource.physicalId}' was not found.`;
    failTask(step, handlerMessage(resource, stack, words, "NotFound"));
    return;
  }
  const request = handlerRequestFor(simulator, stack, resource, stack.deployed);
  item.properties = handlerOf(resource.type)?.updatedProperties?.(request, item) ?? resource.properties;
  item.tags = { ...request.tags };
  item.attributes = { ...resource.attributes, ...attributesOf(request, resource.physicalId) };
  handlerOf(resource.type)?.afterWrite?.(request, item);
  rollOutNow(simulator, stack, resource, task);
  task.state = "initiated";
  const full = millisecondsFor(simulator, stack, resource, "update");
  task.due = Math.max(simulator.state.now + 1, (task.started ?? 0) + waitedFor(operation, resource, full));
}
