import { isOn, listOf, textOf } from "../resources/properties.ts";
import type { ServiceResource } from "../state/state.ts";
import { type Handler, text } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { queryProtocol, type Service } from "../wire/protocol.ts";
import { named } from "../wire/xml.ts";
import { isReady, listResources, tagList } from "./common/resources.ts";

/** Names of a replication group's nodes. */
const membersOf = ({ id, properties }: ServiceResource) =>
  Array.from({ length: Number(properties.NumCacheClusters ?? 1) }, (_, i) => `${id}-00${i + 1}`);

const describeCacheClusters: Handler = (simulator, call) => {
  const wanted = text(call.input, "CacheClusterId");
  const groups = listResources(simulator, call, "AWS::ElastiCache::ReplicationGroup");
  const members = groups.flatMap((group) =>
    membersOf(group).map((CacheClusterId) => ({ group, CacheClusterId, ReplicationGroupId: group.id })),
  );
  const alone = listResources(simulator, call, "AWS::ElastiCache::CacheCluster").map((group) => ({
    group,
    CacheClusterId: group.id,
  }));
  const found = [...members, ...alone].filter(
    ({ CacheClusterId }) => wanted === undefined || CacheClusterId === wanted,
  );
  if (wanted !== undefined && found.length === 0)
    throw new AwsError("CacheClusterNotFound", `CacheCluster not found: ${wanted}`, 404);
  return {
    CacheClusters: named(
      "CacheCluster",
      found.map(({ group, ...shown }) => ({
        ...shown,
        CacheClusterStatus: isReady(simulator, group) ? "available" : "creating",
        CacheNodeType: textOf(group.properties, "CacheNodeType"),
        Engine: textOf(group.properties, "Engine", "redis"),
        EngineVersion: textOf(group.properties, "EngineVersion"),
        NumCacheNodes: Number(group.properties.NumCacheNodes ?? 1),
        CacheSubnetGroupName: textOf(group.properties, "CacheSubnetGroupName"),
      })),
    ),
  };
};

const describeReplicationGroups: Handler = (simulator, call) => {
  const wanted = text(call.input, "ReplicationGroupId");
  const found = listResources(simulator, call, "AWS::ElastiCache::ReplicationGroup").filter(
    ({ id }) => wanted === undefined || id === wanted,
  );
  if (wanted !== undefined && found.length === 0)
    throw new AwsError("ReplicationGroupNotFoundFault", `ReplicationGroup ${wanted} not found.`, 404);
  return {
    ReplicationGroups: named(
      "ReplicationGroup",
      found.map((group) => {
        const { id, properties, attributes } = group;
        return {
          ARN: arnOf("replicationgroup", group),
          ReplicationGroupId: id,
          Description: textOf(properties, "ReplicationGroupDescription"),
          Status: isReady(simulator, group) ? "available" : "creating",
          CacheNodeType: textOf(properties, "CacheNodeType"),
          AutomaticFailover: isOn(properties.AutomaticFailoverEnabled) ? "enabled" : "disabled",
          MultiAZ: isOn(properties.MultiAZEnabled) ? "enabled" : "disabled",
          TransitEncryptionEnabled: isOn(properties.TransitEncryptionEnabled),
          AtRestEncryptionEnabled: isOn(properties.AtRestEncryptionEnabled),
          AuthTokenEnabled: properties.AuthToken !== undefined,
          MemberClusters: named("ClusterId", membersOf(group)),
          NodeGroups: named("NodeGroup", [
            {
              NodeGroupId: "0001",
              Status: "available",
              PrimaryEndpoint: {
                Address: textOf(attributes, "PrimaryEndPoint.Address"),
                Port: Number(attributes["PrimaryEndPoint.Port"] ?? 6379),
              },
            },
          ]),
        };
      }),
    ),
  };
};

/**
 * Versions that are offered, oldest first, those in extended support among them (ElastiCache User Guide, "Supported engines
 * and versions": of Redis 5 only 5.0.6).
 */
const CACHES: readonly (readonly [engine: string, version: string, family: string])[] = [
  ["redis", "4.0.10", "redis4.0"],
  ["redis", "5.0.6", "redis5.0"],
  ["redis", "6.0.5", "redis6.x"],
  ["redis", "6.2.6", "redis6.x"],
  ["redis", "7.0.7", "redis7"],
  ["redis", "7.1.0", "redis7"],
  ["valkey", "7.2.6", "valkey7"],
  ["valkey", "8.0.1", "valkey8"],
  ["memcached", "1.6.22", "memcached1.6"],
];

const describeCacheEngineVersions: Handler = (_, { input }) => {
  const [engine, version, family] = [
    text(input, "Engine"),
    text(input, "EngineVersion"),
    text(input, "CacheParameterGroupFamily"),
  ];
  const found = CACHES.filter(
    (one) =>
      (engine === undefined || one[0] === engine) &&
      (version === undefined || one[1] === version) &&
      (family === undefined || one[2] === family),
  );
  return {
    CacheEngineVersions: named(
      "CacheEngineVersion",
      found.map(([Engine, EngineVersion, CacheParameterGroupFamily]) => ({
        Engine,
        EngineVersion,
        CacheParameterGroupFamily,
      })),
    ),
  };
};

const GROUPS = {
  subnetgroup: "AWS::ElastiCache::SubnetGroup",
  replicationgroup: "AWS::ElastiCache::ReplicationGroup",
} as const;

/** ARNs of ElastiCache (Service Authorization Reference, "Resource types defined by Amazon ElastiCache"). */
function arnOf(
  kind: keyof typeof GROUPS,
  { id, region, account }: Pick<ServiceResource, "id" | "region" | "account">,
): string {
  return `arn:aws:elasticache:${region}:${account}:${kind}:${id}`;
}

const describeCacheSubnetGroups: Handler = (simulator, call) => {
  const wanted = text(call.input, "CacheSubnetGroupName");
  const found = listResources(simulator, call, GROUPS.subnetgroup).filter(
    ({ id }) => wanted === undefined || id === wanted,
  );
  if (wanted !== undefined && found.length === 0)
    throw new AwsError("CacheSubnetGroupNotFoundFault", `Cache subnet group ${wanted} not found.`, 400);
  return {
    CacheSubnetGroups: named(
      "CacheSubnetGroup",
      found.map((group) => ({
        ARN: arnOf("subnetgroup", group),
        CacheSubnetGroupName: group.id,
        CacheSubnetGroupDescription: textOf(group.properties, "Description"),
        Subnets: named(
          "Subnet",
          listOf(group.properties, "SubnetIds").map((SubnetIdentifier) => ({ SubnetIdentifier })),
        ),
      })),
    ),
  };
};

const listTags: Handler = (simulator, call) => {
  const arn = text(call.input, "ResourceName") ?? "";
  const found = (Object.keys(GROUPS) as (keyof typeof GROUPS)[])
    .flatMap((kind) =>
      listResources(simulator, call, GROUPS[kind]).map((resource) => ({ arn: arnOf(kind, resource), resource })),
    )
    .find((one) => one.arn === arn);
  if (!found) throw new AwsError("InvalidARN", `The ARN ${arn} is not of something that is there.`, 400);
  return { TagList: named("Tag", tagList(found.resource)) };
};

/** Amazon ElastiCache, API version 2015-02-02: look-ups. */
export const ELASTICACHE: Service = {
  protocol: queryProtocol("http://elasticache.amazonaws.com/doc/2015-02-02/"),
  operations: {
    DescribeCacheClusters: describeCacheClusters,
    DescribeCacheEngineVersions: describeCacheEngineVersions,
    DescribeCacheSubnetGroups: describeCacheSubnetGroups,
    DescribeReplicationGroups: describeReplicationGroups,
    ListTagsForResource: listTags,
  },
};
