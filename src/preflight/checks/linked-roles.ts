import type { Check } from "../check.ts";
import { isMade } from "../declared.ts";

/**
 * Services that act through a role of their own, and what of theirs needs it. The services make it on first use if the
 * caller may; the first cluster of an account often fails all the same, as ECS uses the role at once
 * (aws-cloudformation/cloudformation-coverage-roadmap#818).
 */
const SERVICES: readonly { readonly service: string; readonly types: RegExp }[] = [
  { service: "ecs.amazonaws.com", types: /^AWS::ECS::(Cluster|Service)$/ },
  { service: "elasticloadbalancing.amazonaws.com", types: /^AWS::ElasticLoadBalancingV2::LoadBalancer$/ },
  { service: "rds.amazonaws.com", types: /^AWS::RDS::DB(Instance|Cluster)$/ },
  { service: "elasticache.amazonaws.com", types: /^AWS::ElastiCache::(ReplicationGroup|CacheCluster)$/ },
  { service: "ecs.application-autoscaling.amazonaws.com", types: /^AWS::ApplicationAutoScaling::ScalableTarget$/ },
];

/** Whether the roles are there through which the services of the plan act. */
export const LINKED_ROLE_CHECK: Check = {
  code: "linked-roles",
  document: "AWS Identity and Access Management User Guide, Create a service-linked role",
  of: async ({ look, resources }) => {
    const made = resources.filter(isMade).map(({ type }) => type);
    const needed = SERVICES.filter(({ types }) => made.some((type) => types.test(type))).map(({ service }) => service);
    if (needed.length === 0) return [];
    const there = await look.linkedRoles();
    const missing = needed.filter((service) => !there.includes(service));
    if (missing.length === 0) return [{ outcome: "ok", words: `all ${needed.length} are there` }];
    const commands = missing.map((service) => `aws iam create-service-linked-role --aws-service-name ${service}`);
    const fix = { words: commands.join("\n"), action: { type: "create-roles", services: missing } as const };
    const which = missing.map((service) => service.replace(/\.amazonaws\.com$/, "")).join(", ");
    return [
      { outcome: "warning", words: `${which}: not there yet; AWS makes them on first use, which may fail once`, fix },
    ];
  },
};
