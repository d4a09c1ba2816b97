import type { Values } from "../../template/evaluate.ts";
import type { Transition } from "../transition.ts";
import { asBoolean, asNumber, asText, isOff } from "../values.ts";

const GROUP = "AWS::ElastiCache::ReplicationGroup";

const SCALING = "Amazon ElastiCache User Guide, Scaling replica nodes for Valkey or Redis OSS (Cluster Mode Disabled)";
const ENCRYPTION = "Amazon ElastiCache User Guide, Enabling in-transit encryption on a node-based cluster";

/** Updates of replication groups. */
export const CACHE_TRANSITIONS: readonly Transition[] = [
  {
    // CloudFormation enables failover before the replica exists (coverage-roadmap#383). The engine takes two steps.
    id: "cache-failover-at-once",
    types: [GROUP],
    document: "aws-cloudformation/cloudformation-coverage-roadmap#383",
    check: ({ before, after }) => {
      const had = replicasOf(before);
      if (had === undefined || had > 0 || asBoolean(after.AutomaticFailoverEnabled) !== true) return undefined;
      if (asBoolean(before.AutomaticFailoverEnabled) === true) return undefined;
      return {
        property: "AutomaticFailoverEnabled",
        value: after.AutomaticFailoverEnabled,
        message: "Replication group must have at least one read replica to enable autofailover.",
        way: "add the replica first, and turn failover on once it runs",
      };
    },
  },
  {
    id: "cache-tiered-nodes",
    types: [GROUP],
    document: `${SCALING}: "you can only scale to node sizes within the r6gd node family"`,
    approximate: true,
    check: ({ before, after }) => {
      const [from, to] = [asText(before.CacheNodeType), asText(after.CacheNodeType)];
      if (from === undefined || to === undefined || isTiered(from) === isTiered(to)) return undefined;
      return {
        property: "CacheNodeType",
        value: to,
        message: `Cannot scale from ${from} to ${to}: data tiering is of the r6gd family alone`,
        way: `stay ${isTiered(from) ? "within" : "outside of"} the r6gd family, or make another replication group from a snapshot`,
      };
    },
  },
  {
    id: "cache-engine-downgrade",
    types: [GROUP, "AWS::ElastiCache::CacheCluster"],
    document: "Amazon ElastiCache User Guide, Version Management for ElastiCache",
    check: ({ before, after, replaced }) => {
      const [from, to] = [versionOf(before), versionOf(after)];
      const same = asText(before.Engine) === asText(after.Engine);
      if (from === undefined || to === undefined || !same || to >= from || replaced) return undefined;
      const message = `Cannot modify ${asText(after.Engine) ?? "redis"} from ${asText(before.EngineVersion)} to ${asText(after.EngineVersion)}`;
      const way = `leave the version at ${asText(before.EngineVersion)}: an older one is a new cache`;
      return { property: "EngineVersion", value: after.EngineVersion, message, way };
    },
  },
  {
    id: "cache-encryption-step",
    types: [GROUP],
    document: ENCRYPTION,
    approximate: true,
    check: ({ before, after }) => {
      const [was, is] = [asBoolean(before.TransitEncryptionEnabled), asBoolean(after.TransitEncryptionEnabled)];
      const mode = asText(after.TransitEncryptionMode);
      if (!isOff(before.TransitEncryptionEnabled) || is !== true || was === true || mode === "preferred") {
        return undefined;
      }
      if (after.TransitEncryptionMode !== undefined && mode === undefined) return undefined;
      return {
        property: "TransitEncryptionMode",
        ...(mode !== undefined && { value: mode }),
        message: "Transit encryption must first be enabled with mode preferred.",
        way: "set TransitEncryptionMode to preferred, move the clients to TLS, and only then require it",
      };
    },
  },
];

/** Replicas a primary has, of a group of one shard or of several; `undefined` if the template does not say. */
function replicasOf({ NumCacheClusters, ReplicasPerNodeGroup, NodeGroupConfiguration }: Values): number | undefined {
  if (NodeGroupConfiguration !== undefined) return undefined;
  if (NumCacheClusters !== undefined) {
    const nodes = asNumber(NumCacheClusters);
    return nodes === undefined ? undefined : nodes - 1;
  }
  return ReplicasPerNodeGroup === undefined ? 0 : asNumber(ReplicasPerNodeGroup);
}

function isTiered(node: string): boolean {
  return node.startsWith("cache.r6gd.");
}

function versionOf({ EngineVersion }: Values): number | undefined {
  const [, major, minor = "0"] = /^(\d+)\.?(\d+|x)?/.exec(asText(EngineVersion) ?? "") ?? [];
  return major === undefined || minor === "x" ? undefined : Number(major) * 1000 + Number(minor);
}
