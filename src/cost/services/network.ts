import { assumed, type Billed, type CostFinding, line, list, MONTH, text, unpriced, values } from "../finding.ts";

/** A NAT gateway: its hours and the data through it (Amazon VPC pricing, "NAT Gateway"). */
export function* natGateway(it: Billed): Iterable<CostFinding> {
  if (text(it.properties().AvailabilityMode) === "regional") {
    yield unpriced("a regional NAT gateway is billed for each zone it grows into, which only AWS knows");
    return;
  }
  yield line("NAT Gateway", "gateway hours", "nat_gateway.hour", MONTH);
  yield line("NAT Gateway", "data processed", "nat_gateway.gb", it.usage.get("processedGB"));
}

/** A public IPv4 address, billed in use and idle alike (Amazon VPC pricing, "Public IPv4 Address"). */
export function* elasticIp(it: Billed): Iterable<CostFinding> {
  const { InstanceId, NetworkInterfaceId, PublicIpv4Pool } = it.properties();
  // Addresses a customer brings along are free.
  if (PublicIpv4Pool !== undefined && PublicIpv4Pool !== "amazon") return;
  const users = it.ofType("AWS::EC2::NatGateway", "AWS::EC2::EIPAssociation", LOAD_BALANCER);
  const named = users.some(({ resource }) => JSON.stringify(resource.Properties ?? {}).includes(`"${it.id}`));
  yield InstanceId !== undefined || NetworkInterfaceId !== undefined || named
    ? publicAddresses("public IPv4 address", 1)
    : line("Other", "public IPv4 address, idle", "public_ipv4.idle.hour", MONTH);
}

/** An interface endpoint: an hour in each zone, and the data through it (AWS PrivateLink pricing); gateways are free. */
export function* vpcEndpoint(it: Billed): Iterable<CostFinding> {
  const { VpcEndpointType, SubnetIds } = it.properties();
  const type = VpcEndpointType === undefined ? "Gateway" : text(VpcEndpointType);
  if (type === "Gateway") return;
  if (type !== "Interface") {
    yield unpriced(`no prices for an endpoint of the type ${type ?? "that AWS alone knows"}`);
    return;
  }
  const subnets = list(SubnetIds);
  if (subnets === undefined) yield assumed(`${it.id}: an endpoint in one zone, its subnets are known to AWS alone`);
  const zones = Math.max(1, subnets?.length ?? 1);
  yield line("Other", `interface endpoint, ${zones} zone${zones === 1 ? "" : "s"}`, ENDPOINT_HOUR, zones * MONTH);
  yield line("Other", "interface endpoint data", "vpc_endpoint.interface.gb", it.usage.get("processedGB"));
}

/**
 * An Application or Network Load Balancer: its hours, its capacity units, and a public address in each zone (Elastic Load
 * Balancing pricing). An LCU covers the largest of 25 new connections a second, 3,000 active connections a minute, 1 GB
 * an hour, and 1,000 rule evaluations a second; of TCP, an NLCU covers 800 new and 100,000 active connections and 1 GB.
 */
export function* loadBalancer(it: Billed): Iterable<CostFinding> {
  const { Type, Scheme, Subnets, SubnetMappings, IpAddressType } = it.properties();
  const type = Type === undefined ? "application" : text(Type);
  if (type !== "application" && type !== "network") {
    yield unpriced(`no prices for a load balancer of the type ${type ?? "that AWS alone knows"}`);
    return;
  }
  if (type === "application") {
    yield line("ALB", "load balancer hours", "alb.hour", MONTH);
    yield line("ALB", "capacity units", "alb.lcu_hour", lcuHours(it, ONE_LCU));
  } else {
    yield line("Other", "network load balancer hours", "nlb.hour", MONTH);
    yield line("Other", "network capacity units", "nlb.lcu_hour", lcuHours(it, ONE_NLCU));
  }
  if (Scheme === "internal" || IpAddressType === "dualstack-without-public-ipv4") return;
  const places = [Subnets, SubnetMappings].map(list).find((found) => found?.length !== 0);
  // An Elastic IP that it is given is on the bill by itself.
  const zones = places?.filter((place) => values(place).AllocationId === undefined).length;
  // At least two zones: the least an ALB can have (Elastic Load Balancing User Guide, "Availability Zones").
  if (zones === undefined) yield assumed(`${it.id}: addresses in two zones, its subnets are known to AWS alone`);
  yield publicAddresses("public IPv4 addresses of the load balancer", zones ?? 2);
}

/** A Classic Load Balancer: its hours, the data through it, a public address in each zone (Elastic Load Balancing pricing). */
export function* classicLoadBalancer(it: Billed): Iterable<CostFinding> {
  const { AvailabilityZones, Scheme, Subnets } = it.properties();
  yield line("Other", "classic load balancer hours", "clb.hour", MONTH);
  yield line("Other", "classic load balancer data", "clb.gb", it.usage.get("processedGB"));
  if (Scheme === "internal") return;
  const zones = [Subnets, AvailabilityZones].map((value) => list(value)?.length).find((count) => count !== 0);
  if (zones === undefined) yield assumed(`${it.id}: an address in one zone, its zones are known to AWS alone`);
  yield publicAddresses("public IPv4 addresses of the load balancer", zones ?? 1);
}

/** Public IPv4 addresses in use, for `hours` of the month. */
export function publicAddresses(item: string, count: number, hours = MONTH): CostFinding {
  return line("Other", item, "public_ipv4.in_use.hour", count * hours);
}

/** A flow log: free itself, what it writes is billed with its log group; into S3 it has no price here. */
export function* flowLog(it: Billed): Iterable<CostFinding> {
  const { LogDestinationType } = it.properties();
  if (LogDestinationType !== undefined && LogDestinationType !== "cloud-watch-logs")
    yield unpriced(`no price for flow logs to ${text(LogDestinationType) ?? "another destination"}`);
}

const LOAD_BALANCER = "AWS::ElasticLoadBalancingV2::LoadBalancer";
const ENDPOINT_HOUR = "vpc_endpoint.interface.hour";

/** LCU dimension → how much of it one LCU covers, averaged over a month. */
const ONE_LCU = { newConnections: 25, activeConnections: 3000, processedGB: MONTH, ruleEvaluations: 1000 } as const;

/** The same of an NLCU for TCP. */
const ONE_NLCU = { newConnections: 800, activeConnections: 100_000, processedGB: MONTH } as const;

function lcuHours(it: Billed, one: { readonly [dimension: string]: number }): number {
  const outright = it.usage.given("lcuHours");
  if (outright !== undefined) return outright;
  const dimensions = Object.entries(one);
  const nothing = dimensions.every(([name]) => it.usage.given(name) === undefined);
  if (nothing && it.usage.typical) return it.usage.get("lcuHours");
  return Math.max(...dimensions.map(([name, covers]) => it.usage.get(name) / covers)) * MONTH;
}
