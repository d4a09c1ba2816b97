import type { Resource } from "../../template/types.ts";
import type { Deployment, Operation, Stack, StackResource, Task } from "../cloudformation/stack.ts";
import { mismatches } from "../model/check.ts";
import { changedProperties, same } from "../model/diff.ts";
import { replacesWhen } from "../resources/conditional.ts";
import { placeOf } from "../resources/kind.ts";
import { attributesOf, customName, kindOf, physicalId } from "../resources/kinds.ts";
import { refusal } from "../resources/rules.ts";
import type { Stage } from "../stage.ts";
import { dependenciesOf } from "../template/references.ts";
import { putThing, thingAt } from "../things.ts";
import { setResource } from "./events.ts";
import { endTask, failTask, handlerSays } from "./fail.ts";
import { currentScope, isTaggable, makingOf, propertiesIn, stands, thingOf } from "./making.ts";
import { deniedByPolicy } from "./stack-policy.ts";
import { acceptance, millisecondsFor } from "./times.ts";

/** Begins a resource of the template: makes it, changes it, or finds that it is what it should be. */
export function beginPut(stage: Stage, stack: Stack, operation: Operation, task: Task, target: Deployment): void {
  const { template, scope } = currentScope(stage, stack, target);
  const definition = template.Resources[task.logicalId];
  if (!definition) return endTask(task, "done");
  const existing = stack.resources[task.logicalId];
  const fresh = describe(stage, definition, task.logicalId, dependenciesOf(template, definition));
  const making = stands(existing) ? undefined : beginCreate(stage, stack, operation, task, fresh, existing);
  try {
    const properties = propertiesIn(definition, scope);
    if (making) making.properties = properties;
    else if (existing) beginUpdate(stage, stack, operation, task, target, existing, { ...fresh, properties });
  } catch (error) {
    if (!making) startUpdate(stage, stack, operation, task, existing ?? fresh, undefined);
    return failTask(stage, stack, operation, task, error instanceof Error ? error.message : String(error));
  }
  if (making) {
    task.fault = operation.faults[task.logicalId] ?? task.fault ?? "";
    schedule(stage, stack, task, making, "create");
  }
}

function describe(stage: Stage, definition: Resource, logicalId: string, dependsOn: readonly string[]): StackResource {
  return {
    logicalId,
    type: definition.Type,
    physicalId: "",
    status: "",
    at: stage.world.now,
    properties: {},
    attributes: {},
    dependsOn,
    incarnation: 0,
    ...(definition.DeletionPolicy !== undefined && { deletionPolicy: definition.DeletionPolicy }),
    ...(definition.UpdateReplacePolicy !== undefined && { updateReplacePolicy: definition.UpdateReplacePolicy }),
    ...(definition.Metadata !== undefined && { metadata: definition.Metadata }),
  };
}

function beginCreate(
  stage: Stage,
  stack: Stack,
  operation: Operation,
  task: Task,
  fresh: StackResource,
  leftOver: StackResource | undefined,
): StackResource {
  if (leftOver && leftOver.physicalId !== "" && thingOf(stage, stack, leftOver)) operation.superseded.push(leftOver);
  const resource = { ...fresh, incarnation: nextIncarnation(stack, task.logicalId) };
  stack.resources[task.logicalId] = resource;
  operation.made.push(task.logicalId);
  task.doing = "create";
  setResource(stage.world, stack, resource, "CREATE_IN_PROGRESS");
  return resource;
}

function nextIncarnation(stack: Stack, logicalId: string): number {
  const next = (stack.incarnations[logicalId] ?? -1) + 1;
  stack.incarnations[logicalId] = next;
  return next;
}

function beginUpdate(
  stage: Stage,
  stack: Stack,
  operation: Operation,
  task: Task,
  target: Deployment,
  existing: StackResource,
  wanted: StackResource,
): void {
  if (existing.status === "UPDATE_IN_PROGRESS") existing.status = "UPDATE_COMPLETE";
  const changes = changedProperties(stage.model, existing.type, existing.properties, wanted.properties);
  const tagged = isTaggable(stage, existing.type) && !same(stack.deployed?.tags, target.tags);
  const described = !same(existing.metadata, wanted.metadata);
  operation.before[task.logicalId] ??= structuredClone(existing);
  if (changes.length === 0 && !tagged && !described && existing.status !== "UPDATE_FAILED") {
    stack.resources[task.logicalId] = { ...wanted, ...identity(existing) };
    return endTask(task, "done");
  }
  const replace =
    changes.some(({ replaces }) => replaces === "yes") ||
    changes.some((change) => change.replaces === "maybe" && replacesWhen(existing.type, change));
  task.doing = replace ? "replace" : "update";
  const denied = deniedByPolicy(stack, operation, existing, replace ? "Update:Replace" : "Update:Modify");
  const resource = { ...wanted, ...identity(existing) };
  stack.resources[task.logicalId] = resource;
  task.fault = operation.faults[task.logicalId] ?? "";
  startUpdate(
    stage,
    stack,
    operation,
    task,
    resource,
    replace ? "Requested update requires the creation of a new physical resource; hence creating one." : undefined,
  );
  if (denied) return failTask(stage, stack, operation, task, denied);
  const named = replace ? customName(makingOf(stage, stack, resource, target)) : undefined;
  if (named && named.value === existing.physicalId) {
    return failTask(
      stage,
      stack,
      operation,
      task,
      `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${named.value} and update the stack again.`,
    );
  }
  schedule(stage, stack, task, resource, replace ? "create" : "update");
}

const identity = ({ physicalId, attributes, incarnation, status, at }: StackResource) => ({
  physicalId,
  attributes,
  incarnation,
  status,
  at,
});

function startUpdate(
  stage: Stage,
  stack: Stack,
  operation: Operation,
  task: Task,
  resource: StackResource,
  reason: string | undefined,
): void {
  operation.before[task.logicalId] ??= structuredClone(resource);
  task.doing ??= "update";
  setResource(stage.world, stack, resource, "UPDATE_IN_PROGRESS", reason);
}

function schedule(stage: Stage, stack: Stack, task: Task, resource: StackResource, like: "create" | "update"): void {
  task.state = "begun";
  task.started = stage.world.now;
  task.due = stage.world.now + acceptance(millisecondsFor(stage, stack, resource, like));
}

/** The service has the request: it refuses it, or starts to work on it. */
export function initiatePut(stage: Stage, stack: Stack, operation: Operation, task: Task, target: Deployment): void {
  const resource = stack.resources[task.logicalId];
  if (!resource) return endTask(task, "done");
  const fail = (reason: string) => failTask(stage, stack, operation, task, reason);
  const wrong = mismatches(stage.model, resource.type, resource.properties);
  if (wrong.length > 0) {
    return fail(
      `Properties validation failed for resource ${resource.logicalId} with message:\n[${wrong.map(({ path, words }) => `${path}: ${words}`).join(", ")}]`,
    );
  }
  const making = makingOf(stage, stack, resource, target);
  const refused = refusal(making);
  if (refused)
    return fail(refused.code ? handlerSays(resource, stack, refused.message, refused.code) : refused.message);
  if (task.doing === "update") {
    const thing = making.current;
    if (!thing)
      return fail(
        handlerSays(
          resource,
          stack,
          `Resource of type '${resource.type}' with identifier '${resource.physicalId}' was not found.`,
          "NotFound",
        ),
      );
    thing.properties = resource.properties;
    thing.tags = { ...making.tags };
    resource.attributes = { ...resource.attributes, ...attributesOf(making, resource.physicalId) };
    thing.attributes = resource.attributes;
    kindOf(resource.type)?.made?.(making, thing);
  } else {
    const clash = createThing(stage, stack, operation, task, resource, target);
    if (clash) return fail(clash);
  }
  const full = millisecondsFor(stage, stack, resource, task.doing === "update" ? "update" : "create");
  task.state = "initiated";
  task.due = Math.max(
    stage.world.now + 1,
    (task.started ?? stage.world.now) + (task.fault ? Math.round(full * 0.4) : full),
  );
}

/** Makes the thing; returns why it cannot be, or nothing. */
function createThing(
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
    return handlerSays(
      resource,
      stack,
      `Resource of type '${resource.type}' with identifier '${id}' already exists.`,
      "AlreadyExists",
    );
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
  if (!resource) return endTask(task, "done");
  if (task.fault)
    return failTask(stage, stack, operation, task, handlerSays(resource, stack, task.fault, "GeneralServiceException"));
  setResource(stage.world, stack, resource, task.doing === "create" ? "CREATE_COMPLETE" : "UPDATE_COMPLETE");
  endTask(task, "done");
}
