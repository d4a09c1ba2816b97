import { AstroError } from "../errors.ts";
import { BOOTSTRAP_STACK } from "../plan/bootstrap.ts";
import type { DeployedStack } from "../plan/deployed.ts";
import { lossesOf } from "../plan/gate.ts";
import type { PlannedChange, Step } from "../plan/plan.ts";
import { isMoving } from "../plan/status.ts";
import { unprotected } from "../plan/unprotected.ts";
import { type Run, refOf, tellOf } from "./engine.ts";
import { removalsIn } from "./inside.ts";
import { asClaimed } from "./look.ts";
import { sweepStep } from "./recovery/change-sets.ts";
import { deleteStack } from "./recovery/delete.ts";
import { continueRollback, rollBack } from "./recovery/roll-back.ts";
import { waitForOther } from "./recovery/wait.ts";
import { onlyOurs } from "./recovery/whose.ts";
import { inItsWords, StackFailure } from "./stack-failure.ts";

/** What to do about a stack in a state that nothing can be deployed to. */
type RecoveryStep = (run: Run, step: Step, found: DeployedStack) => Promise<void>;

/**
 * A way forward from every state CloudFormation cannot go on from by itself (User Guide, "Understand stack status codes" and
 * "Troubleshooting CloudFormation"). A first creation that failed cannot be gone on with, so what is left of it is
 * deleted; since what is left may hold data by now (no rollback, or one that failed), the gate is asked.
 */
const RECOVERIES: { readonly [status: string]: RecoveryStep } = {
  ROLLBACK_COMPLETE: deleteFailedCreation,
  ROLLBACK_FAILED: deleteFailedCreation,
  CREATE_FAILED: deleteFailedCreation,
  DELETE_FAILED: finishDeletion,
  UPDATE_FAILED: rollBack,
  UPDATE_ROLLBACK_FAILED: continueRollback,
};

/** Recoveries of one stack, one after the other, before it counts as not stable. */
const MOST_RECOVERIES = 8;

/**
 * Brings a stack to a state that can be worked on, and tells what it does. Returns the stack, or `undefined` if there
 * is none (any more); one in review holds nothing yet. Throws StackFailure where there is no way on.
 */
export async function reconcile(run: Run, step: Step): Promise<DeployedStack | undefined> {
  for (let passed = 0; passed < MOST_RECOVERIES; passed++) {
    const found = await run.cloud.stack(refOf(step));
    if (found === undefined) return undefined;
    onlyOurs(run, step, await asClaimed(run.cloud, found, run.site));
    const recover = isMoving(found.status) ? waitForOther : RECOVERIES[found.status];
    if (recover === undefined) return cleared(run, step, found);
    await recover(run, step, found);
  }
  throw new StackFailure({ code: "not-stable", reason: "the stack did not reach a stable state" });
}

async function cleared(run: Run, step: Step, found: DeployedStack): Promise<DeployedStack> {
  if (found.status.endsWith("_FAILED")) {
    throw new StackFailure({
      status: found.status,
      ...inItsWords(found.reason, "CloudFormation accepts no update of a stack in this state"),
    });
  }
  // Where no lock keeps others out they may be at work right now: whoever executes first clears the rest away.
  if (found.status === "REVIEW_IN_PROGRESS")
    tellOf(run, step, "stack.recovering", { from: found.status, how: "use-empty-stack" });
  else if (step.stack !== BOOTSTRAP_STACK) await sweepStep(run, step);
  return found;
}

async function deleteFailedCreation(run: Run, step: Step, found: DeployedStack): Promise<void> {
  const ref = { name: found.id, region: found.region };
  const left = await removalsIn(run.cloud, ref);
  if (found.terminationProtection) refuseProtected(step, found, left);
  await run.gate?.(step, left, run.cloud);
  tellOf(run, step, "stack.recovering", { from: found.status, how: "delete-and-create" });
  if (found.terminationProtection) await run.cloud.setTerminationProtection(ref, false);
  await deleteStack(run, step, found);
}

/**
 * astro protects a stack only once it is made, so somebody else has protected this one: that is taken off only where
 * there is nothing to protect. To name what goes is not to say that.
 */
function refuseProtected(step: Step, { name, region, status }: DeployedStack, left: readonly PlannedChange[]): void {
  const losses = lossesOf(step, left, []);
  if (losses.length === 0) return;
  throw new AstroError(
    "declined",
    `${name} is in ${status} and has to be deleted to be created again, but it has termination protection:\n${losses.map(({ words }) => words).join("\n")}`,
    unprotected(
      name,
      region,
      "look at what is in it; if it may be deleted, turn the protection off and run the same command again",
    ),
  );
}

async function finishDeletion(run: Run, step: Step, found: DeployedStack): Promise<void> {
  // It stood once, so what is left of it may hold data.
  await run.gate?.(step, await removalsIn(run.cloud, { name: found.id, region: found.region }), run.cloud);
  tellOf(run, step, "stack.recovering", { from: found.status, how: "finish-deletion" });
  await deleteStack(run, step, found);
}
