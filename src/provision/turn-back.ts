import type { Step } from "../plan/plan.ts";
import type { StackRef } from "./cloud.ts";
import { type Run, tellOf } from "./engine.ts";

/** Cancels the operation on a stack: a creation is deleted, an update rolled back; anything else cannot be cancelled. */
export async function turnBack(run: Run, step: Step, ref: StackRef): Promise<void> {
  const status = (await run.cloud.stack(ref))?.status ?? "DELETE_COMPLETE";
  const cancelling = (how: "delete" | "roll-back" | "wait") => tellOf(run, step, "stack.cancelling", { status, how });
  if (status === "CREATE_IN_PROGRESS") {
    cancelling("delete");
    await run.cloud.deleteStack(ref, `astro-${run.token()}`);
  } else if (status === "UPDATE_IN_PROGRESS") {
    cancelling("roll-back");
    await run.cloud.cancelUpdate(ref, `astro-${run.token()}`);
  } else cancelling("wait");
}
