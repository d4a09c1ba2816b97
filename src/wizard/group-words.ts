import { type HostNames, hostNames } from "../config/host-names.ts";
import type { Environment } from "../config/schema.ts";
import { count, money } from "../view/format.ts";
import type { Group } from "./question.ts";

const NAT = { none: "no NAT gateway", one: "one NAT gateway", "per-az": "a NAT gateway in each" } as const;

/** What runs without an image: the placeholder is a public one, which no task can pull without a NAT gateway. */
const PLACEHOLDER = {
  none: "no image, so no task yet",
  one: "placeholder image",
  "per-az": "placeholder image",
} as const;

/** A group of choices summarised in one short line. */
export function groupWords(group: Group, environment: Environment): string {
  const { network, service, worker, database, cache, domain, loadBalancer, account, order, budget, protect, alarms } =
    environment;
  switch (group) {
    case "budget":
      return budget ? `${budget.email} hears near ${money(budget.monthly)}` : "none: nobody hears when the bill grows";
    case "safety":
      return `data ${protect ? "protected" : "not protected"}, ${alarms ? `alarms to ${alarms.email}` : "no alarms"}`;
    case "network":
      return `${count(network.azs, "zone")}, ${NAT[network.nat]}`;
    case "service":
      return `${service.tasks}${service.maxTasks ? `-${service.maxTasks}` : ""} × ${service.cpu / 1024} vCPU / ${service.memory} MB${service.spot ? ", Spot" : ""}${worker ? `, ${count(worker.tasks, "worker")}` : ""}`;
    case "container":
      return `${service.image ?? PLACEHOLDER[network.nat]}, port ${service.port}, ${service.healthPath}`;
    case "database":
      return `${database.class}, ${database.storage} GB, ${database.multiAz ? "with a standby" : "one zone"}`;
    case "cache":
      return `${cache.node}, ${cache.replicas === 0 ? "no replica" : count(cache.replicas, "replica")}`;
    case "domain":
      return domainWords(domain && hostNames(domain), loadBalancer.private);
    case "account":
      return account ?? "not pinned";
    case "order":
      return order === "overlap" ? "each stack once those it needs are deployed" : "phase after phase";
  }
}

function domainWords(hosts: HostNames | undefined, isPrivate: boolean): string {
  if (isPrivate) return `${hosts?.app ?? "AWS default hostname"}, private load balancer`;
  return hosts === undefined ? "none (AWS default hostnames)" : `${hosts.app}, ${hosts.api}`;
}
