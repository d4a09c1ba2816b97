import type { Values } from "../../template/evaluate.ts";
import { between, first, fits } from "../checks.ts";
import type { Rule, RuleCheck } from "../rule.ts";
import { asBoolean, asNumber, asText, isOff } from "../values.ts";

const GROUP = "AWS::ElastiCache::ReplicationGroup";
const CACHE = "AWS::ElastiCache::CacheCluster";

const CREATE = "Amazon ElastiCache API Reference, CreateReplicationGroup";
const AUTH = "Amazon ElastiCache User Guide, Authenticating with the Valkey and Redis OSS AUTH command";
const FAILOVER = "Amazon ElastiCache User Guide, Minimizing downtime by using Multi-AZ";

/** Redis OSS ends at 7.1; what came later is Valkey (Amazon ElastiCache User Guide, "Supported engines and versions"). */
const LAST_REDIS = 7.1;

const SIX = "A shard has a primary and at most 5 replicas.";

/** ElastiCache: nodes, failover, authentication. */
export const ELASTICACHE_RULES: readonly Rule[] = [
  {
    id: "cache-identifier",
    types: [GROUP, CACHE],
    document: `${CREATE} (ReplicationGroupId)`,
    approximate: true,
    check: first(
      identifier("ReplicationGroupId", 40, "ReplicationGroupIdentifier"),
      identifier("ClusterName", 50, "CacheClusterIdentifier"),
    ),
  },
  {
    id: "cache-failover-nodes",
    types: [GROUP],
    document: FAILOVER,
    check: ({ properties }) => {
      const { AutomaticFailoverEnabled, NumCacheClusters } = properties;
      const nodes = NumCacheClusters === undefined ? 1 : asNumber(NumCacheClusters);
      const one = nodes !== undefined && nodes < 2 && !isSharded(properties);
      const message =
        "When using automatic failover, there must be at least 2 cache clusters in the replication group.";
      return asBoolean(AutomaticFailoverEnabled) && one
        ? { property: "NumCacheClusters", value: NumCacheClusters, message }
        : undefined;
    },
  },
  {
    id: "cache-multi-az",
    types: [GROUP],
    document: FAILOVER,
    approximate: true,
    check: ({ properties }) => {
      const { MultiAZEnabled, AutomaticFailoverEnabled } = properties;
      const message = "Multi-AZ can only be enabled if automatic failover is enabled.";
      return asBoolean(MultiAZEnabled) && isOff(AutomaticFailoverEnabled) && !isSharded(properties)
        ? { property: "MultiAZEnabled", value: true, message }
        : undefined;
    },
  },
  {
    id: "cache-failover-class",
    types: [GROUP],
    document: `${CREATE} (AutomaticFailoverEnabled)`,
    check: ({ properties: { AutomaticFailoverEnabled, CacheNodeType } }) => {
      const old = /^cache\.t1\./.test(asText(CacheNodeType) ?? "");
      const message = "Automatic failover is not supported for T1 and T2 cache node types.";
      return asBoolean(AutomaticFailoverEnabled) && old
        ? { property: "CacheNodeType", value: CacheNodeType, message }
        : undefined;
    },
  },
  {
    id: "cache-nodes",
    types: [GROUP],
    document: `${CREATE} (NumCacheClusters, ReplicasPerNodeGroup)`,
    approximate: true,
    check: first(
      between("NumCacheClusters", 1, 6, (nodes) => `Invalid number of cache clusters: ${nodes}. ${SIX}`),
      between("ReplicasPerNodeGroup", 0, 5, (replicas) => `Invalid number of replicas: ${replicas}. ${SIX}`),
    ),
  },
  {
    id: "cache-token-encryption",
    types: [GROUP],
    document: AUTH,
    approximate: true,
    check: ({ properties: { AuthToken, TransitEncryptionEnabled } }) => {
      const message = "The AUTH token is only supported when encryption-in-transit is enabled";
      return AuthToken !== undefined && isOff(TransitEncryptionEnabled)
        ? { property: "TransitEncryptionEnabled", message }
        : undefined;
    },
  },
  {
    id: "cache-token",
    types: [GROUP],
    document: AUTH,
    check: ({ properties: { AuthToken } }) => {
      const token = asText(AuthToken);
      const legal = token === undefined || (/^[!-~]{16,128}$/.test(token) && !/[^A-Za-z0-9!&#$^<>-]/.test(token));
      // The token itself is secret.
      return legal ? undefined : { property: "AuthToken", message: "Invalid AuthToken provided." };
    },
  },
  {
    id: "cache-version",
    types: [GROUP, CACHE],
    document: "Amazon ElastiCache User Guide, Supported engines and versions",
    check: ({ properties: { Engine, EngineVersion } }) => {
      const [engine, version] = [asText(Engine), asText(EngineVersion)];
      const [, major = "", minor = "0"] = /^(\d+)\.(\d+|x)/.exec(version ?? "") ?? [];
      const late = Number(`${major}.${minor === "x" ? 0 : minor}`) > LAST_REDIS;
      const wrong = version !== undefined && ((engine === "redis" && late) || !/^\d/.test(version));
      const message = `Cannot find version ${version} for ${engine}`;
      return wrong && engine !== undefined ? { property: "EngineVersion", value: version, message } : undefined;
    },
  },
  {
    id: "cache-parameter-family",
    types: [GROUP, CACHE],
    document: "Amazon ElastiCache User Guide, Configuring engine parameters using parameter groups",
    check: ({ properties, find }) => {
      const { CacheParameterGroupName } = properties;
      const group = find(CacheParameterGroupName, "AWS::ElastiCache::ParameterGroup");
      const [family, wanted] = [asText(group?.properties.CacheParameterGroupFamily), groupFamilyOf(properties)];
      if (family === undefined || wanted === undefined || family === wanted) return undefined;
      const message = `Expected a parameter group of family ${wanted} but found one of family ${family}`;
      return { property: "CacheParameterGroupName", value: family, message };
    },
  },
  {
    id: "cache-snapshots",
    types: [GROUP, CACHE],
    document: `${CREATE} (SnapshotRetentionLimit)`,
    approximate: true,
    check: between(
      "SnapshotRetentionLimit",
      0,
      35,
      (days) => `Invalid snapshot retention limit: ${days}. It must be between 0 and 35.`,
    ),
  },
  {
    id: "cache-key",
    types: [GROUP],
    document: "Amazon ElastiCache User Guide, At-Rest Encryption in ElastiCache",
    approximate: true,
    check: ({ properties: { KmsKeyId, AtRestEncryptionEnabled, SnapshotName } }) => {
      const message = "Customer managed keys can only be specified when encryption at-rest is enabled";
      return KmsKeyId !== undefined && isOff(AtRestEncryptionEnabled) && SnapshotName === undefined
        ? { property: "AtRestEncryptionEnabled", message }
        : undefined;
    },
  },
  {
    id: "cache-redis-one-node",
    types: [CACHE],
    document: "Amazon ElastiCache API Reference, CreateCacheCluster (NumCacheNodes)",
    check: ({ properties: { Engine, NumCacheNodes } }) => {
      const message = "Cannot create a Redis cluster with a NumCacheNodes parameter greater than 1.";
      return asText(Engine) === "redis" && (asNumber(NumCacheNodes) ?? 1) > 1
        ? { property: "NumCacheNodes", value: NumCacheNodes, message }
        : undefined;
    },
  },
  {
    id: "cache-data-tiering",
    types: [GROUP],
    document: "Amazon ElastiCache User Guide, Data tiering in ElastiCache",
    approximate: true,
    check: ({ properties: { CacheNodeType, DataTieringEnabled } }) => {
      const tiered = /^cache\.r6gd\./.test(asText(CacheNodeType) ?? "");
      const message = "Data tiering must be enabled for r6gd node types";
      return tiered && isOff(DataTieringEnabled)
        ? { property: "DataTieringEnabled", value: CacheNodeType, message }
        : undefined;
    },
  },
];

function identifier(property: string, longest: number, parameter: string): RuleCheck {
  return fits(
    property,
    (id) => /^[A-Za-z](-?[A-Za-z0-9])*$/.test(id) && id.length <= longest,
    (id) =>
      `The parameter ${parameter} is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; must not end with a hyphen or contain two consecutive hyphens; and must not be longer than ${longest} characters: ${id}`,
  );
}

/** Whether the group may have several shards, or counts its nodes otherwise. */
function isSharded(properties: Values): boolean {
  const other = ["NodeGroupConfiguration", "NumNodeGroups", "ReplicasPerNodeGroup", "GlobalReplicationGroupId"];
  return other.some((name) => properties[name] !== undefined) || properties.ClusterMode !== undefined;
}

function groupFamilyOf({ Engine, EngineVersion }: Values): string | undefined {
  const [, major, minor] = /^(\d+)\.(\d+|x)/.exec(asText(EngineVersion) ?? "") ?? [];
  const engine = asText(Engine);
  if (major === undefined) return undefined;
  if (engine === "valkey") return `valkey${major}`;
  if (engine === "memcached") return `memcached${major}.${minor}`;
  if (engine !== "redis") return undefined;
  // From 7 on a family is named by the major version alone.
  if (Number(major) >= 7) return `redis${major}`;
  return major === "6" ? "redis6.x" : `redis${major}.${minor}`;
}
