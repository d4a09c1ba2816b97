import { DescribeReplicationGroupsCommand, ElastiCacheClient } from "@aws-sdk/client-elasticache";
import { codeOf, isDenied, must } from "./errors.ts";
import type { Session } from "./session.ts";

/**
 * The node type that a replication group really has (Amazon ElastiCache API Reference, DescribeReplicationGroups);
 * `undefined` if there is none of that name, or nobody may look.
 */
export async function cacheNode(
  session: Session,
  region: string,
  ReplicationGroupId: string,
): Promise<string | undefined> {
  const client = session.client((settings) => new ElastiCacheClient(settings))(region);
  return must("elasticache:DescribeReplicationGroups", async () => {
    try {
      const found = await client.send(new DescribeReplicationGroupsCommand({ ReplicationGroupId }));
      return found.ReplicationGroups?.[0]?.CacheNodeType;
    } catch (error) {
      if (isDenied(error) || codeOf(error).startsWith("ReplicationGroupNotFound")) return undefined;
      throw error;
    }
  });
}
