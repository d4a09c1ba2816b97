import { zoneId } from "../resources/ec2.ts";
import type { Making } from "../resources/kind.ts";
import { listOf, rowsOf, textOf } from "../resources/properties.ts";
import { zonesOf } from "../state/regions.ts";
import { QUOTAS } from "./quota-table.ts";
import { hasRoom, quotaValue, usedOf } from "./quotas.ts";
import { type AccountRule, comingWith, known, notThere, others, type RuleRefusal, refuse } from "./rule.ts";

const VPC = "AWS::EC2::VPC";
const SUBNET = "AWS::EC2::Subnet";
const GROUP = "AWS::EC2::SecurityGroup";
const NAT = "AWS::EC2::NatGateway";
const ATTACHMENT = "AWS::EC2::VPCGatewayAttachment";

const COUNTED = QUOTAS.filter(({ type }) => type !== undefined);

function overQuota(making: Making): RuleRefusal | undefined {
  const { simulator, scope, type, current } = making;
  const quota = COUNTED.find((one) => one.type === type);
  if (current || !quota || hasRoom(simulator, scope, quota, usedOf(simulator, scope, type))) return undefined;
  return refuse(quota.words ?? "", "ServiceLimitExceeded");
}

const zoneOf = (making: Making, subnet: string) => known(making, SUBNET, subnet)?.attributes.AvailabilityZone;

/** What networks demand of the account they are made in. */
export const NETWORK_RULES: readonly AccountRule[] = [
  {
    name: "an account has so many of a thing and no more",
    types: COUNTED.flatMap(({ type }) => type ?? []),
    source: "Service Quotas User Guide; the quotas page of each service",
    check: overQuota,
  },
  {
    name: "a zone has so many NAT gateways and no more",
    types: [NAT],
    source: "VPC User Guide, Amazon VPC quotas",
    check: (making) => {
      const zone = zoneOf(making, textOf(making.properties, "SubnetId"));
      const there = others(making, NAT).filter(
        ({ properties }) => zoneOf(making, textOf(properties, "SubnetId")) === zone,
      );
      const { simulator, scope, current } = making;
      const quota = QUOTAS.find(({ name }) => name === "nat");
      const isFull = !current && zone !== undefined && quota && !hasRoom(simulator, scope, quota, there.length);
      return isFull
        ? refuse(
            `Performing this operation would exceed the limit of ${quotaValue(simulator, scope, quota)} NAT gateways`,
            "ServiceLimitExceeded",
          )
        : undefined;
    },
  },
  {
    name: "what lies in a VPC needs one that exists",
    types: [SUBNET, GROUP, "AWS::EC2::RouteTable", ATTACHMENT, "AWS::EC2::VPCEndpoint"],
    source: "EC2 API Reference, Error codes (InvalidVpcID.NotFound)",
    check: (making) => {
      const id = textOf(making.properties, "VpcId");
      return id === "" || known(making, VPC, id) ? undefined : notThere(`The vpc ID '${id}' does not exist`);
    },
  },
  {
    name: "what lies in a subnet needs one that exists",
    types: [NAT, "AWS::EC2::VPCEndpoint", "AWS::EC2::SubnetRouteTableAssociation", "AWS::EC2::Instance"],
    source: "EC2 API Reference, Error codes (InvalidSubnetID.NotFound)",
    check: (making) => {
      const ids = [textOf(making.properties, "SubnetId"), ...listOf(making.properties, "SubnetIds")];
      const missing = ids.find((id) => id !== "" && !known(making, SUBNET, id));
      return missing === undefined ? undefined : notThere(`The subnet ID '${missing}' does not exist`);
    },
  },
  {
    name: "a subnet's zone is one of the region's",
    types: [SUBNET],
    source: "EC2 API Reference, CreateSubnet",
    check: ({ properties, scope }) => {
      const [zone, zones] = [textOf(properties, "AvailabilityZone"), zonesOf(scope.region)];
      const id = textOf(properties, "AvailabilityZoneId");
      const ids = zones.map(zoneId);
      if (id !== "" && !ids.includes(id)) {
        return refuse(
          `Value (${id}) for parameter availabilityZoneId is invalid. Subnets can currently only be created in the following availability zones: ${ids.join(", ")}.`,
        );
      }
      if (zone === "" || zones.includes(zone)) return undefined;
      return refuse(
        `Value (${zone}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: ${zones.join(", ")}.`,
      );
    },
  },
  {
    name: "a route to an internet gateway needs it attached to the table's VPC",
    types: ["AWS::EC2::Route"],
    source: "VPC User Guide, Internet gateways",
    check: (making) => {
      const [gateway, id] = [textOf(making.properties, "GatewayId"), textOf(making.properties, "RouteTableId")];
      const table = known(making, "AWS::EC2::RouteTable", id);
      if (!table) return notThere(`The routeTable ID '${id}' does not exist`);
      const attached = others(making, ATTACHMENT).some(
        ({ properties }) => properties.InternetGatewayId === gateway && properties.VpcId === table.properties.VpcId,
      );
      const lost = gateway.startsWith("igw-") && !attached && !isAttachedSoon(making);
      return lost ? refuse(`route table ${id} and network gateway ${gateway} belong to different networks`) : undefined;
    },
  },
  {
    name: "an elastic address serves one NAT gateway",
    types: [NAT],
    source: "VPC User Guide, NAT gateway basics",
    check: (making) => {
      const id = textOf(making.properties, "AllocationId");
      const taken = id !== "" && others(making, NAT).some(({ properties }) => properties.AllocationId === id);
      return taken ? refuse(`Elastic IP address [${id}] is already associated`, "AlreadyExists") : undefined;
    },
  },
  {
    name: "a security group's name is its own in the VPC",
    types: [GROUP],
    source: "VPC User Guide, Security group basics",
    check: (making) => {
      const [name, vpc] = [textOf(making.properties, "GroupName"), textOf(making.properties, "VpcId")];
      const taken = others(making, GROUP).some(
        ({ properties }) => properties.GroupName === name && textOf(properties, "VpcId") === vpc,
      );
      return name !== "" && taken
        ? refuse(`The security group '${name}' already exists for VPC '${vpc}'`, "AlreadyExists")
        : undefined;
    },
  },
  {
    name: "rules name security groups that exist",
    types: [GROUP, "AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupEgress"],
    source: "EC2 API Reference, AuthorizeSecurityGroupIngress (InvalidGroup.NotFound)",
    check: (making) => {
      const { properties } = making;
      const rules = [properties, ...rowsOf(properties.SecurityGroupIngress), ...rowsOf(properties.SecurityGroupEgress)];
      const names = ["GroupId", "SourceSecurityGroupId", "DestinationSecurityGroupId"];
      const ids = rules.flatMap((rule) => names.map((name) => textOf(rule, name)));
      const defaults = others(making, VPC).map(({ attributes }) => attributes.DefaultSecurityGroup);
      const missing = ids.find((id) => id.startsWith("sg-") && !known(making, GROUP, id) && !defaults.includes(id));
      return missing === undefined ? undefined : notThere(`The security group '${missing}' does not exist`);
    },
  },
  {
    name: "the same rule is not written twice",
    types: ["AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupEgress"],
    source: "EC2 API Reference, Error codes (InvalidPermission.Duplicate)",
    check: (making) => {
      const twice = others(making, making.type).some(
        ({ properties }) => printOf(properties) === printOf(making.properties),
      );
      const { FromPort, ToPort, IpProtocol } = making.properties;
      const peer = PEERS.map((name) => textOf(making.properties, name)).find((text) => text !== "") ?? "";
      const words = `the specified rule "peer: ${peer}, ${String(IpProtocol).toUpperCase()}, from port: ${FromPort}, to port: ${ToPort}, ALLOW" already exists`;
      return twice ? refuse(words, "AlreadyExists") : undefined;
    },
  },
  {
    name: "an internet-facing load balancer needs a VPC with an internet gateway",
    types: ["AWS::ElasticLoadBalancingV2::LoadBalancer"],
    source: "Application Load Balancers User Guide, Load balancer scheme",
    check: (making) => {
      const [subnet] = listOf(making.properties, "Subnets").flatMap((id) => known(making, SUBNET, id) ?? []);
      const vpc = subnet && textOf(subnet.properties, "VpcId");
      const attached = others(making, ATTACHMENT).some(
        ({ properties }) => properties.VpcId === vpc && properties.InternetGatewayId !== undefined,
      );
      const faces = textOf(making.properties, "Scheme", "internet-facing") === "internet-facing";
      return vpc && faces && !attached && !isAttachedSoon(making)
        ? refuse(`VPC ${vpc} has no internet gateway`)
        : undefined;
    },
  },
];

/** What does not wait for an attachment of its own stack comes after it or not, by chance: preflight says so, nobody refuses it. */
function isAttachedSoon(making: Making): boolean {
  return comingWith(making).some(({ Type }) => Type === ATTACHMENT);
}

const PEERS = [
  "CidrIp",
  "CidrIpv6",
  "SourceSecurityGroupId",
  "DestinationSecurityGroupId",
  "SourcePrefixListId",
  "DestinationPrefixListId",
];

const printOf = (rule: Making["properties"]) =>
  JSON.stringify(["GroupId", "IpProtocol", "FromPort", "ToPort", ...PEERS].map((name) => textOf(rule, name)));
