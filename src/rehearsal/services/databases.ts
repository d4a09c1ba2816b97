import { zonesOf } from "../regions.ts";
import { listOf, textOf } from "../resources/kind.ts";
import { isOn } from "../rules/rule.ts";
import type { Stage } from "../stage.ts";
import { type Handler, type Result, text } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { queryProtocol, type Service } from "../wire/protocol.ts";
import { named } from "../wire/xml.ts";
import type { Thing } from "../world.ts";
import { DATABASE_CHANGES } from "./database-changes.ts";
import { allOf, arnOf, isReady, tagList } from "./shelf.ts";

/** Minor versions of PostgreSQL that are offered, newest last (RDS Release Notes for PostgreSQL). */
const POSTGRES = ["13.23", "14.20", "15.15", "16.8", "16.9", "16.10", "16.11", "17.7", "18.1"];

/** Classes that every engine here can be ordered in. */
const CLASSES = [
  "db.t3.micro",
  "db.t3.small",
  "db.t3.medium",
  "db.t4g.micro",
  "db.t4g.small",
  "db.t4g.medium",
  "db.t4g.large",
  "db.m6g.large",
  "db.m7g.large",
  "db.r6g.large",
  "db.r7g.large",
];

const describeDBInstances: Handler = (stage, call) => {
  const wanted = text(call.input, "DBInstanceIdentifier");
  const found = allOf(stage, call, "AWS::RDS::DBInstance").filter(({ id }) => wanted === undefined || id === wanted);
  if (wanted !== undefined && found.length === 0)
    throw new AwsError("DBInstanceNotFound", `DBInstance ${wanted} not found.`, 404);
  return {
    DBInstances: named(
      "DBInstance",
      found.map((one) => instanceOf(stage, one)),
    ),
  };
};

function instanceOf(stage: Stage, instance: Thing): Result {
  const { properties, attributes } = instance;
  return {
    DBInstanceIdentifier: instance.id,
    DBInstanceArn: arnOf(instance),
    DBInstanceClass: textOf(properties, "DBInstanceClass"),
    Engine: textOf(properties, "Engine"),
    EngineVersion: textOf(properties, "EngineVersion"),
    DBInstanceStatus: isReady(stage, instance) ? "available" : "creating",
    MasterUsername: textOf(properties, "MasterUsername"),
    Endpoint: { Address: textOf(attributes, "Endpoint.Address"), Port: Number(attributes["Endpoint.Port"] ?? 5432) },
    AllocatedStorage: Number(properties.AllocatedStorage ?? 20),
    StorageType: textOf(properties, "StorageType", "gp2"),
    InstanceCreateTime: new Date(instance.created).toISOString(),
    MultiAZ: isOn(properties.MultiAZ),
    StorageEncrypted: isOn(properties.StorageEncrypted),
    DeletionProtection: isOn(properties.DeletionProtection),
    PubliclyAccessible: isOn(properties.PubliclyAccessible),
    BackupRetentionPeriod: Number(properties.BackupRetentionPeriod ?? 1),
    VpcSecurityGroups: named(
      "VpcSecurityGroupMembership",
      listOf(properties, "VPCSecurityGroups").map((VpcSecurityGroupId) => ({ VpcSecurityGroupId, Status: "active" })),
    ),
    DBSubnetGroup: { DBSubnetGroupName: textOf(properties, "DBSubnetGroupName") },
    TagList: named("Tag", tagList(instance)),
  };
}

const describeDBSubnetGroups: Handler = (stage, call) => {
  const wanted = text(call.input, "DBSubnetGroupName");
  const found = allOf(stage, call, "AWS::RDS::DBSubnetGroup").filter(({ id }) => wanted === undefined || id === wanted);
  if (wanted !== undefined && found.length === 0)
    throw new AwsError("DBSubnetGroupNotFoundFault", `DB subnet group '${wanted}' does not exist.`, 404);
  return {
    DBSubnetGroups: named(
      "DBSubnetGroup",
      found.map(({ id, properties }) => ({
        DBSubnetGroupName: id,
        DBSubnetGroupDescription: textOf(properties, "DBSubnetGroupDescription"),
        SubnetGroupStatus: "Complete",
        Subnets: named(
          "Subnet",
          listOf(properties, "SubnetIds").map((SubnetIdentifier) => ({ SubnetIdentifier, SubnetStatus: "Active" })),
        ),
      })),
    ),
  };
};

const describeDBSnapshots: Handler = (stage, call) => {
  const wanted = text(call.input, "DBInstanceIdentifier");
  const found = allOf(stage, call, "AWS::RDS::DBInstanceSnapshot").filter(
    ({ attributes }) => wanted === undefined || attributes.Source === wanted,
  );
  return {
    DBSnapshots: named(
      "DBSnapshot",
      found.map(({ id, attributes, properties, created }) => ({
        DBSnapshotIdentifier: id,
        DBInstanceIdentifier: textOf(attributes, "Source"),
        SnapshotType: "manual",
        Status: "available",
        Engine: textOf(properties, "Engine"),
        AllocatedStorage: Number(properties.AllocatedStorage ?? 20),
        SnapshotCreateTime: new Date(created).toISOString(),
      })),
    ),
  };
};

const describeDBEngineVersions: Handler = (_, call) => {
  const wanted = text(call.input, "EngineVersion");
  const versions = POSTGRES.filter(
    (version) => wanted === undefined || version === wanted || version.startsWith(`${wanted}.`),
  );
  return {
    DBEngineVersions: named(
      "DBEngineVersion",
      versions.map((EngineVersion) => ({
        Engine: "postgres",
        EngineVersion,
        DBParameterGroupFamily: `postgres${EngineVersion.split(".")[0]}`,
      })),
    ),
  };
};

const describeOrderableDBInstanceOptions: Handler = (_, { input, place }) => {
  const [engine = "postgres", wanted, version] = [
    text(input, "Engine"),
    text(input, "DBInstanceClass"),
    text(input, "EngineVersion"),
  ];
  const found = CLASSES.filter((one) => wanted === undefined || one === wanted);
  return {
    OrderableDBInstanceOptions: named(
      "OrderableDBInstanceOption",
      found.map((DBInstanceClass) => ({
        Engine: engine,
        EngineVersion: version ?? POSTGRES.at(-1),
        DBInstanceClass,
        AvailabilityZones: named(
          "AvailabilityZone",
          zonesOf(place.region).map((Name) => ({ Name })),
        ),
        MultiAZCapable: true,
        Vpc: true,
        StorageType: "gp3",
      })),
    ),
  };
};

/** Amazon RDS, API version 2014-10-31: look-ups. */
export const RDS: Service = {
  protocol: queryProtocol("http://rds.amazonaws.com/doc/2014-10-31/"),
  operations: {
    ...DATABASE_CHANGES,
    DescribeDBEngineVersions: describeDBEngineVersions,
    DescribeDBInstances: describeDBInstances,
    DescribeDBSnapshots: describeDBSnapshots,
    DescribeDBSubnetGroups: describeDBSubnetGroups,
    DescribeOrderableDBInstanceOptions: describeOrderableDBInstanceOptions,
  },
};

const describeReplicationGroups: Handler = (stage, call) => {
  const wanted = text(call.input, "ReplicationGroupId");
  const found = allOf(stage, call, "AWS::ElastiCache::ReplicationGroup").filter(
    ({ id }) => wanted === undefined || id === wanted,
  );
  if (wanted !== undefined && found.length === 0)
    throw new AwsError("ReplicationGroupNotFoundFault", `ReplicationGroup ${wanted} not found.`, 404);
  return {
    ReplicationGroups: named(
      "ReplicationGroup",
      found.map((group) => {
        const { id, properties, attributes } = group;
        const nodes = Number(properties.NumCacheClusters ?? 1);
        return {
          ReplicationGroupId: id,
          Description: textOf(properties, "ReplicationGroupDescription"),
          Status: isReady(stage, group) ? "available" : "creating",
          CacheNodeType: textOf(properties, "CacheNodeType"),
          AutomaticFailover: isOn(properties.AutomaticFailoverEnabled) ? "enabled" : "disabled",
          MultiAZ: isOn(properties.MultiAZEnabled) ? "enabled" : "disabled",
          TransitEncryptionEnabled: isOn(properties.TransitEncryptionEnabled),
          AtRestEncryptionEnabled: isOn(properties.AtRestEncryptionEnabled),
          AuthTokenEnabled: properties.AuthToken !== undefined,
          MemberClusters: named(
            "ClusterId",
            Array.from({ length: nodes }, (_, i) => `${id}-00${i + 1}`),
          ),
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

/** Versions that are offered, oldest first (ElastiCache User Guide, "Supported engines and versions"). */
const CACHES: readonly (readonly [engine: string, version: string, family: string])[] = [
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

/** Amazon ElastiCache, API version 2015-02-02: look-ups. */
export const ELASTICACHE: Service = {
  protocol: queryProtocol("http://elasticache.amazonaws.com/doc/2015-02-02/"),
  operations: {
    DescribeCacheSubnetGroups: (stage, call) => ({
      CacheSubnetGroups: named(
        "CacheSubnetGroup",
        allOf(stage, call, "AWS::ElastiCache::SubnetGroup").map(({ id, properties }) => ({
          CacheSubnetGroupName: id,
          CacheSubnetGroupDescription: textOf(properties, "Description"),
          Subnets: named(
            "Subnet",
            listOf(properties, "SubnetIds").map((SubnetIdentifier) => ({ SubnetIdentifier })),
          ),
        })),
      ),
    }),
    DescribeCacheEngineVersions: describeCacheEngineVersions,
    DescribeReplicationGroups: describeReplicationGroups,
  },
};
