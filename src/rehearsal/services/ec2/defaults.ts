import type { JsonObject } from "../../../template/types.ts";
import { defaultVpcId } from "../../resources/ec2.ts";
import { textOf } from "../../resources/properties.ts";
import { hex } from "../../state/hash.ts";
import { resourcesAt } from "../../state/resource-store.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { Scope, ServiceResource } from "../../state/state.ts";

/** Default resources of every VPC (VPC User Guide: the default of each). */
function ofVpcs(
  type: string,
  made: (vpc: ServiceResource) => { readonly id: string; readonly properties: JsonObject },
): (simulator: Simulator, scope: Scope) => readonly ServiceResource[] {
  return ({ state: all }, scope) =>
    resourcesAt(all, "AWS::EC2::VPC", scope).map((vpc) => {
      const { id, properties } = made(vpc);
      const { account, region, created } = vpc;
      const state = { isDefault: true };
      return {
        type,
        id,
        properties: { VpcId: vpc.id, ...properties },
        attributes: {},
        tags: {},
        state,
        account,
        region,
        created,
      };
    });
}

/** The default VPC, as soon as something stands in it (VPC User Guide, "Default VPC components": its block). */
export function defaultVpcs({ state }: Simulator, scope: Scope): readonly ServiceResource[] {
  const [first] = resourcesAt(state, "AWS::EC2::SecurityGroup", scope).filter(({ properties }) => !properties.VpcId);
  if (first === undefined) return [];
  const { account, region, created } = first;
  return [
    {
      type: "AWS::EC2::VPC",
      id: defaultVpcId(scope),
      properties: { CidrBlock: "172.31.0.0/16" },
      attributes: {},
      tags: {},
      state: { isDefault: true },
      account,
      region,
      created,
    },
  ];
}

/** "Default security groups": its members reach each other, and everything. */
export const defaultGroups = ofVpcs("AWS::EC2::SecurityGroup", ({ attributes }) => {
  const id = textOf(attributes, "DefaultSecurityGroup");
  return {
    id,
    properties: {
      GroupName: "default",
      GroupDescription: "default VPC security group",
      SecurityGroupIngress: [{ IpProtocol: "-1", SourceSecurityGroupId: id }],
    },
  };
});

/** "Default network ACL": it lets everything pass, and all subnets have it. */
export const defaultAcls = ofVpcs("AWS::EC2::NetworkAcl", ({ attributes }) => ({
  id: textOf(attributes, "DefaultNetworkAcl"),
  properties: {},
}));

/** "Main route table": that of the subnets that have no other. */
export const mainTables = ofVpcs("AWS::EC2::RouteTable", ({ id }) => ({
  id: `rtb-0${hex(16, "main", id)}`,
  properties: {},
}));
