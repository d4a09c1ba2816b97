import type { JsonObject } from "../../template/types.ts";
import { isOn, listOf, textOf } from "../resources/properties.ts";
import type { Simulator } from "../state/simulator.ts";
import type { Scope, ServiceResource } from "../state/state.ts";
import { type CallResult, type Handler, text } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { queryProtocol, type Service } from "../wire/protocol.ts";
import { named } from "../wire/xml.ts";
import { arnOf, findResource, isReady, listResources, tagList } from "./common/resources.ts";
import { DATABASE_CHANGES } from "./database-changes.ts";
import { describeDBEngineVersions, describeOrderableDBInstanceOptions, POSTGRES } from "./database-offers.ts";
import { describeDBClusterSnapshots, describeDBSnapshots } from "./database-snapshots.ts";

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
