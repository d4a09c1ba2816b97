import type { Stage } from "../stage.ts";
import { previewOf } from "./preview.ts";
import type { Deployment, Stack } from "./stack.ts";

/** Whether an update of the stack to `target` would do anything at all. */
export function differs(stage: Stage, stack: Stack, target: Deployment): boolean {
  const { changes, outputsDiffer } = previewOf(stage, stack, target);
  return changes.length > 0 || outputsDiffer || !sameTags(stack, target) || stack.status.endsWith("_FAILED");
}

/** Whether the stack bears the tags already, in whatever order. */
export function sameTags(stack: Stack, target: Deployment): boolean {
  return JSON.stringify(sorted(stack.deployed?.tags ?? {})) === JSON.stringify(sorted(target.tags));
}

const sorted = (map: { readonly [key: string]: string }) =>
  Object.entries(map).toSorted(([a], [b]) => (a < b ? -1 : 1));
