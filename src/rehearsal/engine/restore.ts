import type { Operation, Stack, Task } from "../cloudformation/stack.ts";
import { attributesOf, kindOf } from "../resources/kinds.ts";
import type { Stage } from "../stage.ts";
import { setResource } from "./events.ts";
import { endTask, failTask, handlerSays } from "./fail.ts";
import { makingOf, thingOf } from "./making.ts";
import { NESTED, restoreChild } from "./nested.ts";
import { inModeOf, millisecondsFor, schedule } from "./times.ts";
import { rollOutNow } from "./workloads.ts";

/** Begins to make a resource again what it was before the update. */
export function beginRestore(stage: Stage, stack: Stack, operation: Operation, task: Task): void {
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
    setResource(stage.world, stack, resource, "UPDATE_COMPLETE", "Resource update skipped");
    endTask(task, "done");
    return;
  }
  setResource(stage.world, stack, resource, "UPDATE_IN_PROGRESS");
  schedule(stage, stack, task, resource, "update");
}

/** The service has the request: the thing is as it was, unless somebody took it away. */
export function initiateRestore(stage: Stage, stack: Stack, operation: Operation, task: Task): void {
  const resource = stack.resources[task.logicalId];
  if (!resource || !stack.deployed) {
    endTask(task, "done");
    return;
  }
  if (resource.type === NESTED) {
    task.state = "initiated";
    if (restoreChild(stage, stack, resource, stack.deployed)) delete task.due;
    else task.due = stage.world.now + 1;
    return;
  }
  const thing = thingOf(stage, stack, resource);
  if (!thing) {
    const words = `Resource of type '${resource.type}' with identifier '${resource.physicalId}' was not found.`;
    failTask(stage, stack, operation, task, handlerSays(resource, stack, words, "NotFound"));
    return;
  }
  const making = makingOf(stage, stack, resource, stack.deployed);
  thing.properties = kindOf(resource.type)?.changed?.(making, thing) ?? resource.properties;
  thing.tags = { ...making.tags };
  thing.attributes = { ...resource.attributes, ...attributesOf(making, resource.physicalId) };
  kindOf(resource.type)?.made?.(making, thing);
  rollOutNow(stage, stack, resource, task);
  task.state = "initiated";
  const full = millisecondsFor(stage, stack, resource, "update");
  task.due = Math.max(stage.world.now + 1, (task.started ?? 0) + inModeOf(operation, resource, full));
}
