import type { Environment } from "../config/schema.ts";
import type { Json, Resource } from "../template/types.ts";
import type { Prices } from "./catalogue.ts";
import { type EnvironmentCost, estimate } from "./estimate.ts";
import type { PricedStack } from "./surroundings.ts";
import { TYPICAL_USAGE } from "./usage.ts";

/**
 * What an environment costs before anything of it is written, for the wizard: priced as its synthesised templates would
 * be, from a list of its billed resources alone. A test holds the two equal.
 */
export function priceChoices(name: string, environment: Environment, prices: Prices): EnvironmentCost {
  const { region } = environment;
  return estimate({ name, region, stacks: billedStacks(environment), usage: TYPICAL_USAGE }, prices);
}

type Resources = { readonly [id: string]: Resource };

/** The billed resources that the generated app makes of `environment`, with the properties that decide their price. */
function billedStacks(environment: Environment): readonly PricedStack[] {
  const { region } = environment;
  const stack = (name: string, Resources: Resources, where: string = region): PricedStack => ({
    name,
    region: where,
    template: { Resources },
  });
  return [
    stack("network", network(environment)),
    stack("secrets", { Key: of("AWS::KMS::Key"), ...times(3, "Secret", () => of("AWS::SecretsManager::Secret")) }),
    stack("registry", { Repository: of("AWS::ECR::Repository") }),
    stack(
      "storage",
      times(3, "Bucket", () => of("AWS::S3::Bucket")),
    ),
    stack("database", database(environment)),
    stack("cache", cache(environment)),
    stack("load-balancer", loadBalancer(environment)),
    stack("service", service(environment)),
    stack("cdn", { Distribution: of("AWS::CloudFront::Distribution") }),
    stack("dns", environment.domain?.zone === "create" ? { Zone: of("AWS::Route53::HostedZone") } : {}),
  ];
}

/** Endpoints in place of a NAT gateway: images (two), logs, secrets, ECS Exec. */
const INTERFACE_ENDPOINTS = 5;
/** Load balancers want two zones, however few the workloads run in. */
const LEAST_ZONES = 2;

function network({ network: { azs, nat, flowLogs } }: Environment): Resources {
  const gateways = nat === "none" ? 0 : nat === "one" ? 1 : azs;
  return {
    ...times(gateways, "NatAddress", () => of("AWS::EC2::EIP")),
    ...times(gateways, "NatGateway", (index) =>
      of("AWS::EC2::NatGateway", { AllocationId: { "Fn::GetAtt": [`NatAddress${index}`, "AllocationId"] } }),
    ),
    ...times(nat === "none" ? INTERFACE_ENDPOINTS : 0, "Endpoint", () =>
      of("AWS::EC2::VPCEndpoint", { VpcEndpointType: "Interface", SubnetIds: subnets(azs) }),
    ),
    ...(flowLogs
      ? {
          FlowLogGroup: of("AWS::Logs::LogGroup"),
          FlowLog: of("AWS::EC2::FlowLog", { LogGroupName: { Ref: "FlowLogGroup" } }),
        }
      : {}),
  };
}

function database({ database: { class: size, multiAz, storage, maxStorage } }: Environment): Resources {
  return {
    Database: of("AWS::RDS::DBInstance", {
      Engine: "postgres",
      DBInstanceClass: size,
      MultiAZ: multiAz,
      StorageType: "gp3",
      AllocatedStorage: storage,
      MaxAllocatedStorage: maxStorage,
    }),
    ...times(2, "LogGroup", () => of("AWS::Logs::LogGroup")),
  };
}

function cache({ cache: { node, replicas } }: Environment): Resources {
  const Cache = of("AWS::ElastiCache::ReplicationGroup", {
    Engine: "redis",
    CacheNodeType: node,
    NumCacheClusters: 1 + replicas,
  });
  return { Cache };
}

function loadBalancer({ network: { azs }, loadBalancer: { accessLogs } }: Environment): Resources {
  return {
    LoadBalancer: of("AWS::ElasticLoadBalancingV2::LoadBalancer", { Subnets: subnets(Math.max(azs, LEAST_ZONES)) }),
    ...(accessLogs ? { AccessLogsBucket: of("AWS::S3::Bucket") } : {}),
  };
}

function service({ service: { spot, onDemandBase, cpu, memory, tasks, architecture } }: Environment): Resources {
  const onDemand = { CapacityProvider: "FARGATE", Base: onDemandBase, Weight: 0 };
  return {
    LogGroup: of("AWS::Logs::LogGroup"),
    TaskDefinition: of("AWS::ECS::TaskDefinition", {
      Cpu: String(cpu),
      Memory: String(memory),
      RuntimePlatform: { CpuArchitecture: architecture.toUpperCase() },
    }),
    Service: of("AWS::ECS::Service", {
      TaskDefinition: { Ref: "TaskDefinition" },
      DesiredCount: tasks,
      CapacityProviderStrategy: spot
        ? [onDemand, { CapacityProvider: "FARGATE_SPOT", Weight: 1 }]
        : [{ CapacityProvider: "FARGATE", Weight: 1 }],
    }),
  };
}

function of(Type: string, Properties: { readonly [name: string]: Json } = {}): Resource {
  return { Type, Properties };
}

function times(count: number, name: string, make: (index: number) => Resource): Resources {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`${name}${index + 1}`, make(index + 1)]));
}

function subnets(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `subnet-${index + 1}`);
}
