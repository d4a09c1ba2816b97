/** A quota: how many resources an account may have. */
export type Quota = {
  /** Its name in faults. */
  readonly name: string;
  /** As Service Quotas lists it. */
  readonly service: string;
  readonly code: string;
  readonly title: string;
  /** AWS's default. */
  readonly value: number;
  readonly adjustable?: false;
  /** The CloudFormation type that is limited, and the service's error above the quota. */
  readonly type?: string;
  readonly words?: string;
};

/** Default quotas (Service Quotas console; the quotas page of each service) and refusals (API Reference of each). */
export const QUOTAS: readonly Quota[] = [
  {
    name: "vpc",
    service: "vpc",
    code: "L-F678F1CE",
    title: "VPCs per Region",
    value: 5,
    type: "AWS::EC2::VPC",
    words: "The maximum number of VPCs has been reached.",
  },
  {
    name: "igw",
    service: "vpc",
    code: "L-A4707A72",
    title: "Internet gateways per Region",
    value: 5,
    type: "AWS::EC2::InternetGateway",
    words: "The maximum number of internet gateways has been reached.",
  },
  {
    name: "eip",
    service: "ec2",
    code: "L-0263D0A3",
    title: "EC2-VPC Elastic IPs",
    value: 5,
    type: "AWS::EC2::EIP",
    words: "The maximum number of addresses has been reached.",
  },
  { name: "nat", service: "vpc", code: "L-FE5A380F", title: "NAT gateways per Availability Zone", value: 5 },
  {
    name: "sg",
    service: "vpc",
    code: "L-E79EC296",
    title: "VPC security groups per Region",
    value: 2500,
    type: "AWS::EC2::SecurityGroup",
    words: "The maximum number of security groups has been reached.",
  },
  {
    name: "alb",
    service: "elasticloadbalancing",
    code: "L-53DA6B97",
    title: "Application Load Balancers per Region",
    value: 50,
    type: "AWS::ElasticLoadBalancingV2::LoadBalancer",
    words: "The maximum number of load balancers has been reached.",
  },
  {
    name: "rds",
    service: "rds",
    code: "L-7B6409FD",
    title: "DB instances",
    value: 40,
    type: "AWS::RDS::DBInstance",
    words: "The request would result in the user exceeding the allowed number of DB instances.",
  },
  {
    name: "cache",
    service: "elasticache",
    code: "L-DFE45DF3",
    title: "Nodes per Region",
    value: 300,
    type: "AWS::ElastiCache::ReplicationGroup",
    words: "The request cannot be processed because it would exceed the allowed number of cache nodes per customer.",
  },
  {
    name: "bucket",
    service: "s3",
    code: "L-DC2B2D3D",
    title: "General purpose buckets",
    value: 10_000,
    type: "AWS::S3::Bucket",
    words: "You have attempted to create more buckets than allowed",
  },
  {
    name: "table",
    service: "dynamodb",
    code: "L-F98FE922",
    title: "Maximum number of tables",
    value: 2500,
    type: "AWS::DynamoDB::Table",
    words: "Subscriber limit exceeded: There is a limit of 2500 tables per subscriber",
  },
  {
    name: "role",
    service: "iam",
    code: "L-FE177D64",
    title: "Roles per account",
    value: 1000,
    type: "AWS::IAM::Role",
    words: "Cannot exceed quota for RolesPerAccount: 1000",
  },
  {
    name: "distribution",
    service: "cloudfront",
    code: "L-24B04930",
    title: "Web distributions per AWS account",
    value: 500,
    type: "AWS::CloudFront::Distribution",
    words: "Processing your request would cause you to exceed the maximum number of distributions allowed.",
  },
  {
    name: "certificate",
    service: "acm",
    code: "L-F141DD1D",
    title: "ACM certificates",
    value: 2500,
    type: "AWS::CertificateManager::Certificate",
    words: "Error: you have reached your limit of certificates.",
  },
  {
    name: "zone",
    service: "route53",
    code: "L-4EA4796A",
    title: "Domain count limit",
    value: 500,
    type: "AWS::Route53::HostedZone",
    words: "Limits Exceeded: MAX_HOSTED_ZONES_BY_OWNER - Cannot create more hosted zones.",
  },
  { name: "stack", service: "cloudformation", code: "L-0485CB21", title: "Stack count", value: 2000 },
  { name: "fargate", service: "fargate", code: "L-3032A538", title: "Fargate On-Demand vCPU resource count", value: 6 },
  {
    name: "fargate-spot",
    service: "fargate",
    code: "L-36FBB829",
    title: "Fargate Spot vCPU resource count",
    value: 6,
  },
];

/** Quotas that a fault can set: those whose usage is counted. */
export const QUOTA_NAMES: readonly string[] = QUOTAS.filter(
  ({ name, type }) => type !== undefined || name === "nat",
).map(({ name }) => name);
