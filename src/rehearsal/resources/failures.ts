/** Messages with which AWS may fail a resource of a type for reasons outside of the template. */
const REASONS: { readonly [type: string]: string } = {
  "AWS::RDS::DBInstance":
    "Cannot create a db.t4g.micro database instance because no availability zone has enough capacity for it. Choose a different instance class. (Service: Rds, Status Code: 400, Error Code: InsufficientDBInstanceCapacity)",
  "AWS::ElastiCache::ReplicationGroup":
    "The requested cache node type is not available in the specified Availability Zone. (Service: ElastiCache, Status Code: 400, Error Code: InsufficientCacheClusterCapacity)",
  "AWS::EC2::EIP": "The maximum number of addresses has been reached. (Service: Ec2, Status Code: 400)",
  "AWS::EC2::VPC": "The maximum number of VPCs has been reached. (Service: Ec2, Status Code: 400)",
  "AWS::EC2::NatGateway":
    "Performing this operation would exceed the limit of 5 NAT gateways in this Availability Zone (Service: Ec2, Status Code: 400)",
  "AWS::ECS::Service": "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'.",
  "AWS::CertificateManager::Certificate":
    "Resource timed out waiting for completion: the certificate's domain was not validated",
  "AWS::CloudFront::Distribution":
    "Access denied for operation 'AWS::CloudFront::Distribution: Your account must be verified before you can add new CloudFront resources.'",
};

/** A typical reason for this type's failure. */
export function typicalFailure(type: string): string {
  const service = type.split("::")[1] ?? type;
  return REASONS[type] ?? `Internal Failure (Service: ${service}, Status Code: 500)`;
}
