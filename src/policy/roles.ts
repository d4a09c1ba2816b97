import type { Stack } from "../synth/assembly.ts";
import type { Json, Resource } from "../template/types.ts";
import type { Statement } from "./statement.ts";
import { arnsOf, type Place } from "./where.ts";

/**
 * Services that make a role of their own in an account when a type is first used there (IAM User Guide, "AWS services
 * that work with IAM", service-linked roles).
 */
export const SERVICE_LINKED: { readonly [type: string]: string } = {
  "AWS::ApplicationAutoScaling::ScalableTarget": "ecs.application-autoscaling",
  "AWS::ECS::Cluster": "ecs",
  "AWS::ECS::Service": "ecs",
  "AWS::ElastiCache::ReplicationGroup": "elasticache",
  "AWS::ElasticLoadBalancingV2::LoadBalancer": "elasticloadbalancing",
  "AWS::RDS::DBInstance": "rds",
};

/** Handing over the templates' own roles, each to the services that it trusts and to no other. */
export function passRole(stacks: readonly Pick<Stack, "name" | "template">[], place: Place): readonly Statement[] {
  const byService = new Map<string, Set<string>>();
  for (const { name, template } of stacks) {
    for (const [id, resource] of Object.entries(template.Resources)) {
      if (resource.Type !== "AWS::IAM::Role") continue;
      const services = trustedBy(resource).join(" ");
      const given = resource.Properties?.RoleName;
      const role = typeof given === "string" ? given : `${name}-${id}-*`;
      const roles = byService.get(services) ?? new Set();
      byService.set(services, roles.add(role));
    }
  }
  return [...byService].flatMap(([services, roles], index) =>
    services === ""
      ? []
      : {
          Sid: `PassRole${index + 1}`,
          Effect: "Allow" as const,
          Action: ["iam:PassRole"],
          Resource: [...roles].flatMap((role) => arnsOf(`iam::ACCOUNT:role/${role}`, place)),
          Condition: { StringEquals: { "iam:PassedToService": services.split(" ") } },
        },
  );
}

function trustedBy({ Properties }: Resource): readonly string[] {
  const document = Properties?.AssumeRolePolicyDocument;
  const services = listOf(member(document, "Statement")).flatMap((one) =>
    listOf(member(member(one, "Principal"), "Service")),
  );
  return [...new Set(services.filter((one) => typeof one === "string"))].sort();
}

function member(value: Json | undefined, name: string): Json | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return (value as { readonly [name: string]: Json | undefined })[name];
}

function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** Letting the services of these types make the role they need, once an account. */
export function serviceLinkedRoles(types: readonly string[], place: Place): readonly Statement[] {
  const services = [...new Set(types.flatMap((type) => SERVICE_LINKED[type] ?? []))].sort();
  if (services.length === 0) return [];
  return [
    {
      Sid: "ServiceLinkedRoles",
      Effect: "Allow",
      Action: ["iam:CreateServiceLinkedRole"],
      Resource: arnsOf("iam::ACCOUNT:role/aws-service-role/*", place),
      Condition: { StringEquals: { "iam:AWSServiceName": services.map((name) => `${name}.amazonaws.com`) } },
    },
  ];
}
