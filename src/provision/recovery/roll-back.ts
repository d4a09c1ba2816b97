import type { DeployedStack } from "../../plan/deployed.ts";
import type { Step } from "../../plan/plan.ts";
import { isAtRest } from "../../plan/status.ts";
import type { StackRef, StackResource } from "../cloud.ts";
import { notice, type Run, StackFailure } from "../engine.ts";
import { standingIn } from "../inside.ts";
import { isOfStack } from "../stack-events.ts";
import { type Ending, newestEvent, watch } from "../watch.ts";

/** Brings a stack whose update stopped half-way back to what it was before (CloudFormation's RollbackStack). */
export async function rollBack(run: Run, step: Step, found: DeployedStack): Promise<void> {
  await mayUndo(run, step, found);
  notice(run, step, "UPDATE_FAILED: an update stopped half-way and was not rolled back; rolling it back");
  await follow(run, step, found, (ref, token) => run.cloud.rollBack(ref, token));
}

/**
 * Goes on with a rollback that failed. What then still fails is skipped if the run may give it up, or if the person
 * at the terminal agrees. Throws StackFailure naming what is stuck otherwise.
 */
export async function continueRollback(run: Run, step: Step, found: DeployedStack): Promise<void> {
  await mayUndo(run, step, found);
  notice(run, step, "UPDATE_ROLLBACK_FAILED: an earlier update could not be rolled back; going on with the rollback");
  let ending = await follow(run, step, found, (ref, token) => run.cloud.continueRollback(ref, token, []));
  const skipped = new Set<string>();
  while (ending.status === "UPDATE_ROLLBACK_FAILED") {
    const stuck = await stuckRollingBack(run, { name: found.id, region: found.region });
    const fresh = stuck.filter(({ logicalId }) => !skipped.has(logicalId));
    if (fresh.length === 0 || !(await mayBeSkipped(run, step, fresh, ending))) throw failureOf(found, ending, stuck);
    for (const { logicalId } of fresh) skipped.add(logicalId);
    const names = fresh.map(({ logicalId }) => logicalId).join(", ");
    notice(run, step, `skipping ${names}: CloudFormation takes it as it is, and what it records may not be true of it`);
    ending = await follow(run, step, found, (ref, token) =>
      run.cloud.continueRollback(
        ref,
        token,
        fresh.map(({ logicalId }) => logicalId),
      ),
    );
  }
}

/** CloudFormation's words for a resource that an update replaces (DescribeStackEvents). */
const REPLACED = /requires the creation of a new physical resource/i;

/**
 * A rollback deletes what was made since the stack was last at rest ("Choose how to handle failures when provisioning
 * resources"), and that may have been used for days by now: the gate is asked about it. Whether a policy keeps some of
 * it stands in a template that is not the stack's.
 */
async function mayUndo(run: Run, step: Step, found: DeployedStack): Promise<void> {
  if (run.gate === undefined) return;
  const ref = { name: found.id, region: found.region };
  const events = await run.cloud.events(ref);
  const rest = events.findLastIndex((event) => isOfStack(event) && isAtRest(event.status));
  const made = new Set(
    events
      .slice(rest + 1)
      .filter(({ status, reason = "" }) => status === "CREATE_COMPLETE" || REPLACED.test(reason))
      .map(({ logicalId }) => logicalId),
  );
  if (made.size === 0) return;
  const there = await standingIn(run.cloud, ref);
  await run.gate(
    step,
    there
      .filter(({ logicalId }) => made.has(logicalId.split("/")[0] ?? ""))
      .map(({ kept: _, snapshot: __, ...change }) => change),
    run.cloud,
  );
}

async function follow(
  run: Run,
  step: Step,
  found: DeployedStack,
  begin: (ref: { readonly name: string; readonly region: string }, token: string) => Promise<void>,
): Promise<Ending> {
  const ref = { name: found.id, region: found.region };
  const from = await newestEvent(run, ref);
  await begin(ref, `astro-${run.token()}`);
  return watch(run, step, ref, from);
}

/** Resources a rollback could not bring back; only these may be skipped (ContinueUpdateRollback, ResourcesToSkip). */
export async function stuckRollingBack(run: Run, ref: StackRef): Promise<readonly StackResource[]> {
  const all = await run.cloud.resources(ref);
  return all.filter(({ status }) => status === "UPDATE_FAILED");
}

async function mayBeSkipped(run: Run, step: Step, stuck: readonly StackResource[], ending: Ending): Promise<boolean> {
  const given = run.givingUp?.skip ?? [];
  if (stuck.every(({ logicalId }) => given.includes(logicalId))) return true;
  const names = stuck.map(({ logicalId }) => logicalId).join(", ");
  const why = ending.culprit?.reason ?? ending.reason ?? "AWS gives no reason";
  const meaning = "CloudFormation then takes it as it is: make sure by hand that it is what the template says.";
  return (await run.ask?.(`${step.stack}: ${names} cannot be rolled back (${why}). ${meaning} Skip it?`)) ?? false;
}

function failureOf(
  found: DeployedStack,
  { status, culprit, reason }: Ending,
  stuck: readonly StackResource[],
): StackFailure {
  const [first] = stuck;
  const resource = first && { resource: first.logicalId, resourceType: first.type };
  const why = culprit?.reason ?? reason ?? found.reason ?? "its rollback fails again";
  return new StackFailure(
    status,
    why,
    resource,
    stuck.map(({ logicalId }) => logicalId),
  );
}
