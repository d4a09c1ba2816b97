import type { Simulator } from "../state/simulator.ts";
import { checkAlarms } from "./triggers.ts";

/** Checks tasks that wait for an external action again, after a changing request. */
export function recheckWaitingTasks(simulator: Simulator): void {
  const { state } = simulator;
  checkAlarms(simulator);
  for (const { operation } of state.stacks) {
    for (const task of Object.values(operation?.tasks ?? {})) if (task.waiting) task.due = state.now;
  }
}
