import type { Value } from "../../template/evaluate.ts";
import { first, fits } from "../checks.ts";
import { contains, overlap, parseCidr } from "../cidr.ts";
import type { Rule } from "../rule.ts";
import { asText, sameValue } from "../values.ts";

const VPC = "AWS::EC2::VPC";
const VPC_BLOCK = "AWS::EC2::VPCCidrBlock";
const SUBNET = "AWS::EC2::Subnet";
const ROUTE = "AWS::EC2::Route";
const ASSOCIATION = "AWS::EC2::SubnetRouteTableAssociation";

const invalid = (cidr: string) => `The CIDR '${cidr}' is invalid.`;
const legalSize = (cidr: string) => {
  const block = parseCidr(cidr);
  return block !== undefined && block.prefix >= 16 && block.prefix <= 28;
};

/** A route's targets (AWS::EC2::Route). */
const TARGETS = [
  "CarrierGatewayId",
  "CoreNetworkArn",
  "EgressOnlyInternetGatewayId",
  "GatewayId",
  "InstanceId",
  "LocalGatewayId",
  "NatGatewayId",
  "NetworkInterfaceId",
  "OdbNetworkArn",
  "TransitGatewayId",
  "VpcEndpointId",
  "VpcPeeringConnectionId",
];
function notBlock(parameter: string): (block: string) => string {
  return (block) => `Value (${block}) for parameter ${parameter} is invalid. This is not a valid CIDR block.`;
}

const DESTINATIONS = ["DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId"];

/** VPCs, subnets and routes. */
export const VPC_RULES: readonly Rule[] = [
  {
    id: "vpc-cidr",
    types: [VPC, VPC_BLOCK],
    document: "Amazon VPC User Guide, VPC CIDR blocks",
    check: fits("CidrBlock", legalSize, invalid),
  },
  {
    id: "subnet-cidr",
    types: [SUBNET],
    document: "Amazon VPC User Guide, Subnet CIDR blocks",
    check: fits("CidrBlock", legalSize, invalid),
  },
  {
    id: "subnet-in-vpc",
    types: [SUBNET],
    document: "Amazon VPC User Guide, Subnet CIDR blocks",
    check: ({ properties: { CidrBlock, VpcId }, find, all }) => {
      const block = cidrOf(CidrBlock);
      const blocks = [
        find(VpcId, VPC)?.properties.CidrBlock,
        ...all(VPC_BLOCK)
          .filter(({ properties }) => sameValue(properties.VpcId, VpcId))
          .map(({ properties }) => properties.CidrBlock),
      ].map(cidrOf);
      // An unknown block of the VPC may contain it.
      const outside = block && blocks.every((one) => one !== undefined && !contains(one, block));
      return outside
        ? { property: "CidrBlock", value: CidrBlock, message: invalid(asText(CidrBlock) ?? "") }
        : undefined;
    },
  },
  {
    id: "subnet-overlap",
    types: [SUBNET],
    document: "Amazon VPC User Guide, Subnet CIDR blocks",
    check: ({ properties: { CidrBlock, VpcId }, before }) => {
      const block = cidrOf(CidrBlock);
      const conflict = before(SUBNET).some(({ properties }) => {
        const other = cidrOf(properties.CidrBlock);
        return block && other && sameValue(properties.VpcId, VpcId) && overlap(block, other);
      });
      const message = `The CIDR '${asText(CidrBlock)}' conflicts with another subnet`;
      return conflict ? { property: "CidrBlock", value: CidrBlock, message } : undefined;
    },
  },
  {
    id: "subnet-zone",
    types: [SUBNET],
    document: "Amazon EC2 API Reference, CreateSubnet (AvailabilityZone)",
    // AWS goes on to list the zones that the account may use.
    approximate: true,
    check: (subject) =>
      fits(
        "AvailabilityZone",
        (zone) => !/^[a-z]{2}(-[a-z]+)+-\d/.test(zone) || zone.startsWith(subject.region),
        (zone) =>
          `Value (${zone}) for parameter availabilityZone is invalid. Subnets can currently only be created in the availability zones of ${subject.region}.`,
      )(subject),
  },
  {
    id: "nat-gateway-address",
    types: ["AWS::EC2::NatGateway"],
    document: "Amazon EC2 API Reference, CreateNatGateway (AllocationId)",
    approximate: true,
    check: ({ properties: { ConnectivityType = "public", AllocationId, AvailabilityMode = "zonal" } }) => {
      const kind = asText(ConnectivityType);
      // A regional gateway has its own addresses.
      const zonal = asText(AvailabilityMode) === "zonal";
      if (kind === "public" && AllocationId === undefined && zonal) {
        return { property: "AllocationId", message: "You must specify an allocation ID for a public NAT gateway" };
      }
      if (kind !== "private" || AllocationId === undefined) return undefined;
      const message = "You cannot specify an allocation ID for a private NAT gateway";
      return { property: "AllocationId", value: AllocationId, message };
    },
  },
  {
    id: "route-destination",
    types: [ROUTE],
    document: "Amazon EC2 API Reference, CreateRoute (DestinationCidrBlock, DestinationIpv6CidrBlock)",
    check: first(
      fits("DestinationCidrBlock", (block) => parseCidr(block) !== undefined, notBlock("destinationCidrBlock")),
      fits(
        "DestinationIpv6CidrBlock",
        (block) => parseCidr(block, 6) !== undefined,
        notBlock("destinationIpv6CidrBlock"),
      ),
    ),
  },
  {
    id: "route-target",
    types: [ROUTE],
    document: "Amazon EC2 API Reference, CreateRoute",
    approximate: true,
    check: ({ properties }) => {
      const one = (names: readonly string[], words: string) => {
        const given = names.filter((name) => properties[name] !== undefined);
        if (given.length === 1) return undefined;
        return {
          property: given.at(-1) ?? names[0] ?? "",
          message: `The request must contain exactly one of ${words}`,
        };
      };
      return (
        one(DESTINATIONS, "destinationCidrBlock, destinationIpv6CidrBlock or destinationPrefixListId") ??
        one(TARGETS, "gatewayId, natGatewayId, networkInterfaceId, vpcPeeringConnectionId or another target")
      );
    },
  },
  {
    id: "route-once",
    types: [ROUTE],
    document: "Amazon VPC User Guide, Route tables",
    code: "AlreadyExists",
    check: ({ properties, before }) => {
      for (const name of DESTINATIONS) {
        const twice = before(ROUTE).some(
          (other) =>
            sameValue(other.properties.RouteTableId, properties.RouteTableId) &&
            sameValue(other.properties[name], properties[name]),
        );
        const message = `The route identified by ${asText(properties[name]) ?? name} already exists.`;
        if (twice) return { property: name, value: properties[name], message };
      }
      return undefined;
    },
  },
  {
    id: "route-table-once",
    types: [ASSOCIATION],
    document: "Amazon VPC User Guide, Subnet route tables",
    code: "AlreadyExists",
    approximate: true,
    check: ({ properties: { SubnetId }, before }) => {
      const twice = before(ASSOCIATION).some(({ properties }) => sameValue(properties.SubnetId, SubnetId));
      const message = `the specified association for subnet ${asText(SubnetId) ?? ""} conflicts with an existing association`;
      return twice ? { property: "SubnetId", value: SubnetId, message } : undefined;
    },
  },
];

function cidrOf(value: Value | undefined): ReturnType<typeof parseCidr> {
  const cidr = asText(value);
  return cidr === undefined ? undefined : parseCidr(cidr);
}
