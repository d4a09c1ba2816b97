import { textOf } from "../../resources/kind.ts";
import type { Stage } from "../../stage.ts";
import { thingAt, thingsAt } from "../../things.ts";
import type { Thing } from "../../world.ts";
import { defaultAcls, mainTables } from "./defaults.ts";
import type { LookUp } from "./shared.ts";

const property = (thing: Thing, name: string) => textOf(thing.properties, name) || undefined;

/** Look-ups of route tables and network ACLs, by operation. */
export const TABLES: { readonly [operation: string]: LookUp } = {
  DescribeRouteTables: {
    type: "AWS::EC2::RouteTable",
    ids: "RouteTableId",
    missing: "InvalidRouteTableID.NotFound",
    list: "routeTableSet",
    others: mainTables,
    view: (table, stage) => {
      const vpcId = property(table, "VpcId");
      const mine = (type: string) =>
        thingsAt(stage.world, type, table).filter(({ properties }) => properties.RouteTableId === table.id);
      const vpc = thingAt(stage.world, "AWS::EC2::VPC", table, vpcId ?? "");
      const local = {
        destinationCidrBlock: vpc && property(vpc, "CidrBlock"),
        gatewayId: "local",
        state: "active",
        origin: "CreateRouteTable",
      };
      const routes = mine("AWS::EC2::Route").map((route) => ({
        destinationCidrBlock: property(route, "DestinationCidrBlock"),
        destinationIpv6CidrBlock: property(route, "DestinationIpv6CidrBlock"),
        destinationPrefixListId: property(route, "DestinationPrefixListId"),
        gatewayId: property(route, "GatewayId") ?? property(route, "VpcEndpointId"),
        natGatewayId: property(route, "NatGatewayId"),
        egressOnlyInternetGatewayId: property(route, "EgressOnlyInternetGatewayId"),
        transitGatewayId: property(route, "TransitGatewayId"),
        vpcPeeringConnectionId: property(route, "VpcPeeringConnectionId"),
        state: "active",
        origin: "CreateRoute",
      }));
      const isMain = table.state.isDefault === true;
      const main = {
        routeTableAssociationId: `rtbassoc-${table.id.slice(4)}`,
        routeTableId: table.id,
        main: true,
        associationState: { state: "associated" },
      };
      const associations = mine("AWS::EC2::SubnetRouteTableAssociation").map((one) => ({
        routeTableAssociationId: one.id,
        routeTableId: table.id,
        subnetId: property(one, "SubnetId"),
        main: false,
        associationState: { state: "associated" },
      }));
      return {
        shown: {
          routeTableId: table.id,
          vpcId,
          ownerId: table.account,
          routeSet: [local, ...routes],
          associationSet: isMain ? [main] : associations,
          propagatingVgwSet: [],
        },
        filters: {
          "route-table-id": table.id,
          "vpc-id": vpcId,
          "association.subnet-id": associations.map(({ subnetId }) => subnetId),
          "association.main": isMain,
        },
      };
    },
  },
  DescribeNetworkAcls: {
    type: "AWS::EC2::NetworkAcl",
    ids: "NetworkAclId",
    missing: "InvalidNetworkAclID.NotFound",
    list: "networkAclSet",
    others: defaultAcls,
    view: (acl, stage) => {
      const [vpcId, isDefault] = [property(acl, "VpcId"), acl.state.isDefault === true];
      const subnets = subnetsOf(stage, acl, isDefault);
      return {
        shown: {
          networkAclId: acl.id,
          vpcId,
          ownerId: acl.account,
          default: isDefault,
          entrySet: [...ownEntries(stage, acl, isDefault), ...bothWays({ ruleNumber: 32_767, ruleAction: "deny" })],
          associationSet: subnets.map(({ id }) => ({
            networkAclAssociationId: `aclassoc-${id.slice(7)}`,
            networkAclId: acl.id,
            subnetId: id,
          })),
        },
        filters: {
          "network-acl-id": acl.id,
          "vpc-id": vpcId,
          default: isDefault,
          "association.subnet-id": subnets.map(({ id }) => id),
        },
      };
    },
  },
};

/** The subnets that have the ACL: those told so, or the default's all others. */
function subnetsOf(stage: Stage, acl: Thing, isDefault: boolean): readonly Thing[] {
  const told = thingsAt(stage.world, "AWS::EC2::SubnetNetworkAclAssociation", acl);
  const own = told.filter(({ properties }) => properties.NetworkAclId === acl.id);
  return thingsAt(stage.world, "AWS::EC2::Subnet", acl).filter(({ id, properties }) => {
    const has = (list: readonly Thing[]) => list.some((one) => one.properties.SubnetId === id);
    return isDefault ? properties.VpcId === acl.properties.VpcId && !has(told) : has(own);
  });
}

function ownEntries(stage: Stage, acl: Thing, isDefault: boolean) {
  if (isDefault) return bothWays({ ruleNumber: 100, ruleAction: "allow" });
  const entries = thingsAt(stage.world, "AWS::EC2::NetworkAclEntry", acl);
  return entries
    .filter(({ properties }) => properties.NetworkAclId === acl.id)
    .map((entry) => ({
      ruleNumber: Number(entry.properties.RuleNumber),
      ruleAction: property(entry, "RuleAction"),
      egress: textOf(entry.properties, "Egress") === "true",
      protocol: property(entry, "Protocol"),
      cidrBlock: property(entry, "CidrBlock"),
      ipv6CidrBlock: property(entry, "Ipv6CidrBlock"),
    }));
}

const bothWays = (entry: { readonly ruleNumber: number; readonly ruleAction: string }) =>
  [true, false].map((egress) => ({ ...entry, egress, protocol: "-1", cidrBlock: "0.0.0.0/0" }));
