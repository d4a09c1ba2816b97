import { AstroError } from "../errors.ts";
import { BOOTSTRAP_STACK } from "../plan/bootstrap.ts";
import type { DeployedStack } from "../plan/deployed.ts";
import { lossesOf } from "../plan/gate.ts";
import type { PlannedChange, Step } from "../plan/plan.ts";
import { isMoving } from "../plan/status.ts";
import { notice, type Run, refOf, StackFailure } from "./engine.ts";
import { standingIn } from "./inside.ts";
import { asClaimed } from "./look.ts";
import { sweepStep } from "./recovery/change-sets.ts";
import { deleteStack } from "./recovery/delete.ts";
import { continueRollback, rollBack } from "./recovery/roll-back.ts";
import { waitForOther } from "./recovery/wait.ts";
import { onlyOurs } from "./recovery/whose.ts";

/** What to do about a stack in a state that nothing can be deployed to. */
type Door = (run: Run, step: Step, found: DeployedStack) => Promise<void>;

/**
 * A way out of every state CloudFormation cannot go on from by itself (User Guide, "Understand stack status codes" and
 * "Troubleshooting CloudFormation"). A first creation that failed cannot be gone on with, so what is left of it is
 * deleted; since what is left may hold data by now (no rollback, or one that failed), the gate is asked.
 */
const DOORS: { readonly [status: string]: Door } = {
  ROLLBACK_COMPLETE: deleteFailedCreation,
  ROLLBACK_FAILED: deleteFailedCreation,
  CREATE_FAILED: deleteFailedCreation,
  DELETE_FAILED: finishDeletion,
  UPDATE_FAILED: rollBack,
  UPDATE_ROLLBACK_FAILED: continueRollback,
};

/** Doors a stack may lead through, one after the other, before it counts as stuck for good. */
const MOST_DOORS = 8;

/**
 * Brings a stack to a state that can be worked on, and says what it does. Returns the stack, or `undefined` if there
 * is none (any more); one in review holds nothing yet. Throws StackFailure where there is no way on.
 */
export async function reconcile(run: Run, step: Step): Promise<DeployedStack | undefined> {
  for (let passed = 0; passed < MOST_DOORS; passed++) {
    const found = await run.cloud.stack(refOf(step));
    if (found === undefined) return undefined;
    onlyOurs(run, step, await asClaimed(run.cloud, found, run.site));
    const door = isMoving(found.status) ? waitForOther : DOORS[found.status];
    if (door === undefined) return cleared(run, step, found);
    await door(run, step, found);
  }
  throw new StackFailure("UNKNOWN", "it does not come to rest: somebody else goes on working on it");
}

async function cleared(run: Run, step: Step, found: DeployedStack): Promise<DeployedStack> {
  if (found.status.endsWith("_FAILED")) {
    throw new StackFailure(found.status, found.reason ?? "CloudFormation has no way to go on from this state");
  }
  // Where no lock keeps others out they may be at work right now: whoever executes first clears the rest away.
  if (found.status === "REVIEW_IN_PROGRESS") notice(run, step, "an empty stack left in review; going on with it");
  else if (step.stack !== BOOTSTRAP_STACK) await sweepStep(run, step);
  return found;
}

async function deleteFailedCreation(run: Run, step: Step, found: DeployedStack): Promise<void> {
  const ref = { name: found.id, region: found.region };
  const left = await standingIn(run.cloud, ref);
  if (found.terminationProtection) refuseProtected(step, found, left);
  await run.gate?.(step, left, run.cloud);
  notice(run, step, `${found.status}: its first creation failed, so it cannot be updated; deleting what is left of it`);
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
    `${name} is in ${status} and has to be deleted to be made anew, but somebody has protected it:\n${losses.map(({ words }) => words).join("\n")}`,
    `look at what is in it; if it may go, take the protection off and run the same command again:  aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${name} --region ${region}`,
  );
}

async function finishDeletion(run: Run, step: Step, found: DeployedStack): Promise<void> {
  // It stood once, so what is left of it may hold data.
  await run.gate?.(step, await standingIn(run.cloud, { name: found.id, region: found.region }), run.cloud);
  notice(run, step, "DELETE_FAILED: somebody began to delete it and AWS could not finish; deleting what is left of it");
  await deleteStack(run, step, found);
}
