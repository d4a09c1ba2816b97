import type { Operation, Stack, StackResource, Task } from "../cloudformation/stack.ts";
import type { Stage } from "../stage.ts";
import { deletions, taskKey } from "./deletions.ts";
import { note, setStack } from "./events.ts";
import { failureWords, reasonIn } from "./fail.ts";
import { statusAt } from "./names.ts";
import { wakeParent } from "./nested.ts";
import { outputsOf } from "./outputs.ts";
import { deniedByPolicy } from "./stack-policy.ts";
import { watchFor } from "./triggers.ts";

type Next = (stage: Stage, stack: Stack, operation: Operation) => void;

/** What comes once all tasks of a stage are over. */
const NEXT: { readonly [at in Operation["stage"]]: Next } = {
  forward: (stage, stack, operation) => {
    if (hasFailed(operation)) forwardFailed(stage, stack, operation);
    else forwardDone(stage, stack, operation);
  },
  cleanup: (stage, stack, { failed, policyAfter }) => {
    const left = failed.delete.length > 0;
    if (policyAfter !== undefined) stack.policy = policyAfter;
    finish(
      stage,
      stack,
      "UPDATE_COMPLETE",
      left ? "Update successful. One or more resources could not be deleted." : undefined,
    );
  },
  rollback: (stage, stack, operation) => {
    if (operation.creating) createRolledBack(stage, stack, operation);
    else updateRolledBack(stage, stack, operation);
  },
  "rollback-cleanup": (stage, stack) => finish(stage, stack, "UPDATE_ROLLBACK_COMPLETE"),
  delete: (stage, stack, operation) => {
    if (operation.failed.delete.length > 0) {
      finish(stage, stack, "DELETE_FAILED", failureWords(operation));
      return;
    }
    stack.deleted = stage.world.now;
    delete stack.executed;
    finish(stage, stack, "DELETE_COMPLETE");
  },
};

/** All tasks of a stage are over: goes to the next one, or ends the operation. */
export function stageOver(stage: Stage, stack: Stack, operation: Operation): void {
  NEXT[operation.stage](stage, stack, operation);
}

/** Whether something failed that turns the operation round. */
export function hasFailed({ failed, stopped }: Operation): boolean {
  return stopped !== undefined || failed.create.length + failed.update.length > 0;
}

function forwardDone(stage: Stage, stack: Stack, operation: Operation): void {
  const { target, creating } = operation;
  operation.watched ??= stage.world.now + watchFor(operation);
  // Nobody ends it while it is watched; whoever raises an alarm does.
  if (operation.watched > stage.world.now) return;
  const removed = Object.values(stack.resources).filter(({ logicalId }) => !(logicalId in operation.tasks));
  if (!creating && isDenied(stage, stack, operation, removed)) {
    forwardFailed(stage, stack, operation);
    return;
  }
  try {
    if (target) stack.outputs = outputsOf(stage, stack, target);
  } catch (error) {
    operation.stopped = creating ? withWish(reasonIn(error), operation) : reasonIn(error);
    forwardFailed(stage, stack, operation);
    return;
  }
  if (target) stack.deployed = target;
  if (creating) {
    finish(stage, stack, "CREATE_COMPLETE");
    return;
  }
  enter(stage, stack, operation, "cleanup", deletions(removed, operation.superseded));
}

/** Words on an output, with what becomes of the creation. */
function withWish(words: string, { onFailure }: Operation): string {
  return onFailure === "DO_NOTHING" || words.endsWith("requested by user.")
    ? words
    : `${words}. ${onFailure === "DELETE" ? "Delete" : "Rollback"} requested by user.`;
}

/** Whether the stack's policy keeps one of these from being deleted; the history says which. */
function isDenied(stage: Stage, stack: Stack, operation: Operation, removed: readonly StackResource[]): boolean {
  for (const resource of removed) {
    const denied = deniedByPolicy(stack, operation, resource, "Update:Delete");
    if (denied === undefined || resource.physicalId === "") continue;
    note(stage.world, stack, resource, "UPDATE_FAILED", denied);
    operation.failed.update.push(resource.logicalId);
  }
  return operation.failed.update.length > 0;
}

function forwardFailed(stage: Stage, stack: Stack, operation: Operation): void {
  const words = operation.stopped ?? failureWords(operation);
  if (operation.onFailure === "DO_NOTHING") {
    stack.parked = operation;
    finish(stage, stack, operation.creating ? "CREATE_FAILED" : "UPDATE_FAILED", words);
  } else if (operation.creating) {
    const [next, wish] =
      operation.onFailure === "DELETE" ? (["delete", "Delete"] as const) : (["rollback", "Rollback"] as const);
    const reason = operation.stopped ?? `${words}${wish} requested by user.`;
    stack.deleted = stage.world.now;
    // It is none of the change set's any more (localstack's test_change_set_exports_imports, recorded 2025-08-05).
    delete stack.executed;
    enter(stage, stack, operation, next, deletions(Object.values(stack.resources)), reason);
  } else beginUpdateRollback(stage, stack, operation, words);
}

/** Turns an update round: what it touched is restored, and then what it made is deleted. */
export function beginUpdateRollback(stage: Stage, stack: Stack, operation: Operation, reason: string): void {
  // What was to be deleted lives on, and the new ones take its place on the list.
  operation.superseded = operation.superseded.filter(({ logicalId }) => operation.before[logicalId] === undefined);
  const touched = Object.entries(operation.before).filter(([id]) => operation.tasks[id]?.doing !== undefined);
  for (const [id, before] of Object.entries(operation.before)) {
    if (operation.tasks[id]?.doing === undefined) stack.resources[id] = structuredClone(before);
  }
  const ids = new Set(touched.map(([id]) => id));
  const tasks = touched.map(
    ([id, { dependsOn }]): Task => ({
      logicalId: id,
      kind: "restore",
      needs: dependsOn.filter((other) => ids.has(other)),
      state: "waiting",
    }),
  );
  enter(stage, stack, operation, "rollback", tasks, reason);
}

function createRolledBack(stage: Stage, stack: Stack, operation: Operation): void {
  if (operation.failed.delete.length === 0) {
    finish(stage, stack, "ROLLBACK_COMPLETE");
    return;
  }
  stack.parked = operation;
  finish(stage, stack, "ROLLBACK_FAILED", failureWords(operation));
}

function updateRolledBack(stage: Stage, stack: Stack, operation: Operation): void {
  if (operation.failed.update.length > 0) {
    stack.parked = operation;
    finish(stage, stack, "UPDATE_ROLLBACK_FAILED", failureWords(operation));
    return;
  }
  const made = operation.made.flatMap((id) => stack.resources[id] ?? []);
  enter(stage, stack, operation, "rollback-cleanup", deletions(made, operation.superseded));
}

/** Goes to a stage: its state is announced, its tasks begin as soon as they can. */
export function enter(
  stage: Stage,
  stack: Stack,
  operation: Operation,
  next: Operation["stage"],
  tasks: readonly Task[],
  reason?: string,
): void {
  operation.stage = next;
  operation.tasks = Object.fromEntries(tasks.map((task) => [taskKey(task), task]));
  if (next !== "forward") operation.failed = { create: [], update: [], delete: [] };
  setStack(stage.world, stack, statusAt(operation, operation.creating), reason);
}

/** Ends the operation. */
export function finish(stage: Stage, stack: Stack, status: string, reason?: string): void {
  setStack(stage.world, stack, status, reason);
  if (stack.operation) {
    stack.lastOperation = stack.operation.id;
    stack.lastKind = stack.operation.kind;
  }
  delete stack.operation;
  if (stack.parent !== undefined) wakeParent(stage, stack);
}
