import type { Simulator } from "../state/simulator.ts";
import { checkAlarms } from "./triggers.ts";

/** Lets services that wait for somebody look again, because somebody did something. */
export function recheckWaitingTasks(simulator: Simulator): void {
  const { state } = simulator;
  checkAlarms(simulator);
  for (const { operation } of state.stacks) {
    for (const task of Object.values(operation?.tasks ?? {})) if (task.waiting) task.due = state.now;
  }
}
