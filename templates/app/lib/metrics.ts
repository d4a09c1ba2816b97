import type { LoadBalancerStack } from "../stacks/load-balancer";
import type { ServiceStack } from "../stacks/service";
import type { Place } from "./astro-stack";

/** A CloudWatch metric with an alarm of its own, called `id`. */
export type Metric = {
  id: string;
  namespace: string;
  name: string;
  dimensions: { [name: string]: string };
  stat: "Average" | "Minimum" | "Sum" | "p95";
};

/** One graph, and when to worry about each of its metrics: above or below a value for as many minutes, in fives. */
export type Watched = { title: string; metrics: Metric[]; minutes: number } & ({ above: number } | { below: number });

const GIB = 1024 ** 3;

/** What the alarms and the dashboard show. */
export function watched(place: Place, loadBalancer: LoadBalancerStack, service: ServiceStack): Watched[] {
  const { database, cache } = place.config;
  const ofBalancer = { namespace: "AWS/ApplicationELB", dimensions: { LoadBalancer: loadBalancer.fullName } };
  const ofService = {
    namespace: "AWS/ECS",
    dimensions: { ClusterName: service.clusterName, ServiceName: service.serviceName },
  };
  const ofDatabase = { namespace: "AWS/RDS", dimensions: { DBInstanceIdentifier: place.prefix } };
  return [
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
      title: "Keys that the full cache dropped (in five minutes)",
      metrics: nodes(place.prefix, 1 + cache.replicas).map((node, index) => ({
        id: `CacheEvictions${index + 1}`,
        namespace: "AWS/ElastiCache",
        name: "Evictions",
        dimensions: { CacheClusterId: node },
        stat: "Sum",
      })),
      above: 100,
      minutes: 15,
    },
  ];
}

/** A replication group's nodes: its own name and a number (Amazon ElastiCache User Guide, "Finding replication group endpoints"). */
function nodes(replicationGroup: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${replicationGroup}-${String(index + 1).padStart(3, "0")}`);
}
