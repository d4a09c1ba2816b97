import { textOf } from "../../resources/properties.ts";
import { resourceAt, resourcesAt } from "../../state/resource-store.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { ServiceResource } from "../../state/state.ts";
import { defaultAcls, mainTables } from "./defaults.ts";
import type { LookUp } from "./shared.ts";

const property = (resource: ServiceResource, name: string) => textOf(resource.properties, name) || undefined;

/** Describe calls for route tables and network ACLs, by operation. */
export const TABLES: { readonly [operation: string]: LookUp } = {
  DescribeRouteTables: {
    type: "AWS::EC2::RouteTable",
    ids: "RouteTableId",
    missing: "InvalidRouteTableID.NotFound",
    list: "routeTableSet",
    others: mainTables,
    view: (table, simulator) => {
      const vpcId = property(table, "VpcId");
      const mine = (type: string) =>
        resourcesAt(simulator.state, type, table).filter(({ properties }) => properties.RouteTableId === table.id);
      const vpc = resourceAt(simulator.state, "AWS::EC2::VPC", table, vpcId ?? "");
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
    view: (acl, simulator) => {
      const [vpcId, isDefault] = [property(acl, "VpcId"), acl.state.isDefault === true];
      const subnets = subnetsOf(simulator, acl, isDefault);
      return {
        shown: {
          networkAclId: acl.id,
          vpcId,
          ownerId: acl.account,
          default: isDefault,
          entrySet: [...ownEntries(simulator, acl, isDefault), ...bothWays({ ruleNumber: 32_767, ruleAction: "deny" })],
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

/** The subnets of the ACL: those associated, or for the default all others. */
function subnetsOf(simulator: Simulator, acl: ServiceResource, isDefault: boolean): readonly ServiceResource[] {
  const told = resourcesAt(simulator.state, "AWS::EC2::SubnetNetworkAclAssociation", acl);
  const own = told.filter(({ properties }) => properties.NetworkAclId === acl.id);
  return resourcesAt(simulator.state, "AWS::EC2::Subnet", acl).filter(({ id, properties }) => {
    const has = (list: readonly ServiceResource[]) => list.some((one) => one.properties.SubnetId === id);
    return isDefault ? properties.VpcId === acl.properties.VpcId && !has(told) : has(own);
  });
}

function ownEntries(simulator: Simulator, acl: ServiceResource, isDefault: boolean) {
  if (isDefault) return bothWays({ ruleNumber: 100, ruleAction: "allow" });
  const entries = resourcesAt(simulator.state, "AWS::EC2::NetworkAclEntry", acl);
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
