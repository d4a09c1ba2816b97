import type { DeployedStack } from "../plan/deployed.ts";
import type { Step } from "../plan/plan.ts";
import { isDead, isMoving } from "../plan/status.ts";
import { type Run, refOf, StackFailure, tell } from "./engine.ts";
import { newestEvent, watch } from "./watch.ts";

/**
 * Brings a stack to a state that can be worked on: waits for an operation somebody else (or an interrupted run)
 * began, and deletes what a failed creation left. Returns the stack, or `undefined` if there is none.
 */
export async function settle(run: Run, step: Step): Promise<DeployedStack | undefined> {
  const ref = refOf(step);
  const found = await run.cloud.stack(ref);
  if (found === undefined) return undefined;
  if (isMoving(found.status)) {
    notice(run, step, `${found.status} from an earlier run or somebody else; waiting for it`);
    await watch(run, step, { ...ref, name: found.id }, await beforeNewest(run, found));
    return settle(run, step);
  }
  if (found.status === "UPDATE_ROLLBACK_FAILED") {
    throw new StackFailure(found.status, found.reason ?? "an earlier update could not be rolled back");
  }
  if (!isDead(found.status)) return found;
  if (found.status === "REVIEW_IN_PROGRESS") notice(run, step, "an empty stack left in review; deleting it");
  else notice(run, step, `${found.status} after an earlier failure: it cannot be updated; deleting it`);
  const from = await newestEvent(run, ref);
  await run.cloud.deleteStack({ ...ref, name: found.id }, run.token());
  const ending = await watch(run, step, { ...ref, name: found.id }, from);
  if (ending.status !== "DELETE_COMPLETE") {
    throw new StackFailure(ending.status, ending.culprit?.reason ?? ending.reason ?? "it could not be deleted", {
      resource: ending.culprit?.logicalId ?? step.stack,
      resourceType: ending.culprit?.type ?? "AWS::CloudFormation::Stack",
    });
  }
  return undefined;
}

function notice(run: Run, step: Step, message: string): void {
  tell(run, { type: "stack.noticed", phase: step.phase, stack: step.stack, message });
}

/** The event before the newest one: so that watching sees the newest itself, the stack's end included. */
async function beforeNewest(run: Run, stack: DeployedStack): Promise<string | undefined> {
  return (await run.cloud.recentEvents({ name: stack.id, region: stack.region })).at(-2)?.id;
}
