import { command } from "../command-line.ts";
import { AstroError } from "../errors.ts";
import { BOOTSTRAP_STACK, LOCK_TABLE } from "../plan/bootstrap.ts";
import type { Plan } from "../plan/plan.ts";
import { asAstroError, type Run, stackKey } from "./engine.ts";
import { sweepSteps } from "./recovery/change-sets.ts";

/**
 * Makes sure that the environment's lock is this run's. The table it needs may come with the bootstrap; a removal may
 * do without one. After a run that was killed, its change sets are cleared away.
 */
export async function ensureLock(run: Run, plan: Plan, isBootstrapped = false): Promise<AstroError | undefined> {
  if (run.lock === undefined) return undefined;
  try {
    const taken = await run.lock.take(run.emit);
    if (taken === "taken-over" && !isBootstrapped) await sweepSteps(run, plan.steps);
    // A bootstrap that is deployed without its table has had it deleted by hand.
    if (taken === "none") run.drifted.add(stackKey({ name: BOOTSTRAP_STACK, region: plan.region }));
    if (taken !== "none" || !isBootstrapped || plan.direction === "destroy") return undefined;
    return new AstroError(
      "failed",
      `the lock table ${LOCK_TABLE} does not exist although ${BOOTSTRAP_STACK} is deployed: somebody deleted it`,
      {
        text: "see why CloudFormation did not create it again, fix that and run the same command",
        command: command`aws cloudformation describe-stack-events --stack-name ${BOOTSTRAP_STACK} --region ${plan.region} --max-items 20`,
      },
    );
  } catch (error) {
    return run.signal.aborted ? undefined : asAstroError(error);
  }
}
