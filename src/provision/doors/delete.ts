import type { DeployedStack } from "../../plan/deployed.ts";
import type { Step } from "../../plan/plan.ts";
import type { StackResource } from "../cloud.ts";
import { notice, type Run, StackFailure } from "../engine.ts";
import { type Ending, newestEvent, watch } from "../watch.ts";

/**
 * Deletes a stack and follows it to its end. What AWS could not delete is named and tried once more (after `prepare`,
 * as before the first time); what it cannot delete then either is left standing if the run may give it up. Throws
 * StackFailure naming what is in the way.
 */
export async function deleteStack(
  run: Run,
  step: Step,
  found: DeployedStack,
  prepare: () => Promise<void> = async () => undefined,
): Promise<void> {
  let ending = await attempt(run, step, found, prepare, []);
  if (ending.status === "DELETE_COMPLETE") return;
  notice(run, step, `DELETE_FAILED: ${inTheWay(ending)}; trying once more`);
  ending = await attempt(run, step, found, prepare, []);
  const kept = new Set<string>();
  while (ending.status !== "DELETE_COMPLETE") {
    const stuck = await stuckIn(run, found);
    const given = stuck.filter(({ logicalId }) => run.givingUp?.retain.includes(logicalId) && !kept.has(logicalId));
    if (given.length === 0) throw failureOf(ending, stuck);
    for (const { logicalId, physicalId } of given) {
      kept.add(logicalId);
      notice(run, step, `${logicalId} cannot be deleted: ${physicalId} stays, and no stack knows it any more`);
    }
    ending = await attempt(run, step, found, prepare, [...kept]);
  }
}

async function attempt(
  run: Run,
  step: Step,
  found: DeployedStack,
  prepare: () => Promise<void>,
  retain: readonly string[],
): Promise<Ending> {
  const ref = { name: found.id, region: found.region };
  await prepare();
  const from = await newestEvent(run, ref);
  await run.cloud.deleteStack(ref, `astro-${run.token()}`, retain);
  return watch(run, step, ref, from);
}

/** Resources AWS tried to delete and could not. */
async function stuckIn(run: Run, found: DeployedStack): Promise<readonly StackResource[]> {
  const all = await run.cloud.resources({ name: found.id, region: found.region });
  return all.filter(({ status }) => status === "DELETE_FAILED");
}

function inTheWay({ culprit, reason }: Ending): string {
  if (culprit === undefined) return reason ?? "AWS gives no reason";
  return `${culprit.logicalId} (${culprit.type}): ${culprit.reason ?? "AWS gives no reason"}`;
}

function failureOf({ status, culprit, reason }: Ending, stuck: readonly StackResource[]): StackFailure {
  return new StackFailure(
    status,
    culprit?.reason ?? reason ?? "it could not be deleted",
    culprit && { resource: culprit.logicalId, resourceType: culprit.type },
    stuck.map(({ logicalId }) => logicalId),
  );
}
