import { parseCidr } from "../../../rules/cidr.ts";
import { vpcBlocks6, zoneId } from "../../resources/ec2.ts";
import { isOn, listOf, textOf } from "../../resources/properties.ts";
import { resourceAt, resourcesAt } from "../../state/resource-store.ts";
import type { ServiceResource } from "../../state/state.ts";
import { defaultVpcs } from "./defaults.ts";
import { endpointShown } from "./endpoints.ts";
import { DHCP_ASSOCIATION } from "./other-lookups.ts";
import type { LookUp } from "./shared.ts";

const property = (resource: ServiceResource, name: string) => textOf(resource.properties, name) || undefined;

const zoneOf = (subnet: ServiceResource) => textOf(subnet.attributes, "AvailabilityZone");

/** Addresses of a subnet that AWS keeps for itself (VPC User Guide, "Subnet CIDR blocks"). */
const RESERVED = 5;

/** Describe calls for networks, by operation. */
export const NETWORK: { readonly [operation: string]: LookUp } = {
  DescribeVpcs: {
    type: "AWS::EC2::VPC",
    ids: "VpcId",
    missing: "InvalidVpcID.NotFound",
    list: "vpcSet",
    others: defaultVpcs,
    view: (vpc, simulator) => {
      const cidrBlock = property(vpc, "CidrBlock");
      const isDefault = vpc.state.isDefault === true;
      const options = resourcesAt(simulator.state, DHCP_ASSOCIATION, vpc).find(
        ({ properties }) => properties.VpcId === vpc.id,
      );
      const dhcpOptionsId = (options && property(options, "DhcpOptionsId")) ?? "default";
      const shown = {
        vpcId: vpc.id,
        ownerId: vpc.account,
        state: "available",
        cidrBlock,
        dhcpOptionsId,
        instanceTenancy: property(vpc, "InstanceTenancy") ?? "default",
        isDefault,
      };
      return {
        shown: {
          ...shown,
          ipv6CidrBlockAssociationSet: vpcBlocks6(simulator, vpc).map((ipv6CidrBlock) => ({
            associationId: `vpc-cidr-assoc-6${vpc.id.slice(5)}`,
            ipv6CidrBlock,
            ipv6CidrBlockState: { state: "associated" },
            networkBorderGroup: vpc.region,
          })),
          cidrBlockAssociationSet: [
            { associationId: `vpc-cidr-assoc-${vpc.id.slice(4)}`, cidrBlock, cidrBlockState: { state: "associated" } },
          ],
        },
        filters: {
          "vpc-id": vpc.id,
          cidr: cidrBlock,
          "dhcp-options-id": dhcpOptionsId,
          "cidr-block": cidrBlock,
          state: "available",
          "owner-id": vpc.account,
          isDefault,
          "is-default": isDefault,
        },
      };
    },
  },
  DescribeSubnets: {
    type: "AWS::EC2::Subnet",
    ids: "SubnetId",
    missing: "InvalidSubnetID.NotFound",
    list: "subnetSet",
    view: (subnet) => {
      const [vpcId, cidrBlock, availabilityZone] = [
        property(subnet, "VpcId"),
        property(subnet, "CidrBlock"),
        zoneOf(subnet),
      ];
      return {
        shown: {
          subnetId: subnet.id,
          subnetArn: `arn:aws:ec2:${subnet.region}:${subnet.account}:subnet/${subnet.id}`,
          state: "available",
          vpcId,
          ownerId: subnet.account,
          cidrBlock,
          availableIpAddressCount: Number(parseCidr(cidrBlock ?? "")?.size ?? RESERVED) - RESERVED,
          availabilityZone,
          availabilityZoneId: zoneId(availabilityZone),
          defaultForAz: false,
          mapPublicIpOnLaunch: isOn(subnet.properties.MapPublicIpOnLaunch),
          assignIpv6AddressOnCreation: isOn(subnet.properties.AssignIpv6AddressOnCreation),
          ipv6CidrBlockAssociationSet: listOf(subnet.attributes, "Ipv6CidrBlocks").map((ipv6CidrBlock) => ({
            associationId: `subnet-cidr-assoc-${subnet.id.slice(7)}`,
            ipv6CidrBlock,
            ipv6CidrBlockState: { state: "associated" },
          })),
        },
        filters: {
          "subnet-id": subnet.id,
          "vpc-id": vpcId,
          "cidr-block": cidrBlock,
          "availability-zone": availabilityZone,
          availabilityZone,
          state: "available",
        },
      };
    },
  },
  DescribeInternetGateways: {
    type: "AWS::EC2::InternetGateway",
    ids: "InternetGatewayId",
    missing: "InvalidInternetGatewayID.NotFound",
    list: "internetGatewaySet",
    view: (gateway, simulator) => {
      const attached = resourcesAt(simulator.state, "AWS::EC2::VPCGatewayAttachment", gateway).filter(
        ({ properties }) => properties.InternetGatewayId === gateway.id,
      );
      const vpcs = attached.map((one) => textOf(one.properties, "VpcId"));
      return {
        shown: {
          internetGatewayId: gateway.id,
          ownerId: gateway.account,
          attachmentSet: vpcs.map((vpcId) => ({ vpcId, state: "available" })),
        },
        filters: { "internet-gateway-id": gateway.id, "attachment.vpc-id": vpcs },
      };
    },
  },
  DescribeNatGateways: {
    type: "AWS::EC2::NatGateway",
    ids: "NatGatewayId",
    missing: "NatGatewayNotFound",
    list: "natGatewaySet",
    view: (nat, simulator) => {
      const subnetId = property(nat, "SubnetId");
      const subnet = resourceAt(simulator.state, "AWS::EC2::Subnet", nat, subnetId ?? "");
      const vpcId = subnet && property(subnet, "VpcId");
      const allocationId = property(nat, "AllocationId");
      const address = resourcesAt(simulator.state, "AWS::EC2::EIP", nat).find(
        ({ attributes }) => attributes.AllocationId === allocationId,
      );
      return {
        shown: {
          natGatewayId: nat.id,
          subnetId,
          vpcId,
          state: "available",
          connectivityType: property(nat, "ConnectivityType") ?? "public",
          createTime: new Date(nat.created).toISOString(),
          natGatewayAddressSet: [{ allocationId, publicIp: address?.id, status: "succeeded", isPrimary: true }],
        },
        filters: { "nat-gateway-id": nat.id, "subnet-id": subnetId, "vpc-id": vpcId, state: "available" },
      };
    },
  },
  DescribeAddresses: {
    type: "AWS::EC2::EIP",
    ids: "PublicIp",
    missing: "InvalidAddress.NotFound",
    list: "addressesSet",
    view: (address, simulator) => {
      const allocationId = textOf(address.attributes, "AllocationId");
      const inUse = resourcesAt(simulator.state, "AWS::EC2::NatGateway", address).some(
        ({ properties }) => properties.AllocationId === allocationId,
      );
      return {
        shown: {
          publicIp: address.id,
          allocationId,
          domain: "vpc",
          networkBorderGroup: address.region,
          ...(inUse && { associationId: `eipassoc-${allocationId.slice(9)}` }),
        },
        filters: { "public-ip": address.id, "allocation-id": allocationId, domain: "vpc" },
      };
    },
  },
  DescribeVpcEndpoints: {
    type: "AWS::EC2::VPCEndpoint",
    ids: "VpcEndpointId",
    missing: "InvalidVpcEndpointId.NotFound",
    list: "vpcEndpointSet",
    view: (endpoint, simulator) => {
      const [vpcId, serviceName] = [property(endpoint, "VpcId"), property(endpoint, "ServiceName")];
      return {
        shown: endpointShown(endpoint, simulator),
        filters: { "vpc-endpoint-id": endpoint.id, "vpc-id": vpcId, "service-name": serviceName },
      };
    },
  },
  DescribeFlowLogs: {
    type: "AWS::EC2::FlowLog",
    ids: "FlowLogId",
    missing: "InvalidFlowLogId.NotFound",
    list: "flowLogSet",
    view: (log) => ({
      shown: {
        flowLogId: log.id,
        flowLogStatus: "ACTIVE",
        resourceId: property(log, "ResourceId"),
        trafficType: property(log, "TrafficType"),
        logGroupName: property(log, "LogGroupName"),
      },
      filters: { "flow-log-id": log.id, "resource-id": property(log, "ResourceId") },
    }),
  },
  DescribeInstances: {
    type: "AWS::EC2::Instance",
    ids: "InstanceId",
    missing: "InvalidInstanceID.NotFound",
    list: "reservationSet",
    view: (instance) => ({
      shown: {
        reservationId: `r-${instance.id.slice(2)}`,
        ownerId: instance.account,
        instancesSet: [
          {
            instanceId: instance.id,
            imageId: property(instance, "ImageId"),
            instanceType: property(instance, "InstanceType"),
            instanceState: { code: 16, name: "running" },
            subnetId: property(instance, "SubnetId"),
          },
        ],
      },
      filters: {
        "instance-id": instance.id,
        "instance-state-name": "running",
        "instance-type": property(instance, "InstanceType"),
      },
    }),
  },
};
