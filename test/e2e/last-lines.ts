/**
 * Where a run starts: from nothing, from an attempt that made all but the services and the CDN, from a deployed
 * environment, or from one whose app has changed since: larger storage, or no NAT gateway.
 */
export type Start = "empty" | "half" | "stands" | "changed" | "without-nat";

export type FaultCase = {
  readonly name: string;
  readonly start: Start;
  readonly command: "provision" | "destroy";
  readonly faults: readonly string[];
  /** It is found before anything is begun; all others go wrong during the run, and are not looked for first. */
  readonly looksFirst?: true;
};

const creating = (name: string, ...faults: readonly string[]): FaultCase => ({
  name,
  start: "empty",
  command: "provision",
  faults,
});
const goingOn = (name: string, ...faults: readonly string[]): FaultCase => ({
  name,
  start: "half",
  command: "provision",
  faults,
});
const updating = (name: string, ...faults: readonly string[]): FaultCase => ({
  name,
  start: "changed",
  command: "provision",
  faults,
});
const withoutNat = (name: string, ...faults: readonly string[]): FaultCase => ({
  name,
  start: "without-nat",
  command: "provision",
  faults,
});
const removing = (name: string, ...faults: readonly string[]): FaultCase => ({
  name,
  start: "stands",
  command: "destroy",
  faults,
});

/** Every kind of fault that a run can meet. */
export const FAULTS: readonly FaultCase[] = [
  creating("no more VPCs", "AWS::EC2::VPC"),
  creating("no more addresses", "AWS::EC2::EIP"),
  creating("no more NAT gateways", "AWS::EC2::NatGateway"),
  creating("no capacity for the database", "AWS::RDS::DBInstance"),
  creating(
    "a database class that is not offered",
    "AWS::RDS::DBInstance=RDS does not support creating a DB instance with the following combination: DBInstanceClass=db.t4g.micro, Engine=postgres, EngineVersion=17.6. (Service: Rds, Status Code: 400, Error Code: InvalidParameterCombination)",
  ),
  creating("no capacity for the cache", "AWS::ElastiCache::ReplicationGroup"),
  creating(
    "a secret that waits out its recovery window",
    "AWS::SecretsManager::Secret=You can't create this secret because a secret with this name is already scheduled for deletion. (Service: SecretsManager, Status Code: 400)",
  ),
  creating(
    "a log group left from earlier",
    `AWS::Logs::LogGroup=Resource of type 'AWS::Logs::LogGroup' with identifier '{"/properties/LogGroupName":"/aws/rds/instance/shop-dev/postgresql"}' already exists.`,
  ),
  creating("a bucket left from earlier", "AWS::S3::Bucket#2=shop-dev-frontend-123456789012-us-east-1 already exists"),
  goingOn(
    "a service-linked role that is missing",
    "AWS::ECS::Cluster=Unable to assume the service linked role. Please verify that the ECS service linked role exists. (Service: Ecs, Status Code: 400)",
  ),
  creating(
    "a permission that is missing",
    "AWS::IAM::Role=User: arn:aws:iam::123456789012:user/ada is not authorized to perform: iam:CreateRole on resource: role shop-dev-ecs-task-role (Service: Iam, Status Code: 403)",
  ),
  goingOn("an account that is not verified for CloudFront", "AWS::CloudFront::Distribution"),
  goingOn("a fault of AWS's", "AWS::ECS::TaskDefinition"),
  goingOn("a service that never comes up", "AWS::ECS::Service"),
  goingOn("an image that cannot be pulled", "image-pull"),
  goingOn("an image for another processor", "architecture"),
  goingOn("a secret that the tasks may not read", "secret-denied"),
  goingOn("a program that crashes", "crash-loop"),
  goingOn("a health check that fails", "health-check"),
  goingOn("a health check that nothing answers", "health-check-timeout"),
  updating("an update that is rolled back", "AWS::RDS::DBInstance@update"),
  updating("an update whose rollback fails", "lost:AWS::RDS::DBInstance@update"),
  withoutNat("an address that nobody has agreed to give up"),
  removing("a bucket that fills up again", "filled:AWS::S3::Bucket#1-9"),
  removing(
    "a security group still in use",
    "AWS::EC2::SecurityGroup@delete#1-8=resource sg-0123456789abcdef0 has a dependent object (Service: Ec2, Status Code: 400)",
  ),
  creating("throttling that does not end", "throttled:cloudformation:CreateChangeSet#1-8"),
  creating("an internal error that does not end", "error:cloudformation:ExecuteChangeSet#1-8"),
  creating("a service that stays away", "unavailable:cloudformation:DescribeStacks#1-8"),
  creating("credentials that run out", "expired:cloudformation:DescribeStackEvents"),
  creating("a clock that is wrong", "skewed:cloudformation:DescribeStacks"),
  creating("a network that is gone", "reset:cloudformation:DescribeChangeSet#1-999"),
  creating("answers that come only in part", "truncated:cloudformation:DescribeStackEvents#1-999"),
  creating("somebody who deletes a stack meanwhile", "deletes:shop-dev-network"),
  { ...creating("a quota that is used up before it begins", "quota:vpc=0"), looksFirst: true },
];
