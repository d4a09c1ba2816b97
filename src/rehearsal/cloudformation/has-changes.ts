import type { Simulator } from "../state/simulator.ts";
import type { Deployment, SimulatedStack } from "../state/stack.ts";
import { previewOf } from "./preview.ts";

/** Whether an update of the stack to `target` would do anything at all. */
export function hasChanges(simulator: Simulator, stack: SimulatedStack, target: Deployment): boolean {
  const { changes, outputsDiffer } = previewOf(simulator, stack, target);
  // New triggers are an update by themselves (localstack's test_update_stack, recorded 2022-11-21).
  const isWatched = JSON.stringify(stack.deployed?.rollback) !== JSON.stringify(target.rollback);
  const isOther = changes.length > 0 || outputsDiffer || isWatched || !sameTags(stack, target);
  return isOther || stack.status.endsWith("_FAILED");
}

/** Whether the stack has the tags already, in any order. */
export function sameTags(stack: SimulatedStack, target: Deployment): boolean {
  return JSON.stringify(sorted(stack.deployed?.tags ?? {})) === JSON.stringify(sorted(target.tags));
}

const sorted = (map: { readonly [key: string]: string }) =>
  Object.entries(map).toSorted(([a], [b]) => (a < b ? -1 : 1));
