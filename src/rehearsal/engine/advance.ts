import type { Simulator } from "../state/simulator.ts";
import type { ResourceTask, SimulatedStack, StackOperation } from "../state/stack.ts";
import { completePut, reportConfigured } from "./complete.ts";
import { cancelRunning, dropDependents, isInProgress } from "./fail.ts";
import { initiatePut } from "./initiate.ts";
import { beginPut } from "./put.ts";
import { beginDelete, completeDelete } from "./remove.ts";
import { beginRestore, initiateRestore } from "./restore.ts";
import { endStage, hasFailed } from "./stages.ts";
import type { TaskStep } from "./task-step.ts";

/**
 * Advances the clock: everything that is due until `to` happens, in the order of its times, and `state.now` is `to`.
 * The outcome does not depend on how many steps a span of time is passed in. Returns whether anything happened.
 */
export function advance(simulator: Simulator, to: number): boolean {
  let happened = false;
  for (;;) {
    const next = soonest(simulator);
    if (!next || next.due > to) break;
    simulator.state.now = Math.max(simulator.state.now, next.due);
    step(simulator, next.stack);
    happened = true;
  }
  simulator.state.now = Math.max(simulator.state.now, to);
  return happened;
}

/** A scheduled event: when (simulated milliseconds), and whether it is only a timeout. */
type Next = { readonly due: number; readonly expires: boolean };

/** The next scheduled event; `undefined` if there is none. */
export function nextDue(simulator: Simulator): Next | undefined {
  const { now, stacks } = simulator.state;
  const found = soonest(simulator);
  let draft: number | undefined;
  for (const { changeSets } of stacks) {
    for (const { due } of changeSets) if (due > now && (draft === undefined || due < draft)) draft = due;
  }
  if (draft !== undefined && (found === undefined || draft < found.due)) return { due: draft, expires: false };
  return found && { due: found.due, expires: isExpiry(found.stack, found.due) };
}

/** Whether all that is due then is the timeout of a wait for signals or of the stack. */
function isExpiry({ operation }: SimulatedStack, due: number): boolean {
  // Called thousands of times with hundreds of tasks: nothing is copied, here and in dueOf.
  for (const key in operation?.tasks) {
    const task = operation.tasks[key];
    if (task?.due === undefined || task.due > due || task.waiting) continue;
    if (task.awaits === undefined || task.state !== "initiated") return false;
  }
  return true;
}

function soonest(simulator: Simulator): { readonly stack: SimulatedStack; readonly due: number } | undefined {
  let found: { readonly stack: SimulatedStack; readonly due: number } | undefined;
  for (const stack of simulator.state.stacks) {
    const due = stack.operation && dueOf(stack.operation);
    if (due !== undefined && (found === undefined || due < found.due)) found = { stack, due };
  }
  return found;
}

function dueOf(operation: StackOperation): number | undefined {
  let due = operation.stage === "forward" ? operation.expires : undefined;
  const { watched } = operation;
  if (operation.stage === "forward" && watched !== undefined && (due === undefined || watched < due)) due = watched;
  for (const key in operation.tasks) {
    const at = operation.tasks[key]?.due;
    if (at !== undefined && (due === undefined || at < due)) due = at;
  }
  return due;
}

function step(simulator: Simulator, stack: SimulatedStack): void {
  const { operation } = stack;
  if (!operation) return;
  if (operation.stage === "forward" && operation.expires !== undefined && operation.expires <= simulator.state.now) {
    operation.stopped = operation.alarm
      ? `${operation.alarm}${operation.creating ? "Rollback requested by user." : ""}`
      : "Stack creation time exceeded the specified timeout. Rollback requested by user.";
  }
  for (const task of Object.values(operation.tasks)) {
    if (task.due !== undefined && task.due <= simulator.state.now) continueTask({ simulator, stack, operation, task });
  }
  startReadyTasks(simulator, stack);
}

function continueTask(step: TaskStep): void {
  const { operation, task } = step;
  if (task.kind === "delete") completeDelete(step);
  else if (task.state !== "begun") completePut(step);
  else if (task.kind === "restore") initiateRestore(step);
  else if (operation.target) initiatePut(step, operation.target);
}

/** Starts all tasks that are ready, of a stack and of those nested in it, until what is left has to wait. */
export function startReadyTasks(simulator: Simulator, stack: SimulatedStack): void {
  startOwnTasks(simulator, stack);
  for (const child of simulator.state.stacks)
    if (child.parent === stack.id && child.operation) startReadyTasks(simulator, child);
}

function startOwnTasks(simulator: Simulator, stack: SimulatedStack): void {
  for (;;) {
    const { operation } = stack;
    if (!operation) return;
    if (operation.stage === "forward" && hasFailed(operation)) stopOnFailure(simulator, stack, operation);
    const tasks = Object.values(operation.tasks);
    const ready = tasks.filter(
      (task) => task.state === "waiting" && task.needs.every((need) => isDone(operation.tasks[need])),
    );
    for (const task of ready) beginTask({ simulator, stack, operation, task });
    if (ready.length === 0) {
      if (tasks.some(isInProgress)) {
        if (operation.stage === "forward") reportConfigured(simulator, stack, operation);
        return;
      }
      endStage(simulator, stack, operation);
      if (operation.stage === "forward" && (operation.watched ?? 0) > simulator.state.now) return;
    }
  }
}

/**
 * A task failed: all others are cancelled; without rollback, those that do not depend on it go on ("Choose how to
 * handle failures when provisioning resources": independent provisioning paths).
 */
function stopOnFailure(simulator: Simulator, stack: SimulatedStack, operation: StackOperation): void {
  if (operation.onFailure === "DO_NOTHING" && operation.stopped === undefined) dropDependents(operation);
  else cancelRunning(simulator, stack, operation);
}

const isDone = (task: ResourceTask | undefined) =>
  task === undefined || task.state === "done" || task.state === "settling";

function beginTask(step: TaskStep): void {
  const { operation, task } = step;
  if (task.kind === "delete") beginDelete(step);
  else if (task.kind === "restore") beginRestore(step);
  else if (operation.target) beginPut(step, operation.target);
}
