/**
 * The calls of EC2 that astro makes, and no other: the client has 750 of them, 28 MB. The build puts into this module what
 * it takes of the client (bin/build.js), so that the client is not installed with astro.
 */
export {
  DescribeAddressesCommand,
  DescribeAvailabilityZonesCommand,
  DescribeInstanceTypeOfferingsCommand,
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRegionsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointServicesCommand,
  DescribeVpcEndpointsCommand,
  EC2Client,
  type NetworkInterface,
  paginateDescribeNatGateways,
  paginateDescribeVpcs,
  type Tag,
} from "@aws-sdk/client-ec2";
