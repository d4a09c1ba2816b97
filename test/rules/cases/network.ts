import { a, att, on, type Resources, ref } from "./case.ts";

const trust = (service: string) => ({
  AssumeRolePolicyDocument: {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  },
});

const vpc = a("AWS::EC2::VPC", { CidrBlock: "10.0.0.0/16", EnableDnsHostnames: true });
const subnet = (CidrBlock: string, AvailabilityZone: string) =>
  a("AWS::EC2::Subnet", { VpcId: ref("Vpc"), CidrBlock, AvailabilityZone });

/** Two subnets of one VPC in two zones, and a third in the zone of the first. */
export const SUBNETS: Resources = {
  Vpc: vpc,
  One: subnet("10.0.1.0/24", "eu-west-1a"),
  Two: subnet("10.0.2.0/24", "eu-west-1b"),
  OneAgain: subnet("10.0.3.0/24", "eu-west-1a"),
};

const rule = { IpProtocol: "tcp", FromPort: 80, ToPort: 443, CidrIp: "0.0.0.0/0", Description: "From anywhere" };
const group = { VpcId: "vpc-1", GroupDescription: "Load balancer", SecurityGroupIngress: [rule] };
const route = { RouteTableId: ref("Routes"), DestinationCidrBlock: "0.0.0.0/0", GatewayId: "igw-1" };
const endpoint = {
  VpcId: ref("Vpc"),
  VpcEndpointType: "Interface",
  ServiceName: "com.amazonaws.eu-west-1.logs",
  SubnetIds: [ref("One"), ref("Two")],
  PrivateDnsEnabled: true,
};

export const NETWORK_CASES = [
  ...on(
    "AWS::EC2::VPC",
    { CidrBlock: "10.0.0.0/16" },
    {
      "vpc-cidr": [
        { bad: { CidrBlock: "10.0.0.0/15" } },
        { bad: { CidrBlock: "10.0.0.0/29" } },
        { bad: { CidrBlock: "10.0.0.0" } },
      ],
    },
  ),
  ...on(
    "AWS::EC2::VPCCidrBlock",
    { VpcId: "vpc-1", CidrBlock: "10.1.0.0/16" },
    {
      "vpc-cidr": { bad: { CidrBlock: "300.0.0.0/16" } },
    },
  ),
  ...on(
    "AWS::EC2::Subnet",
    { VpcId: ref("Vpc"), CidrBlock: "10.0.4.0/24", AvailabilityZone: "eu-west-1c" },
    {
      "subnet-cidr": { bad: { CidrBlock: "10.0.4.0/30" } },
      "subnet-in-vpc": [
        { bad: { CidrBlock: "10.1.4.0/24" } },
        {
          good: { CidrBlock: "10.1.4.0/24" },
          beside: { Second: a("AWS::EC2::VPCCidrBlock", { VpcId: ref("Vpc"), CidrBlock: "10.1.0.0/16" }) },
          bad: { CidrBlock: "10.2.4.0/24" },
        },
      ],
      "subnet-overlap": { bad: { CidrBlock: "10.0.0.0/20" } },
      "subnet-zone": { bad: { AvailabilityZone: "us-east-1a" } },
    },
    SUBNETS,
  ),
  ...on(
    "AWS::EC2::NatGateway",
    { SubnetId: "subnet-1", AllocationId: "eipalloc-1", MaxDrainDurationSeconds: 350 },
    {
      "nat-gateway-address": [{ bad: { AllocationId: undefined } }, { bad: { ConnectivityType: "private" } }],
      "nat-gateway-drain": { bad: { MaxDrainDurationSeconds: 4001 } },
    },
  ),
  ...on(
    "AWS::EC2::Route",
    route,
    {
      "route-destination": [
        { bad: { DestinationCidrBlock: "0.0.0.0/0/0" } },
        {
          good: { DestinationCidrBlock: undefined, DestinationIpv6CidrBlock: "::/0" },
          bad: { DestinationIpv6CidrBlock: "0.0.0.0/0" },
        },
      ],
      "route-target": [
        { bad: { GatewayId: undefined } },
        { bad: { NatGatewayId: "nat-1" } },
        { bad: { DestinationCidrBlock: undefined } },
      ],
      "route-once": {
        beside: { Other: a("AWS::EC2::Route", { ...route, DestinationCidrBlock: "10.9.0.0/16" }) },
        badBeside: { Other: a("AWS::EC2::Route", route) },
      },
    },
    { Routes: a("AWS::EC2::RouteTable", { VpcId: "vpc-1" }) },
  ),
  ...on(
    "AWS::EC2::SubnetRouteTableAssociation",
    { SubnetId: ref("One"), RouteTableId: "rtb-1" },
    {
      "route-table-once": {
        badBeside: {
          Other: a("AWS::EC2::SubnetRouteTableAssociation", { SubnetId: ref("One"), RouteTableId: "rtb-2" }),
        },
      },
    },
    SUBNETS,
  ),
  ...on("AWS::EC2::SecurityGroup", group, {
    "security-group-description": [
      { bad: { GroupDescription: "für alle" } },
      { bad: { GroupDescription: "a".repeat(256) } },
    ],
    "security-group-name": [
      { bad: { GroupName: "default" } },
      { bad: { GroupName: "sg-web" } },
      { bad: { GroupName: "a".repeat(256) } },
    ],
    "security-group-rule-description": { bad: { SecurityGroupIngress: [{ ...rule, Description: "it's" }] } },
    "security-group-rule-cidr": [
      { bad: { SecurityGroupIngress: [{ ...rule, CidrIp: "10.0.0.0/33" }] } },
      { bad: { SecurityGroupIngress: [{ ...rule, CidrIp: "10.0.0.0" }] } },
      {
        good: { SecurityGroupEgress: [{ IpProtocol: "-1", CidrIpv6: "2001:db8::/32" }] },
        bad: { SecurityGroupEgress: [{ IpProtocol: "-1", CidrIpv6: "2001:db8::zz/32" }] },
      },
    ],
    "security-group-ports-given": {
      bad: { SecurityGroupEgress: [{ IpProtocol: "udp", FromPort: 53, CidrIp: "0.0.0.0/0" }] },
    },
    "security-group-port-range": [
      { bad: { SecurityGroupIngress: [{ ...rule, ToPort: 65_536 }] } },
      { bad: { SecurityGroupIngress: [{ ...rule, FromPort: 8080, ToPort: 80 }] } },
      { bad: { SecurityGroupIngress: [{ ...rule, FromPort: -1, ToPort: -1 }] } },
    ],
    "security-group-rule-peer": [
      { bad: { SecurityGroupIngress: [{ ...rule, SourceSecurityGroupId: "sg-1" }] } },
      { bad: { SecurityGroupEgress: [{ IpProtocol: "-1" }] } },
    ],
  }),
  ...on(
    "AWS::EC2::SecurityGroupIngress",
    { GroupId: "sg-1", IpProtocol: "icmp", FromPort: 8, ToPort: -1, CidrIpv6: "::/0" },
    {
      "security-group-rule-peer": { bad: { CidrIpv6: undefined } },
      "security-group-ports-given": { bad: { IpProtocol: "tcp", ToPort: undefined } },
    },
  ),
  ...on(
    "AWS::EC2::SecurityGroupEgress",
    { GroupId: "sg-1", IpProtocol: "-1", DestinationSecurityGroupId: "sg-2" },
    {
      "security-group-rule-peer": { bad: { CidrIp: "0.0.0.0/0" } },
    },
  ),
  ...on(
    "AWS::EC2::VPCEndpoint",
    endpoint,
    {
      "vpc-endpoint-kind": { bad: { VpcEndpointType: undefined, SubnetIds: undefined } },
      "vpc-endpoint-properties": [
        { bad: { RouteTableIds: ["rtb-1"] } },
        {
          good: {
            VpcEndpointType: "Gateway",
            ServiceName: "com.amazonaws.eu-west-1.s3",
            SubnetIds: undefined,
            PrivateDnsEnabled: undefined,
          },
          bad: { SubnetIds: [ref("One")] },
        },
      ],
      "vpc-endpoint-zones": { bad: { SubnetIds: [ref("One"), ref("Two"), ref("OneAgain")] } },
      "vpc-endpoint-private-dns": { badBeside: { Vpc: a("AWS::EC2::VPC", { CidrBlock: "10.0.0.0/16" }) } },
    },
    SUBNETS,
  ),
  ...on(
    "AWS::EC2::FlowLog",
    {
      ResourceType: "VPC",
      ResourceId: "vpc-1",
      TrafficType: "ALL",
      LogGroupName: "flow",
      DeliverLogsPermissionArn: att("Role"),
      MaxAggregationInterval: 60,
    },
    {
      "flow-log-role": { bad: { DeliverLogsPermissionArn: undefined } },
      "flow-log-trust": { badBeside: { Role: a("AWS::IAM::Role", trust("ec2.amazonaws.com")) } },
      "flow-log-interval": { bad: { MaxAggregationInterval: 300 } },
    },
    { Role: a("AWS::IAM::Role", trust("vpc-flow-logs.amazonaws.com")) },
  ),
];
