import { outputsOf } from "../cloudformation/outputs.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ResourceTask, SimulatedResource, SimulatedStack, StackOperation } from "../state/stack.ts";
import { deletions, taskKey } from "./deletions.ts";
import { setStackStatus, writeResourceEvent } from "./events.ts";
import { failureWords, reasonIn } from "./fail.ts";
import { deniedByPolicy } from "./stack-policy.ts";
import { stackStatusAt } from "./stack-status.ts";
import { monitoringTime } from "./triggers.ts";
import { wakeParent } from "./wake-parent.ts";

type Next = (simulator: Simulator, stack: SimulatedStack, operation: StackOperation) => void;

/** What follows once all tasks of a stage have ended. */
const NEXT: { readonly [at in StackOperation["stage"]]: Next } = {
  forward: (simulator, stack, operation) => {
    if (hasFailed(operation)) forwardFailed(simulator, stack, operation);
    else forwardDone(simulator, stack, operation);
  },
  cleanup: (simulator, stack, { failed, policyAfter }) => {
    const left = failed.delete.length > 0;
    if (policyAfter !== undefined) stack.policy = policyAfter;
    endOperation(
      simulator,
      stack,
      "UPDATE_COMPLETE",
      left ? "Update successful. One or more resources could not be deleted." : undefined,
    );
  },
  rollback: (simulator, stack, operation) => {
    if (operation.creating) createRolledBack(simulator, stack, operation);
    else updateRolledBack(simulator, stack, operation);
  },
  "rollback-cleanup": (simulator, stack) => endOperation(simulator, stack, "UPDATE_ROLLBACK_COMPLETE"),
  delete: (simulator, stack, operation) => {
    if (operation.failed.delete.length > 0) {
      endOperation(simulator, stack, "DELETE_FAILED", failureWords(operation));
      return;
    }
    stack.deleted = simulator.state.now;
    delete stack.executed;
    endOperation(simulator, stack, "DELETE_COMPLETE");
  },
};

/** All tasks of a stage have ended: goes to the next one, or ends the operation. */
export function endStage(simulator: Simulator, stack: SimulatedStack, operation: StackOperation): void {
  NEXT[operation.stage](simulator, stack, operation);
}

/** Whether a failure makes the operation roll back. */
export function hasFailed({ failed, stopped }: StackOperation): boolean {
  return stopped !== undefined || failed.create.length + failed.update.length > 0;
}

function forwardDone(simulator: Simulator, stack: SimulatedStack, operation: StackOperation): void {
  const { target, creating } = operation;
  operation.watched ??= simulator.state.now + monitoringTime(operation);
  // During the monitoring time only an alarm ends it.
  if (operation.watched > simulator.state.now) return;
  const removed = Object.values(stack.resources).filter(({ logicalId }) => !(logicalId in operation.tasks));
  if (!creating && isDenied(simulator, stack, operation, removed)) {
    forwardFailed(simulator, stack, operation);
    return;
  }
  try {
    if (target) stack.outputs = outputsOf(simulator, stack, target);
  } catch (error) {
    operation.stopped = creating ? withRollbackRequest(reasonIn(error), operation) : reasonIn(error);
    forwardFailed(simulator, stack, operation);
    return;
  }
  if (target) stack.deployed = target;
  if (creating) {
    endOperation(simulator, stack, "CREATE_COMPLETE");
    return;
  }
  enterStage(simulator, stack, operation, "cleanup", deletions(removed, operation.superseded));
}

/** An output's error, with what is done about the creation. */
function withRollbackRequest(words: string, { onFailure }: StackOperation): string {
  return onFailure === "DO_NOTHING" || words.endsWith("requested by user.")
    ? words
    : `${words}. ${onFailure === "DELETE" ? "Delete" : "Rollback"} requested by user.`;
}

/** Whether the stack's policy forbids to delete one of these; adds the events. */
function isDenied(
  simulator: Simulator,
  stack: SimulatedStack,
  operation: StackOperation,
  removed: readonly SimulatedResource[],
): boolean {
  for (const resource of removed) {
    const denied = deniedByPolicy(stack, operation, resource, "Update:Delete");
    if (denied === undefined || resource.physicalId === "") continue;
    writeResourceEvent(simulator.state, stack, resource, "UPDATE_FAILED", denied);
    operation.failed.update.push(resource.logicalId);
  }
  return operation.failed.update.length > 0;
}

function forwardFailed(simulator: Simulator, stack: SimulatedStack, operation: StackOperation): void {
  const words = operation.stopped ?? failureWords(operation);
  if (operation.onFailure === "DO_NOTHING") {
    stack.parked = operation;
    endOperation(simulator, stack, operation.creating ? "CREATE_FAILED" : "UPDATE_FAILED", words);
  } else if (operation.creating) {
    const [next, wish] =
      operation.onFailure === "DELETE" ? (["delete", "Delete"] as const) : (["rollback", "Rollback"] as const);
    const reason = operation.stopped ?? `${words}${wish} requested by user.`;
    stack.deleted = simulator.state.now;
    // It no longer belongs to the change set (localstack's test_change_set_exports_imports, recorded 2025-08-05).
    delete stack.executed;
    enterStage(simulator, stack, operation, next, deletions(Object.values(stack.resources)), reason);
  } else beginUpdateRollback(simulator, stack, operation, words);
}

/** Rolls an update back: what it changed is restored, then what it created is deleted. */
export function beginUpdateRollback(
  simulator: Simulator,
  stack: SimulatedStack,
  operation: StackOperation,
  reason: string,
): void {
  // Replaced resources are kept, and their replacements are deleted instead.
  operation.superseded = operation.superseded.filter(({ logicalId }) => operation.before[logicalId] === undefined);
  const touched = Object.entries(operation.before).filter(([id]) => operation.tasks[id]?.doing !== undefined);
  for (const [id, before] of Object.entries(operation.before)) {
    if (operation.tasks[id]?.doing === undefined) stack.resources[id] = structuredClone(before);
  }
  const ids = new Set(touched.map(([id]) => id));
  const tasks = touched.map(
    ([id, { dependsOn }]): ResourceTask => ({
      logicalId: id,
      kind: "restore",
      needs: dependsOn.filter((other) => ids.has(other)),
      state: "waiting",
    }),
  );
  enterStage(simulator, stack, operation, "rollback", tasks, reason);
}

function createRolledBack(simulator: Simulator, stack: SimulatedStack, operation: StackOperation): void {
  if (operation.failed.delete.length === 0) {
    endOperation(simulator, stack, "ROLLBACK_COMPLETE");
    return;
  }
  stack.parked = operation;
  endOperation(simulator, stack, "ROLLBACK_FAILED", failureWords(operation));
}

function updateRolledBack(simulator: Simulator, stack: SimulatedStack, operation: StackOperation): void {
  if (operation.failed.update.length > 0) {
    stack.parked = operation;
    endOperation(simulator, stack, "UPDATE_ROLLBACK_FAILED", failureWords(operation));
    return;
  }
  const made = operation.made.flatMap((id) => stack.resources[id] ?? []);
  enterStage(simulator, stack, operation, "rollback-cleanup", deletions(made, operation.superseded));
}

/** Enters a stage: sets the stack's status and the stage's tasks. */
export function enterStage(
  simulator: Simulator,
  stack: SimulatedStack,
  operation: StackOperation,
  next: StackOperation["stage"],
  tasks: readonly ResourceTask[],
  reason?: string,
): void {
  operation.stage = next;
  operation.tasks = Object.fromEntries(tasks.map((task) => [taskKey(task), task]));
  if (next !== "forward") operation.failed = { create: [], update: [], delete: [] };
  setStackStatus(simulator.state, stack, stackStatusAt(operation, operation.creating), reason);
}

/** Ends the operation. */
export function endOperation(simulator: Simulator, stack: SimulatedStack, status: string, reason?: string): void {
  setStackStatus(simulator.state, stack, status, reason);
  if (stack.operation) {
    stack.lastOperation = stack.operation.id;
    stack.lastKind = stack.operation.kind;
  }
  delete stack.operation;
  if (stack.parent !== undefined) wakeParent(simulator, stack);
}
