import type { JsonObject } from "../../template/types.ts";
import { fraction, hex } from "../state/hash.ts";
import { shortNameOf, zonesOf } from "../state/regions.ts";
import { resourceAt, resourcesAt } from "../state/resource-store.ts";
import type { Simulator } from "../state/simulator.ts";
import type { Scope, ServiceResource } from "../state/state.ts";
import {
  arn,
  createdAt,
  generatedName,
  type HandlerRequest,
  hexFor,
  type ResourceHandler,
  type ResourceHandlers,
  seedOf,
} from "./handler.ts";
import { fingerprintOf } from "./key-pairs.ts";
import { textOf } from "./properties.ts";

/** EC2 ids are a prefix and 17 hex digits; most types have no attribute but their own id. */
const handler = (prefix: string, attributes: ResourceHandler["attributes"] = () => ({})): ResourceHandler => ({
  id: (request) => `${prefix}-0${hexFor(request, 16)}`,
  attributes,
});

const own =
  (name: string): ResourceHandler["attributes"] =>
  (_, id) => ({ [name]: id });

const groupId = (request: HandlerRequest) => `sg-0${hexFor(request, 16)}`;
const groupName = (request: HandlerRequest) => textOf(request.properties, "GroupName") || generatedName(request, 255);

/** EC2 types (Template Reference, "Amazon EC2": return values). */
export const EC2_HANDLERS: ResourceHandlers = {
  "AWS::EC2::VPC": {
    ...handler("vpc", (request, id) => ({
      VpcId: id,
      CidrBlock: textOf(request.properties, "CidrBlock", "10.0.0.0/16"),
      CidrBlockAssociations: [`vpc-cidr-assoc-0${hexFor(request, 16, "cidr")}`],
      DefaultNetworkAcl: `acl-0${hexFor(request, 16, "acl")}`,
      DefaultSecurityGroup: `sg-0${hexFor(request, 16, "default")}`,
    })),
    // They are added later, by resources of their own.
    liveAttribute: (simulator, scope, id, name) =>
      name === "Ipv6CidrBlocks" ? [...vpcBlocks6(simulator, { ...scope, id })] : undefined,
  },
  "AWS::EC2::Subnet": handler("subnet", (request, id) => ({
    SubnetId: id,
    VpcId: textOf(request.properties, "VpcId"),
    CidrBlock: textOf(request.properties, "CidrBlock"),
    AvailabilityZone: zoneOfSubnet(request),
    AvailabilityZoneId: zoneId(zoneOfSubnet(request)),
    NetworkAclAssociationId: `aclassoc-0${hexFor(request, 16, "acl")}`,
    Ipv6CidrBlocks: [request.properties.Ipv6CidrBlock ?? []].flat(),
  })),
  "AWS::EC2::InternetGateway": handler("igw", own("InternetGatewayId")),
  "AWS::EC2::EgressOnlyInternetGateway": handler("eigw", own("Id")),
  "AWS::EC2::NatGateway": handler("nat", (request, id) => ({
    NatGatewayId: id,
    EniId: `eni-0${hexFor(request, 16, "eni")}`,
  })),
  "AWS::EC2::RouteTable": handler("rtb", own("RouteTableId")),
  "AWS::EC2::Route": {
    id: ({ properties }) => `${textOf(properties, "RouteTableId")}|${destination(properties)}`,
    attributes: ({ properties }) => ({ CidrBlock: destination(properties) }),
  },
  "AWS::EC2::SubnetRouteTableAssociation": handler("rtbassoc", own("Id")),
  "AWS::EC2::VPCGatewayAttachment": {
    id: ({ properties }) => `${attachment(properties)}|${textOf(properties, "VpcId")}`,
    attributes: ({ properties }) => ({ AttachmentType: attachment(properties) }),
  },
  "AWS::EC2::EIP": {
    id: (request) => publicIp(request),
    attributes: (request, id) => ({ PublicIp: id, AllocationId: `eipalloc-0${hexFor(request, 16, "allocation")}` }),
  },
  "AWS::EC2::SecurityGroup": {
    // Without a VPC `Ref` is the name (localstack's test_ec2_security_group_id_with_vpc, recorded 2024-07-19).
    id: (request) => (textOf(request.properties, "VpcId") ? groupId(request) : groupName(request)),
    key: groupId,
    attributes: (request) => {
      const [id, vpc] = [groupId(request), textOf(request.properties, "VpcId")];
      if (vpc) return { Id: id, GroupId: id, VpcId: vpc };
      return { Id: id, GroupId: id, VpcId: defaultVpcId(request.scope), GroupName: groupName(request) };
    },
  },
  "AWS::EC2::SecurityGroupIngress": handler("sgr", own("Id")),
  "AWS::EC2::SecurityGroupEgress": handler("sgr", own("Id")),
  "AWS::EC2::FlowLog": handler("fl", own("Id")),
  "AWS::EC2::NetworkAcl": handler("acl", own("Id")),
  "AWS::EC2::NetworkInterface": handler("eni", (request, id) => ({
    Id: id,
    PrimaryPrivateIpAddress: textOf(request.properties, "PrivateIpAddress") || privateIp(request),
    SecondaryPrivateIpAddresses: secondaryIps(request),
  })),
  "AWS::EC2::Volume": handler("vol", own("VolumeId")),
  "AWS::EC2::Instance": handler("i", (request, id) => ({
    InstanceId: id,
    AvailabilityZone: textOf(request.properties, "AvailabilityZone", `${request.scope.region}a`),
    PrivateIp: privateIp(request),
    PrivateDnsName: `ip-${privateIp(request).replaceAll(".", "-")}.${request.scope.region}.compute.internal`,
    PublicIp: publicIp(request),
    PublicDnsName: `ec2-${publicIp(request).replaceAll(".", "-")}.compute-1.amazonaws.com`,
    VpcId: textOf(
      resourceAt(request.simulator.state, "AWS::EC2::Subnet", request.scope, textOf(request.properties, "SubnetId"))
        ?.properties ?? {},
      "VpcId",
    ),
  })),
  "AWS::EC2::LaunchTemplate": handler("lt", (_, id) => ({
    LaunchTemplateId: id,
    DefaultVersionNumber: "1",
    LatestVersionNumber: "1",
  })),
  "AWS::EC2::VPCEndpoint": handler("vpce", (request, id) => ({
    Id: id,
    CreationTimestamp: new Date(createdAt(request)).toISOString(),
    DnsEntries: [`Z${hexFor(request, 13).toUpperCase()}:${id}.vpce.amazonaws.com`],
    NetworkInterfaceIds: [`eni-0${hexFor(request, 16, "eni")}`],
  })),
  "AWS::EC2::VPCPeeringConnection": handler("pcx", own("Id")),
  "AWS::EC2::DHCPOptions": handler("dopt", own("DhcpOptionsId")),
  "AWS::EC2::KeyPair": {
    nameProperty: "KeyName",
    attributes: (request) => ({
      KeyPairId: `key-0${hexFor(request, 16, "pair")}`,
      KeyFingerprint: fingerprintOf(request),
    }),
  },
  "AWS::EC2::PrefixList": handler("pl", (request, id) => ({
    PrefixListId: id,
    Arn: arn(request, "ec2", `prefix-list/${id}`),
    OwnerId: request.scope.account,
    Version: 1,
  })),
};

/** The VPC that an account has in each region from the beginning (VPC User Guide, "Default VPCs"). */
export function defaultVpcId({ account, region }: Scope): string {
  return `vpc-0${hex(16, "default", account, region)}`;
}

function destination(properties: HandlerRequest["properties"]): string {
  const names = ["DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId"];
  return names.map((name) => textOf(properties, name)).find((text) => text !== "") ?? "";
}

/** IPv6 blocks of a VPC: Amazon provides a /56 on request (VPC User Guide, "VPC CIDR blocks"). */
export function vpcBlocks6(
  simulator: Simulator,
  vpc: Pick<ServiceResource, "id" | "account" | "region">,
): readonly string[] {
  const asked = resourcesAt(simulator.state, "AWS::EC2::VPCCidrBlock", vpc).filter(
    ({ properties }) => properties.VpcId === vpc.id,
  );
  return asked.flatMap(({ properties }) => {
    const given = textOf(properties, "Ipv6CidrBlock");
    if (given) return [given];
    if (textOf(properties, "AmazonProvidedIpv6CidrBlock") !== "true") return [];
    const digits = hex(6, "ipv6", vpc.id);
    return [`2600:1f18:1${digits.slice(0, 3)}:1${digits.slice(3, 4)}00::/56`];
  });
}

const attachment = (properties: HandlerRequest["properties"]) => (properties.InternetGatewayId ? "IGW" : "VGW");

const octet = (request: HandlerRequest, salt: string) => 1 + Math.floor(fraction(...seedOf(request), salt) * 253);

const publicIp = (request: HandlerRequest) => `3.${octet(request, "b")}.${octet(request, "c")}.${octet(request, "d")}`;

const privateIp = (request: HandlerRequest) => `10.0.2.${octet(request, "private")}`;

/** Addresses of an interface beside its first, given or as many as are asked for. */
function secondaryIps(request: HandlerRequest): string[] {
  const { properties } = request;
  const given = ((properties.PrivateIpAddresses ?? []) as readonly JsonObject[]).filter(
    ({ Primary }) => String(Primary) !== "true",
  );
  const made = Array.from(
    { length: Number(properties.SecondaryPrivateIpAddressCount ?? 0) },
    (_, at) => `10.0.3.${octet(request, `secondary${at}`)}`,
  );
  return [...given.map((one) => textOf(one, "PrivateIpAddress")), ...made];
}

/** Zones whose ids do not follow their letters (Tokyo's b, apne1-az3, is closed to new accounts; Fargate is in the rest). */
const NUMBERS: { readonly [zone: string]: number } = {
  "ap-northeast-1a": 4,
  "ap-northeast-1c": 1,
  "ap-northeast-1d": 2,
};

/** The zone that a subnet's template names, by name or id; the region's first where it names none. */
function zoneOfSubnet({ properties, scope }: HandlerRequest): string {
  const id = textOf(properties, "AvailabilityZoneId");
  const [first = ""] = zonesOf(scope.region);
  return textOf(properties, "AvailabilityZone", zonesOf(scope.region).find((zone) => zoneId(zone) === id) ?? first);
}

/** `use1-az1` for `us-east-1a`: AWS maps these differently in each account, a rehearsal does not. */
export function zoneId(zone: string): string {
  const number = NUMBERS[zone] ?? zone.charCodeAt(zone.length - 1) - 96;
  return `${shortNameOf(zone.slice(0, -1))}-az${number}`;
}
