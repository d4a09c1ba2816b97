import { AstroError, reasonOf } from "../errors.ts";
import { bootstrapBucket, stateFolder } from "../plan/bootstrap.ts";
import type { DeployedStack } from "../plan/deployed.ts";
import { type Step, stackFor } from "../plan/plan.ts";
import { type DeploymentStage, stageTo } from "../plan/stages.ts";
import { NESTED_STACK } from "../plan/stateful.ts";
import { isSound } from "../plan/status.ts";
import { movedRead } from "../plan/stored-values.ts";
import type { Stack } from "../synth/assembly.ts";
import { sameJson } from "../template/equal.ts";
import { inPlace } from "../template/partition.ts";
import { checkNodes } from "./cache-nodes.ts";
import { computed, fitsInline, hasNested, isEmpty, nestedRefusal, parametersFor } from "./change-set.ts";
import type { ChangeSet, ChangeSetInput, StackResource } from "./cloud.ts";
import { Cancelled, type Run, refOf, stackKey, tellOf } from "./engine.ts";
import type { StackOutcome } from "./event.ts";
import { allChangesOf } from "./inside.ts";
import { readDeployedTemplate } from "./look.ts";
import { reconcile } from "./reconcile.ts";
import { discardChangeSet, runChangeSet } from "./recovery/change-sets.ts";
import { clearLeftovers } from "./recovery/clear.ts";
import { stuckRollingBack } from "./recovery/roll-back.ts";
import { inItsWords, StackFailure } from "./stack-failure.ts";
import { storedFor } from "./stored.ts";
import { turnBack } from "./turn-back.ts";
import { newestEvent, type WatchedEnding, watch } from "./watch.ts";

/** True if `step` can be left alone: its template is deployed and nothing it reads has moved, in this run either. */
export async function isSettled(run: Run, step: Step): Promise<boolean> {
  const source = stackFor(run.stacks, step);
  if (step.action !== "unchanged" || source === undefined || run.drifted.has(stackKey(refOf(step)))) return false;
  const values = run.touched.has(step.region) ? await storedFor(run.cloud, [source]) : run.values;
  return movedRead(source, run.deployed.get(stackKey(refOf(step))), values) === undefined;
}

/** CloudFormation's words where a value in Parameter Store was written after the change set was made (aws-cdk#14467). */
const STALE = /last modified date does not match/;

/** Tries of one stack under concurrent changes. */
const TRIES = 3;

/** Creates or updates one stack through a change set and follows it to its end. Throws StackFailure or Cancelled. */
export async function apply(run: Run, step: Step, stack: Stack): Promise<StackOutcome> {
  const planned = run.deployed.get(stackKey(refOf(step)));
  for (let tries = 1; ; tries++) {
    const before = await reconcile(run, step);
    try {
      const outcome = await deploy(run, step, stack, before);
      const isProtectedAnew = await afterwards(run, step, stack);
      // Protecting what an earlier run began to create is the end of that creation, and no change.
      const isChange = isProtectedAnew && planned?.status !== "CREATE_IN_PROGRESS";
      return outcome === "unchanged" && isChange ? "updated" : outcome;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const isStale = STALE.test(reasonOf(error.cause));
      if (tries === TRIES || !(isStale || (await hasMoved(run, step, before)))) throw error.cause;
      tellOf(run, step, "stack.retrying", { because: isStale ? "parameter-changed" : "concurrent-change" });
    }
  }
}

/** Deploys the stack, in two updates where AWS needs the first one before the second. */
async function deploy(run: Run, step: Step, stack: Stack, before: DeployedStack | undefined): Promise<StackOutcome> {
  const stage = before && step.inTwo !== undefined ? await stageNow(run, stack, before) : undefined;
  if (stage === undefined) return put(run, step, stack, before);
  tellOf(run, step, "stack.updating-twice", { resources: stage.resources });
  const { template } = stage;
  // What is not waited for may not be there when the second update counts on it.
  const first = await put(
    { ...run, express: false },
    step,
    { ...stack, template, body: JSON.stringify(template) },
    before,
  );
  const second = await put(run, step, stack, before);
  return second === "unchanged" ? first : second;
}

/** What to deploy first, by what is deployed now: an earlier run may have done it already. */
async function stageNow(run: Run, stack: Stack, before: DeployedStack): Promise<DeploymentStage | undefined> {
  return stageTo(await readDeployedTemplate(run.cloud, before), stack.template);
}

async function put(run: Run, step: Step, stack: Stack, before: DeployedStack | undefined): Promise<StackOutcome> {
  let changeSet = runChangeSet(run.token());
  const isNew = before === undefined || before.status === "REVIEW_IN_PROGRESS";
  // By its ARN: another of the same name may have come since.
  const ref = isNew ? refOf(step) : { ...refOf(step), name: before.id };
  for (const manifest of stack.assetManifests) await run.cloud.publishAssets(stack.region, manifest);
  const template = await sendable(run, stack);
  const express = run.express === true && step.phase !== "bootstrap";
  const kind = isNew ? "CREATE" : "UPDATE";
  const revertDrift = !isNew && run.drifted.has(stackKey(refOf(step)));
  const adopt = run.recoveryOptions?.adopt?.some((id) => stack.template.Resources[id] !== undefined) ?? false;
  await clearLeftovers(run, step, stack);
  const { role } = stack.wants ?? {};
  const by = role === undefined ? {} : { role: inPlace(role, { account: run.site.account, region: stack.region }) };
  const given = parametersFor(stack, isNew ? undefined : before);
  const input = { stack: ref, kind, template, tags: stack.tags, express, revertDrift, adopt, ...by, ...given } as const;
  const make = (nested: boolean) =>
    refusable(() => run.cloud.createChangeSet({ ...input, changeSet, token: changeSet, nested }));
  // Of what is new nothing can be lost; whether AWS looks inside while it brings back what drifted it does not say.
  const looks = !isNew && !revertDrift && hasNested(stack);
  await make(looks);
  let executed = false;
  try {
    if (looks && nestedRefusal(await refusable(() => computed(run, ref, changeSet))) !== undefined) {
      await run.cloud.deleteChangeSet(ref, changeSet);
      changeSet = runChangeSet(run.token());
      await make(false);
    }
    // A stack that is as its template says and that has not drifted has nothing to bring back, whatever AWS calls a change
    // because it knows a value only later (cloudformation-coverage-roadmap#2559).
    const ready = await whenReady(run, step, changeSet);
    if (ready === undefined) return "unchanged";
    const isInSync = ready.changes.every(({ inSync, type }) => inSync && type !== NESTED_STACK);
    if (revertDrift && step.action === "unchanged" && isInSync) return "unchanged";
    if (run.cancel?.aborted) throw new Cancelled();
    if (!isNew) await run.gate?.(step, await allChangesOf(run.cloud, { ...ref, name: before.id }, ready), run.cloud);
    for (const { action, logicalId: resource, type: resourceType } of ready.changes) {
      if (action === "Import") tellOf(run, step, "resource.adopted", { resource, resourceType });
    }
    const byId = { ...ref, name: ready.stack };
    const from = await newestEvent(run, byId);
    // By the stack's name, which not every emulator takes an ARN for: no other stack has a change set of this name.
    await refusable(() => run.cloud.executeChangeSet(refOf(step), changeSet, changeSet));
    executed = true;
    run.touched.add(step.region);
    const ending = await watch(run, step, byId, from, () => turnBack(run, step, byId));
    const stuck = ending.status === "UPDATE_ROLLBACK_FAILED" ? await stuckRollingBack(run, byId) : [];
    failUnlessSound(run, ending, stuck);
    await checkNodes(run, stack, ready, ending.status);
    return isNew ? "created" : "updated";
  } finally {
    if (!executed) await discardChangeSet(run, ref, changeSet, isNew);
  }
}

/** Wraps what CloudFormation answered to a call that another operation on the same stack can make it refuse. */
class Refused extends Error {}

async function refusable<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw error instanceof AstroError ? new Refused("refused", { cause: error }) : error;
  }
}

/** Whether the stack is no longer the one a change set was made for. */
async function hasMoved(run: Run, step: Step, before: DeployedStack | undefined): Promise<boolean> {
  const now = await run.cloud.stack(refOf(step));
  const marks = (stack: DeployedStack | undefined) => stack && [stack.id, stack.status, stack.updatedAt?.getTime()];
  return !sameJson(marks(now), marks(before));
}

/** A stack that somebody else deleted meanwhile. */
const DELETED = { status: "DELETE_COMPLETE", code: "deleted-meanwhile", reason: "the stack no longer exists" } as const;

/** Learns the stack's outputs and sets its termination protection. Returns whether that was another one before. */
async function afterwards(run: Run, step: Step, stack: Stack): Promise<boolean> {
  const ref = refOf(step);
  const now = await run.cloud.stack(ref);
  if (now === undefined) throw new StackFailure(DELETED);
  run.deployed.set(stackKey(ref), now);
  const isProtectedAnew = now.terminationProtection !== stack.terminationProtection;
  if (isProtectedAnew) await run.cloud.setTerminationProtection(ref, stack.terminationProtection);
  return isProtectedAnew;
}

/** The template as CloudFormation takes it: inline, or through the bootstrap bucket when it is too large for that. */
async function sendable(run: Run, stack: Stack): Promise<ChangeSetInput["template"]> {
  if (fitsInline(stack)) return { body: stack.body };
  const bucket = bootstrapBucket(run.site.account, stack.region);
  const key = `${stateFolder(run.site)}templates/${stack.name}/${run.token()}.json`;
  return { url: await run.cloud.upload(stack.region, bucket, key, stack.body) };
}

/** Waits for CloudFormation to compute the change set; `undefined` if nothing changes. Throws StackFailure if it is refused. */
async function whenReady(run: Run, step: Step, changeSet: string): Promise<ChangeSet | undefined> {
  const found = await refusable(() => computed(run, refOf(step), changeSet));
  if (found.status === "CREATE_COMPLETE") return found;
  if (isEmpty(found)) return undefined;
  const [first] = await run.cloud.refusals(refOf(step), changeSet);
  if (first) {
    const resource = { resource: first.logicalId, resourceType: first.type };
    throw new StackFailure({ status: found.status, source: "aws", reason: first.reason, resource });
  }
  throw new StackFailure({
    status: found.status,
    ...inItsWords(found.reason, "CloudFormation refused the change set and gives no reason"),
  });
}

function failUnlessSound(
  run: Run,
  { status, culprit, reason, verdict }: WatchedEnding,
  stuck: readonly StackResource[],
): void {
  if (isSound(status) && status !== "DELETE_COMPLETE") return;
  if (verdict) {
    const { resource, resourceType, reason, code, diagnosis, log } = verdict;
    const { hints, cause: means } = diagnosis;
    throw new StackFailure({
      status,
      source: "aws",
      code,
      reason,
      resource: { resource, resourceType },
      means,
      hints,
      log,
    });
  }
  if (run.cancel?.aborted && (status === "DELETE_COMPLETE" || status === "UPDATE_ROLLBACK_COMPLETE"))
    throw new Cancelled();
  if (status === "DELETE_COMPLETE") throw new StackFailure(DELETED);
  throw new StackFailure({
    status,
    ...inItsWords(culprit?.reason ?? reason, `the stack ended as ${status}`),
    resource: culprit && { resource: culprit.logicalId, resourceType: culprit.type },
    stuck: stuck.map(({ logicalId }) => logicalId),
  });
}
