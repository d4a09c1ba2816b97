import type { Simulator } from "../state/simulator.ts";
import type { ResourceTask, SimulatedStack, StackOperation } from "../state/stack.ts";

/** One step of a task: the task, its operation and stack. */
export type TaskStep = {
  readonly simulator: Simulator;
  readonly stack: SimulatedStack;
  readonly operation: StackOperation;
  readonly task: ResourceTask;
};
