import type { LoadBalancerStack } from "../stacks/load-balancer";
import type { ServiceStack } from "../stacks/service";
import type { Place } from "./astro-stack";

type Metric = { namespace: string; name: string; dimensions: { [name: string]: string }; stat: string };

/** Something to look at, and when to worry: above or below a value for as many minutes, in steps of five. */
export type Watched = {
  id: string;
  title: string;
  metrics: Metric[];
  /** CloudWatch metric math over m0, m1 and so on; the first metric alone without it. */
  expression?: string;
  above?: number;
  below?: number;
  minutes: number;
};

const GIB = 1024 ** 3;

/** What the alarms and the dashboard show. */
export function watched(place: Place, loadBalancer: LoadBalancerStack, service: ServiceStack): Watched[] {
  const { database, cache } = place.config;
  const balancer = (name: string, stat: string): Metric => ({
    namespace: "AWS/ApplicationELB",
    name,
    dimensions: { LoadBalancer: loadBalancer.fullName },
    stat,
  });
  const tasks = (name: string): Metric => ({
    namespace: "AWS/ECS",
    name,
    dimensions: { ClusterName: service.clusterName, ServiceName: service.serviceName },
    stat: "Average",
  });
  const instance = (name: string, stat: string): Metric => ({
    namespace: "AWS/RDS",
    name,
    dimensions: { DBInstanceIdentifier: place.prefix },
    stat,
  });
  // Nodes are numbered from one, and any of them may be the primary (Amazon ElastiCache User Guide, "Finding endpoints").
  const nodes = Array.from({ length: 1 + cache.replicas }, (_, index) => `${place.prefix}-00${index + 1}`);
  return [
    {
      id: "Errors",
      title: "Answers 5xx of API and load balancer",
      metrics: [balancer("HTTPCode_Target_5XX_Count", "Sum"), balancer("HTTPCode_ELB_5XX_Count", "Sum")],
      expression: "FILL(m0, 0) + FILL(m1, 0)",
      above: 10,
      minutes: 5,
    },
    {
      id: "Latency",
      title: "Latency (p95, s)",
      metrics: [balancer("TargetResponseTime", "p95")],
      above: 1,
      minutes: 15,
    },
    { id: "ServiceCpu", title: "CPU of the API (%)", metrics: [tasks("CPUUtilization")], above: 85, minutes: 15 },
    {
      id: "ServiceMemory",
      title: "Memory of the API (%)",
      metrics: [tasks("MemoryUtilization")],
      above: 90,
      minutes: 15,
    },
    {
      id: "DatabaseCpu",
      title: "CPU of the database (%)",
      metrics: [instance("CPUUtilization", "Average")],
      above: 85,
      minutes: 15,
    },
    {
      id: "DatabaseStorage",
      title: "Free storage of the database (bytes)",
      metrics: [instance("FreeStorageSpace", "Minimum")],
      below: database.storage * 0.1 * GIB,
      minutes: 5,
    },
    {
      id: "CacheEvictions",
      title: "Keys the cache dropped because it was full",
      metrics: nodes.map((node) => ({
        namespace: "AWS/ElastiCache",
        name: "Evictions",
        dimensions: { CacheClusterId: node },
        stat: "Sum",
      })),
      ...(nodes.length === 1 ? {} : { expression: nodes.map((_, index) => `FILL(m${index}, 0)`).join(" + ") }),
      above: 100,
      minutes: 15,
    },
  ];
}
