import type { Operation, Stack, Task } from "../cloudformation/stack.ts";
import type { Stage } from "../stage.ts";
import { completePut, sayConfigured } from "./complete.ts";
import { cancelRunning, dropDependents, isRunning } from "./fail.ts";
import { initiatePut } from "./initiate.ts";
import { beginPut } from "./put.ts";
import { beginDelete, completeDelete } from "./remove.ts";
import { beginRestore, initiateRestore } from "./restore.ts";
import { hasFailed, stageOver } from "./stages.ts";

/**
 * Lets time pass: everything that is due until `to` happens, in the order of its times, and `world.now` is `to`.
 * The outcome does not depend on how many steps a span of time is passed in. Returns whether anything happened.
 */
export function advance(stage: Stage, to: number): boolean {
  let happened = false;
  for (;;) {
    const next = soonest(stage);
    if (!next || next.due > to) break;
    stage.world.now = Math.max(stage.world.now, next.due);
    step(stage, next.stack);
    happened = true;
  }
  stage.world.now = Math.max(stage.world.now, to);
  return happened;
}

/** Something that happens by itself: when (virtual milliseconds), and whether it is only that a client's time runs out. */
type Next = { readonly due: number; readonly expires: boolean };

/** The next thing that happens by itself; `undefined` if nothing does. */
export function nextDue(stage: Stage): Next | undefined {
  const { now, stacks } = stage.world;
  const found = soonest(stage);
  let draft: number | undefined;
  for (const { changeSets } of stacks) {
    for (const { due } of changeSets) if (due > now && (draft === undefined || due < draft)) draft = due;
  }
  if (draft !== undefined && (found === undefined || draft < found.due)) return { due: draft, expires: false };
  return found && { due: found.due, expires: isExpiry(found.stack, found.due) };
}

/** Whether all that is due then is the end of a wait for signals, or of the time a stack was given. */
function isExpiry({ operation }: Stack, due: number): boolean {
  // With hundreds of tasks this is asked thousands of times: nothing is copied, here and in dueOf.
  for (const key in operation?.tasks) {
    const task = operation.tasks[key];
    if (task?.due === undefined || task.due > due || task.waiting) continue;
    if (task.awaits === undefined || task.state !== "initiated") return false;
  }
  return true;
}

function soonest(stage: Stage): { readonly stack: Stack; readonly due: number } | undefined {
  let found: { readonly stack: Stack; readonly due: number } | undefined;
  for (const stack of stage.world.stacks) {
    const due = stack.operation && dueOf(stack.operation);
    if (due !== undefined && (found === undefined || due < found.due)) found = { stack, due };
  }
  return found;
}

function dueOf(operation: Operation): number | undefined {
  let due = operation.stage === "forward" ? operation.expires : undefined;
  const { watched } = operation;
  if (operation.stage === "forward" && watched !== undefined && (due === undefined || watched < due)) due = watched;
  for (const key in operation.tasks) {
    const at = operation.tasks[key]?.due;
    if (at !== undefined && (due === undefined || at < due)) due = at;
  }
  return due;
}

function step(stage: Stage, stack: Stack): void {
  const { operation } = stack;
  if (!operation) return;
  if (operation.stage === "forward" && operation.expires !== undefined && operation.expires <= stage.world.now) {
    operation.stopped = operation.alarm
      ? `${operation.alarm}${operation.creating ? "Rollback requested by user." : ""}`
      : "Stack creation time exceeded the specified timeout. Rollback requested by user.";
  }
  for (const task of Object.values(operation.tasks)) {
    if (task.due !== undefined && task.due <= stage.world.now) carryOn(stage, stack, operation, task);
  }
  settle(stage, stack);
}

function carryOn(stage: Stage, stack: Stack, operation: Operation, task: Task): void {
  if (task.kind === "delete") completeDelete(stage, stack, operation, task);
  else if (task.state !== "begun") completePut(stage, stack, operation, task);
  else if (task.kind === "restore") initiateRestore(stage, stack, operation, task);
  else if (operation.target) initiatePut(stage, stack, operation, task, operation.target);
}

/** Begins whatever can begin, stage after stage, until all that is left has to wait for time to pass. */
export function settle(stage: Stage, stack: Stack): void {
  for (;;) {
    const { operation } = stack;
    if (!operation) return;
    if (operation.stage === "forward" && hasFailed(operation)) halt(stage, stack, operation);
    const tasks = Object.values(operation.tasks);
    const ready = tasks.filter(
      (task) => task.state === "waiting" && task.needs.every((need) => isDone(operation.tasks[need])),
    );
    for (const task of ready) begin(stage, stack, operation, task);
    if (ready.length === 0) {
      if (tasks.some(isRunning)) {
        if (operation.stage === "forward") sayConfigured(stage, stack, operation);
        return;
      }
      stageOver(stage, stack, operation);
      if (operation.stage === "forward" && (operation.watched ?? 0) > stage.world.now) return;
    }
  }
}

/**
 * Something failed: all that is under way is cancelled; but what is to be kept goes on where nothing failed before it
 * ("Choose how to handle failures when provisioning resources": independent provisioning paths).
 */
function halt(stage: Stage, stack: Stack, operation: Operation): void {
  if (operation.onFailure === "DO_NOTHING" && operation.stopped === undefined) dropDependents(operation);
  else cancelRunning(stage, stack, operation);
}

const isDone = (task: Task | undefined) => task === undefined || task.state === "done" || task.state === "settling";

function begin(stage: Stage, stack: Stack, operation: Operation, task: Task): void {
  if (task.kind === "delete") beginDelete(stage, stack, operation, task);
  else if (task.kind === "restore") beginRestore(stage, stack, operation, task);
  else if (operation.target) beginPut(stage, stack, operation, task, operation.target);
}
