import { isAdoptable } from "../cloudformation/reality.ts";
import type { Deployment, Operation, Stack, StackResource, Task } from "../cloudformation/stack.ts";
import { mismatches } from "../model/check.ts";
import { type Making, madeUpName, placeOf } from "../resources/kind.ts";
import { attributesOf, kindOf, physicalId } from "../resources/kinds.ts";
import { refusal } from "../rules/rules.ts";
import type { Stage } from "../stage.ts";
import { putThing, thingAt } from "../things.ts";
import type { Thing } from "../world.ts";
import { CHECKED, CONFIGURED } from "./complete.ts";
import { setResource } from "./events.ts";
import { endTask, failTask, handlerSays, reasonIn, serviceSays } from "./fail.ts";
import { makingOf } from "./making.ts";
import { createChild, NESTED, updateChild } from "./nested.ts";
import { nextIncarnation } from "./put.ts";
import { verdict } from "./signals.ts";
import { inModeOf, millisecondsFor, SLOW } from "./times.ts";
import { lookAgain } from "./waiting.ts";
import { rollOutNow, rolloutEnd } from "./workloads.ts";

/** The service has the request: it refuses it, or starts to work on it. */
export function initiatePut(stage: Stage, stack: Stack, operation: Operation, task: Task, target: Deployment): void {
  const resource = stack.resources[task.logicalId];
  if (!resource) {
    endTask(task, "done");
    return;
  }
  const refused =
    refusedRequest(stage, stack, operation, task, resource, target) ??
    handOver(stage, stack, operation, task, resource, target);
  if (refused) {
    failTask(stage, stack, operation, task, refused);
    return;
  }
  rollOutNow(stage, stack, resource, task);
  task.state = "initiated";
  if (task.trouble?.effect === "stuck" || (resource.type === NESTED && task.waitsForChild)) delete task.due;
  else
    task.due = Math.max(
      stage.world.now + 1,
      (task.started ?? stage.world.now) + timeOf(stage, stack, operation, resource, task),
    );
}

/** Milliseconds from its beginning until something is to be seen of the resource again. */
function timeOf(stage: Stage, stack: Stack, operation: Operation, resource: StackResource, task: Task): number {
  const full = millisecondsFor(stage, stack, resource, task.doing === "update" ? "update" : "create");
  if (task.trouble?.effect === "fails") return Math.round(full * 0.4);
  if (task.trouble?.effect === "slow") return full * SLOW;
  if (task.awaits && resource.type === "AWS::CloudFormation::WaitCondition") {
    // Its signals may have been there first.
    return verdict(stage, stack, resource, task) === "waiting" ? task.awaits.milliseconds : 0;
  }
  if (operation.express) return inModeOf(operation, resource, full);
  const end = rolloutEnd(stage, stack, resource, task);
  const usual = task.doing === "create" && CHECKED.has(resource.type) ? Math.round(full * CONFIGURED) : full;
  if (!end) return usual;
  const until = end.at - (task.started ?? 0);
  return task.doing === "create" ? Math.min(usual, until) : until;
}

/** Gives the resource to whoever makes it; returns a refusal. */
function handOver(
  stage: Stage,
  stack: Stack,
  operation: Operation,
  task: Task,
  resource: StackResource,
  target: Deployment,
): string | undefined {
  const isUpdate = task.doing === "update";
  if (resource.type === NESTED) {
    try {
      task.waitsForChild = !isUpdate || updateChild(stage, stack, resource, target);
      if (!isUpdate) beginChild(stage, stack, operation, task, resource, target);
      return undefined;
    } catch (error) {
      return reasonIn(error);
    }
  }
  return isUpdate
    ? changeThing(stage, stack, operation, resource, target)
    : makeThing(stage, stack, operation, task, resource, target);
}

function beginChild(
  stage: Stage,
  stack: Stack,
  operation: Operation,
  task: Task,
  resource: StackResource,
  target: Deployment,
): void {
  leaveOld(stack, operation, task, resource);
  const { current: _, ...making } = makingOf(stage, stack, resource, target);
  createChild(stage, stack, resource, madeUpName(making, 128), target);
  sayInitiated(stage, stack, task, resource);
}

/** Why CloudFormation or the service will not even begin. */
function refusedRequest(
  stage: Stage,
  stack: Stack,
  operation: Operation,
  task: Task,
  resource: StackResource,
  target: Deployment,
): string | undefined {
  const wrong = mismatches(stage.model, resource.type, resource.properties);
  if (wrong.length > 0) {
    const words = wrong.map(({ path, words }) => `${path}: ${words}`).join(", ");
    return `Properties validation failed for resource ${resource.logicalId} with message:\n[${words}]`;
  }
  const { current, ...making } = changing(stage, stack, operation, resource, target);
  // A replacement has to find its place beside the old one.
  const own = current && task.doing !== "replace" ? current : takenOver(stage, stack, resource, making, target);
  const refused = refusal({ ...making, ...(own && { current: own }) });
  return refused && serviceSays(resource, stack, refused);
}

/** The making of a resource that is changed, if it is, with what it was before. */
function changing(
  stage: Stage,
  stack: Stack,
  operation: Operation,
  resource: StackResource,
  target: Deployment,
): Making {
  const before = operation.before[resource.logicalId]?.properties;
  return { ...makingOf(stage, stack, resource, target), ...(before && { before }) };
}

function changeThing(
  stage: Stage,
  stack: Stack,
  operation: Operation,
  resource: StackResource,
  target: Deployment,
): string | undefined {
  const making = changing(stage, stack, operation, resource, target);
  const thing = making.current;
  if (!thing) {
    const words = `Resource of type '${resource.type}' with identifier '${resource.physicalId}' was not found.`;
    return handlerSays(resource, stack, words, "NotFound");
  }
  thing.properties = kindOf(resource.type)?.changed?.(making, thing) ?? resource.properties;
  thing.tags = { ...making.tags };
  resource.attributes = { ...resource.attributes, ...attributesOf(making, resource.physicalId) };
  thing.attributes = resource.attributes;
  kindOf(resource.type)?.made?.(making, thing);
  lookAgain(stage);
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
  leaveOld(stack, operation, task, resource);
  const { current: _, ...making } = makingOf(stage, stack, resource, target);
  const id = physicalId(making);
  const place = placeOf(kindOf(resource.type), stack);
  const key = kindOf(resource.type)?.key?.(making) ?? id;
  const there = thingAt(stage.world, resource.type, place, key);
  const isAdopted = there !== undefined && takenOver(stage, stack, resource, making, target) !== undefined;
  if (there && !isAdopted && there.state.status !== "INACTIVE") {
    const words = `Resource of type '${resource.type}' with identifier '${id}' already exists.`;
    return handlerSays(resource, stack, words, "AlreadyExists");
  }
  resource.physicalId = id;
  if (key !== id) resource.key = key;
  resource.attributes = attributesOf(making, id);
  const owner = { stack: stack.id, logicalId: resource.logicalId };
  if (there && isAdopted) {
    there.owner = owner;
    sayInitiated(stage, stack, task, resource);
    return undefined;
  }
  const thing = putThing(stage.world, {
    ...place,
    type: resource.type,
    id: key,
    properties: resource.properties,
    attributes: resource.attributes,
    tags: { ...making.tags },
    created: stage.world.now,
    owner,
    state: stateAtFirst(stage, stack, task, resource),
  });
  kindOf(resource.type)?.made?.(making, thing);
  lookAgain(stage);
  sayInitiated(stage, stack, task, resource);
  for (const words of kindOf(resource.type)?.awaits?.says?.(thing) ?? []) say(stage, stack, task, resource, words);
  return undefined;
}

/** What is there already under the resource's name and becomes the stack's. */
function takenOver(
  stage: Stage,
  stack: Stack,
  resource: StackResource,
  making: Making,
  target: Deployment,
): Thing | undefined {
  if (!target.adopts) return undefined;
  const kind = kindOf(resource.type);
  const there = thingAt(stage.world, resource.type, placeOf(kind, stack), kind?.key?.(making) ?? physicalId(making));
  return there && isAdoptable(target.adopts, resource.deletionPolicy, there) ? there : undefined;
}

/** What is to be seen of a new thing: what it waits for, and from when on it works (virtual milliseconds). */
function stateAtFirst(stage: Stage, stack: Stack, task: Task, resource: StackResource): Thing["state"] {
  const [status] = kindOf(resource.type)?.awaits?.states ?? [];
  const ready = (task.started ?? stage.world.now) + millisecondsFor(stage, stack, resource, "create");
  return { ready, ...(status !== undefined && { status }) };
}

/** A replacement leaves the old one to be deleted later, and counts as another. */
function leaveOld(stack: Stack, operation: Operation, task: Task, resource: StackResource): void {
  if (task.doing !== "replace") return;
  const old = operation.before[task.logicalId];
  if (old) operation.superseded.push(structuredClone(old));
  resource.incarnation = nextIncarnation(stack, task.logicalId);
}

function sayInitiated(stage: Stage, stack: Stack, task: Task, resource: StackResource): void {
  say(stage, stack, task, resource, "Resource creation Initiated");
}

/** An event of a resource under way. */
function say(stage: Stage, stack: Stack, task: Task, resource: StackResource, words: string): void {
  const status = task.doing === "replace" ? "UPDATE_IN_PROGRESS" : "CREATE_IN_PROGRESS";
  setResource(stage.world, stack, resource, status, words);
}
