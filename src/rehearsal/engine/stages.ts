import type { Operation, Stack, StackResource, Task } from "../cloudformation/stack.ts";
import type { Stage } from "../stage.ts";
import { setStack } from "./events.ts";
import { failureWords } from "./fail.ts";
import { statusAt } from "./names.ts";
import { outputsOf } from "./outputs.ts";

/** All tasks of a stage are over: decides what comes next, or that the operation is done. */
export function stageOver(stage: Stage, stack: Stack, operation: Operation): void {
  switch (operation.stage) {
    case "forward":
      hasFailed(operation) ? forwardFailed(stage, stack, operation) : forwardDone(stage, stack, operation);
      return;
    case "cleanup":
      finish(
        stage,
        stack,
        "UPDATE_COMPLETE",
        operation.failed.delete.length > 0
          ? "Update successful. One or more resources could not be deleted."
          : undefined,
      );
      return;
    case "rollback":
      rollbackOver(stage, stack, operation);
      return;
    case "rollback-cleanup":
      finish(stage, stack, "UPDATE_ROLLBACK_COMPLETE");
      return;
    case "delete":
      deleteOver(stage, stack, operation);
      return;
  }
}

const hasFailed = ({ failed, stopped }: Operation) =>
  stopped !== undefined || failed.create.length + failed.update.length > 0;

function forwardDone(stage: Stage, stack: Stack, operation: Operation): void {
  const { target } = operation;
  if (!target) {
    finish(stage, stack, "UPDATE_COMPLETE");
    return;
  }
  try {
    stack.outputs = outputsOf(stage, stack, target);
  } catch (error) {
    operation.stopped = error instanceof Error ? error.message : String(error);
    forwardFailed(stage, stack, operation);
    return;
  }
  stack.deployed = target;
  if (operation.creating) {
    finish(stage, stack, "CREATE_COMPLETE");
    return;
  }
  enter(stage, stack, operation, "cleanup", cleanupTasks(stack, operation, target.template, stage));
}

function cleanupTasks(stack: Stack, operation: Operation, _template: string, _stage: Stage): readonly Task[] {
  const kept = new Set(Object.keys(operation.tasks));
  const removed = Object.values(stack.resources).filter(({ logicalId }) => !kept.has(logicalId));
  return [...deletions(removed), ...oldOnes(operation.superseded)];
}

function forwardFailed(stage: Stage, stack: Stack, operation: Operation): void {
  const words = operation.stopped ?? failureWords(operation);
  if (operation.onFailure === "DO_NOTHING" && operation.kind !== "rollback") {
    stack.parked = operation;
    finish(stage, stack, operation.creating ? "CREATE_FAILED" : "UPDATE_FAILED", words);
    return;
  }
  if (operation.creating) {
    const stageNext = operation.onFailure === "DELETE" ? "delete" : "rollback";
    const suffix = operation.stopped
      ? ""
      : stageNext === "delete"
        ? "Delete requested by user."
        : "Rollback requested by user.";
    enter(stage, stack, operation, stageNext, deletions(Object.values(stack.resources)), `${words}${suffix}`);
    return;
  }
  beginUpdateRollback(stage, stack, operation, words);
}

/** Turns an update round: what it touched is restored, and then what it made is deleted. */
export function beginUpdateRollback(
  stage: Stage,
  stack: Stack,
  operation: Operation,
  reason: string | undefined,
): void {
  // What was to be deleted lives on, and the new ones take its place on the list.
  operation.superseded = operation.superseded.filter(({ logicalId }) => operation.before[logicalId] === undefined);
  const touched = Object.entries(operation.before).filter(([id]) => operation.tasks[id]?.doing !== undefined);
  for (const [id, before] of Object.entries(operation.before)) {
    if (operation.tasks[id]?.doing === undefined) stack.resources[id] = structuredClone(before);
  }
  const ids = new Set(touched.map(([id]) => id));
  const tasks = touched.map(
    ([id, before]): Task => ({
      logicalId: id,
      kind: "restore",
      needs: before.dependsOn.filter((other) => ids.has(other)),
      state: "waiting",
    }),
  );
  enter(stage, stack, operation, "rollback", tasks, reason);
}

function rollbackOver(stage: Stage, stack: Stack, operation: Operation): void {
  const { failed, creating } = operation;
  if (creating) {
    if (failed.delete.length === 0) {
      finish(stage, stack, "ROLLBACK_COMPLETE");
      return;
    }
    stack.parked = operation;
    finish(
      stage,
      stack,
      "ROLLBACK_FAILED",
      failureWords({ ...operation, failed: { create: [], update: [], delete: failed.delete } }),
    );
    return;
  }
  if (failed.update.length > 0) {
    stack.parked = operation;
    finish(stage, stack, "UPDATE_ROLLBACK_FAILED", failureWords(operation));
    return;
  }
  const made = operation.made.flatMap((id) => stack.resources[id] ?? []);
  enter(stage, stack, operation, "rollback-cleanup", [...deletions(made), ...oldOnes(operation.superseded)]);
}

function deleteOver(stage: Stage, stack: Stack, operation: Operation): void {
  if (operation.failed.delete.length > 0) {
    finish(stage, stack, "DELETE_FAILED", failureWords(operation));
    return;
  }
  stack.deleted = stage.world.now;
  stack.outputs = [];
  finish(stage, stack, "DELETE_COMPLETE");
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
  operation.tasks = Object.fromEntries(
    tasks.map((task) => [task.old ? `${task.logicalId}/${task.old.physicalId}` : task.logicalId, task]),
  );
  if (next !== "forward") operation.failed = { create: [], update: [], delete: [] };
  setStack(stage.world, stack, statusAt(operation, operation.creating), reason);
}

/** Ends the operation. */
export function finish(stage: Stage, stack: Stack, status: string, reason?: string): void {
  setStack(stage.world, stack, status, reason);
  if (stack.operation) stack.lastOperation = stack.operation.id;
  delete stack.operation;
}

/** Tasks that delete resources, each after what depends on it. */
export function deletions(resources: readonly StackResource[]): readonly Task[] {
  const ids = new Set(resources.map(({ logicalId }) => logicalId));
  const dependents = new Map<string, string[]>([...ids].map((id) => [id, []]));
  for (const { logicalId, dependsOn } of resources) {
    for (const id of dependsOn) dependents.get(id)?.push(logicalId);
  }
  return resources.map(({ logicalId }) => ({
    logicalId,
    kind: "delete",
    needs: dependents.get(logicalId) ?? [],
    state: "waiting",
  }));
}

/** The same for what is no longer a stack's current resource. */
function oldOnes(resources: readonly StackResource[]): readonly Task[] {
  const ids = new Set(resources.map(({ logicalId }) => logicalId));
  return resources.map((old) => {
    const dependents = resources.filter(
      ({ dependsOn, logicalId }) => ids.has(logicalId) && dependsOn.includes(old.logicalId),
    );
    const needs = dependents.map(({ logicalId, physicalId }) => `${logicalId}/${physicalId}`);
    return { logicalId: old.logicalId, kind: "delete" as const, old, needs, state: "waiting" as const };
  });
}
