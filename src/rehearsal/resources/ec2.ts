import type { JsonObject } from "../../template/types.ts";
import { fraction, hex } from "../hash.ts";
import { shortNameOf, zonesOf } from "../regions.ts";
import { resourceAt, resourcesAt } from "../resource-store.ts";
import type { Simulator } from "../simulator.ts";
import type { Scope, ServiceResource } from "../state.ts";
import { fingerprintOf } from "./key-pairs.ts";
import { arn, bornAt, hexFor, type Kind, type Kinds, type Making, madeUpName, seedOf, textOf } from "./kind.ts";

/** EC2 ids are a prefix and 17 hex digits; most types have no attribute but their own id. */
const kind = (prefix: string, attributes: Kind["attributes"] = () => ({})): Kind => ({
  id: (making) => `${prefix}-0${hexFor(making, 16)}`,
  attributes,
});

const own =
  (name: string): Kind["attributes"] =>
  (_, id) => ({ [name]: id });

const groupId = (making: Making) => `sg-0${hexFor(making, 16)}`;
const groupName = (making: Making) => textOf(making.properties, "GroupName") || madeUpName(making, 255);

/** EC2 types (Template Reference, "Amazon EC2": return values). */
export const EC2: Kinds = {
  "AWS::EC2::VPC": {
    ...kind("vpc", (making, id) => ({
      VpcId: id,
      CidrBlock: textOf(making.properties, "CidrBlock", "10.0.0.0/16"),
      CidrBlockAssociations: [`vpc-cidr-assoc-0${hexFor(making, 16, "cidr")}`],
      DefaultNetworkAcl: `acl-0${hexFor(making, 16, "acl")}`,
      DefaultSecurityGroup: `sg-0${hexFor(making, 16, "default")}`,
    })),
    // It gets them after it was made, from a resource of their own.
    reads: (simulator, scope, id, name) =>
      name === "Ipv6CidrBlocks" ? [...vpcBlocks6(simulator, { ...scope, id })] : undefined,
  },
  "AWS::EC2::Subnet": kind("subnet", (making, id) => ({
    SubnetId: id,
    VpcId: textOf(making.properties, "VpcId"),
    CidrBlock: textOf(making.properties, "CidrBlock"),
    AvailabilityZone: zoneOfSubnet(making),
    AvailabilityZoneId: zoneId(zoneOfSubnet(making)),
    NetworkAclAssociationId: `aclassoc-0${hexFor(making, 16, "acl")}`,
    Ipv6CidrBlocks: [making.properties.Ipv6CidrBlock ?? []].flat(),
  })),
  "AWS::EC2::InternetGateway": kind("igw", own("InternetGatewayId")),
  "AWS::EC2::EgressOnlyInternetGateway": kind("eigw", own("Id")),
  "AWS::EC2::NatGateway": kind("nat", (making, id) => ({
    NatGatewayId: id,
    EniId: `eni-0${hexFor(making, 16, "eni")}`,
  })),
  "AWS::EC2::RouteTable": kind("rtb", own("RouteTableId")),
  "AWS::EC2::Route": {
    id: ({ properties }) => `${textOf(properties, "RouteTableId")}|${destination(properties)}`,
    attributes: ({ properties }) => ({ CidrBlock: destination(properties) }),
  },
  "AWS::EC2::SubnetRouteTableAssociation": kind("rtbassoc", own("Id")),
  "AWS::EC2::VPCGatewayAttachment": {
    id: ({ properties }) => `${attachment(properties)}|${textOf(properties, "VpcId")}`,
    attributes: ({ properties }) => ({ AttachmentType: attachment(properties) }),
  },
  "AWS::EC2::EIP": {
    id: (making) => publicIp(making),
    attributes: (making, id) => ({ PublicIp: id, AllocationId: `eipalloc-0${hexFor(making, 16, "allocation")}` }),
  },
  "AWS::EC2::SecurityGroup": {
    // Of one that names no VPC `Ref` is the name (localstack's test_ec2_security_group_id_with_vpc, recorded 2024-07-19).
    id: (making) => (textOf(making.properties, "VpcId") ? groupId(making) : groupName(making)),
    key: groupId,
    attributes: (making) => {
      const [id, vpc] = [groupId(making), textOf(making.properties, "VpcId")];
      if (vpc) return { Id: id, GroupId: id, VpcId: vpc };
      return { Id: id, GroupId: id, VpcId: defaultVpcId(making.scope), GroupName: groupName(making) };
    },
  },
  "AWS::EC2::SecurityGroupIngress": kind("sgr", own("Id")),
  "AWS::EC2::SecurityGroupEgress": kind("sgr", own("Id")),
  "AWS::EC2::FlowLog": kind("fl", own("Id")),
  "AWS::EC2::NetworkAcl": kind("acl", own("Id")),
  "AWS::EC2::NetworkInterface": kind("eni", (making, id) => ({
    Id: id,
    PrimaryPrivateIpAddress: textOf(making.properties, "PrivateIpAddress") || privateIp(making),
    SecondaryPrivateIpAddresses: secondaryIps(making),
  })),
  "AWS::EC2::Volume": kind("vol", own("VolumeId")),
  "AWS::EC2::Instance": kind("i", (making, id) => ({
    InstanceId: id,
    AvailabilityZone: textOf(making.properties, "AvailabilityZone", `${making.scope.region}a`),
    PrivateIp: privateIp(making),
    PrivateDnsName: `ip-${privateIp(making).replaceAll(".", "-")}.${making.scope.region}.compute.internal`,
    PublicIp: publicIp(making),
    PublicDnsName: `ec2-${publicIp(making).replaceAll(".", "-")}.compute-1.amazonaws.com`,
    VpcId: textOf(
      resourceAt(making.simulator.state, "AWS::EC2::Subnet", making.scope, textOf(making.properties, "SubnetId"))
        ?.properties ?? {},
      "VpcId",
    ),
  })),
  "AWS::EC2::LaunchTemplate": kind("lt", (_, id) => ({
    LaunchTemplateId: id,
    DefaultVersionNumber: "1",
    LatestVersionNumber: "1",
  })),
  "AWS::EC2::VPCEndpoint": kind("vpce", (making, id) => ({
    Id: id,
    CreationTimestamp: new Date(bornAt(making)).toISOString(),
    DnsEntries: [`Z${hexFor(making, 13).toUpperCase()}:${id}.vpce.amazonaws.com`],
    NetworkInterfaceIds: [`eni-0${hexFor(making, 16, "eni")}`],
  })),
  "AWS::EC2::VPCPeeringConnection": kind("pcx", own("Id")),
  "AWS::EC2::DHCPOptions": kind("dopt", own("DhcpOptionsId")),
  "AWS::EC2::KeyPair": {
    named: "KeyName",
    attributes: (making) => ({
      KeyPairId: `key-0${hexFor(making, 16, "pair")}`,
      KeyFingerprint: fingerprintOf(making),
    }),
  },
  "AWS::EC2::PrefixList": kind("pl", (making, id) => ({
    PrefixListId: id,
    Arn: arn(making, "ec2", `prefix-list/${id}`),
    OwnerId: making.scope.account,
    Version: 1,
  })),
};

/** The VPC that an account has in each region from the beginning (VPC User Guide, "Default VPCs"). */
export function defaultVpcId({ account, region }: Scope): string {
  return `vpc-0${hex(16, "default", account, region)}`;
}

function destination(properties: Making["properties"]): string {
  const names = ["DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId"];
  return names.map((name) => textOf(properties, name)).find((text) => text !== "") ?? "";
}

/** IPv6 blocks of a VPC: Amazon gives it a /56 once it is asked to (VPC User Guide, "VPC CIDR blocks"). */
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

const attachment = (properties: Making["properties"]) => (properties.InternetGatewayId ? "IGW" : "VGW");

const octet = (making: Making, salt: string) => 1 + Math.floor(fraction(...seedOf(making), salt) * 253);

const publicIp = (making: Making) => `3.${octet(making, "b")}.${octet(making, "c")}.${octet(making, "d")}`;

const privateIp = (making: Making) => `10.0.2.${octet(making, "private")}`;

/** Addresses of an interface beside its first, given or as many as are asked for. */
function secondaryIps(making: Making): string[] {
  const { properties } = making;
  const given = ((properties.PrivateIpAddresses ?? []) as readonly JsonObject[]).filter(
    ({ Primary }) => String(Primary) !== "true",
  );
  const made = Array.from(
    { length: Number(properties.SecondaryPrivateIpAddressCount ?? 0) },
    (_, at) => `10.0.3.${octet(making, `secondary${at}`)}`,
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
function zoneOfSubnet({ properties, scope }: Making): string {
  const id = textOf(properties, "AvailabilityZoneId");
  const [first = ""] = zonesOf(scope.region);
  return textOf(properties, "AvailabilityZone", zonesOf(scope.region).find((zone) => zoneId(zone) === id) ?? first);
}

/** `use1-az1` for `us-east-1a`: AWS shuffles these between accounts, a rehearsal does not. */
export function zoneId(zone: string): string {
  const number = NUMBERS[zone] ?? zone.charCodeAt(zone.length - 1) - 96;
  return `${shortNameOf(zone.slice(0, -1))}-az${number}`;
}
