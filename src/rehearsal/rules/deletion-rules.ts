import { clusterName } from "../resources/containers.ts";
import { isOn, listOf, textOf } from "../resources/properties.ts";
import { imagesOf } from "../resources/stored-contents.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import { type DeletionRule, refuse, resourcesIn } from "./rule.ts";

/** Whether a resource of one of these types mentions the id anywhere in its properties. */
function mentioned(
  simulator: Simulator,
  resource: ServiceResource,
  types: readonly string[],
  id = resource.id,
): boolean {
  return types.some((type) =>
    resourcesIn(simulator, resource, type).some(
      (one) => one !== resource && JSON.stringify(one.properties).includes(id),
    ),
  );
}

/** Types with network interfaces, in subnets and security groups. */
const INTERFACES = [
  "AWS::ElasticLoadBalancingV2::LoadBalancer",
  "AWS::ECS::Service",
  "AWS::EC2::NatGateway",
  "AWS::EC2::Instance",
  "AWS::EC2::VPCEndpoint",
  "AWS::EC2::NetworkInterface",
  "AWS::Lambda::Function",
];

const depends = (id: string) => refuse(`resource ${id} has a dependent object`);

/**
 * Seconds: what blocks the deletion of networks and services is often being deleted itself; AWS does not publish how
 * long it retries.
 */
const PATIENCE = 300;

/** Rules that prevent the deletion of resources. */
export const DELETION_RULES: readonly DeletionRule[] = [
  {
    name: "a bucket that is not empty is not deleted",
    types: ["AWS::S3::Bucket"],
    source: "S3 User Guide, Deleting a general purpose bucket",
    check: (simulator, { id }) =>
      (simulator.state.objects[id]?.length ?? 0) > 0
        ? refuse(
            "The bucket you tried to delete is not empty. You must delete all versions in the bucket.",
            "GeneralServiceException",
          )
        : undefined,
  },
  {
    name: "a repository with images is not deleted",
    types: ["AWS::ECR::Repository"],
    source: "ECR API Reference, DeleteRepository (RepositoryNotEmptyException)",
    check: (_, resource) =>
      imagesOf(resource).length > 0 && !isOn(resource.properties.EmptyOnDelete)
        ? refuse(
            `The repository with name '${resource.id}' in registry with id '${resource.account}' cannot be deleted because it still contains images`,
            "GeneralServiceException",
          )
        : undefined,
  },
  {
    name: "a security group in use is not deleted",
    patience: PATIENCE,
    types: ["AWS::EC2::SecurityGroup"],
    source: "EC2 API Reference, DeleteSecurityGroup (DependencyViolation)",
    check: (simulator, resource) =>
      mentioned(simulator, resource, [
        ...INTERFACES,
        "AWS::RDS::DBInstance",
        "AWS::ElastiCache::ReplicationGroup",
        "AWS::EC2::SecurityGroup",
        "AWS::EC2::SecurityGroupIngress",
        "AWS::EC2::SecurityGroupEgress",
      ])
        ? depends(resource.id)
        : undefined,
  },
  {
    name: "a subnet in use is not deleted",
    patience: PATIENCE,
    types: ["AWS::EC2::Subnet"],
    source: "EC2 API Reference, DeleteSubnet (DependencyViolation)",
    check: (simulator, resource) =>
      mentioned(simulator, resource, INTERFACES) || occupiedByGroup(simulator, resource)
        ? refuse(`The subnet '${resource.id}' has dependencies and cannot be deleted.`)
        : undefined,
  },
  {
    name: "a VPC in use is not deleted",
    patience: PATIENCE,
    types: ["AWS::EC2::VPC"],
    source: "EC2 API Reference, DeleteVpc (DependencyViolation)",
    check: (simulator, resource) =>
      mentioned(simulator, resource, [
        "AWS::EC2::Subnet",
        "AWS::EC2::SecurityGroup",
        "AWS::EC2::VPCGatewayAttachment",
        "AWS::EC2::VPCEndpoint",
        "AWS::EC2::RouteTable",
      ])
        ? refuse(`The vpc '${resource.id}' has dependencies and cannot be deleted.`)
        : undefined,
  },
  {
    name: "an internet gateway is not detached while public addresses are mapped",
    patience: PATIENCE,
    types: ["AWS::EC2::VPCGatewayAttachment"],
    source: "EC2 API Reference, DetachInternetGateway (DependencyViolation)",
    check: (simulator, resource) => {
      const vpc = textOf(resource.properties, "VpcId");
      const subnets = resourcesIn(simulator, resource, "AWS::EC2::Subnet")
        .filter(({ properties }) => properties.VpcId === vpc)
        .map(({ id }) => id);
      const mapped = resourcesIn(simulator, resource, "AWS::EC2::NatGateway").some(({ properties }) =>
        subnets.includes(textOf(properties, "SubnetId")),
      );
      return mapped
        ? refuse(
            `Network ${vpc} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`,
          )
        : undefined;
    },
  },
  {
    name: "an Elastic IP address in use is not released",
    patience: PATIENCE,
    types: ["AWS::EC2::EIP"],
    source: "EC2 API Reference, ReleaseAddress (InvalidIPAddress.InUse)",
    check: (simulator, resource) =>
      mentioned(simulator, resource, ["AWS::EC2::NatGateway"], textOf(resource.attributes, "AllocationId"))
        ? refuse(`Address ${resource.id} is in use.`)
        : undefined,
  },
  {
    name: "a target group in use is not deleted",
    patience: PATIENCE,
    types: ["AWS::ElasticLoadBalancingV2::TargetGroup"],
    source: "Elastic Load Balancing API Reference, DeleteTargetGroup (ResourceInUse)",
    check: (simulator, resource) =>
      mentioned(simulator, resource, [
        "AWS::ElasticLoadBalancingV2::Listener",
        "AWS::ElasticLoadBalancingV2::ListenerRule",
      ])
        ? refuse(`Target group '${resource.id}' is currently in use by a listener or a rule`)
        : undefined,
  },
  {
    name: "a load balancer with deletion protection is not deleted",
    types: ["AWS::ElasticLoadBalancingV2::LoadBalancer"],
    source: "Application Load Balancers User Guide, Deletion protection",
    check: (_, resource) =>
      /"Key":"deletion_protection.enabled","Value":"?true/.test(
        JSON.stringify(resource.properties.LoadBalancerAttributes ?? []),
      )
        ? refuse(`Load balancer '${resource.id}' cannot be deleted because deletion protection is enabled`)
        : undefined,
  },
  {
    name: "a database with deletion protection is not deleted",
    types: ["AWS::RDS::DBInstance", "AWS::RDS::DBCluster"],
    source: "RDS User Guide, Prerequisites for deleting a DB instance",
    check: (_, resource) =>
      isOn(resource.properties.DeletionProtection)
        ? refuse("Cannot delete protected DB Instance, please disable deletion protection and try again.")
        : undefined,
  },
  {
    name: "a subnet group in use is not deleted",
    types: ["AWS::RDS::DBSubnetGroup"],
    source: "RDS API Reference, DeleteDBSubnetGroup (InvalidDBSubnetGroupStateFault)",
    check: (simulator, resource) => {
      const user = resourcesIn(simulator, resource, "AWS::RDS::DBInstance").find(
        ({ properties }) => properties.DBSubnetGroupName === resource.id,
      );
      return user
        ? refuse(
            `Cannot delete the subnet group '${resource.id}' because at least one database instance: ${user.id} is still using it.`,
          )
        : undefined;
    },
  },
  {
    name: "a cache's subnet group in use is not deleted",
    types: ["AWS::ElastiCache::SubnetGroup"],
    source: "ElastiCache API Reference, DeleteCacheSubnetGroup (CacheSubnetGroupInUse)",
    check: (simulator, resource) =>
      resourcesIn(simulator, resource, "AWS::ElastiCache::ReplicationGroup").some(
        ({ properties }) => properties.CacheSubnetGroupName === resource.id,
      )
        ? refuse(`Cache subnet group ${resource.id} is currently in use by a cache cluster.`)
        : undefined,
  },
  {
    name: "a table with deletion protection is not deleted",
    types: ["AWS::DynamoDB::Table"],
    source: "DynamoDB Developer Guide, Using deletion protection",
    check: (_, resource) =>
      isOn(resource.properties.DeletionProtectionEnabled)
        ? refuse(
            "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.",
          )
        : undefined,
  },
  {
    name: "a cluster with services is not deleted",
    patience: PATIENCE,
    types: ["AWS::ECS::Cluster"],
    source: "ECS API Reference, DeleteCluster (ClusterContainsServicesException)",
    check: (simulator, resource) =>
      servicesOn(simulator, resource, resource.id).length > 0
        ? refuse("The Cluster cannot be deleted while Services are active.")
        : undefined,
  },
  {
    name: "capacity providers in use are not removed",
    patience: PATIENCE,
    types: ["AWS::ECS::ClusterCapacityProviderAssociations"],
    source: "ECS API Reference, PutClusterCapacityProviders (ResourceInUseException)",
    check: (simulator, resource) => {
      const users = servicesOn(simulator, resource, clusterName(textOf(resource.properties, "Cluster")));
      const inUse = users.some(({ properties }) => properties.CapacityProviderStrategy !== undefined);
      return inUse ? refuse("The specified capacity provider is in use and cannot be removed.") : undefined;
    },
  },
  {
    name: "a hosted zone with records is not deleted",
    types: ["AWS::Route53::HostedZone"],
    source: "Route 53 API Reference, DeleteHostedZone (HostedZoneNotEmpty)",
    check: (simulator, resource) =>
      resourcesIn(simulator, resource, "AWS::Route53::RecordSet").some(
        ({ properties }) => properties.HostedZoneId === resource.id,
      )
        ? refuse("The specified hosted zone contains non-required resource record sets and so cannot be deleted.")
        : undefined,
  },
  {
    name: "an origin access control, a function or a VPC origin in use is not deleted",
    types: [
      "AWS::CloudFront::OriginAccessControl",
      "AWS::CloudFront::Function",
      "AWS::CloudFront::ResponseHeadersPolicy",
      "AWS::CloudFront::CachePolicy",
      "AWS::CloudFront::VpcOrigin",
    ],
    source:
      "CloudFront API Reference, DeleteOriginAccessControl (OriginAccessControlInUse), DeleteVpcOrigin (CannotDeleteEntityWhileInUse)",
    check: (simulator, resource) =>
      mentioned(simulator, resource, ["AWS::CloudFront::Distribution"])
        ? refuse("Cannot delete this resource because it's in use by one or more other resources.")
        : undefined,
  },
  {
    name: "a certificate in use is not deleted",
    types: ["AWS::CertificateManager::Certificate"],
    source: "ACM API Reference, DeleteCertificate (ResourceInUseException)",
    check: (simulator, resource) => {
      const used = mentioned(simulator, resource, [
        "AWS::ElasticLoadBalancingV2::Listener",
        "AWS::CloudFront::Distribution",
      ]);
      return used ? refuse(`Certificate ${resource.id} in account ${resource.account} is in use.`) : undefined;
    },
  },
];

function servicesOn(simulator: Simulator, resource: ServiceResource, cluster: string): readonly ServiceResource[] {
  return resourcesIn(simulator, resource, "AWS::ECS::Service").filter(
    ({ properties }) => clusterName(textOf(properties, "Cluster")) === cluster,
  );
}

/** Databases and caches are in the subnets of their subnet groups. */
function occupiedByGroup(simulator: Simulator, subnet: ServiceResource): boolean {
  const groups = [
    ...resourcesIn(simulator, subnet, "AWS::RDS::DBSubnetGroup"),
    ...resourcesIn(simulator, subnet, "AWS::ElastiCache::SubnetGroup"),
  ];
  return groups.some(({ properties }) => listOf(properties, "SubnetIds").includes(subnet.id));
}
