import type { JsonObject } from "../../template/types.ts";
import { isOn, listOf, textOf } from "../resources/properties.ts";
import { zonesOf } from "../state/regions.ts";
import type { Simulator } from "../state/simulator.ts";
import type { Scope, ServiceResource } from "../state/state.ts";
import { type CallResult, type Handler, text } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { queryProtocol, type Service } from "../wire/protocol.ts";
import { named } from "../wire/xml.ts";
import { arnOf, findResource, isReady, listResources, tagList } from "./common/resources.ts";
import { DATABASE_CHANGES } from "./database-changes.ts";

/**
 * Minor versions of PostgreSQL that are offered, newest last (RDS Release Notes for PostgreSQL); those below 14 in extended
 * support, into which RDS takes new databases too (RDS API Reference, CreateDBInstance: EngineLifecycleSupport).
 */
const POSTGRES = ["11.22", "12.22", "13.23", "14.20", "15.15", "16.8", "16.9", "16.10", "16.11", "17.7", "18.1"];

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

const describeDBInstances: Handler = (simulator, call) => {
  const wanted = text(call.input, "DBInstanceIdentifier");
  const found = listResources(simulator, call, "AWS::RDS::DBInstance").filter(
    ({ id }) => wanted === undefined || id === wanted,
  );
  if (wanted !== undefined && found.length === 0)
    throw new AwsError("DBInstanceNotFound", `DBInstance ${wanted} not found.`, 404);
  return {
    DBInstances: named(
      "DBInstance",
      found.map((one) => instanceOf(simulator, one)),
    ),
  };
};

function instanceOf(simulator: Simulator, instance: ServiceResource): CallResult {
  const { properties, attributes } = instance;
  return {
    DBInstanceIdentifier: instance.id,
    DBInstanceArn: arnOf(instance),
    DBInstanceClass: textOf(properties, "DBInstanceClass"),
    Engine: textOf(properties, "Engine"),
    EngineVersion: fullVersion(properties),
    DBInstanceStatus: isReady(simulator, instance) ? "available" : "creating",
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
    DBSubnetGroup: subnetGroupOf(simulator, instance, textOf(properties, "DBSubnetGroupName")),
    DBParameterGroups: named("DBParameterGroup", [
      {
        DBParameterGroupName: textOf(properties, "DBParameterGroupName", defaultGroup(properties)),
        ParameterApplyStatus: "in-sync",
      },
    ]),
    TagList: named("Tag", tagList(instance)),
  };
}

/** The running version: the newest that matches the template's (RDS User Guide, "Upgrading the DB engine version"). */
function fullVersion(properties: JsonObject): string {
  const [engine, version] = [textOf(properties, "Engine"), textOf(properties, "EngineVersion")];
  if (engine !== "postgres" || version.includes(".")) return version;
  return POSTGRES.findLast((one) => version === "" || one.startsWith(`${version}.`)) ?? version;
}

const defaultGroup = (properties: JsonObject) =>
  `default.${textOf(properties, "Engine")}${fullVersion(properties).split(".")[0]}`;

function subnetGroupOf(simulator: Simulator, scope: Scope, name: string): CallResult {
  const group = findResource(simulator, { scope }, "AWS::RDS::DBSubnetGroup", name);
  return group ? shownGroup(simulator, group) : { DBSubnetGroupName: name };
}

function shownGroup(
  simulator: Simulator,
  { id, properties, attributes, region, account }: ServiceResource,
): CallResult {
  const subnets = listOf(properties, "SubnetIds").map((SubnetIdentifier) => ({
    SubnetIdentifier,
    SubnetStatus: "Active",
    SubnetAvailabilityZone: {
      Name: textOf(
        subnetCalled(simulator, { region, account }, SubnetIdentifier)?.attributes ?? {},
        "AvailabilityZone",
      ),
    },
  }));
  const [first = ""] = listOf(properties, "SubnetIds");
  return {
    DBSubnetGroupName: id,
    DBSubnetGroupDescription: textOf(properties, "DBSubnetGroupDescription"),
    VpcId: textOf(subnetCalled(simulator, { region, account }, first)?.properties ?? {}, "VpcId"),
    DBSubnetGroupArn: textOf(attributes, "DBSubnetGroupArn"),
    SubnetGroupStatus: "Complete",
    Subnets: named("Subnet", subnets),
  };
}

const subnetCalled = (simulator: Simulator, scope: Scope, id: string) =>
  findResource(simulator, { scope }, "AWS::EC2::Subnet", id);

const describeDBParameterGroups: Handler = (simulator, call) => {
  const wanted = text(call.input, "DBParameterGroupName");
  const found = listResources(simulator, call, "AWS::RDS::DBParameterGroup").filter(
    ({ id }) => wanted === undefined || id === wanted,
  );
  if (wanted !== undefined && found.length === 0)
    throw new AwsError("DBParameterGroupNotFound", `DBParameterGroup not found: ${wanted}`, 404);
  return {
    DBParameterGroups: named(
      "DBParameterGroup",
      found.map((group) => ({
        DBParameterGroupName: group.id,
        DBParameterGroupFamily: textOf(group.properties, "Family"),
        Description: textOf(group.properties, "Description"),
        DBParameterGroupArn: arnOf(group),
      })),
    ),
  };
};

/** Types whose tags can be asked for by their ARNs. */
const TAGGED = ["DBInstance", "DBSubnetGroup", "DBParameterGroup"].map((kind) => `AWS::RDS::${kind}`);

const listTags: Handler = (simulator, call) => {
  const arn = text(call.input, "ResourceName") ?? "";
  const found = TAGGED.flatMap((type) => listResources(simulator, call, type)).find(
    (resource) => arnOf(resource) === arn,
  );
  if (!found) throw new AwsError("DBInstanceNotFound", `${arn} not found.`, 404);
  return { TagList: named("Tag", tagList(found)) };
};

const describeDBSubnetGroups: Handler = (simulator, call) => {
  const wanted = text(call.input, "DBSubnetGroupName");
  const found = listResources(simulator, call, "AWS::RDS::DBSubnetGroup").filter(
    ({ id }) => wanted === undefined || id === wanted,
  );
  if (wanted !== undefined && found.length === 0)
    throw new AwsError("DBSubnetGroupNotFoundFault", `DB subnet group '${wanted}' does not exist.`, 404);
  return {
    DBSubnetGroups: named(
      "DBSubnetGroup",
      found.map((group) => shownGroup(simulator, group)),
    ),
  };
};

const describeDBSnapshots: Handler = (simulator, call) => {
  const wanted = text(call.input, "DBInstanceIdentifier");
  const found = listResources(simulator, call, "AWS::RDS::DBInstanceSnapshot").filter(
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

const describeDBClusterSnapshots: Handler = (simulator, call) => {
  const wanted = text(call.input, "DBClusterIdentifier");
  const found = listResources(simulator, call, "AWS::RDS::DBClusterSnapshot").filter(
    ({ attributes }) => wanted === undefined || attributes.Source === wanted,
  );
  return {
    DBClusterSnapshots: named(
      "DBClusterSnapshot",
      found.map(({ id, attributes, properties, created }) => ({
        DBClusterSnapshotIdentifier: id,
        DBClusterIdentifier: textOf(attributes, "Source"),
        SnapshotType: "manual",
        Status: "available",
        Engine: textOf(properties, "Engine"),
        SnapshotCreateTime: new Date(created).toISOString(),
      })),
    ),
  };
};

const describeDBEngineVersions: Handler = (_, { input }) => {
  const [engine = "postgres", wanted] = [text(input, "Engine"), text(input, "EngineVersion")];
  const known = POSTGRES.filter(
    (version) => wanted === undefined || version === wanted || version.startsWith(`${wanted}.`),
  );
  // Versions of other engines are not listed here: any version exists.
  const versions = engine === "postgres" ? known : [wanted ?? []].flat();
  return {
    DBEngineVersions: named(
      "DBEngineVersion",
      versions.map((EngineVersion) => ({
        Engine: engine,
        EngineVersion,
        DBParameterGroupFamily: `${engine}${EngineVersion.split(".", engine === "postgres" ? 1 : 2).join(".")}`,
      })),
    ),
  };
};

/** GiB that a PostgreSQL instance's storage can have, by its type (RDS User Guide, "Amazon RDS DB instance storage"). */
const STORAGE: { readonly [type: string]: readonly [least: number, most: number] } = {
  gp2: [20, 65_536],
  gp3: [20, 65_536],
  io1: [100, 65_536],
  io2: [100, 65_536],
  standard: [5, 3072],
};

const describeOrderableDBInstanceOptions: Handler = (_, { input, scope }) => {
  const [engine = "postgres", wanted, version] = [
    text(input, "Engine"),
    text(input, "DBInstanceClass"),
    text(input, "EngineVersion"),
  ];
  const found = CLASSES.filter((one) => wanted === undefined || one === wanted);
  return {
    OrderableDBInstanceOptions: named(
      "OrderableDBInstanceOption",
      found.flatMap((DBInstanceClass) =>
        Object.entries(STORAGE).map(([StorageType, [MinStorageSize, MaxStorageSize]]) => ({
          Engine: engine,
          EngineVersion: version ?? POSTGRES.at(-1),
          DBInstanceClass,
          AvailabilityZones: named(
            "AvailabilityZone",
            zonesOf(scope.region).map((Name) => ({ Name })),
          ),
          MultiAZCapable: true,
          Vpc: true,
          StorageType,
          MinStorageSize,
          MaxStorageSize,
        })),
      ),
    ),
  };
};

/** Amazon RDS, API version 2014-10-31: look-ups, and changes outside of stacks. */
export const RDS: Service = {
  protocol: queryProtocol("http://rds.amazonaws.com/doc/2014-10-31/"),
  operations: {
    ...DATABASE_CHANGES,
    DescribeDBClusterSnapshots: describeDBClusterSnapshots,
    DescribeDBEngineVersions: describeDBEngineVersions,
    DescribeDBInstances: describeDBInstances,
    DescribeDBParameterGroups: describeDBParameterGroups,
    DescribeDBSnapshots: describeDBSnapshots,
    DescribeDBSubnetGroups: describeDBSubnetGroups,
    DescribeOrderableDBInstanceOptions: describeOrderableDBInstanceOptions,
    ListTagsForResource: listTags,
  },
};
