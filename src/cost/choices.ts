import type { Environment } from "../config/schema.ts";
import type { Json, Resource } from "../template/types.ts";
import type { Prices } from "./catalogue.ts";
import { type EnvironmentCost, estimate } from "./estimate.ts";
import type { PricedStack } from "./surroundings.ts";
import { TYPICAL_USAGE } from "./usage.ts";

/**
 * What an environment costs before anything of it is written, for the wizard: priced as its synthesised templates would
 * be, from a list of its billed resources alone. `prices` hold the environment's region. A test holds the two equal.
 */
export function priceChoices(name: string, environment: Environment, prices: Prices): EnvironmentCost {
  const { region } = environment;
  return estimate({ name, region, stacks: billedStacks(environment), usage: TYPICAL_USAGE }, prices);
}

type Resources = { readonly [id: string]: Resource };

/** The billed resources that the generated app makes of `environment`, with the properties that decide their price. */
function billedStacks(environment: Environment): readonly PricedStack[] {
  const stacks: { readonly [name: string]: Resources } = {
    network: network(environment),
    data: {
      ...all("AWS::KMS::Key", "Key"),
      ...all("AWS::SecretsManager::Secret", "JwtSecret", "DatabaseSecret", "CacheSecret", "OriginSecret", "AppSecret"),
      ...all("AWS::ECR::Repository", "Repository"),
      ...all("AWS::S3::Bucket", "FrontendBucket", "PdfsBucket", "BackupsBucket"),
    },
    database: database(environment),
    cache: cache(environment),
    "load-balancer": loadBalancer(environment),
    service: { ...service(environment), ...all("AWS::SecretsManager::Secret", "UrlsSecret") },
    worker: environment.worker === undefined ? {} : worker(environment, environment.worker),
    schedule: environment.schedule === undefined ? {} : schedule(environment, environment.schedule),
    alarms: environment.alarms === undefined ? {} : alarms(environment),
    dns: {
      ...(environment.domain?.zone === "create" ? all("AWS::Route53::HostedZone", "HostedZone") : {}),
      ...(environment.cdn.waf ? all("AWS::WAFv2::WebACL", "WebAcl") : {}),
      ...all("AWS::CloudFront::Distribution", "Distribution"),
    },
  };
  return Object.entries(stacks).map(([name, Resources]) => ({
    name,
    region: environment.region,
    template: { Resources },
  }));
}

/** In place of a NAT gateway: images, logs, secrets and ECS Exec. */
const ENDPOINTS = ["EcrApi", "EcrDkr", "Logs", "SecretsManager", "SsmMessages"];
/** Load balancers want two zones, however few the workloads run in. */
export const LEAST_ZONES = 2;

function network({ network: { azs, nat, flowLogs } }: Environment): Resources {
  const gateways = numbered(nat === "none" ? 0 : nat === "one" ? 1 : azs).flatMap((index) => {
    const AllocationId = { "Fn::GetAtt": [`NatAddress${index}`, "AllocationId"] };
    return [
      [`NatAddress${index}`, of("AWS::EC2::EIP")],
      [`NatGateway${index}`, of("AWS::EC2::NatGateway", { AllocationId })],
    ] as const;
  });
  const endpoint = of("AWS::EC2::VPCEndpoint", { VpcEndpointType: "Interface", SubnetIds: numbered(azs) });
  const endpoints = nat === "none" ? ENDPOINTS.map((name) => [`${name}Endpoint`, endpoint] as const) : [];
  const logged = {
    FlowLogGroup: of("AWS::Logs::LogGroup"),
    FlowLog: of("AWS::EC2::FlowLog", { LogGroupName: { Ref: "FlowLogGroup" } }),
  };
  return { ...Object.fromEntries([...gateways, ...endpoints]), ...(flowLogs ? logged : {}) };
}

function database({ database: { class: size, multiAz, storage, maxStorage } }: Environment): Resources {
  const Database = of("AWS::RDS::DBInstance", {
    Engine: "postgres",
    DBInstanceClass: size,
    MultiAZ: multiAz,
    StorageType: "gp3",
    AllocatedStorage: storage,
    MaxAllocatedStorage: maxStorage,
  });
  return { Database, ...all("AWS::Logs::LogGroup", "DatabaseLogGroup", "UpgradeLogGroup") };
}

function cache({ cache: { node, replicas } }: Environment): Resources {
  const Properties = { Engine: "redis", CacheNodeType: node, NumCacheClusters: 1 + replicas };
  return { Cache: of("AWS::ElastiCache::ReplicationGroup", Properties) };
}

function loadBalancer({ network: { azs }, loadBalancer: { accessLogs, private: isPrivate } }: Environment): Resources {
  const Subnets = numbered(Math.max(azs, LEAST_ZONES));
  return {
    ...(accessLogs ? all("AWS::S3::Bucket", "AccessLogsBucket") : {}),
    [isPrivate ? "PrivateLoadBalancer" : "LoadBalancer"]: of("AWS::ElasticLoadBalancingV2::LoadBalancer", {
      Subnets,
      Scheme: isPrivate ? "internal" : "internet-facing",
    }),
  };
}

function service({ service }: Environment): Resources {
  const { tasks, maxTasks } = service;
  const scaling = { ResourceId: { "Fn::GetAtt": ["Service", "Name"] }, MinCapacity: tasks, MaxCapacity: maxTasks ?? 0 };
  return {
    LogGroup: of("AWS::Logs::LogGroup"),
    TaskDefinition: definition(service, service.architecture),
    Service: running(service),
    ...(maxTasks === undefined ? {} : { Target: of("AWS::ApplicationAutoScaling::ScalableTarget", scaling) }),
  };
}

function worker({ service: { architecture } }: Environment, own: NonNullable<Environment["worker"]>): Resources {
  return {
    LogGroup: of("AWS::Logs::LogGroup"),
    TaskDefinition: definition(own, architecture),
    Service: running(own),
  };
}

function schedule({ service }: Environment, entries: NonNullable<Environment["schedule"]>): Resources {
  const made = entries.flatMap(({ cron }, index) => {
    const EcsParameters = { TaskDefinitionArn: { Ref: `Task${index}` } };
    const properties = { ScheduleExpression: cron, Target: { EcsParameters } };
    return [
      [`Task${index}`, definition(service, service.architecture)],
      [`Schedule${index}`, of("AWS::Scheduler::Schedule", properties)],
    ] as const;
  });
  return made.length === 0 ? {} : { LogGroup: of("AWS::Logs::LogGroup"), ...Object.fromEntries(made) };
}

type Sized = { readonly cpu: number; readonly memory: number };

function definition({ cpu, memory }: Sized, architecture: string): Resource {
  const RuntimePlatform = { CpuArchitecture: architecture.toUpperCase() };
  return of("AWS::ECS::TaskDefinition", { Cpu: cpu, Memory: memory, RuntimePlatform });
}

function running({
  spot,
  onDemandBase = 0,
  tasks,
}: {
  readonly spot: boolean;
  readonly onDemandBase?: number;
  readonly tasks: number;
}): Resource {
  return of("AWS::ECS::Service", {
    TaskDefinition: { Ref: "TaskDefinition" },
    DesiredCount: tasks,
    CapacityProviderStrategy: spot
      ? [
          { CapacityProvider: "FARGATE", Base: onDemandBase, Weight: onDemandBase === 0 ? 0 : 1 },
          { CapacityProvider: "FARGATE_SPOT", Weight: 99 },
        ]
      : [{ CapacityProvider: "FARGATE", Weight: 1 }],
  });
}

/** One alarm a metric (a cache has two a node), and a dashboard of them all. */
function alarms(environment: Environment): Resources {
  const { cache, database } = environment;
  const single = [
    "HealthyTasks",
    ...(database.class.startsWith("db.t") ? ["DatabaseCredits"] : []),
    "ApiErrors",
    "LoadBalancerErrors",
    "ApiLatency",
    "ServiceCpu",
    "ServiceMemory",
    "DatabaseCpu",
    "DatabaseStorage",
    "DatabaseMemory",
    "DatabaseConnections",
  ];
  const nodes = numbered(1 + cache.replicas).flatMap((index) => [`CacheMemory${index}`, `CacheEvictions${index}`]);
  return { ...all("AWS::CloudWatch::Alarm", ...single, ...nodes), Dashboard: of("AWS::CloudWatch::Dashboard") };
}

function of(Type: string, Properties: { readonly [name: string]: Json } = {}): Resource {
  return { Type, Properties };
}

function all(type: string, ...ids: readonly string[]): Resources {
  return Object.fromEntries(ids.map((id) => [id, of(type)]));
}

function numbered(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
