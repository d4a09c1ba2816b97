import { zoneId } from "../resources/ec2.ts";
import type { HandlerRequest } from "../resources/handler.ts";
import { listOf, rowsOf, textOf } from "../resources/properties.ts";
import { zonesOf } from "../state/regions.ts";
import { QUOTAS } from "./quota-table.ts";
import { hasRoom, quotaValue, usedOf } from "./quotas.ts";
import {
  type AccountRule,
  existingResource,
  inSameOperation,
  notFound,
  otherResources,
  type RuleRefusal,
  refuse,
} from "./rule.ts";

const VPC = "AWS::EC2::VPC";
const SUBNET = "AWS::EC2::Subnet";
const GROUP = "AWS::EC2::SecurityGroup";
const NAT = "AWS::EC2::NatGateway";
const ATTACHMENT = "AWS::EC2::VPCGatewayAttachment";

const COUNTED = QUOTAS.filter(({ type }) => type !== undefined);

function overQuota(request: HandlerRequest): RuleRefusal | undefined {
  const { simulator, scope, type, current } = request;
  const quota = COUNTED.find((one) => one.type === type);
  if (current || !quota || hasRoom(simulator, scope, quota, usedOf(simulator, scope, type))) return undefined;
  return refuse(quota.words ?? "", "ServiceLimitExceeded");
}

const zoneOf = (request: HandlerRequest, subnet: string) =>
  existingResource(request, SUBNET, subnet)?.attributes.AvailabilityZone;

/** Rules on networks. */
export const NETWORK_ACCOUNT_RULES: readonly AccountRule[] = [
  {
    name: "the account's quotas are not exceeded",
    types: COUNTED.flatMap(({ type }) => type ?? []),
    source: "Service Quotas User Guide; the quotas page of each service",
    check: overQuota,
  },
  {
    name: "the NAT gateway quota of a zone is not exceeded",
    types: [NAT],
    source: "VPC User Guide, Amazon VPC quotas",
    check: (request) => {
      const zone = zoneOf(request, textOf(request.properties, "SubnetId"));
      const there = otherResources(request, NAT).filter(
        ({ properties }) => zoneOf(request, textOf(properties, "SubnetId")) === zone,
      );
      const { simulator, scope, current } = request;
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
    name: "a resource's VPC exists",
    types: [SUBNET, GROUP, "AWS::EC2::RouteTable", ATTACHMENT, "AWS::EC2::VPCEndpoint"],
    source: "EC2 API Reference, Error codes (InvalidVpcID.NotFound)",
    check: (request) => {
      const id = textOf(request.properties, "VpcId");
      return id === "" || existingResource(request, VPC, id)
        ? undefined
        : notFound(`The vpc ID '${id}' does not exist`);
    },
  },
  {
    name: "a resource's subnets exist",
    types: [NAT, "AWS::EC2::VPCEndpoint", "AWS::EC2::SubnetRouteTableAssociation", "AWS::EC2::Instance"],
    source: "EC2 API Reference, Error codes (InvalidSubnetID.NotFound)",
    check: (request) => {
      const ids = [textOf(request.properties, "SubnetId"), ...listOf(request.properties, "SubnetIds")];
      const missing = ids.find((id) => id !== "" && !existingResource(request, SUBNET, id));
      return missing === undefined ? undefined : notFound(`The subnet ID '${missing}' does not exist`);
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
    check: (request) => {
      const [gateway, id] = [textOf(request.properties, "GatewayId"), textOf(request.properties, "RouteTableId")];
      const table = existingResource(request, "AWS::EC2::RouteTable", id);
      if (!table) return notFound(`The routeTable ID '${id}' does not exist`);
      const attached = otherResources(request, ATTACHMENT).some(
        ({ properties }) => properties.InternetGatewayId === gateway && properties.VpcId === table.properties.VpcId,
      );
      const lost = gateway.startsWith("igw-") && !attached && !isAttachedSoon(request);
      return lost ? refuse(`route table ${id} and network gateway ${gateway} belong to different networks`) : undefined;
    },
  },
  {
    name: "an Elastic IP address is used by one NAT gateway",
    types: [NAT],
    source: "VPC User Guide, NAT gateway basics",
    check: (request) => {
      const id = textOf(request.properties, "AllocationId");
      const taken = id !== "" && otherResources(request, NAT).some(({ properties }) => properties.AllocationId === id);
      return taken ? refuse(`Elastic IP address [${id}] is already associated`, "AlreadyExists") : undefined;
    },
  },
  {
    name: "a security group's name is unique in the VPC",
    types: [GROUP],
    source: "VPC User Guide, Security group basics",
    check: (request) => {
      const [name, vpc] = [textOf(request.properties, "GroupName"), textOf(request.properties, "VpcId")];
      const taken = otherResources(request, GROUP).some(
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
    check: (request) => {
      const { properties } = request;
      const rules = [properties, ...rowsOf(properties.SecurityGroupIngress), ...rowsOf(properties.SecurityGroupEgress)];
      const names = ["GroupId", "SourceSecurityGroupId", "DestinationSecurityGroupId"];
      const ids = rules.flatMap((rule) => names.map((name) => textOf(rule, name)));
      const defaults = otherResources(request, VPC).map(({ attributes }) => attributes.DefaultSecurityGroup);
      const missing = ids.find(
        (id) => id.startsWith("sg-") && !existingResource(request, GROUP, id) && !defaults.includes(id),
      );
      return missing === undefined ? undefined : notFound(`The security group '${missing}' does not exist`);
    },
  },
  {
    name: "a security group's rules are unique",
    types: ["AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupEgress"],
    source: "EC2 API Reference, Error codes (InvalidPermission.Duplicate)",
    check: (request) => {
      const twice = otherResources(request, request.type).some(
        ({ properties }) => printOf(properties) === printOf(request.properties),
      );
      const { FromPort, ToPort, IpProtocol } = request.properties;
      const peer = PEERS.map((name) => textOf(request.properties, name)).find((text) => text !== "") ?? "";
      const words = `the specified rule "peer: ${peer}, ${String(IpProtocol).toUpperCase()}, from port: ${FromPort}, to port: ${ToPort}, ALLOW" already exists`;
      return twice ? refuse(words, "AlreadyExists") : undefined;
    },
  },
  {
    name: "an internet-facing load balancer needs a VPC with an internet gateway",
    types: ["AWS::ElasticLoadBalancingV2::LoadBalancer"],
    source: "Application Load Balancers User Guide, Load balancer scheme",
    check: (request) => {
      const [subnet] = listOf(request.properties, "Subnets").flatMap(
        (id) => existingResource(request, SUBNET, id) ?? [],
      );
      const vpc = subnet && textOf(subnet.properties, "VpcId");
      const attached = otherResources(request, ATTACHMENT).some(
        ({ properties }) => properties.VpcId === vpc && properties.InternetGatewayId !== undefined,
      );
      const faces = textOf(request.properties, "Scheme", "internet-facing") === "internet-facing";
      return vpc && faces && !attached && !isAttachedSoon(request)
        ? refuse(`VPC ${vpc} has no internet gateway`)
        : undefined;
    },
  },
];

/**
 * Without DependsOn on an attachment of the same stack the order is random: preflight reports it, nothing is refused
 * here.
 */
function isAttachedSoon(request: HandlerRequest): boolean {
  return inSameOperation(request).some(({ Type }) => Type === ATTACHMENT);
}

const PEERS = [
  "CidrIp",
  "CidrIpv6",
  "SourceSecurityGroupId",
  "DestinationSecurityGroupId",
  "SourcePrefixListId",
  "DestinationPrefixListId",
];

const printOf = (rule: HandlerRequest["properties"]) =>
  JSON.stringify(["GroupId", "IpProtocol", "FromPort", "ToPort", ...PEERS].map((name) => textOf(rule, name)));
