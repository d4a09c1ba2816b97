import type { Environment } from "../config/schema.ts";
import { secondsFor } from "../template/durations.ts";

/** Minutes that overlapping saves in a first provisioning, at AWS's usual durations: at least one. */
export function minutesSaved({
  domain,
  network,
  loadBalancer,
}: Pick<Environment, "domain" | "network" | "loadBalancer">): number {
  // The load balancer and all of the last phase need not wait for the data stores then; keys and secrets are created
  // while the network waits for its gateways.
  const names = ["AWS::CertificateManager::Certificate", "AWS::Route53::RecordSet"];
  const ofDomain = domain === undefined ? [] : names;
  const gateway = network.nat === "none" ? [] : ["AWS::EC2::EIP", "AWS::EC2::NatGateway"];
  const always = ["AWS::ElasticLoadBalancingV2::LoadBalancer", "AWS::CloudFront::Distribution"];
  const origin = loadBalancer.private ? ["AWS::CloudFront::VpcOrigin"] : [];
  const types = [...always, ...origin, ...ofDomain, ...gateway];
  const seconds = types.reduce((sum, Type) => sum + secondsFor({ Type }, "create"), 0);
  return Math.max(1, Math.round(seconds / 60));
}
