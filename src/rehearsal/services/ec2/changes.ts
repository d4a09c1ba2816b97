import type { JsonObject } from "../../../template/types.ts";
import { isOn } from "../../rules/rule.ts";
import type { Stage } from "../../stage.ts";
import { thingsAt } from "../../things.ts";
import { type Call, type Handler, needed, structures, texts } from "../../wire/call.ts";
import { AwsError } from "../../wire/error.ts";
import type { Thing } from "../../world.ts";
import { checkFree, oneOf, tag, unmake, untag } from "../shelf.ts";

/** What a call can delete: the parameter that names it, its type, and the codes for one that is not there or is held. */
const DELETIONS: { readonly [operation: string]: readonly [parameter: string, type: string, missing: string] } = {
  DeleteInternetGateway: ["InternetGatewayId", "AWS::EC2::InternetGateway", "InvalidInternetGatewayID.NotFound"],
  DeleteNetworkInterface: ["NetworkInterfaceId", "AWS::EC2::NetworkInterface", "InvalidNetworkInterfaceID.NotFound"],
  DeleteRouteTable: ["RouteTableId", "AWS::EC2::RouteTable", "InvalidRouteTableID.NotFound"],
  DeleteSecurityGroup: ["GroupId", "AWS::EC2::SecurityGroup", "InvalidGroup.NotFound"],
  DeleteSnapshot: ["SnapshotId", "AWS::EC2::VolumeSnapshot", "InvalidSnapshot.NotFound"],
  DeleteSubnet: ["SubnetId", "AWS::EC2::Subnet", "InvalidSubnetID.NotFound"],
  DeleteVolume: ["VolumeId", "AWS::EC2::Volume", "InvalidVolume.NotFound"],
  DeleteVpc: ["VpcId", "AWS::EC2::VPC", "InvalidVpcID.NotFound"],
};

function found(stage: Stage, call: Call, parameter: string, type: string, missing: string): Thing {
  const id = needed(call.input, parameter);
  const thing = oneOf(stage, call, type, id);
  if (!thing) throw new AwsError(missing, `The ID '${id}' does not exist`);
  return thing;
}

const deletions = Object.fromEntries(
  Object.entries(DELETIONS).map(([operation, [parameter, type, missing]]): readonly [string, Handler] => [
    operation,
    (stage, call) => {
      const thing = found(stage, call, parameter, type, missing);
      checkFree(stage, thing, "DependencyViolation");
      unmake(stage, thing);
      return { return: true };
    },
  ]),
);

/** Attributes of a VPC as the API names them, their properties, and what they are where nobody says. */
const VPC_ATTRIBUTES: { readonly [name: string]: readonly [property: string, fallback: boolean] } = {
  enableDnsHostnames: ["EnableDnsHostnames", false],
  enableDnsSupport: ["EnableDnsSupport", true],
  enableNetworkAddressUsageMetrics: ["EnableNetworkAddressUsageMetrics", false],
};

const describeVpcAttribute: Handler = (stage, call) => {
  const vpc = found(stage, call, "VpcId", "AWS::EC2::VPC", "InvalidVpcID.NotFound");
  const name = needed(call.input, "Attribute");
  const [property, fallback] = VPC_ATTRIBUTES[name] ?? [];
  if (property === undefined)
    throw new AwsError("InvalidParameterValue", `Value (${name}) for parameter attribute is invalid.`);
  return { vpcId: vpc.id, [name]: { value: isOn(vpc.properties[property] ?? fallback) } };
};

const modifyVpcAttribute: Handler = (stage, call) => {
  const vpc = found(stage, call, "VpcId", "AWS::EC2::VPC", "InvalidVpcID.NotFound");
  for (const [property] of Object.values(VPC_ATTRIBUTES)) {
    const value = (call.input[property] as JsonObject | undefined)?.Value;
    if (value !== undefined) vpc.properties = { ...vpc.properties, [property]: isOn(value) };
  }
  return { return: true };
};

/** Everything of EC2 that bears one of the ids. */
function tagged(stage: Stage, { input, place }: Call): readonly Thing[] {
  const ids = texts(input, "ResourceId");
  const types = Object.keys(stage.world.things).filter((type) => type.startsWith("AWS::EC2::"));
  const all = types.flatMap((type) => thingsAt(stage.world, type, place));
  return ids.map((id) => {
    const thing = all.find((one) => one.id === id);
    if (!thing) throw new AwsError("InvalidID", `The ID '${id}' is not valid`);
    return thing;
  });
}

const createTags: Handler = (stage, call) => {
  for (const thing of tagged(stage, call)) tag(thing, structures(call.input, "Tag"));
  return { return: true };
};

const deleteTags: Handler = (stage, call) => {
  const keys = structures(call.input, "Tag").map(({ Key }) => String(Key));
  for (const thing of tagged(stage, call)) untag(thing, keys);
  return { return: true };
};

/** What anybody may do to what stacks made, behind their back. */
export const CHANGES: { readonly [operation: string]: Handler } = {
  ...deletions,
  CreateTags: createTags,
  DeleteTags: deleteTags,
  DescribeVpcAttribute: describeVpcAttribute,
  ModifyVpcAttribute: modifyVpcAttribute,
};
