import type { Simulator } from "../state/simulator.ts";
import type { SimulatedStack } from "../state/stack.ts";

/** Lets the parent's task continue once the nested stack's operation has ended. */
export function wakeParent(simulator: Simulator, child: SimulatedStack): void {
  const parent = simulator.state.stacks.find(({ id }) => id === child.parent);
  for (const task of Object.values(parent?.operation?.tasks ?? {})) {
    const resource = task.old ?? parent?.resources[task.logicalId];
    if (resource?.physicalId === child.id && task.state === "initiated") task.due = simulator.state.now;
  }
}
