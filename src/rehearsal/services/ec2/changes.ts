import type { JsonObject } from "../../../template/types.ts";
import { isOn } from "../../resources/properties.ts";
import { resourcesAt } from "../../state/resource-store.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { ServiceResource } from "../../state/state.ts";
import { type Call, type Handler, needed, structures, texts } from "../../wire/call.ts";
import { AwsError } from "../../wire/error.ts";
import { addTags, checkDeletable, deleteResource, findResource, removeTags } from "../common/resources.ts";

/** Deletions: the parameter with the id, the type, and the error codes for a missing or blocked resource. */
const DELETIONS: { readonly [operation: string]: readonly [parameter: string, type: string, missing: string] } = {
  DeleteInternetGateway: ["InternetGatewayId", "AWS::EC2::InternetGateway", "InvalidInternetGatewayID.NotFound"],
  DeleteNetworkAcl: ["NetworkAclId", "AWS::EC2::NetworkAcl", "InvalidNetworkAclID.NotFound"],
  DeleteNetworkInterface: ["NetworkInterfaceId", "AWS::EC2::NetworkInterface", "InvalidNetworkInterfaceID.NotFound"],
  DeleteRouteTable: ["RouteTableId", "AWS::EC2::RouteTable", "InvalidRouteTableID.NotFound"],
  DeleteSecurityGroup: ["GroupId", "AWS::EC2::SecurityGroup", "InvalidGroup.NotFound"],
  DeleteSnapshot: ["SnapshotId", "AWS::EC2::VolumeSnapshot", "InvalidSnapshot.NotFound"],
  DeleteSubnet: ["SubnetId", "AWS::EC2::Subnet", "InvalidSubnetID.NotFound"],
  DeleteVolume: ["VolumeId", "AWS::EC2::Volume", "InvalidVolume.NotFound"],
  DeleteVpc: ["VpcId", "AWS::EC2::VPC", "InvalidVpcID.NotFound"],
};

function found(simulator: Simulator, call: Call, parameter: string, type: string, missing: string): ServiceResource {
  const id = needed(call.input, parameter);
  const resource = findResource(simulator, call, type, id);
  if (!resource) throw new AwsError(missing, `The ID '${id}' does not exist`);
  return resource;
}

const deletions = Object.fromEntries(
  Object.entries(DELETIONS).map(([operation, [parameter, type, missing]]): readonly [string, Handler] => [
    operation,
    (simulator, call) => {
      const resource = found(simulator, call, parameter, type, missing);
      checkDeletable(simulator, resource, "DependencyViolation");
      deleteResource(simulator, resource);
      return { return: true };
    },
  ]),
);

/** Deletes those that exist and lists the others (EC2 API Reference, DeleteVpcEndpoints). */
const deleteEndpoints: Handler = (simulator, call) => {
  const lost = texts(call.input, "VpcEndpointId").filter((id) => {
    const endpoint = findResource(simulator, call, "AWS::EC2::VPCEndpoint", id);
    if (endpoint) deleteResource(simulator, endpoint);
    return !endpoint;
  });
  return {
    unsuccessful: lost.map((resourceId) => ({
      resourceId,
      error: { code: "InvalidVpcEndpoint.NotFound", message: `The VpcEndpoint Id '${resourceId}' does not exist` },
    })),
  };
};

/** Attributes of a VPC in the API, their properties and defaults. */
const VPC_ATTRIBUTES: { readonly [name: string]: readonly [property: string, fallback: boolean] } = {
  enableDnsHostnames: ["EnableDnsHostnames", false],
  enableDnsSupport: ["EnableDnsSupport", true],
  enableNetworkAddressUsageMetrics: ["EnableNetworkAddressUsageMetrics", false],
};

const describeVpcAttribute: Handler = (simulator, call) => {
  const vpc = found(simulator, call, "VpcId", "AWS::EC2::VPC", "InvalidVpcID.NotFound");
  const name = needed(call.input, "Attribute");
  const [property, fallback] = VPC_ATTRIBUTES[name] ?? [];
  if (property === undefined)
    throw new AwsError("InvalidParameterValue", `Value (${name}) for parameter attribute is invalid.`);
  return { vpcId: vpc.id, [name]: { value: isOn(vpc.properties[property] ?? fallback) } };
};

const modifyVpcAttribute: Handler = (simulator, call) => {
  const vpc = found(simulator, call, "VpcId", "AWS::EC2::VPC", "InvalidVpcID.NotFound");
  for (const [property] of Object.values(VPC_ATTRIBUTES)) {
    const value = (call.input[property] as JsonObject | undefined)?.Value;
    if (value !== undefined) vpc.properties = { ...vpc.properties, [property]: isOn(value) };
  }
  return { return: true };
};

/** All EC2 resources with one of the ids. */
function tagged(simulator: Simulator, { input, scope }: Call): readonly ServiceResource[] {
  const ids = texts(input, "ResourceId");
  const types = Object.keys(simulator.state.resources).filter((type) => type.startsWith("AWS::EC2::"));
  const all = types.flatMap((type) => resourcesAt(simulator.state, type, scope));
  return ids.map((id) => {
    const resource = all.find((one) => one.id === id);
    if (!resource) throw new AwsError("InvalidID", `The ID '${id}' is not valid`);
    return resource;
  });
}

const createTags: Handler = (simulator, call) => {
  for (const resource of tagged(simulator, call)) addTags(resource, structures(call.input, "Tag"));
  return { return: true };
};

const deleteTags: Handler = (simulator, call) => {
  const keys = structures(call.input, "Tag").map(({ Key }) => String(Key));
  for (const resource of tagged(simulator, call)) removeTags(resource, keys);
  return { return: true };
};

/** Calls that change stacks' resources outside of them. */
export const CHANGES: { readonly [operation: string]: Handler } = {
  ...deletions,
  CreateTags: createTags,
  DeleteTags: deleteTags,
  DeleteVpcEndpoints: deleteEndpoints,
  DescribeVpcAttribute: describeVpcAttribute,
  ModifyVpcAttribute: modifyVpcAttribute,
};
