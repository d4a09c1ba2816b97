import type { JsonObject } from "../../../template/types.ts";
import { handlerOf, physicalId } from "../../resources/handlers.ts";
import { requestRefusal } from "../../rules/rules.ts";
import { resourcesAt } from "../../state/resource-store.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { ServiceResource } from "../../state/state.ts";
import { type Call, type CallResult, type Handler, needed, text } from "../../wire/call.ts";
import { AwsError } from "../../wire/error.ts";
import { createResource, deleteResource, findResource } from "../common/resources.ts";
import { SECURITY_GROUPS } from "./groups.ts";
import { NETWORK } from "./network.ts";
import { SELDOM } from "./other-lookups.ts";
import { type LookUp, tagsOf } from "./shared.ts";
import { TABLES } from "./tables.ts";

/** A call that creates a resource: how it is shown, under which name, and its parameters by property. */
type Creation = {
  readonly lookUp: LookUp | undefined;
  readonly shown?: string;
  readonly properties: { readonly [parameter: string]: string };
  /** The error code of a request that CloudFormation would not make either. */
  readonly code?: string;
};

const same = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, name]));

/** Resources that are created by hand around an environment (EC2 API Reference, the operation of each name). */
const CREATIONS: { readonly [operation: string]: Creation } = {
  CreateInternetGateway: { lookUp: NETWORK.DescribeInternetGateways, shown: "internetGateway", properties: {} },
  CreateKeyPair: {
    lookUp: SELDOM.DescribeKeyPairs,
    properties: same("KeyName", "KeyType"),
    code: "InvalidKeyPair.Duplicate",
  },
  CreateRouteTable: { lookUp: TABLES.DescribeRouteTables, shown: "routeTable", properties: same("VpcId") },
  CreateSecurityGroup: {
    lookUp: SECURITY_GROUPS,
    properties: { ...same("GroupName", "VpcId"), GroupDescription: "GroupDescription" },
    code: "InvalidGroup.Duplicate",
  },
  CreateSubnet: {
    lookUp: NETWORK.DescribeSubnets,
    shown: "subnet",
    properties: same("AvailabilityZone", "CidrBlock", "VpcId"),
    code: "InvalidSubnet.Conflict",
  },
  CreateVpc: {
    lookUp: NETWORK.DescribeVpcs,
    shown: "vpc",
    properties: same("CidrBlock", "InstanceTenancy"),
    code: "InvalidVpc.Range",
  },
};

function creation({ lookUp, shown, properties: named, code = "InvalidParameterValue" }: Creation): Handler {
  return (simulator, call) => {
    if (!lookUp) throw new AwsError("InvalidAction", "The action is not valid.");
    const { type } = lookUp;
    const properties: JsonObject = Object.fromEntries(
      Object.entries(named).flatMap(([parameter, property]) => {
        const value = text(call.input, parameter);
        return value === undefined ? [] : [[property, value] as const];
      }),
    );
    const request = {
      simulator,
      scope: call.scope,
      stack: { id: "", name: "" },
      logicalId: type,
      type,
      properties,
      tags: tagsOf(call),
      incarnation: simulator.state.serial,
    };
    const refused = taken(simulator, call, type, properties) ?? requestRefusal(request)?.message;
    if (refused !== undefined) throw new AwsError(code, refused);
    const id = handlerOf(type)?.key?.(request) ?? physicalId(request);
    const resource = createResource(simulator, call, { type, id, properties, tags: request.tags });
    return answer(simulator, resource, lookUp, shown);
  };
}

/** Names in use. */
function taken(simulator: Simulator, call: Call, type: string, properties: JsonObject): string | undefined {
  const { KeyName, GroupName, VpcId } = properties;
  if (KeyName !== undefined && findResource(simulator, call, type, String(KeyName)))
    return `The keypair already exists`;
  const isTaken = resourcesAt(simulator.state, type, call.scope).some(
    (one) => GroupName !== undefined && one.properties.GroupName === GroupName && one.properties.VpcId === VpcId,
  );
  return isTaken ? `The security group '${GroupName}' already exists for VPC '${VpcId}'` : undefined;
}

function answer(
  simulator: Simulator,
  resource: ServiceResource,
  { view }: LookUp,
  shown: string | undefined,
): CallResult {
  const told = {
    ...view(resource, simulator).shown,
    tagSet: Object.entries(resource.tags).map(([key, value]) => ({ key, value })),
  };
  if (shown !== undefined) return { [shown]: told };
  const isKey = resource.type === "AWS::EC2::KeyPair";
  return {
    ...told,
    ...(isKey && { keyMaterial: "-----BEGIN RSA PRIVATE KEY-----\nnone\n-----END RSA PRIVATE KEY-----" }),
  };
}

const attachGateway: Handler = (simulator, call) => {
  const [InternetGatewayId, VpcId] = [needed(call.input, "InternetGatewayId"), needed(call.input, "VpcId")];
  for (const [type, id, code] of [
    ["AWS::EC2::InternetGateway", InternetGatewayId, "InvalidInternetGatewayID.NotFound"],
    ["AWS::EC2::VPC", VpcId, "InvalidVpcID.NotFound"],
  ] as const)
    if (!findResource(simulator, call, type, id)) throw new AwsError(code, `The ID '${id}' does not exist`);
  const type = "AWS::EC2::VPCGatewayAttachment";
  createResource(simulator, call, { type, id: `IGW|${VpcId}`, properties: { InternetGatewayId, VpcId } });
  return { return: true };
};

const detachGateway: Handler = (simulator, call) => {
  const [InternetGatewayId, VpcId] = [needed(call.input, "InternetGatewayId"), needed(call.input, "VpcId")];
  const found = resourcesAt(simulator.state, "AWS::EC2::VPCGatewayAttachment", call.scope).find(
    ({ properties }) => properties.InternetGatewayId === InternetGatewayId && properties.VpcId === VpcId,
  );
  if (!found)
    throw new AwsError("Gateway.NotAttached", `resource ${InternetGatewayId} is not attached to network ${VpcId}`);
  deleteResource(simulator, found);
  return { return: true };
};

const deleteKeyPair: Handler = (simulator, call) => {
  const found = findResource(simulator, call, "AWS::EC2::KeyPair", text(call.input, "KeyName") ?? "");
  if (found) deleteResource(simulator, found);
  return { return: true };
};

/** Calls that create and attach resources. */
export const BY_HAND: { readonly [operation: string]: Handler } = {
  ...Object.fromEntries(Object.entries(CREATIONS).map(([operation, one]) => [operation, creation(one)])),
  AttachInternetGateway: attachGateway,
  DeleteKeyPair: deleteKeyPair,
  DetachInternetGateway: detachGateway,
};
