import { BOOTSTRAP_STACK } from "../plan/bootstrap.ts";
import type { Step } from "../plan/plan.ts";
import { isMoving } from "../plan/status.ts";
import { type Run, refOf, StackFailure, tell } from "./engine.ts";
import type { StackOutcome } from "./event.ts";
import { newestEvent, watch } from "./watch.ts";

/** Empties what AWS refuses to delete while it is full, deletes the stack and follows it. Throws StackFailure. */
export async function remove(run: Run, step: Step): Promise<StackOutcome> {
  const ref = refOf(step);
  const found = await run.cloud.stack(ref);
  if (found === undefined) return "removed";
  const byId = { ...ref, name: found.id };
  if (isMoving(found.status) && found.status !== "DELETE_IN_PROGRESS") {
    const message = `${found.status} from an earlier run or somebody else; waiting for it`;
    tell(run, { type: "stack.noticed", phase: step.phase, stack: step.stack, message });
    await watch(run, step, byId, (await run.cloud.recentEvents(byId)).at(-2)?.id);
  }
  await empty(run, step);
  if (found.terminationProtection && step.stack === BOOTSTRAP_STACK)
    await run.cloud.setTerminationProtection(ref, false);
  const from = await newestEvent(run, byId);
  await run.cloud.deleteStack(byId, run.token());
  const ending = await watch(run, step, byId, from);
  if (ending.status === "DELETE_COMPLETE") return "removed";
  const { culprit } = ending;
  throw new StackFailure(
    ending.status,
    culprit?.reason ?? ending.reason ?? "it could not be deleted",
    culprit && { resource: culprit.logicalId, resourceType: culprit.type },
  );
}

/** Buckets and repositories that go with their stack; one whose policy is to stay keeps what it holds. */
async function empty(run: Run, step: Step): Promise<void> {
  const going = new Set(step.changes.filter((change) => change.kept !== true).map((change) => change.logicalId));
  for (const resource of await run.cloud.resources(refOf(step))) {
    if (!going.has(resource.logicalId) || resource.physicalId === "" || resource.status === "DELETE_COMPLETE") continue;
    const count = await emptied(run, step.region, resource);
    if (count > 0) {
      const message = `${resource.logicalId}: ${count} ${resource.type === "AWS::ECR::Repository" ? "images" : "objects"} deleted`;
      tell(run, { type: "stack.noticed", phase: step.phase, stack: step.stack, message });
    }
  }
}

async function emptied(
  run: Run,
  region: string,
  { type, physicalId }: { type: string; physicalId: string },
): Promise<number> {
  if (type === "AWS::S3::Bucket") return run.cloud.emptyBucket(region, physicalId);
  if (type === "AWS::ECR::Repository") return run.cloud.emptyRepository(region, physicalId);
  return 0;
}
