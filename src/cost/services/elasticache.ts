import { type Billed, type CostFinding, line, list, number, text, unpriced, values } from "../finding.ts";

/** A replication group: its nodes, primaries and replicas alike, and charged backups (Amazon ElastiCache pricing). */
export function* replicationGroup(it: Billed): Iterable<CostFinding> {
  const { Engine, CacheNodeType, NumCacheClusters, NumNodeGroups, ReplicasPerNodeGroup, NodeGroupConfiguration } =
    it.properties();
  const groups = list(NodeGroupConfiguration) ?? [];
  const replicas = number(ReplicasPerNodeGroup) ?? 0;
  const sharded = (number(NumNodeGroups) ?? Math.max(1, groups.length)) * (replicas + 1);
  const configured = groups.reduce<number>(
    (sum, group) => sum + 1 + (number(values(group).ReplicaCount) ?? replicas),
    0,
  );
  const nodes = number(NumCacheClusters) ?? (configured > 0 ? configured : sharded);
  yield* cacheNodes(it, text(Engine) ?? "redis", text(CacheNodeType), nodes);
}

/** A cache cluster of one's own: Redis, Valkey or Memcached. */
export function* cacheCluster(it: Billed): Iterable<CostFinding> {
  const { Engine, CacheNodeType, NumCacheNodes } = it.properties();
  yield* cacheNodes(it, text(Engine) ?? "unknown to the template", text(CacheNodeType), number(NumCacheNodes) ?? 1);
}

const REDIS = "ElastiCache Redis";

function* cacheNodes(it: Billed, name: string, node: string | undefined, count: number): Iterable<CostFinding> {
  const engine = name.toLowerCase();
  // Valkey is a fifth cheaper than Redis on the same node: the engine is part of the price's name.
  if (engine !== "redis" && engine !== "valkey" && engine !== "memcached") {
    yield unpriced(`no prices for the engine ${engine}, only for redis, valkey and memcached`);
    return;
  }
  const hours = count * it.usage.get("hours");
  if (node === undefined) yield unpriced("its node type is not in the templates");
  else yield line(REDIS, `${count} × ${node}, ${engine}`, `elasticache.${engine}.${node}.hour`, hours);
  yield line(REDIS, "backups", "elasticache.backup.gb_month", it.usage.get("backupGB"));
}
