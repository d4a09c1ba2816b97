import { command } from "../command-line.ts";
import type { Stack } from "../synth/assembly.ts";
import type { ChangeSet } from "./cloud.ts";
import { withFlags } from "./diagnosis/flagged.ts";
import { againOf, type Run } from "./engine.ts";
import { StackFailure } from "./stack-failure.ts";
import { DENIED } from "./workload/port.ts";

const GROUP = "AWS::ElastiCache::ReplicationGroup";

/**
 * Throws StackFailure where a cache did not take the node type that `done`, a change set carried out to its end, asked
 * for: ElastiCache refuses one with too little memory after it has accepted it, and CloudFormation takes that for done
 * (aws-cloudformation/cloudformation-coverage-roadmap#2273). One call a cache whose nodes were to change.
 */
export async function checkNodes(run: Run, stack: Stack, done: ChangeSet, status: string): Promise<void> {
  for (const { logicalId, physicalId, type, action, causes } of done.changes) {
    const wanted = stack.template.Resources[logicalId]?.Properties?.CacheNodeType;
    if (type !== GROUP || action !== "Modify" || !causes.includes("CacheNodeType")) continue;
    if (physicalId === undefined || typeof wanted !== "string") continue;
    const live = await run.cloud.cache(stack.region, physicalId);
    const has = live === undefined || live === DENIED ? undefined : live.CacheNodeType;
    if (has === undefined || has === wanted) continue;
    throw new StackFailure({
      status,
      code: "node-type-refused",
      reason: `ElastiCache kept ${has} and did not change to ${wanted}, although CloudFormation reports success`,
      resource: { resource: logicalId, resourceType: type },
      means: `${wanted} has too little memory for the data in ${physicalId}, or AWS has no capacity for it`,
      hints: [
        {
          text: "see what ElastiCache says",
          command: command`aws elasticache describe-events --source-identifier ${physicalId} --source-type replication-group --duration 1440 --region ${stack.region}`,
        },
        {
          text: `choose ${has} or a larger node, or empty it; then make it what the template says`,
          command: withFlags(againOf(run), ["--revert-drift"]),
        },
      ],
    });
  }
}
