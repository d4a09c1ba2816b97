import type { EnvironmentInput } from "../../src/config/schema.ts";

/** What AWS documents of a second deployment; resources as `stack.LogicalId`, in alphabetical order. */
export type Update = {
  readonly what: string;
  readonly from: "dev" | "prod";
  /** Keys of astro.yaml that change; undefined takes one out. */
  readonly to: Changes;
  /** The AWS document, or the public report, that says so. */
  readonly source: string;
  /** Changed in place, among others. */
  readonly changes?: readonly string[];
  /** Changed in place, or a rule replaced, with what is served interrupted meanwhile. */
  readonly interrupts?: readonly string[];
  /** Replaced without a word: nothing is in it. */
  readonly replaces?: readonly string[];
  /** Removed without a word. */
  readonly removes?: readonly string[];
  /** Replaced or removed only if a person names it. */
  readonly gated?: readonly string[];
  /** Stacks that come and go. */
  readonly makes?: readonly string[];
  readonly drops?: readonly string[];
  /** Set where astro takes two updates. */
  readonly inTwo?: true;
  /** What AWS would refuse, in its words. */
  readonly refused?: RegExp;
};

type Changes = { readonly [key in keyof EnvironmentInput]?: object | string | boolean | undefined };

const RDS = "Amazon RDS User Guide, Settings for DB instances";
const GROWS = "Amazon RDS User Guide, Increasing DB instance storage capacity; cloudformation-coverage-roadmap#1312";
const CACHE = "Amazon ElastiCache User Guide, Scaling replica nodes for Valkey or Redis OSS (Cluster Mode Disabled)";
const ECS = "AWS CloudFormation Template Reference, AWS::ECS::Service";
const TASK = "AWS CloudFormation Template Reference, AWS::ECS::TaskDefinition: every property replaces it";
const STRATEGY = "Amazon ECS API Reference, UpdateService (capacityProviderStrategy, forceNewDeployment)";
const NAT = "Amazon VPC User Guide, NAT gateway basics; AWS CloudFormation Template Reference, AWS::EC2::EIP";
const ZONES = "Elastic Load Balancing API Reference, SetSubnets; Amazon RDS API Reference, ModifyDBSubnetGroup";
const CDN =
  "AWS CloudFormation Template Reference, AWS::CloudFront::Distribution (DistributionConfig: no interruption)";
const CERTIFICATE = "AWS CloudFormation Template Reference, AWS::CertificateManager::Certificate: replacement";
const POLICIES = "AWS CloudFormation User Guide, DeletionPolicy attribute";

/** The resources that a domain has beside its certificates. */
const RECORDS = ["cdn.AppRecord", "cdn.AppRecordIpv6"];

const PROVIDER = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com";

/** Each key of astro.yaml changed by itself, from both designs; `dev` begins with 40 GB of storage. */
export const UPDATES: readonly Update[] = [
  {
    what: "three zones",
    from: "dev",
    to: { network: { azs: 3 } },
    source: ZONES,
    changes: ["network.DynamoDbEndpoint", "network.S3Endpoint"],
  },
  {
    what: "a second zone",
    from: "dev",
    to: { network: { azs: 2 } },
    source: "AWS CloudFormation Template Reference, AWS::EC2::VPCEndpoint (RouteTableIds: no interruption)",
    changes: ["network.S3Endpoint"],
  },
  {
    what: "other zones",
    from: "dev",
    to: { network: { zones: ["eu-west-1b", "eu-west-1c"] } },
    source: "Amazon EC2 API Reference, Error codes (InvalidSubnet.Conflict)",
    refused: /PublicSubnet1 .*The CIDR '10\.0\.1\.0\/24' conflicts with another subnet/,
  },
  {
    // The text of the subnets' zones is another, their values are not.
    what: "the zones that it is in, by name",
    from: "dev",
    to: { network: { zones: ["eu-west-1a", "eu-west-1b"] } },
    source: "AWS CloudFormation User Guide, Change sets: it compares the values that functions have",
  },
  {
    what: "fewer zones",
    from: "prod",
    to: { network: { azs: 2 } },
    source: "Amazon EC2 API Reference, DeleteSubnet: all running instances and interfaces must be gone",
    refused: /PublicSubnet3 .*the subnet has dependencies and cannot be deleted/,
  },
  {
    what: "no NAT gateway",
    from: "dev",
    to: { network: { nat: "none" } },
    source: NAT,
    changes: ["service.Service"],
    removes: ["network.PrivateDefaultRoute1"],
    gated: ["network.NatAddress1", "network.NatGateway1"],
  },
  { what: "a NAT gateway in each zone, of one", from: "dev", to: { network: { nat: "per-az" } }, source: "the app" },
  {
    what: "one NAT gateway for all zones",
    from: "prod",
    to: { network: { nat: "one" } },
    source: NAT,
    changes: ["network.PrivateDefaultRoute2", "network.PrivateDefaultRoute3"],
    gated: ["network.NatAddress2", "network.NatAddress3", "network.NatGateway2", "network.NatGateway3"],
  },
  {
    what: "flow logs",
    from: "dev",
    to: { network: { flowLogs: true } },
    source: "Amazon VPC User Guide, Logging IP traffic using VPC Flow Logs: does not affect throughput",
  },
  {
    what: "Spot off",
    from: "dev",
    to: { service: { spot: false } },
    source: STRATEGY,
    changes: ["service.CapacityProviders", "service.Service"],
  },
  {
    what: "Spot off, scaled",
    from: "prod",
    to: { service: { spot: false, onDemandBase: 0 } },
    source: STRATEGY,
    changes: ["service.CapacityProviders", "service.Service"],
  },
  {
    what: "a base on FARGATE",
    from: "dev",
    to: { service: { onDemandBase: 1 } },
    source: STRATEGY,
    changes: ["service.CapacityProviders", "service.Service"],
  },
  {
    what: "larger tasks",
    from: "dev",
    to: { service: { cpu: 512, memory: 1024 } },
    source: TASK,
    changes: ["service.Service"],
    replaces: ["service.TaskDefinition"],
  },
  {
    what: "tasks on ARM",
    from: "dev",
    to: { service: { architecture: "arm64" } },
    source: TASK,
    changes: ["service.Service"],
    replaces: ["service.TaskDefinition"],
  },
  {
    what: "an image",
    from: "dev",
    to: { service: { image: "nginx:1.27" } },
    source: TASK,
    changes: ["service.Service"],
    replaces: ["service.TaskDefinition"],
  },
  {
    what: "images rolled out elsewhere",
    from: "dev",
    to: { service: { releases: "elsewhere" } },
    source: `${ECS} (TaskDefinition: the family alone is its newest revision)`,
    changes: ["service.Service"],
  },
  {
    what: "another port",
    from: "dev",
    to: { service: { port: 8080 } },
    source: "AWS CloudFormation Template Reference, AWS::EC2::SecurityGroupIngress (FromPort, ToPort: replacement)",
    changes: ["network.AlbSecurityGroup", "service.Service"],
    interrupts: ["network.EcsFromAlb"],
    replaces: ["service.TaskDefinition"],
  },
  {
    what: "another health path",
    from: "dev",
    to: { service: { healthPath: "/up" } },
    source: "Elastic Load Balancing API Reference, ModifyTargetGroup",
    changes: ["load-balancer.TargetGroup"],
  },
  { what: "more tasks", from: "dev", to: { service: { tasks: 3 } }, source: ECS, changes: ["service.Service"] },
  {
    what: "more tasks at least",
    from: "prod",
    to: { service: { tasks: 3 } },
    source: "AWS CloudFormation Template Reference, AWS::ApplicationAutoScaling::ScalableTarget (MinCapacity)",
    changes: ["service.ScalableTarget"],
  },
  {
    what: "scaling",
    from: "dev",
    to: { service: { maxTasks: 4 } },
    source: `${ECS} (DesiredCount: left out, an update leaves it alone)`,
    changes: ["service.Service"],
  },
  {
    what: "no scaling any more",
    from: "prod",
    to: { service: { maxTasks: undefined } },
    source: "Application Auto Scaling API Reference, DeregisterScalableTarget: leaves the tasks as they are",
    changes: ["service.Service"],
    removes: ["service.CpuScaling", "service.RequestScaling", "service.ScalableTarget"],
  },
  {
    what: "longer logs",
    from: "dev",
    to: { service: { logDays: 30 } },
    source: "Amazon CloudWatch Logs API Reference, PutRetentionPolicy",
    changes: ["database.DatabaseLogGroup", "database.UpgradeLogGroup", "service.LogGroup"],
  },
  {
    what: "a larger database",
    from: "dev",
    to: { database: { class: "db.m7g.large" } },
    source: `${RDS} (DB instance class: downtime occurs)`,
    interrupts: ["database.Database"],
  },
  {
    what: "a smaller database",
    from: "prod",
    to: { database: { class: "db.t4g.small" } },
    source: `${RDS} (DB instance class: downtime occurs)`,
    interrupts: ["database.Database"],
  },
  {
    what: "a standby",
    from: "dev",
    to: { database: { multiAz: true } },
    source: `${RDS} (Multi-AZ deployment: no downtime)`,
    changes: ["database.Database"],
  },
  {
    what: "no standby",
    from: "prod",
    to: { database: { multiAz: false } },
    source: `${RDS} (Multi-AZ deployment: no downtime)`,
    changes: ["database.Database"],
  },
  {
    what: "a tenth more storage",
    from: "dev",
    to: { database: { storage: 44 } },
    source: `${RDS} (Allocated storage: no downtime)`,
    changes: ["database.Database"],
  },
  {
    what: "less than a tenth more storage",
    from: "dev",
    to: { database: { storage: 43 } },
    source: GROWS,
    refused: /AllocatedStorage 43: Invalid storage size for engine name postgres and storage type gp3: 43/,
  },
  {
    what: "one more GB of storage",
    from: "prod",
    to: { database: { storage: 21 } },
    source: GROWS,
    refused: /AllocatedStorage 21: Invalid storage size/,
  },
  {
    what: "less storage",
    from: "dev",
    to: { database: { storage: 30 } },
    source: `${RDS} (Allocated storage: you can't reduce it)`,
    refused: /AllocatedStorage 30: Invalid storage size/,
  },
  {
    what: "a higher limit of storage",
    from: "dev",
    to: { database: { maxStorage: 200 } },
    source: `${RDS} (Storage autoscaling: no downtime)`,
    changes: ["database.Database"],
  },
  {
    what: "more backups",
    from: "dev",
    to: { database: { backupDays: 14 } },
    source: `${RDS} (Backup retention period: no downtime from a number to another)`,
    changes: ["database.Database"],
  },
  {
    what: "a key of one's own",
    from: "dev",
    to: { database: { key: "own" } },
    source: "AWS CloudFormation Template Reference, AWS::RDS::DBInstance (KmsKeyId: replacement; DBInstanceIdentifier)",
    refused: /cannot update a stack when a custom-named resource requires replacing\. Rename shop-dev/,
  },
  {
    what: "no final snapshot",
    from: "dev",
    to: { database: { finalSnapshot: false } },
    source: POLICIES,
    changes: ["database.Database"],
  },
  {
    what: "larger nodes",
    from: "dev",
    to: { cache: { node: "cache.m7g.large" } },
    source: `${CACHE}: a brief interruption (a few seconds)`,
    interrupts: ["cache.Cache"],
  },
  {
    what: "a higher limit of storage",
    from: "prod",
    to: { database: { maxStorage: 200 } },
    source: `${RDS} (Storage autoscaling: no downtime)`,
    changes: ["database.Database"],
  },
  {
    what: "more backups",
    from: "prod",
    to: { database: { backupDays: 14 } },
    source: `${RDS} (Backup retention period: no downtime from a number to another)`,
    changes: ["database.Database"],
  },
  {
    what: "a private load balancer, whose domain's names stay the CDN's",
    from: "prod",
    to: { loadBalancer: { private: true } },
    source: "AWS CloudFormation Template Reference, AWS::ElasticLoadBalancingV2::LoadBalancer (Scheme: replacement)",
    // The domain's certificate for the API's name, its listener and its record go with the name.
    changes: [],
    drops: ["certificate", "dns"],
    removes: ["cdn.HttpsRedirect", "load-balancer.HttpListener", "load-balancer.TargetGroup"],
    gated: ["load-balancer.LoadBalancer"],
  },
  {
    what: "a web ACL",
    from: "prod",
    to: { cdn: { waf: true } },
    source: CDN,
    changes: ["cdn.Distribution"],
    makes: ["waf"],
  },
  {
    what: "another port",
    from: "prod",
    to: { service: { port: 8080 } },
    source: "AWS CloudFormation Template Reference, AWS::EC2::SecurityGroupIngress (FromPort, ToPort: replacement)",
    changes: ["service.Service"],
    interrupts: ["network.EcsFromAlb"],
    replaces: ["service.TaskDefinition"],
  },
  {
    what: "an image",
    from: "prod",
    to: { service: { image: "nginx:1.27" } },
    source: TASK,
    changes: ["service.Service"],
    replaces: ["service.TaskDefinition"],
  },
  {
    what: "no NAT gateway",
    from: "prod",
    to: { network: { nat: "none" } },
    source: NAT,
    changes: ["service.Service"],
    // Without an image of its own no task can be pulled any more, and none is scaled.
    removes: [
      "network.PrivateDefaultRoute1",
      "network.PrivateDefaultRoute2",
      "network.PrivateDefaultRoute3",
      "service.CpuScaling",
      "service.RequestScaling",
      "service.ScalableTarget",
    ],
    gated: [
      "network.NatAddress1",
      "network.NatAddress2",
      "network.NatAddress3",
      "network.NatGateway1",
      "network.NatGateway2",
      "network.NatGateway3",
    ],
  },
  {
    what: "smaller nodes",
    from: "prod",
    to: { cache: { node: "cache.t4g.micro" } },
    source: `${CACHE}: a brief interruption (a few seconds)`,
    interrupts: ["cache.Cache"],
  },
  {
    what: "the first replica",
    from: "dev",
    to: { cache: { replicas: 1 } },
    source: "aws-cloudformation/cloudformation-coverage-roadmap#383",
    changes: ["cache.Cache"],
    inTwo: true,
  },
  {
    what: "the first three replicas",
    from: "dev",
    to: { cache: { replicas: 3 } },
    source: "aws-cloudformation/cloudformation-coverage-roadmap#383",
    changes: ["cache.Cache"],
    inTwo: true,
  },
  { what: "more replicas", from: "prod", to: { cache: { replicas: 3 } }, source: CACHE, changes: ["cache.Cache"] },
  {
    what: "no replica any more",
    from: "prod",
    to: { cache: { replicas: 0 } },
    source: CACHE,
    changes: ["cache.Cache"],
  },
  {
    what: "a longer lifetime in the CDN",
    from: "dev",
    to: { cdn: { ttlHours: 24 } },
    source: "Amazon CloudFront API Reference, UpdateCachePolicy",
    changes: ["cdn.FrontendCachePolicy"],
  },
  {
    what: "a content security policy",
    from: "dev",
    to: { cdn: { contentSecurityPolicy: "default-src 'self'" } },
    source: "Amazon CloudFront API Reference, UpdateResponseHeadersPolicy",
    changes: ["cdn.FrontendHeadersPolicy"],
  },
  {
    what: "a web ACL",
    from: "dev",
    to: { cdn: { waf: true } },
    source: CDN,
    changes: ["cdn.Distribution"],
    makes: ["waf"],
  },
  {
    what: "another upload path, without a web ACL",
    from: "dev",
    to: { cdn: { uploadPath: "/api/up" } },
    source: "the app",
  },
  {
    what: "longer grace",
    from: "dev",
    to: { service: { graceSeconds: 600 } },
    source: `${ECS} (HealthCheckGracePeriodSeconds: no interruption)`,
    changes: ["service.Service"],
  },
  {
    what: "a private load balancer",
    from: "dev",
    to: { loadBalancer: { private: true } },
    source: "AWS CloudFormation Template Reference, AWS::ElasticLoadBalancingV2::LoadBalancer (Scheme: replacement)",
    // Everything on it is made anew beside it.
    changes: [],
    removes: ["load-balancer.FromCdn", "load-balancer.HttpListener", "load-balancer.TargetGroup"],
    gated: ["load-balancer.LoadBalancer"],
  },
  {
    what: "access logs",
    from: "dev",
    to: { loadBalancer: { accessLogs: true } },
    source: "Elastic Load Balancing API Reference, ModifyLoadBalancerAttributes",
    changes: ["load-balancer.LoadBalancer"],
  },
  {
    what: "a domain",
    from: "dev",
    to: { domain: { name: "example.com", zone: "Z0123456789ABCDEFGHIJ" } },
    source: CDN,
    changes: ["cdn.Distribution", "cdn.FrontendHeadersPolicy", "storage.PdfsBucket"],
    // Without a name of its own the load balancer answered by a secret header.
    removes: ["load-balancer.FromCdn"],
    makes: ["certificate", "certificate-cdn", "dns"],
  },
  {
    what: "another domain",
    from: "prod",
    to: { domain: { name: "example.org" } },
    source: `${CERTIFICATE}; AWS::Route53::RecordSet (Name: replacement)`,
    changes: ["cdn.Distribution", "cdn.FrontendHeadersPolicy", "storage.PdfsBucket"],
    replaces: ["certificate-cdn.Certificate", "certificate.Certificate", ...RECORDS, "dns.ApiRecord"].sort(),
  },
  {
    what: "a domain whose zone is elsewhere",
    from: "prod",
    to: { domain: { zone: "elsewhere" } },
    source: `${CERTIFICATE} (DomainValidationOptions); ${CDN}`,
    changes: ["cdn.Distribution"],
    replaces: ["certificate-cdn.Certificate", "certificate.Certificate"],
    removes: [...RECORDS, "dns.ApiRecord"],
  },
  {
    what: "no domain any more",
    from: "prod",
    to: { domain: undefined },
    source: CDN,
    changes: ["cdn.Distribution", "cdn.FrontendHeadersPolicy", "storage.PdfsBucket"],
    removes: [...RECORDS, "cdn.HttpsRedirect"],
    drops: ["certificate", "certificate-cdn", "dns"],
  },
  {
    what: "a connection URL of one's own, a variable in place of the secret's key",
    from: "dev",
    to: { service: { environment: { DATABASE_URL: "postgresql+asyncpg://elsewhere/app" } } },
    source: TASK,
    changes: ["service.Service"],
    replaces: ["service.TaskDefinition"],
  },
  {
    what: "a connection URL of one's own that is a secret, before the first image",
    from: "dev",
    to: { service: { secrets: ["REDIS_URL"] } },
    source: TASK,
    changes: ["service.Service"],
    replaces: ["service.TaskDefinition"],
  },
  {
    what: "a variable of one's own",
    from: "dev",
    to: { service: { environment: { LOG_LEVEL: "debug" } } },
    source: TASK,
    changes: ["service.Service"],
    replaces: ["service.TaskDefinition"],
  },
  {
    // The placeholder is given none; its definition's metadata says that an image is.
    what: "a secret of one's own, before the first image",
    from: "dev",
    to: { service: { secrets: ["STRIPE_KEY"] } },
    source:
      "AWS CloudFormation API Reference, ResourceTargetDefinition: metadata is an attribute that recreates nothing",
    changes: ["service.TaskDefinition"],
  },
  {
    what: "roles for GitHub Actions",
    from: "dev",
    to: { ci: { github: { repository: "octo-org/shop", ids: "123456/456789", branch: "main", provider: PROVIDER } } },
    source: "the app",
    makes: ["ci"],
  },
  {
    what: "a worker",
    from: "dev",
    to: { worker: { command: ["celery"], tasks: 2, cpu: 512, memory: 1024, spot: false } },
    source: "AWS Identity and Access Management API Reference, PutRolePolicy: the log group of the worker",
    changes: ["service.ExecutionRole", "service.TaskRole"],
    makes: ["worker"],
  },
  {
    what: "a schedule",
    from: "dev",
    to: { schedule: [{ name: "tidy", cron: "rate(1 day)", command: ["tidy"] }] },
    source: "AWS Identity and Access Management API Reference, PutRolePolicy: the log group of the scheduled tasks",
    changes: ["service.ExecutionRole", "service.TaskRole"],
    makes: ["schedule"],
  },
  {
    what: "alarms",
    from: "dev",
    to: { alarms: { email: "ops@example.com" } },
    source: "AWS KMS API Reference, PutKeyPolicy",
    changes: ["secrets.Key"],
    makes: ["alarms"],
  },
  {
    what: "a budget",
    from: "dev",
    to: { budget: { monthly: 90, email: "ops@example.com" } },
    source: "the app",
    makes: ["budget"],
  },
  {
    what: "protection",
    from: "dev",
    to: { protect: true },
    source: `${RDS} (Deletion protection: no downtime); ${POLICIES}`,
    changes: ["database.Database", "registry.Repository", "secrets.Key", "storage.PdfsBucket"],
  },
  {
    what: "no protection any more",
    from: "prod",
    to: { protect: false },
    source: `${RDS} (Deletion protection: no downtime); ${POLICIES}`,
    changes: ["database.Database", "registry.Repository", "secrets.Key", "storage.PdfsBucket"],
  },
  {
    what: "a permissions boundary",
    from: "dev",
    to: { boundary: "arn:aws:iam::111122223333:policy/engineers" },
    source: "AWS Identity and Access Management API Reference, PutRolePermissionsBoundary",
    changes: ["service.ExecutionRole", "service.TaskRole"],
  },
  { what: "a pinned account", from: "dev", to: { account: "111122223333" }, source: "the app" },
  { what: "another order", from: "dev", to: { order: "overlap" }, source: "the app" },
  { what: "express mode", from: "dev", to: { express: true }, source: "the app" },
  {
    what: "zones by name, that it is not in",
    from: "prod",
    to: { network: { zones: ["eu-west-1b", "eu-west-1c", "eu-west-1a"] } },
    source: "Amazon EC2 API Reference, Error codes (InvalidSubnet.Conflict)",
    refused: /PublicSubnet1 .*The CIDR '10\.0\.1\.0\/24' conflicts with another subnet/,
  },
  {
    what: "flow logs",
    from: "prod",
    to: { network: { flowLogs: true } },
    source: "Amazon VPC User Guide, Logging IP traffic using VPC Flow Logs: does not affect throughput",
  },
  {
    what: "smaller tasks",
    from: "prod",
    to: { service: { cpu: 256, memory: 512 } },
    source: TASK,
    changes: ["service.Service"],
    replaces: ["service.TaskDefinition"],
  },
  {
    what: "tasks on ARM",
    from: "prod",
    to: { service: { architecture: "arm64" } },
    source: TASK,
    changes: ["service.Service"],
    replaces: ["service.TaskDefinition"],
  },
  {
    what: "images rolled out elsewhere",
    from: "prod",
    to: { service: { releases: "elsewhere" } },
    source: `${ECS} (TaskDefinition: the family alone is its newest revision)`,
    changes: ["service.Service"],
  },
  {
    what: "another health path",
    from: "prod",
    to: { service: { healthPath: "/up" } },
    source: "Elastic Load Balancing API Reference, ModifyTargetGroup",
    changes: ["load-balancer.TargetGroup"],
  },
  {
    what: "longer grace",
    from: "prod",
    to: { service: { graceSeconds: 600 } },
    source: ECS,
    changes: ["service.Service"],
  },
  {
    what: "shorter logs",
    from: "prod",
    to: { service: { logDays: 30 } },
    source: "Amazon CloudWatch Logs API Reference, PutRetentionPolicy",
    changes: ["database.DatabaseLogGroup", "database.UpgradeLogGroup", "service.LogGroup"],
  },
  {
    what: "a key of one's own",
    from: "prod",
    to: { database: { key: "own" } },
    source: "AWS CloudFormation Template Reference, AWS::RDS::DBInstance (KmsKeyId: replacement; DBInstanceIdentifier)",
    refused: /cannot update a stack when a custom-named resource requires replacing\. Rename shop-dev/,
  },
  {
    what: "no final snapshot, without protection",
    from: "prod",
    to: { protect: false, database: { finalSnapshot: false } },
    source: POLICIES,
    changes: ["database.Database"],
  },
  {
    what: "a shorter lifetime in the CDN",
    from: "prod",
    to: { cdn: { ttlHours: 1 } },
    source: "Amazon CloudFront API Reference, UpdateCachePolicy",
    changes: ["cdn.FrontendCachePolicy"],
  },
  {
    what: "a content security policy",
    from: "prod",
    to: { cdn: { contentSecurityPolicy: "default-src 'self'" } },
    source: "Amazon CloudFront API Reference, UpdateResponseHeadersPolicy",
    changes: ["cdn.FrontendHeadersPolicy"],
  },
  {
    what: "another upload path, without a web ACL",
    from: "prod",
    to: { cdn: { uploadPath: "/api/up" } },
    source: "the app",
  },
  {
    what: "access logs",
    from: "prod",
    to: { loadBalancer: { accessLogs: true } },
    source: "Elastic Load Balancing API Reference, ModifyLoadBalancerAttributes",
    changes: ["load-balancer.LoadBalancer"],
  },
  {
    what: "a connection URL of one's own, a variable in place of the secret's key",
    from: "prod",
    to: { service: { environment: { DATABASE_URL: "postgresql+asyncpg://elsewhere/app" } } },
    source: TASK,
    changes: ["service.Service"],
    replaces: ["service.TaskDefinition"],
  },
  {
    what: "a connection URL of one's own that is a secret, before the first image",
    from: "prod",
    to: { service: { secrets: ["REDIS_URL"] } },
    source: TASK,
    changes: ["service.Service"],
    replaces: ["service.TaskDefinition"],
  },
  {
    what: "a variable of one's own",
    from: "prod",
    to: { service: { environment: { LOG_LEVEL: "debug" } } },
    source: TASK,
    changes: ["service.Service"],
    replaces: ["service.TaskDefinition"],
  },
  {
    // The placeholder is given none; its definition's metadata says that an image is.
    what: "a secret of one's own, before the first image",
    from: "prod",
    to: { service: { secrets: ["STRIPE_KEY"] } },
    source:
      "AWS CloudFormation API Reference, ResourceTargetDefinition: metadata is an attribute that recreates nothing",
    changes: ["service.TaskDefinition"],
  },
  {
    what: "roles for GitHub Actions",
    from: "prod",
    to: { ci: { github: { repository: "octo-org/shop", ids: "123456/456789", branch: "main", provider: PROVIDER } } },
    source: "the app",
    makes: ["ci"],
  },
  {
    what: "a worker",
    from: "prod",
    to: { worker: { command: ["celery"], tasks: 2, cpu: 512, memory: 1024, spot: false } },
    source: "AWS Identity and Access Management API Reference, PutRolePolicy: the log group of the worker",
    changes: ["service.ExecutionRole", "service.TaskRole"],
    makes: ["worker"],
  },
  {
    what: "a schedule",
    from: "prod",
    to: { schedule: [{ name: "tidy", cron: "rate(1 day)", command: ["tidy"] }] },
    source: "AWS Identity and Access Management API Reference, PutRolePolicy: the log group of the scheduled tasks",
    changes: ["service.ExecutionRole", "service.TaskRole"],
    makes: ["schedule"],
  },
  {
    what: "alarms",
    from: "prod",
    to: { alarms: { email: "ops@example.com" } },
    source: "AWS KMS API Reference, PutKeyPolicy",
    changes: ["secrets.Key"],
    makes: ["alarms"],
  },
  {
    what: "a budget",
    from: "prod",
    to: { budget: { monthly: 900, email: "ops@example.com" } },
    source: "the app",
    makes: ["budget"],
  },
  {
    what: "a permissions boundary",
    from: "prod",
    to: { boundary: "arn:aws:iam::111122223333:policy/engineers" },
    source: "AWS Identity and Access Management API Reference, PutRolePermissionsBoundary",
    changes: ["service.ExecutionRole", "service.TaskRole"],
  },
  { what: "a pinned account", from: "prod", to: { account: "111122223333" }, source: "the app" },
  { what: "another order", from: "prod", to: { order: "overlap" }, source: "the app" },
  {
    what: "express mode, without protection",
    from: "prod",
    to: { protect: false, express: true },
    source: `${RDS} (Deletion protection: no downtime); ${POLICIES}`,
    changes: ["database.Database", "registry.Repository", "secrets.Key", "storage.PdfsBucket"],
  },
];
