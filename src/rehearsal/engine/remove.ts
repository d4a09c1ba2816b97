import { serviceResourceOf } from "../cloudformation/resources.ts";
import { takeSnapshot } from "../resources/data.ts";
import { deletionPolicyOf } from "../resources/default-policy.ts";
import { handlerOf } from "../resources/handlers.ts";
import { addForeignContent } from "../resources/stored-contents.ts";
import { deletionRefusal } from "../rules/rules.ts";
import { removeResource } from "../state/resource-store.ts";
import type { Simulator } from "../state/simulator.ts";
import {
  NESTED,
  type ResourceTask,
  type SimulatedResource,
  type SimulatedStack,
  type StackOperation,
} from "../state/stack.ts";
import { setResourceStatus, writeResourceEvent } from "./events.ts";
import { endTask, failTask, handlerMessage, serviceMessage } from "./fail.ts";
import { childEnded, deleteChild } from "./nested.ts";
import type { TaskStep } from "./task-step.ts";
import { millisecondsFor, SLOW_FACTOR, waitedFor } from "./times.ts";

/** Milliseconds until CloudFormation retries a deletion. */
const RETRY = 10_000;

/** Begins to delete a resource, or skips it. */
export function beginDelete(step: TaskStep): void {
  const { simulator, stack, operation, task } = step;
  const resource = task.old ?? stack.resources[task.logicalId];
  if (!resource || resource.status === "DELETE_COMPLETE" || resource.status === "DELETE_SKIPPED") {
    endTask(task, "done");
    return;
  }
  task.doing = "delete";
  if (resource.physicalId === "") {
    endDeletion(step, resource, "DELETE_COMPLETE");
    return;
  }
  if (isKept(operation, task, resource)) {
    const item = serviceResourceOf(simulator, stack, resource);
    if (item) delete item.owner;
    endDeletion(step, resource, "DELETE_SKIPPED");
    return;
  }
  report(simulator, stack, task, resource, "DELETE_IN_PROGRESS");
  task.state = "initiated";
  task.started = simulator.state.now;
  if (resource.type === NESTED && deleteChild(simulator, stack, resource)) return;
  // Faults of a creation or update do not apply to the deletions of its rollback.
  const trouble = operation.kind === "delete" ? operation.troubles[task.logicalId] : undefined;
  if (trouble) task.trouble = trouble;
  if (trouble?.effect === "stuck") return;
  const factor = trouble?.effect === "slow" ? SLOW_FACTOR : 1;
  task.due =
    simulator.state.now +
    waitedFor(operation, resource, millisecondsFor(simulator, stack, resource, "delete") * factor);
}

/** Whether its policy or the request retains the resource (Template Reference, "DeletionPolicy attribute"). */
function isKept(operation: StackOperation, task: ResourceTask, resource: SimulatedResource): boolean {
  if (operation.retain.includes(task.logicalId)) return true;
  const undoing = operation.stage === "rollback" || operation.stage === "rollback-cleanup";
  if (operation.retainExceptOnCreate && operation.made.includes(task.logicalId)) return false;
  const policy =
    task.old && !undoing && operation.stage === "cleanup" ? resource.updateReplacePolicy : deletionPolicyOf(resource);
  if (policy === "Retain") return !(undoing && task.old);
  return policy === "RetainExceptOnCreate" && !undoing;
}

/** The service has finished: the resource is deleted, or could not be. */
export function completeDelete(step: TaskStep): void {
  const { simulator, stack, operation, task } = step;
  const resource = task.old ?? stack.resources[task.logicalId];
  if (!resource) {
    endTask(task, "done");
    return;
  }
  const undeleted = resource.type === NESTED ? childEnded(simulator, stack, resource, "delete") : undefined;
  if (undeleted) {
    failTask(step, undeleted);
    return;
  }
  if (task.trouble?.effect === "fails") {
    failTask(step, handlerMessage(resource, stack, task.trouble.reason, "GeneralServiceException"));
    return;
  }
  const item = serviceResourceOf(simulator, stack, resource);
  if (item && task.trouble?.effect === "filled") {
    delete task.trouble;
    addForeignContent(simulator, item);
  }
  // Only its own: a resource of the same name that another stack created is not deleted.
  if (item && (item.owner === undefined || item.owner.stack === stack.id)) {
    const held = deletionRefusal(simulator, item);
    if (held && operation.forced) {
      delete item.owner;
      endDeletion(step, resource, "DELETE_SKIPPED");
      return;
    }
    if (held && simulator.state.now < (task.started ?? 0) + held.patience * 1000) {
      task.due = simulator.state.now + RETRY;
      return;
    }
    if (held) {
      failTask(step, serviceMessage(resource, stack, held.refusal));
      return;
    }
    const policy = task.old ? resource.updateReplacePolicy : deletionPolicyOf(resource);
    if (policy === "Snapshot") takeSnapshot(simulator, item, stack.name, resource.logicalId);
    if (handlerOf(resource.type)?.afterDelete?.(simulator, item) !== "kept") removeResource(simulator.state, item);
    else delete item.owner;
  }
  endDeletion(step, resource, "DELETE_COMPLETE");
}

function endDeletion(step: TaskStep, resource: SimulatedResource, status: string): void {
  const { simulator, stack, operation, task } = step;
  report(simulator, stack, task, resource, status);
  endTask(task, "done");
  const leaves = operation.stage === "cleanup" || operation.stage === "rollback-cleanup";
  if (!task.old && leaves) delete stack.resources[task.logicalId];
}

function report(
  simulator: Simulator,
  stack: SimulatedStack,
  task: ResourceTask,
  resource: SimulatedResource,
  status: string,
): void {
  if (task.old) writeResourceEvent(simulator.state, stack, resource, status);
  else setResourceStatus(simulator.state, stack, resource, status);
}
