import type { Step } from "../plan/plan.ts";
import type { StackRef } from "./cloud.ts";
import { notice, type Run } from "./engine.ts";

/** Turns back what CloudFormation is at: a creation is deleted, an update rolled back; all else must run its course. */
export async function turnBack(run: Run, step: Step, ref: StackRef): Promise<void> {
  const status = (await run.cloud.stack(ref))?.status;
  if (status === "CREATE_IN_PROGRESS") {
    notice(run, step, "cancelling its creation: what there is of it is deleted");
    await run.cloud.deleteStack(ref, `astro-${run.token()}`);
  } else if (status === "UPDATE_IN_PROGRESS") {
    notice(run, step, "cancelling its update: it is rolled back");
    await run.cloud.cancelUpdate(ref, `astro-${run.token()}`);
  } else notice(run, step, `${status}: AWS cannot cancel this; waiting for it`);
}
