import type { LoadBalancerStack } from "../stacks/load-balancer";
import type { ServiceStack } from "../stacks/service";
import type { Settings } from "./astro-stack";
import { runsAtOnce } from "./image";

/** A CloudWatch metric with an alarm of its own, called `id`. */
export type Metric = {
  id: string;
  namespace: string;
  name: string;
  dimensions: { [name: string]: string };
  stat: "Average" | "Maximum" | "Minimum" | "Sum" | "p95";
};

/** One graph, with an alarm for each of its metrics: above or below a value for as many minutes. */
export type Graph = {
  title: string;
  metrics: Metric[];
  minutes: number;
  /** Period of one value in seconds; default: five minutes. */
  period?: 60;
  /** Missing data triggers the alarm. */
  alarmOnMissingData?: true;
} & ({ above: number } | { below: number });

const GIB = 1024 ** 3;

/** Bytes of memory for each connection that PostgreSQL allows (Amazon RDS User Guide, "Maximum number of database connections"). */
const MEMORY_OF_A_CONNECTION = 9_531_392;

/** The graphs of the dashboard, with their alarms. */
export function graphsOf(settings: Settings, loadBalancer: LoadBalancerStack, service: ServiceStack): Graph[] {
  const { database, cache } = settings.config;
  const memory = memoryOf(database.class);
  const ofBalancer = { namespace: "AWS/ApplicationELB", dimensions: { LoadBalancer: loadBalancer.fullName } };
  const ofService = {
    namespace: "AWS/ECS",
    dimensions: { ClusterName: service.clusterName, ServiceName: service.serviceName },
  };
  const ofDatabase = { namespace: "AWS/RDS", dimensions: { DBInstanceIdentifier: settings.prefix } };
  const ofNodes = (id: string, name: string, stat: Metric["stat"]) =>
    nodes(settings.prefix, 1 + cache.replicas).map((node, index) => ({
      id: `${id}${index + 1}`,
      namespace: "AWS/ElastiCache",
      name,
      dimensions: { CacheClusterId: node },
      stat,
    }));
  return [
    healthyTasks(loadBalancer, runsAtOnce(settings.config)),
    {
      title: "Answers 5xx (in five minutes)",
      metrics: [
        { id: "ApiErrors", ...ofBalancer, name: "HTTPCode_Target_5XX_Count", stat: "Sum" },
        { id: "LoadBalancerErrors", ...ofBalancer, name: "HTTPCode_ELB_5XX_Count", stat: "Sum" },
      ],
      above: 10,
      minutes: 5,
    },
    {
      title: "Latency of the API (s)",
      metrics: [{ id: "ApiLatency", ...ofBalancer, name: "TargetResponseTime", stat: "p95" }],
      above: 1,
      minutes: 15,
    },
    {
      title: "CPU and memory of the API (%)",
      metrics: [
        { id: "ServiceCpu", ...ofService, name: "CPUUtilization", stat: "Average" },
        { id: "ServiceMemory", ...ofService, name: "MemoryUtilization", stat: "Average" },
      ],
      above: 85,
      minutes: 15,
    },
    {
      title: "CPU of the database (%)",
      metrics: [{ id: "DatabaseCpu", ...ofDatabase, name: "CPUUtilization", stat: "Average" }],
      above: 85,
      minutes: 15,
    },
    {
      title: "Free storage of the database (bytes)",
      metrics: [{ id: "DatabaseStorage", ...ofDatabase, name: "FreeStorageSpace", stat: "Minimum" }],
      below: database.storage * 0.1 * GIB,
      minutes: 5,
    },
    {
      title: "Free memory of the database (bytes)",
      metrics: [{ id: "DatabaseMemory", ...ofDatabase, name: "FreeableMemory", stat: "Minimum" }],
      below: memory * 0.05,
      minutes: 15,
    },
    {
      title: "Connections to the database",
      metrics: [{ id: "DatabaseConnections", ...ofDatabase, name: "DatabaseConnections", stat: "Maximum" }],
      // RDS itself uses part of the memory: as a rule a quarter fewer connections than the memory would allow.
      above: Math.floor(Math.min(memory / MEMORY_OF_A_CONNECTION, 5000) * 0.6),
      minutes: 5,
    },
    ...(database.class.startsWith("db.t") ? [credits(ofDatabase)] : []),
    {
      title: "Memory that the cache's data takes (%)",
      metrics: ofNodes("CacheMemory", "DatabaseMemoryUsagePercentage", "Maximum"),
      above: 85,
      minutes: 15,
    },
    {
      title: "Keys that the full cache dropped (in five minutes)",
      metrics: ofNodes("CacheEvictions", "Evictions", "Sum"),
      above: 100,
      minutes: 15,
    },
  ];
}

/**
 * Tasks that the load balancer finds healthy; the metric has no data for a group without any (Elastic Load Balancing User Guide,
 * "CloudWatch metrics for your Application Load Balancer": HealthyHostCount). That is an alarm, unless there are none
 * until the first deployment.
 */
function healthyTasks({ fullName, targetGroupFullName }: LoadBalancerStack, alwaysSome: boolean): Graph {
  const dimensions = { LoadBalancer: fullName, TargetGroup: targetGroupFullName };
  return {
    title: "Healthy tasks of the API",
    metrics: [
      { id: "HealthyTasks", namespace: "AWS/ApplicationELB", name: "HealthyHostCount", dimensions, stat: "Minimum" },
    ],
    below: 1,
    minutes: 3,
    period: 60,
    ...(alwaysSome && { alarmOnMissingData: true as const }),
  };
}

/**
 * Burstable classes, which RDS lets burst without credits, for money (Amazon RDS User Guide, "DB instance
 * class types"). An hour, since a new one begins with none.
 */
function credits(ofDatabase: Pick<Metric, "namespace" | "dimensions">): Graph {
  return {
    title: "CPU credits of the database",
    metrics: [{ id: "DatabaseCredits", ...ofDatabase, name: "CPUCreditBalance", stat: "Maximum" }],
    below: 5,
    minutes: 60,
  };
}

/** Bytes of memory of a database class (Amazon RDS User Guide, "Hardware specifications for DB instance classes"). */
function memoryOf(databaseClass: string): number {
  const [, family = "t", times = "", size = "micro"] = /^db\.([a-z])\w+\.(\d*)([a-z]+)$/.exec(databaseClass) ?? [];
  const small: { [size: string]: number } = {
    micro: 1,
    small: 2,
    medium: 4,
    large: 8,
    xlarge: 16 * Number(times || 1),
  };
  return (small[size] ?? 1) * (family === "r" ? 2 : 1) * GIB;
}

/** A replication group's nodes: its own name and a number (Amazon ElastiCache User Guide, "Finding replication group endpoints"). */
function nodes(replicationGroup: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${replicationGroup}-${String(index + 1).padStart(3, "0")}`);
}
