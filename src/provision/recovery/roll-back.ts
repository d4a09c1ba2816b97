import type { DeployedStack } from "../../plan/deployed.ts";
import type { Step } from "../../plan/plan.ts";
import { isAtRest } from "../../plan/status.ts";
import type { StackRef, StackResource } from "../cloud.ts";
import { type Run, tellOf } from "../engine.ts";
import { removalsIn } from "../inside.ts";
import { isOfStack } from "../stack-events.ts";
import { inItsWords, StackFailure } from "../stack-failure.ts";
import { newestEvent, type WatchedEnding, watch } from "../watch.ts";

/** Brings a stack whose update stopped half-way back to what it was before (CloudFormation's RollbackStack). */
export async function rollBack(run: Run, step: Step, found: DeployedStack): Promise<void> {
  await mayUndo(run, step, found);
  tellOf(run, step, "stack.recovering", { from: found.status, how: "roll-back" });
  await follow(run, step, found, (ref, token) => run.cloud.rollBack(ref, token));
}

/**
 * Goes on with a rollback that failed. What then still fails is skipped if the run's options name it, or if the person
 * at the terminal agrees. Throws StackFailure naming what is stuck otherwise.
 */
export async function continueRollback(run: Run, step: Step, found: DeployedStack): Promise<void> {
  await mayUndo(run, step, found);
  tellOf(run, step, "stack.recovering", { from: found.status, how: "continue-rollback" });
  let ending = await follow(run, step, found, (ref, token) => run.cloud.continueRollback(ref, token, []));
  const skipped = new Set<string>();
  while (ending.status === "UPDATE_ROLLBACK_FAILED") {
    const stuck = await stuckRollingBack(run, { name: found.id, region: found.region });
    const fresh = stuck.filter(({ logicalId }) => !skipped.has(logicalId));
    if (fresh.length === 0 || !(await mayBeSkipped(run, step, fresh, ending))) throw failureOf(found, ending, stuck);
    for (const { logicalId } of fresh) skipped.add(logicalId);
    const resources = fresh.map(({ logicalId }) => logicalId);
    tellOf(run, step, "resource.skipped", { resources });
    ending = await follow(run, step, found, (ref, token) => run.cloud.continueRollback(ref, token, resources));
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
  const there = await removalsIn(run.cloud, ref);
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
): Promise<WatchedEnding> {
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

async function mayBeSkipped(
  run: Run,
  step: Step,
  stuck: readonly StackResource[],
  ending: WatchedEnding,
): Promise<boolean> {
  const given = run.recoveryOptions?.skip ?? [];
  if (stuck.every(({ logicalId }) => given.includes(logicalId))) return true;
  const names = stuck.map(({ logicalId }) => logicalId).join(", ");
  const why = ending.culprit?.reason ?? ending.reason ?? "AWS gives no reason";
  const meaning =
    "CloudFormation then counts it as rolled back, as it is: make sure by hand that it is what the template says.";
  return (await run.ask?.(`${step.stack}: ${names} cannot be rolled back (${why}). ${meaning} Skip it?`)) ?? false;
}

function failureOf(
  found: DeployedStack,
  { status, culprit, reason }: WatchedEnding,
  stuck: readonly StackResource[],
): StackFailure {
  const [first] = stuck;
  const resource = first && { resource: first.logicalId, resourceType: first.type };
  return new StackFailure({
    status,
    ...inItsWords(culprit?.reason ?? reason ?? found.reason, "the rollback failed again, and AWS gives no reason"),
    resource,
    stuck: stuck.map(({ logicalId }) => logicalId),
  });
}
