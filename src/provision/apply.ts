import { bootstrapBucket } from "../plan/bootstrap.ts";
import type { Step } from "../plan/plan.ts";
import { valuesOf } from "../plan/read-values.ts";
import { isSound } from "../plan/status.ts";
import type { Stack } from "../synth/assembly.ts";
import { sameJson } from "../template/equal.ts";
import { outputReads } from "../template/reads.ts";
import type { ChangeSet, ChangeSetInput } from "./cloud.ts";
import { type Run, refOf, StackFailure, standingKey } from "./engine.ts";
import type { StackOutcome } from "./event.ts";
import { settle } from "./settle.ts";
import { type Ending, newestEvent, watch } from "./watch.ts";

/** The largest template CloudFormation takes in a request, in bytes (CloudFormation quotas). */
const INLINE_BYTES = 51_200;

/** CloudFormation's words for a change set that changes nothing. */
const NOTHING_CHANGES = /didn't contain changes|No updates are to be performed/i;

/** True if `step` can be left alone: its template is deployed and nothing it reads has moved, in this run either. */
export function isSettled(run: Run, step: Step): boolean {
  if (step.action !== "unchanged" || step.source === undefined) return false;
  const reads = outputReads(step.source.template);
  return reads.length === 0 || sameJson(readsNow(run, step.source), run.record.get(step.stack));
}

/** Creates or updates one stack through a change set and follows it to its end. Throws StackFailure. */
export async function apply(run: Run, step: Step, stack: Stack): Promise<StackOutcome> {
  const before = await settle(run, step);
  const changeSet = `astro-${run.token()}`;
  const ref = refOf(step);
  for (const manifest of stack.assetManifests) await run.cloud.publishAssets(stack.region, manifest);
  await run.cloud.createChangeSet({
    stack: ref,
    changeSet,
    kind: before === undefined ? "CREATE" : "UPDATE",
    template: await sendable(run, stack),
    tags: stack.tags,
    token: changeSet,
  });
  const ready = await whenReady(run, step, changeSet);
  let outcome: StackOutcome = "unchanged";
  if (ready === "empty") {
    await run.cloud.deleteChangeSet(ref, changeSet);
  } else {
    const from = await newestEvent(run, ref);
    await run.cloud.executeChangeSet(ref, changeSet, changeSet);
    failUnlessSound(await watch(run, step, ref, from));
    outcome = before === undefined ? "created" : "updated";
  }
  await afterwards(run, step, stack);
  return outcome;
}

/** Learns the stack's outputs, sets its termination protection, and notes the values it was deployed with. */
async function afterwards(run: Run, step: Step, stack: Stack): Promise<void> {
  const ref = refOf(step);
  const now = await run.cloud.stack(ref);
  if (now === undefined) throw new StackFailure("DELETE_COMPLETE", "somebody deleted it while astro was at work");
  run.standing.set(standingKey(ref), now);
  if (now.terminationProtection !== stack.terminationProtection) {
    await run.cloud.setTerminationProtection(ref, stack.terminationProtection);
  }
  const values = outputReads(stack.template).length > 0 ? readsNow(run, stack) : undefined;
  if (values !== undefined) run.record.set(step.stack, values);
}

function readsNow(run: Run, stack: Stack): ReturnType<typeof valuesOf> {
  return valuesOf(outputReads(stack.template), stack.region, [...run.standing.values()]);
}

/** The template as CloudFormation takes it: inline, or through the bootstrap bucket when it is too large for that. */
async function sendable(run: Run, stack: Stack): Promise<ChangeSetInput["template"]> {
  if (new TextEncoder().encode(stack.body).length <= INLINE_BYTES) return { body: stack.body };
  const bucket = bootstrapBucket(run.site.account, stack.region);
  return {
    url: await run.cloud.upload(stack.region, bucket, `templates/${stack.name}/${run.token()}.json`, stack.body),
  };
}

/** Waits for CloudFormation to compute the change set. Throws StackFailure if it refuses. */
async function whenReady(run: Run, step: Step, changeSet: string): Promise<"ready" | "empty"> {
  const ref = refOf(step);
  while (true) {
    const found: ChangeSet = await run.cloud.changeSet(ref, changeSet);
    if (found.status === "CREATE_COMPLETE") return found.changes.length === 0 ? "empty" : "ready";
    if (found.status === "FAILED") {
      if (NOTHING_CHANGES.test(found.reason ?? "")) return "empty";
      await run.cloud.deleteChangeSet(ref, changeSet);
      throw new StackFailure(found.status, found.reason ?? "CloudFormation refused the change set");
    }
    await run.clock.sleep(1000, run.signal);
  }
}

function failUnlessSound(ending: Ending): void {
  if (isSound(ending.status)) return;
  const { culprit } = ending;
  throw new StackFailure(
    ending.status,
    culprit?.reason ?? ending.reason ?? `the stack ended as ${ending.status}`,
    culprit ? { resource: culprit.logicalId, resourceType: culprit.type } : undefined,
  );
}
