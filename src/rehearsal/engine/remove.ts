import type { Operation, Stack, StackResource, Task } from "../cloudformation/stack.ts";
import { fill } from "../resources/contents.ts";
import { takeSnapshot } from "../resources/data.ts";
import { deletionPolicyOf } from "../resources/default-policy.ts";
import { kindOf } from "../resources/kinds.ts";
import { hold } from "../rules/rules.ts";
import type { Stage } from "../stage.ts";
import { removeThing } from "../things.ts";
import { note, setResource } from "./events.ts";
import { endTask, failTask, handlerSays, serviceSays } from "./fail.ts";
import { thingOf } from "./making.ts";
import { childEnded, deleteChild, NESTED } from "./nested.ts";
import { inModeOf, millisecondsFor, SLOW } from "./times.ts";

/** Milliseconds until CloudFormation asks again whether something can be deleted. */
const RETRY = 10_000;

/** Begins to delete a resource, or says that it is left alone. */
export function beginDelete(stage: Stage, stack: Stack, operation: Operation, task: Task): void {
  const resource = task.old ?? stack.resources[task.logicalId];
  if (!resource || resource.status === "DELETE_COMPLETE" || resource.status === "DELETE_SKIPPED") {
    endTask(task, "done");
    return;
  }
  task.doing = "delete";
  if (resource.physicalId === "") {
    over(stage, stack, operation, task, resource, "DELETE_COMPLETE");
    return;
  }
  if (isKept(operation, task, resource)) {
    const thing = thingOf(stage, stack, resource);
    if (thing) delete thing.owner;
    over(stage, stack, operation, task, resource, "DELETE_SKIPPED");
    return;
  }
  say(stage, stack, task, resource, "DELETE_IN_PROGRESS");
  task.state = "initiated";
  task.started = stage.world.now;
  if (resource.type === NESTED && deleteChild(stage, stack, resource)) return;
  // Troubles of an operation that makes things are over when it deletes them again.
  const trouble = operation.kind === "delete" ? operation.troubles[task.logicalId] : undefined;
  if (trouble) task.trouble = trouble;
  if (trouble?.effect === "stuck") return;
  const factor = trouble?.effect === "slow" ? SLOW : 1;
  task.due =
    stage.world.now + inModeOf(operation, resource, millisecondsFor(stage, stack, resource, "delete") * factor);
}

/** Whether policy or request leave the resource where it is (Template Reference, "DeletionPolicy attribute"). */
function isKept(operation: Operation, task: Task, resource: StackResource): boolean {
  if (operation.retain.includes(task.logicalId)) return true;
  const undoing = operation.stage === "rollback" || operation.stage === "rollback-cleanup";
  if (operation.retainExceptOnCreate && operation.made.includes(task.logicalId)) return false;
  const policy =
    task.old && !undoing && operation.stage === "cleanup" ? resource.updateReplacePolicy : deletionPolicyOf(resource);
  if (policy === "Retain") return !(undoing && task.old);
  return policy === "RetainExceptOnCreate" && !undoing;
}

/** The service is done: the thing is gone, or it could not be. */
export function completeDelete(stage: Stage, stack: Stack, operation: Operation, task: Task): void {
  const resource = task.old ?? stack.resources[task.logicalId];
  if (!resource) {
    endTask(task, "done");
    return;
  }
  const undeleted = resource.type === NESTED ? childEnded(stage, stack, resource, "delete") : undefined;
  if (undeleted) {
    failTask(stage, stack, operation, task, undeleted);
    return;
  }
  if (task.trouble?.effect === "fails") {
    failTask(
      stage,
      stack,
      operation,
      task,
      handlerSays(resource, stack, task.trouble.reason, "GeneralServiceException"),
    );
    return;
  }
  const thing = thingOf(stage, stack, resource);
  if (thing && task.trouble?.effect === "filled") {
    delete task.trouble;
    fill(stage, thing);
  }
  // Only its own: what another stack made again under the same name is not this one's to delete.
  if (thing && (thing.owner === undefined || thing.owner.stack === stack.id)) {
    const held = hold(stage, thing);
    if (held && operation.forced) {
      delete thing.owner;
      over(stage, stack, operation, task, resource, "DELETE_SKIPPED");
      return;
    }
    if (held && stage.world.now < (task.started ?? 0) + held.patience * 1000) {
      task.due = stage.world.now + RETRY;
      return;
    }
    if (held) {
      failTask(stage, stack, operation, task, serviceSays(resource, stack, held.refusal));
      return;
    }
    const policy = task.old ? resource.updateReplacePolicy : deletionPolicyOf(resource);
    if (policy === "Snapshot") takeSnapshot(stage, thing, stack.name, resource.logicalId);
    if (kindOf(resource.type)?.removed?.(stage, thing) !== "kept") removeThing(stage.world, thing);
    else delete thing.owner;
  }
  over(stage, stack, operation, task, resource, "DELETE_COMPLETE");
}

function over(
  stage: Stage,
  stack: Stack,
  operation: Operation,
  task: Task,
  resource: StackResource,
  status: string,
): void {
  say(stage, stack, task, resource, status);
  endTask(task, "done");
  const leaves = operation.stage === "cleanup" || operation.stage === "rollback-cleanup";
  if (!task.old && leaves) delete stack.resources[task.logicalId];
}

function say(stage: Stage, stack: Stack, task: Task, resource: StackResource, status: string): void {
  if (task.old) note(stage.world, stack, resource, status);
  else setResource(stage.world, stack, resource, status);
}
