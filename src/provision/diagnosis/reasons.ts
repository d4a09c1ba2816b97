import type { EventCode } from "./code.ts";

type Pattern = { readonly code: EventCode; readonly type?: RegExp; readonly reason: RegExp };

/**
 * Failures by AWS's own words for them (the services' API references, "Errors", and the CloudFormation User Guide,
 * "Troubleshooting"). AWS gives no codes in a stack's events, so there is nothing better to go by. The first that fits
 * counts.
 */
export const REASONS: readonly Pattern[] = [
  {
    // aws-cloudformation-resource-providers-rds#598: of the sizes a template can name, CloudFormation sends only another one.
    // cloudformation-coverage-roadmap#1312; Amazon RDS User Guide, "Increasing DB instance storage capacity".
    code: "db-storage-step",
    type: /RDS::DBInstance/,
    reason: /Invalid storage size|storage must be increased by at least|allocated storage .*at least 10/i,
  },
  {
    // Amazon RDS User Guide, "Working with storage for Amazon RDS DB instances" and "Settings for DB instances"; aws-cdk#29916.
    code: "db-storage-optimizing",
    type: /RDS::DBInstance/,
    reason: /previous storage change is being optimized/i,
  },
  {
    // terraform-provider-aws users, for one ministryofjustice/cloud-platform-environments#4421.
    code: "db-version-path",
    type: /RDS::DBInstance/,
    reason: /Cannot upgrade \S+ from|Cannot find upgrade path/i,
  },
  {
    // yc-software/qm#352 and a dozen reports like it: a retention of two days is refused, one is taken.
    code: "free-plan",
    type: /RDS::DB/,
    reason: /FreeTierRestriction|free tier customers|free plan account/i,
  },
  {
    // Each service in its own words: winglang/wing#4126, provider-aws-test-infra#354, terraform-aws-vpc#462,
    // saas-reference-architecture-ecs#12, amazon-eks-user-guide#262.
    code: "zone-unsupported",
    reason:
      /not (currently )?supported in (the|your) (requested )?availability zone|does not support the availability zone|parameter availabilityZone is invalid|only has one Availability Zone/i,
  },
  {
    code: "db-class-unavailable",
    type: /RDS::DBInstance/,
    reason: /InvalidParameterCombination|does not support .*class|RDS does not support creating a DB instance/i,
  },
  {
    // cloudformation-coverage-roadmap#383, "AWS::ElastiCache - Unable to scale up a cluster".
    code: "cache-failover-order",
    type: /ElastiCache/,
    reason: /at least one read replica to enable autofailover/i,
  },
  {
    code: "cache-node-unavailable",
    type: /ElastiCache/,
    reason: /InvalidParameterCombination|cache node type.*not supported/i,
  },
  { code: "eip-quota", reason: /AddressLimitExceeded|maximum number of addresses/i },
  { code: "vpc-quota", reason: /VpcLimitExceeded|maximum number of VPCs/i },
  { code: "nat-quota", reason: /limit of \d+ NAT gateways/i },
  { code: "db-capacity", type: /RDS::DBInstance/, reason: /InsufficientDBInstanceCapacity|enough capacity/i },
  {
    code: "cache-capacity",
    type: /ElastiCache/,
    reason: /InsufficientCacheClusterCapacity|not available in the specified/i,
  },
  {
    // CloudFront Developer Guide, "Requirements for using alternate domain names": one distribution in all of AWS.
    code: "alias-taken",
    type: /CloudFront::Distribution/,
    reason: /CNAMEAlreadyExists|CNAMEs? you provided are already associated/i,
  },
  // What AWS holds back from new accounts is no matter of permissions, though it says "Access denied" here.
  { code: "cloudfront-unverified", type: /CloudFront/, reason: /must be verified/i },
  {
    code: "load-balancers-unavailable",
    type: /ElasticLoadBalancing/,
    reason: /does not support creating load balancers/i,
  },
  {
    // Amazon EC2 API Reference, "Error codes": PendingVerification, OptInRequired.
    code: "account-pending",
    reason: /PendingVerification|being validated|OptInRequired|needs a subscription for the service/i,
  },
  { code: "linked-role-missing", reason: /service[- ]linked role/i },
  { code: "name-in-recovery", reason: /scheduled for deletion/i },
  { code: "fixed-name", reason: /custom-named resource/i },
  // aws-cdk#7244, "route53: … Tried to create resource record set … but it already exists".
  { code: "record-exists", type: /Route53::RecordSet/, reason: /already exists/i },
  { code: "bucket-exists", type: /S3::Bucket$/, reason: /already exists|BucketAlready/i },
  { code: "name-taken", reason: /already exists/i },
  {
    code: "certificate-unvalidated",
    type: /CertificateManager::Certificate/,
    reason: /valid|timed out|not stabilize|pending/i,
  },
  { code: "hosted-zone-missing", reason: /No hosted zone found with id|NoSuchHostedZone|No hosted zone with id/i },
  {
    code: "service-unstable",
    type: /ECS::Service/,
    reason: /circuit breaker|did not stabilize|attempts to wait|tasks? failed/i,
  },
  { code: "action-denied", reason: /not authorized to perform:? [\w-]+:\w+/i },
  { code: "access-denied", reason: /not authorized to perform|Access ?Denied|UnauthorizedOperation/i },
  { code: "credentials-expired", reason: /expired/i },
  { code: "internal-failure", reason: /Internal ?Failure|InternalError|ServiceUnavailable/i },
  { code: "not-empty", reason: /BucketNotEmpty|is not empty|cannot be deleted because it still contains images/i },
];

/** CloudFormation's words for something its stack has and its service has not. */
const GONE = /HandlerErrorCode: NotFound|was not found|does not exist/i;

/** The kind of failure that AWS's words for it tell of; `undefined` rather than a guess. */
export function reasonCode(reason: string, resourceType = ""): EventCode | undefined {
  return REASONS.find(
    ({ type, reason: words }) => (type === undefined || type.test(resourceType)) && words.test(reason),
  )?.code;
}

/** Whether AWS says that a resource of the stack is not there any more. */
export function saysMissing(reason: string): boolean {
  return GONE.test(reason);
}
