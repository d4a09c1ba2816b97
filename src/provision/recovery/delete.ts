import type { DeployedStack } from "../../plan/deployed.ts";
import type { Step } from "../../plan/plan.ts";
import type { StackResource } from "../cloud.ts";
import { type Run, tellOf } from "../engine.ts";
import { whyHeld } from "../in-the-way.ts";
import { inItsWords, StackFailure } from "../stack-failure.ts";
import { newestEvent, type WatchedEnding, watch } from "../watch.ts";

/** Times something is emptied, or tried once more, before it counts as not to be deleted. */
const PATIENCE = 2;

/** Makes room for what AWS could not delete; the logical ids of what can go now. */
export type MakeRoom = (stuck: readonly StackResource[]) => Promise<readonly string[]>;

/**
 * Deletes a stack and follows it to its end. AWS is asked first and what it could not delete is emptied after: whatever
 * it refuses (protection, a missing permission, an export in use) then costs nothing, at the price of a second round
 * for a stack that holds something. What cannot be deleted then either is left standing, and as it is, if the run may
 * give it up. Throws StackFailure naming what is in the way.
 */
export async function deleteStack(
  run: Run,
  step: Step,
  found: DeployedStack,
  makeRoom: MakeRoom = async () => [],
): Promise<void> {
  const mayStay = new Set(run.recoveryOptions?.retain);
  const kept = new Set<string>();
  const emptied = new Map<string, number>();
  let ending = await attempt(run, step, found, []);
  for (let tries = 1; ending.status !== "DELETE_COMPLETE"; tries++) {
    // One that is what it was again (AWS turned back, as for an export in use) is not being deleted.
    const stuck = ending.status === "DELETE_FAILED" ? await stuckIn(run, found) : [];
    const again = stuck.filter(({ logicalId }) => (emptied.get(logicalId) ?? 0) >= PATIENCE && !mayStay.has(logicalId));
    if (again.length > 0) throw filledAgain(ending, again);
    const freed = await makeRoom(stuck.filter(({ logicalId }) => !mayStay.has(logicalId)));
    for (const id of freed) emptied.set(id, (emptied.get(id) ?? 0) + 1);
    if (freed.length === 0 && tries < PATIENCE) {
      tellOf(run, step, "stack.recovering", { from: "DELETE_FAILED", how: "retry-deletion", ...whatFailed(ending) });
    } else if (freed.length === 0) {
      const given = stuck.filter(({ logicalId }) => mayStay.has(logicalId) && !kept.has(logicalId));
      if (given.length === 0) throw await failureOf(run, found, ending, stuck);
      for (const { logicalId, type, physicalId } of given) {
        kept.add(logicalId);
        tellOf(run, step, "resource.retained", { resource: logicalId, resourceType: type, physicalId });
      }
    }
    ending = await attempt(run, step, found, [...kept]);
  }
}

async function attempt(run: Run, step: Step, found: DeployedStack, retain: readonly string[]): Promise<WatchedEnding> {
  const ref = { name: found.id, region: found.region };
  const from = await newestEvent(run, ref);
  await run.cloud.deleteStack(ref, `astro-${run.token()}`, retain);
  return watch(run, step, ref, from);
}

/** Resources AWS tried to delete and could not. */
async function stuckIn(run: Run, found: DeployedStack): Promise<readonly StackResource[]> {
  const all = await run.cloud.resources({ name: found.id, region: found.region });
  return all.filter(({ status }) => status === "DELETE_FAILED");
}

function whatFailed({ culprit, reason }: WatchedEnding) {
  const why = culprit ? culprit.reason : reason;
  return {
    ...(why !== undefined && { reason: why }),
    ...(culprit && { resource: culprit.logicalId, resourceType: culprit.type }),
  };
}

async function failureOf(
  run: Run,
  found: DeployedStack,
  { status, culprit, reason }: WatchedEnding,
  stuck: readonly StackResource[],
): Promise<StackFailure> {
  const all = stuck.length === 0 ? [] : await run.cloud.resources({ name: found.id, region: found.region });
  const held = await whyHeld(run.cloud, found.region, stuck, all);
  return new StackFailure({
    status,
    ...inItsWords(culprit?.reason ?? reason, NO_REASON),
    ...(held && { code: "deletion-blocked" as const, ...held }),
    resource: culprit && { resource: culprit.logicalId, resourceType: culprit.type },
    stuck: stuck.map(({ logicalId }) => logicalId),
  });
}

function filledAgain({ status, culprit, reason }: WatchedEnding, stuck: readonly StackResource[]): StackFailure {
  const ids = stuck.map(({ logicalId }) => logicalId);
  const [first] = stuck;
  return new StackFailure({
    status,
    code: "filled-again",
    ...inItsWords(culprit?.reason ?? reason, NO_REASON),
    resource: first && { resource: first.logicalId, resourceType: first.type },
    stuck: ids,
    hints: [{ text: "stop whatever writes to it, then run the same command again" }],
  });
}

const NO_REASON = "the deletion failed, and AWS gives no reason";
