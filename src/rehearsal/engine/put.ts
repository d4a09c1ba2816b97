import { dependenciesOf } from "../../template/references.ts";
import type { Resource, Template } from "../../template/types.ts";
import type { Deployment, Operation, Stack, StackResource, Task } from "../cloudformation/stack.ts";
import type { Stage } from "../stage.ts";
import type { Scope } from "../template/evaluate.ts";
import { beginUpdate, sayUpdating } from "./begin-update.ts";
import { setResource } from "./events.ts";
import { endTask, failTask, reasonIn } from "./fail.ts";
import { currentScope, metadataIn, policiesIn, propertiesIn, stands, thingOf, toldIn } from "./making.ts";
import { awaitedBy } from "./signals.ts";
import { schedule } from "./times.ts";

/** Begins a resource of the template: makes it, changes it, or finds that it is what it should be. */
export function beginPut(stage: Stage, stack: Stack, operation: Operation, task: Task, target: Deployment): void {
  const { template, scope } = currentScope(stage, stack, target);
  const definition = template.Resources[task.logicalId];
  if (!definition) {
    endTask(task, "done");
    return;
  }
  const existing = stack.resources[task.logicalId];
  const fresh = describe(stage, definition, task.logicalId, dependenciesOf(template, definition), scope);
  if (!stands(existing)) {
    beginCreate(stage, stack, operation, task, fresh, definition, () => workedOut(definition, template, scope));
    return;
  }
  try {
    beginUpdate(stage, stack, operation, task, {
      target,
      existing,
      wanted: { ...fresh, ...workedOut(definition, template, scope) },
    });
  } catch (error) {
    sayUpdating(stage, stack, operation, task, existing);
    failTask(stage, stack, operation, task, reasonIn(error));
  }
}

type WorkedOut = Pick<StackResource, "properties" | "told">;

function workedOut(definition: Resource, template: Template, scope: Scope): WorkedOut {
  const told = toldIn(definition, template, scope);
  return { properties: propertiesIn(definition, scope), ...(told && { told }) };
}

function describe(
  stage: Stage,
  definition: Resource,
  logicalId: string,
  dependsOn: readonly string[],
  scope: Scope,
): StackResource {
  const metadata = metadataIn(definition, scope);
  const { DeletionPolicy, UpdateReplacePolicy } = policiesIn(definition, scope);
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
    ...(DeletionPolicy !== undefined && { deletionPolicy: DeletionPolicy }),
    ...(UpdateReplacePolicy !== undefined && { updateReplacePolicy: UpdateReplacePolicy }),
    ...(metadata !== undefined && { metadata }),
  };
}

function beginCreate(
  stage: Stage,
  stack: Stack,
  operation: Operation,
  task: Task,
  fresh: StackResource,
  definition: Resource,
  properties: () => WorkedOut,
): void {
  const leftOver = stack.resources[task.logicalId];
  if (leftOver && leftOver.physicalId !== "" && thingOf(stage, stack, leftOver)) operation.superseded.push(leftOver);
  const resource = { ...fresh, incarnation: nextIncarnation(stack, task.logicalId) };
  stack.resources[task.logicalId] = resource;
  operation.made.push(task.logicalId);
  task.doing = "create";
  let wrong: string | undefined;
  try {
    Object.assign(resource, properties());
  } catch (error) {
    wrong = reasonIn(error);
  }
  setResource(stage.world, stack, resource, "CREATE_IN_PROGRESS");
  if (wrong !== undefined) {
    failTask(stage, stack, operation, task, wrong);
    return;
  }
  const awaits = awaitedBy(definition, resource.properties);
  if (awaits) task.awaits = awaits;
  const trouble = operation.troubles[task.logicalId];
  if (trouble) task.trouble = trouble;
  schedule(stage, stack, task, resource, "create");
}

/** Counts what was made under a logical id, so that no two have the same ids. */
export function nextIncarnation(stack: Stack, logicalId: string): number {
  const next = (stack.incarnations[logicalId] ?? -1) + 1;
  stack.incarnations[logicalId] = next;
  return next;
}
