/** What a failure means in plain words, and what to do about it. */
export type Diagnosis = { readonly cause: string; readonly advice: string };

type Known = Diagnosis & { readonly type?: RegExp; readonly reason: RegExp };

/** Shows one value of the environment's database. */
const LOOK = 'aws rds describe-db-instances --db-instance-identifier PROJECT-ENV --query "DBInstances[0].';

/** What AWS opens to an account by hand, at no cost. */
const SUPPORT_CASE =
  "open a case under Account and billing, which is free, in the Support Center (https://console.aws.amazon.com/support)";

/**
 * Failures a newcomer meets, by AWS's own words (the services' API references, "Errors", and the CloudFormation User
 * Guide, "Troubleshooting"). AWS gives no codes in a stack's events, so there is nothing better to go by.
 */
export const KNOWN: readonly Known[] = [
  {
    // aws-cloudformation-resource-providers-rds#598: of the sizes a template can name, CloudFormation sends only another one.
    // cloudformation-coverage-roadmap#1312; Amazon RDS User Guide, "Increasing DB instance storage capacity".
    type: /RDS::DBInstance/,
    reason: /Invalid storage size|storage must be increased by at least|allocated storage .*at least 10/i,
    cause:
      "RDS takes storage that is what the database has, or at least 10 % more: and it may have more than astro.yaml says, for it grows by itself",
    advice: `write what it has, or at least a tenth more, into database.storage of astro.yaml; what it has:  ${LOOK}AllocatedStorage"`,
  },
  {
    // Amazon RDS User Guide, "Working with storage for Amazon RDS DB instances" and "Settings for DB instances"; aws-cdk#29916.
    type: /RDS::DBInstance/,
    reason: /previous storage change is being optimized/i,
    cause: "RDS is still at the storage after its last change, its own growth included: six hours at least",
    advice: `wait until it is available again, then run the same command; how it stands:  ${LOOK}DBInstanceStatus"`,
  },
  {
    // terraform-provider-aws users, for one ministryofjustice/cloud-platform-environments#4421.
    type: /RDS::DBInstance/,
    reason: /Cannot upgrade \S+ from|Cannot find upgrade path/i,
    cause:
      "RDS has no way from the version that runs to the one that the app names: it upgrades by itself, and never goes back",
    advice: `name the version that runs, or the major version alone, in stacks/database.ts; what runs:  ${LOOK}EngineVersion"`,
  },
  {
    // yc-software/qm#352 and a dozen reports like it: a retention of two days is refused, one is taken.
    type: /RDS::DB/,
    reason: /FreeTierRestriction|free tier customers|free plan account/i,
    cause:
      "the account is on AWS's free plan: the smallest classes, one day of backups and no standby are all it may have",
    advice:
      "set class: db.t4g.micro, backupDays: 1 and multiAz: false under database in astro.yaml; or upgrade the plan in Billing and Cost Management",
  },
  {
    // Each service in its own words: winglang/wing#4126, provider-aws-test-infra#354, terraform-aws-vpc#462,
    // saas-reference-architecture-ecs#12, amazon-eks-user-guide#262.
    reason:
      /not (currently )?supported in (the|your) (requested )?availability zone|does not support the availability zone|parameter availabilityZone is invalid|only has one Availability Zone/i,
    cause: "one of the network's zones does not have this: not every zone of a region has every service and size",
    advice:
      "choose another size; or remove the environment, as zones stay once they are deployed, and name zones that have it all, network.zones in astro.yaml:  astro doctor --env ENV  finds them",
  },
  {
    type: /RDS::DBInstance/,
    reason: /InvalidParameterCombination|does not support .*class|RDS does not support creating a DB instance/i,
    cause: "this instance class is not offered with this PostgreSQL version in these zones",
    advice: "choose another class:  astro init --env ENV --db-class db.t4g.micro",
  },
  {
    // cloudformation-coverage-roadmap#383, "AWS::ElastiCache - Unable to scale up a cluster".
    type: /ElastiCache/,
    reason: /at least one read replica to enable autofailover/i,
    cause: "ElastiCache turns failover on only where a replica runs, and CloudFormation asked for both at once",
    advice:
      "in the app, add the replica with AutomaticFailoverEnabled and MultiAZEnabled false, provision, then turn them on",
  },
  {
    type: /ElastiCache/,
    reason: /InvalidParameterCombination|cache node type.*not supported/i,
    cause: "this node type is not offered in these zones",
    advice: "choose another node:  astro init --env ENV --cache-node cache.t4g.micro",
  },
  {
    reason: /AddressLimitExceeded|maximum number of addresses/i,
    cause: "the region's quota of Elastic IP addresses (5 in a new account) is used up",
    advice: "release an address, choose fewer NAT gateways (--nat one), or raise quota L-0263D0A3 in Service Quotas",
  },
  {
    reason: /VpcLimitExceeded|maximum number of VPCs/i,
    cause: "the region's quota of VPCs (5 in a new account) is used up",
    advice: "delete a VPC nobody needs, or raise quota L-F678F1CE in Service Quotas",
  },
  {
    reason: /limit of \d+ NAT gateways/i,
    cause: "the quota of NAT gateways of this zone (5 in a new account) is used up",
    advice: "delete one nobody needs, choose fewer (--nat one), or raise quota L-FE5A380F in Service Quotas",
  },
  {
    type: /RDS::DBInstance/,
    reason: /InsufficientDBInstanceCapacity|enough capacity/i,
    cause: "AWS has no machine of this class left in these zones just now",
    advice: "wait an hour, or choose another class:  astro init --env ENV --db-class db.t4g.micro",
  },
  {
    type: /ElastiCache/,
    reason: /InsufficientCacheClusterCapacity|not available in the specified/i,
    cause: "AWS has no node of this type left in these zones just now",
    advice: "wait an hour, or choose another node:  astro init --env ENV --cache-node cache.t4g.micro",
  },
  {
    // CloudFront Developer Guide, "Requirements for using alternate domain names": one distribution in all of AWS.
    type: /CloudFront::Distribution/,
    reason: /CNAMEAlreadyExists|CNAMEs? you provided are already associated/i,
    cause: "another distribution, of this account or of somebody else's, answers to this name already",
    advice:
      "take the name off the distribution that has it (it may be a live site), or choose another:  astro init --env ENV --domain DOMAIN",
  },
  {
    // What AWS holds back from new accounts is no matter of permissions, though it says "Access denied" here.
    type: /CloudFront/,
    reason: /must be verified/i,
    cause: "AWS lets a new account make CloudFront distributions only once it has verified it",
    advice: `${SUPPORT_CASE}, quoting what AWS says above; it takes a day or so`,
  },
  {
    type: /ElasticLoadBalancing/,
    reason: /does not support creating load balancers/i,
    cause:
      "AWS lets this account, as many a new one, make no load balancer yet; no permission and no quota changes that",
    advice: `${SUPPORT_CASE}, quoting what AWS says above; it takes a day or so`,
  },
  {
    // Amazon EC2 API Reference, "Error codes": PendingVerification, OptInRequired.
    reason: /PendingVerification|being validated|OptInRequired|needs a subscription for the service/i,
    cause: "AWS has not finished opening this account, or this region of it",
    advice: `look for a mail of AWS's that asks for something, wait four hours, and if it stays so ${SUPPORT_CASE}`,
  },
  {
    reason: /service[- ]linked role/i,
    cause: "the account has never used this service, and its service-linked role is missing",
    advice: "wait a minute and run the same command again: AWS has just made the role",
  },
  {
    reason: /scheduled for deletion/i,
    cause: "what has this name was deleted lately and still waits out its recovery window",
    advice: "see until when its name is taken, and the way to delete it for good:  astro doctor --env ENV",
  },
  {
    reason: /custom-named resource/i,
    cause: "CloudFormation does not replace what has a fixed name: the new one cannot have it while the old one does",
    advice: "undo the change, or give it another name in the app's code",
  },
  {
    // aws-cdk#7244, "route53: … Tried to create resource record set … but it already exists".
    type: /Route53::RecordSet/,
    reason: /already exists/i,
    cause: "the hosted zone has a record of this name already: it may be what a live site goes by",
    advice:
      "see where it leads:  astro doctor --env ENV\nchoose another name:  astro init --env ENV --domain DOMAIN\nor delete the record once nothing needs it: the examination shows the command",
  },
  {
    type: /S3::Bucket$/,
    reason: /already exists|BucketAlready/i,
    cause: "a bucket of this name exists already; names of buckets are anybody's in the whole of AWS",
    advice: "see whose it is:  astro doctor --env ENV\nor choose another name for the project or the bucket",
  },
  {
    reason: /already exists/i,
    cause: "something of this name exists already, and may be at work for somebody",
    advice: "see what it is, and whom it serves:  astro doctor --env ENV\nor give it another name in the app",
  },
  {
    type: /CertificateManager::Certificate/,
    reason: /valid|timed out|not stabilize|pending/i,
    cause: "AWS could not prove that the domain is yours: its DNS does not answer with the validation record",
    advice: "check that the registrar names the hosted zone's name servers (dig NS DOMAIN)",
  },
  {
    reason: /No hosted zone found with id|NoSuchHostedZone|No hosted zone with id/i,
    cause: "the hosted zone that astro.yaml names is not in this account",
    advice: "put the zone's id, create or elsewhere into domain.zone of astro.yaml",
  },
  {
    type: /ECS::Service/,
    reason: /circuit breaker|did not stabilize|attempts to wait|tasks? failed/i,
    cause: "the service's tasks stop or never become healthy",
    advice:
      "look at the service's events (in the ECS console) and at its log group, and mend the image or its settings:  astro status --env ENV  shows where it stands",
  },
  {
    reason: /not authorized to perform:? [\w-]+:\w+/i,
    cause: "your credentials may not do this",
    advice:
      "ask for the permission AWS names above; all that this environment takes is printed by:  astro iam-policy --env ENV",
  },
  {
    reason: /not authorized to perform|Access ?Denied|UnauthorizedOperation/i,
    cause: "your credentials, or a policy of what is asked for, do not allow this",
    advice: "compare what you may do with what this environment takes:  astro iam-policy --env ENV",
  },
  {
    reason: /expired/i,
    cause: "the credentials ran out while AWS was at work",
    advice: "sign in again (aws sso login)",
  },
  {
    reason: /Internal ?Failure|InternalError|ServiceUnavailable/i,
    cause: "something is wrong at AWS itself",
    advice: "look at https://health.aws.amazon.com, wait some minutes, then run the same command again",
  },
  {
    reason: /BucketNotEmpty|is not empty|cannot be deleted because it still contains images/i,
    cause: "it filled up again after astro emptied it",
    advice: "stop whatever writes to it, then go on",
  },
];

/** What is known about a failing resource's reason; `undefined` rather than a guess. */
export function diagnose(failure: {
  readonly reason: string;
  readonly resourceType?: string | undefined;
}): Diagnosis | undefined {
  const found = KNOWN.find(
    ({ type, reason }) => (type === undefined || type.test(failure.resourceType ?? "")) && reason.test(failure.reason),
  );
  return found && { cause: found.cause, advice: found.advice };
}
