import type { Stack } from "../synth/assembly.ts";
import type { ChangeSet } from "./cloud.ts";
import { type Run, StackFailure } from "./engine.ts";
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
    throw new StackFailure(
      status,
      `ElastiCache kept ${has} and did not change to ${wanted}, although CloudFormation says that it is done`,
      { resource: logicalId, resourceType: type },
      [],
      {
        diagnosis: {
          cause: `${wanted} has too little memory for what is in ${physicalId}, or there was none to be had`,
          advice: [
            `see what ElastiCache says:  aws elasticache describe-events --source-identifier ${physicalId} --source-type replication-group --duration 1440 --region ${stack.region}`,
            `choose ${has} or a larger node, or empty it; then bring it to what the template says:  astro provision --env ${run.site.environment} --revert-drift`,
          ].join("\n"),
        },
        log: [],
      },
    );
  }
}
