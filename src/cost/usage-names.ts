/** One quantity a usage file may give: its unit, and what `astro` takes for its own environments without a file. */
export type UsageName = {
  readonly unit: string;
  /** Taken for an environment of astro's own where no file says otherwise: a small application's month. */
  readonly typical: number;
  /** Where the quantity goes, to end the sentence "10 GB a month …". */
  readonly where: string;
  /** `share` lies between 0 and 1, `hours` within a month, `geography` is a map of edge geographies. */
  readonly kind?: "share" | "hours" | "geography";
  /** True where leaving it out means what the template says, not zero. */
  readonly fromTemplate?: true;
};

type Names = { readonly [name: string]: UsageName };

const HOURS: UsageName = {
  unit: "hours a month",
  typical: 730,
  where: "switched on",
  kind: "hours",
  fromTemplate: true,
};
const none = (unit: string, where: string): UsageName => ({ unit, typical: 0, where });

/** The quantities each resource type knows, by the names a usage file has for them. */
export const USAGE_NAMES: { readonly [type: string]: Names } = {
  "AWS::EC2::NatGateway": { processedGB: { unit: "GB a month", typical: 10, where: "through each NAT gateway" } },
  "AWS::EC2::VPCEndpoint": {
    processedGB: { unit: "GB a month", typical: 2, where: "through each interface endpoint" },
  },
  "AWS::ElasticLoadBalancing::LoadBalancer": {
    processedGB: { unit: "GB a month", typical: 10, where: "through each classic load balancer" },
  },
  "AWS::ElasticLoadBalancingV2::LoadBalancer": {
    processedGB: none("GB a month", "through the load balancer"),
    newConnections: none("new connections a second", "at the load balancer"),
    activeConnections: none("active connections a minute", "at the load balancer"),
    ruleEvaluations: none("rule evaluations a second", "at the load balancer"),
    lcuHours: { unit: "LCU-hours a month", typical: 146, where: "at each load balancer (0.2 LCU on average)" },
  },
  "AWS::ECS::Service": {
    tasks: { unit: "tasks", typical: 0, where: "on average", fromTemplate: true },
    spotShare: { unit: "of the task hours", typical: 0, where: "on FARGATE_SPOT", kind: "share", fromTemplate: true },
    hours: HOURS,
  },
  "AWS::Scheduler::Schedule": {
    runs: { unit: "runs a month", typical: 0, where: "of a scheduled task", fromTemplate: true },
    minutes: { unit: "minutes", typical: 5, where: "that a run of each scheduled task takes" },
  },
  "AWS::AutoScaling::AutoScalingGroup": {
    instances: { unit: "machines", typical: 0, where: "on average", fromTemplate: true },
    hours: HOURS,
  },
  "AWS::EC2::Instance": { hours: HOURS },
  "AWS::Lambda::Function": {
    requests: { unit: "requests a month", typical: 100_000, where: "to each Lambda function" },
    durationMs: { unit: "ms", typical: 100, where: "that a Lambda request takes" },
    gbSeconds: { unit: "GB-seconds a month", typical: 0, where: "of each Lambda function", fromTemplate: true },
  },
  "AWS::CodeBuild::Project": { buildMinutes: none("minutes a month", "of builds") },
  "AWS::EFS::FileSystem": {
    storageGB: { unit: "GB-month", typical: 5, where: "stored in each file system" },
    readGB: none("GB a month", "read from an elastic file system"),
    writtenGB: none("GB a month", "written to an elastic file system"),
  },
  "AWS::RDS::DBInstance": {
    backupGB: none("GB-month", "of backups beyond the free amount"),
    hours: HOURS,
    acuHours: { unit: "ACU-hours a month", typical: 0, where: "of a serverless instance", fromTemplate: true },
  },
  "AWS::RDS::DBCluster": {
    storageGB: { unit: "GB-month", typical: 10, where: "stored in each Aurora cluster" },
    ioRequests: { unit: "I/O requests a month", typical: 1_000_000, where: "of each Aurora cluster" },
    backupGB: none("GB-month", "of backups beyond the free amount"),
  },
  "AWS::ElastiCache::ReplicationGroup": {
    backupGB: none("GB-month", "of backups beyond the free amount"),
    hours: HOURS,
  },
  "AWS::ElastiCache::CacheCluster": { backupGB: none("GB-month", "of backups beyond the free amount"), hours: HOURS },
  "AWS::KMS::Key": { requests: { unit: "requests a month", typical: 10_000, where: "to each KMS key" } },
  "AWS::KMS::ReplicaKey": { requests: { unit: "requests a month", typical: 10_000, where: "to each KMS key" } },
  "AWS::SecretsManager::Secret": { requests: { unit: "requests a month", typical: 1000, where: "for each secret" } },
  "AWS::Route53::HostedZone": {
    queries: { unit: "queries a month", typical: 100_000, where: "to each hosted zone" },
    latencyQueries: none("queries a month", "latency-based, to each hosted zone"),
  },
  "AWS::ECR::Repository": { storageGB: { unit: "GB-month", typical: 2, where: "of images in each repository" } },
  "AWS::Logs::LogGroup": {
    ingestedGB: { unit: "GB a month", typical: 0.5, where: "written to each log group" },
    storedGB: { unit: "GB-month", typical: 0.5, where: "kept in each log group" },
    scannedGB: none("GB a month", "scanned by Logs Insights"),
  },
  "AWS::S3::Bucket": {
    storageGB: { unit: "GB-month", typical: 5, where: "stored in each bucket" },
    putRequests: { unit: "requests a month", typical: 10_000, where: "that write or list, to each bucket" },
    getRequests: { unit: "requests a month", typical: 100_000, where: "that read, from each bucket" },
  },
  "AWS::DynamoDB::Table": {
    readRequests: { unit: "request units a month", typical: 10_000, where: "read from each table" },
    writeRequests: { unit: "request units a month", typical: 10_000, where: "written to each table" },
    storageGB: { unit: "GB-month", typical: 0.1, where: "stored in each table" },
    pitrGB: none("GB-month", "of point-in-time recovery"),
    backupGB: none("GB-month", "of on-demand backups"),
  },
  "AWS::CloudFront::Distribution": {
    transferGB: { unit: "GB a month", typical: 50, where: "out of each distribution", kind: "geography" },
    requests: { unit: "requests a month", typical: 1_000_000, where: "to each distribution", kind: "geography" },
    invalidationPaths: { unit: "paths a month", typical: 100, where: "invalidated in each distribution" },
  },
};

/** The quantities that belong to the account and to no resource. */
export const ACCOUNT_NAMES: Names = {
  internetOutGB: { unit: "GB a month", typical: 10, where: "from the region to the internet" },
  crossAzGB: none("GB a month", "between availability zones"),
};

/** CloudFront's edge geographies, as its price list names them (Amazon CloudFront pricing). */
export const GEOGRAPHIES = [
  "United States",
  "Canada",
  "EU",
  "South Africa",
  "Middle East",
  "South America",
  "Japan",
  "Australia",
  "Asia Pacific",
  "India",
] as const;
