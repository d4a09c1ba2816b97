import { BOOTSTRAP_STACK } from "../plan/bootstrap.ts";
import type { Step } from "../plan/plan.ts";
import { isMoving } from "../plan/status.ts";
import { makeRoom } from "./empty.ts";
import { type Run, refOf } from "./engine.ts";
import type { StackOutcome } from "./event.ts";
import { removalsIn } from "./inside.ts";
import { lookAgain } from "./look-again.ts";
import { deleteStack } from "./recovery/delete.ts";
import { waitForOther } from "./recovery/wait.ts";
import { onlyOurs } from "./recovery/whose.ts";

/**
 * Deletes a stack and follows it; what AWS refuses to delete while it is full is emptied, and deleted again. What stands
 * in it by then is put to the gate first, whatever the plan saw. Throws StackFailure, and AstroError("declined") if the
 * stack is no longer what was shown.
 */
export async function removeStack(run: Run, step: Step): Promise<StackOutcome> {
  const ref = refOf(step);
  let found = await run.cloud.stack(ref);
  while (found && isMoving(found.status)) {
    onlyOurs(run, step, found);
    await waitForOther(run, step, found);
    found = await run.cloud.stack(ref);
  }
  if (found === undefined) return "removed";
  onlyOurs(run, step, found);
  if (run.gate) await run.gate(step, await removalsIn(run.cloud, { ...ref, name: found.id }), run.cloud);
  await lookAgain(run, step, found);
  const unprotects = found.terminationProtection && step.stack === BOOTSTRAP_STACK;
  if (unprotects) await run.cloud.setTerminationProtection(ref, false);
  try {
    await deleteStack(run, step, found, (stuck) => makeRoom(run, step, stuck));
  } catch (error) {
    if (unprotects) await guardAgain(run, step);
    throw error;
  }
  return "removed";
}

/** The bootstrap's protection was lifted for a deletion that AWS then refused. */
async function guardAgain(run: Run, step: Step): Promise<void> {
  const found = await run.cloud.stack(refOf(step)).catch(() => undefined);
  if (found === undefined || /DELETE/.test(found.status)) return;
  await run.cloud.setTerminationProtection(refOf(step), true).catch(() => undefined);
}
