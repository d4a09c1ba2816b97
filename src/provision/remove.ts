import { BOOTSTRAP_STACK } from "../plan/bootstrap.ts";
import type { Step } from "../plan/plan.ts";
import { isMoving } from "../plan/status.ts";
import { deleteStack } from "./doors/delete.ts";
import { waitForOther } from "./doors/wait.ts";
import { onlyOurs } from "./doors/whose.ts";
import { notice, type Run, refOf } from "./engine.ts";
import type { StackOutcome } from "./event.ts";

/** Empties what AWS refuses to delete while it is full, deletes the stack and follows it. Throws StackFailure. */
export async function remove(run: Run, step: Step): Promise<StackOutcome> {
  const ref = refOf(step);
  let found = await run.cloud.stack(ref);
  while (found && isMoving(found.status)) {
    onlyOurs(run, step, found);
    await waitForOther(run, step, found);
    found = await run.cloud.stack(ref);
  }
  if (found === undefined) return "removed";
  onlyOurs(run, step, found);
  if (found.terminationProtection && step.stack === BOOTSTRAP_STACK)
    await run.cloud.setTerminationProtection(ref, false);
  await deleteStack(run, step, found, () => empty(run, step));
  return "removed";
}

/** Buckets, repositories and zones that go with their stack; one whose policy is to stay keeps what it holds. */
async function empty(run: Run, step: Step): Promise<void> {
  const going = new Set(step.changes.filter((change) => change.kept !== true).map((change) => change.logicalId));
  for (const resource of await run.cloud.resources(refOf(step))) {
    if (!going.has(resource.logicalId) || resource.physicalId === "" || resource.status === "DELETE_COMPLETE") continue;
    const count = await emptied(run, step.region, resource);
    if (count > 0) {
      const message = `${resource.logicalId}: ${count} ${WHAT[resource.type]} deleted`;
      notice(run, step, message);
    }
  }
}

/** What is deleted of each type before it can go. */
const WHAT: { readonly [type: string]: string } = {
  "AWS::S3::Bucket": "objects",
  "AWS::ECR::Repository": "images",
  "AWS::Route53::HostedZone": "validation records of certificates",
};

async function emptied(
  run: Run,
  region: string,
  { type, physicalId }: { type: string; physicalId: string },
): Promise<number> {
  if (type === "AWS::S3::Bucket") return run.cloud.emptyBucket(region, physicalId);
  if (type === "AWS::ECR::Repository") return run.cloud.emptyRepository(region, physicalId);
  if (type === "AWS::Route53::HostedZone") return run.cloud.dropValidations(physicalId);
  return 0;
}
