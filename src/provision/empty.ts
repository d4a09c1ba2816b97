import { type AstroError, isCallFailure } from "../errors.ts";
import type { Step } from "../plan/plan.ts";
import type { StackRef, StackResource } from "./cloud.ts";
import { type Run, tellOf } from "./engine.ts";
import { isFull } from "./stack-events.ts";
import { inItsWords, StackFailure } from "./stack-failure.ts";

const NESTED = "AWS::CloudFormation::Stack";

/**
 * Empties, of the resources that AWS tried to delete and could not, those that were shown to go and of which AWS says
 * that what is in them keeps them: whatever else does, emptying it would cost its content for nothing. Says what it
 * deleted. Returns the logical ids of those that can go now. Throws StackFailure that names what cannot be emptied.
 */
export async function makeRoom(run: Run, step: Step, stuck: readonly StackResource[]): Promise<readonly string[]> {
  const going = new Set(step.changes.filter((change) => change.kept !== true).map((change) => change.logicalId));
  const freed: string[] = [];
  const refused: { readonly logicalId: string; readonly type: string; readonly error: AstroError }[] = [];
  for (const resource of stuck) {
    const { logicalId, physicalId } = resource;
    if (!going.has(logicalId) || physicalId === "") continue;
    for (const full of await fullIn(run, step, resource)) {
      try {
        const count = await emptied(run, step.region, full);
        if (count === 0) continue;
        freed.push(logicalId);
        tellOf(run, step, "resource.emptied", { resource: full.logicalId, resourceType: full.type, count });
      } catch (error) {
        if (!isCallFailure(error)) throw error;
        refused.push({ logicalId, type: full.type, error });
      }
    }
  }
  const [first] = refused;
  if (first === undefined) return [...new Set(freed)];
  const ids = [...new Set(refused.map(({ logicalId }) => logicalId))];
  const { message, refusal, hints } = first.error;
  throw new StackFailure({
    status: "DELETE_FAILED",
    code: "cannot-be-emptied",
    ...inItsWords(refusal?.words, message),
    call: refusal?.call,
    resource: { resource: first.logicalId, resourceType: first.type },
    stuck: ids,
    hints,
  });
}

/** The resource itself, or what of a nested stack AWS could not delete, however deep; if it is full. */
async function fullIn(run: Run, step: Step, resource: StackResource): Promise<readonly StackResource[]> {
  if (resource.type !== NESTED) return isFull(resource) ? [resource] : [];
  const ref: StackRef = { name: resource.physicalId, region: step.region };
  const stuck = (await run.cloud.resources(ref)).filter(({ status }) => status === "DELETE_FAILED");
  const parts: StackResource[] = [];
  for (const part of stuck) {
    parts.push(...(await fullIn(run, step, { ...part, logicalId: `${resource.logicalId}/${part.logicalId}` })));
  }
  return parts;
}

async function emptied(run: Run, region: string, { type, physicalId }: StackResource): Promise<number> {
  if (type === "AWS::S3::Bucket") return run.cloud.emptyBucket(region, physicalId);
  if (type === "AWS::ECR::Repository") return run.cloud.emptyRepository(region, physicalId);
  if (type === "AWS::Route53::HostedZone") return run.cloud.dropValidations(physicalId);
  return 0;
}
