import { isUnresolved, type Value, type Values } from "../template/evaluate.ts";
import type { PolicyResource } from "./resources.ts";
import { allow, type Condition, type Statement } from "./statement.ts";
import { arnIn, type PolicyScope } from "./where.ts";

/**
 * Services that make a role of their own in an account when a type is first used there (IAM User Guide, "AWS services
 * that work with IAM", service-linked roles).
 */
export const SERVICE_LINKED: { readonly [type: string]: string } = {
  "AWS::ApplicationAutoScaling::ScalableTarget": "ecs.application-autoscaling",
  "AWS::CloudFront::VpcOrigin": "vpcorigin.cloudfront",
  "AWS::ECS::Cluster": "ecs",
  "AWS::ECS::Service": "ecs",
  "AWS::ElastiCache::ReplicationGroup": "elasticache",
  "AWS::ElasticLoadBalancingV2::LoadBalancer": "elasticloadbalancing",
  "AWS::RDS::DBInstance": "rds",
};

/** What widens what a role may do, or who may use it: under a boundary, where there is one, or not at all. */
const WIDENING = new Set(["iam:CreateRole", "iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy"]);

/** What hands a managed policy to a role. */
const ATTACHING = new Set(["iam:AttachRolePolicy", "iam:DetachRolePolicy"]);

/**
 * The templates' own roles. With a boundary, only what carries it is made or widened, and none is taken off (IAM User
 * Guide, "Permissions boundaries for IAM entities": delegating responsibility). Managed policies: those of the templates.
 */
export function roles(
  actions: readonly string[],
  resources: readonly PolicyResource[],
  place: PolicyScope,
  boundary: string | undefined,
): readonly Statement[] {
  const own = resources.flatMap(({ arns }) => arns).filter((arn) => arn.split(":")[2] === "iam");
  const widening = actions.filter((action) => WIDENING.has(action));
  const attached = managedPolicies(resources, place);
  const under: Condition = boundary === undefined ? {} : { StringEquals: { "iam:PermissionsBoundary": boundary } };
  const plain = actions.filter((action) => !WIDENING.has(action) && !ATTACHING.has(action));
  return [
    ...allow("Iam", boundary === undefined ? [...plain, ...widening] : plain, own),
    ...(boundary === undefined
      ? []
      : allow("IamBounded", widening.length > 0 ? [...widening, "iam:PutRolePermissionsBoundary"] : [], own, under)),
    ...(attached.length === 0
      ? []
      : allow(
          "IamAttach",
          [...ATTACHING].filter((action) => actions.includes(action)),
          own,
          {
            ArnLike: { "iam:PolicyARN": attached },
            ...under,
          },
        )),
  ];
}

/** ARNs of the managed policies that the templates give to roles. */
function managedPolicies(resources: readonly PolicyResource[], place: PolicyScope): readonly string[] {
  const named = resources
    .filter(({ type }) => type === "AWS::IAM::Role")
    .flatMap(({ properties }) => oneOrMore(properties.ManagedPolicyArns))
    .filter((arn) => typeof arn === "string");
  const made = resources.filter(({ type }) => type === "AWS::IAM::ManagedPolicy").flatMap(({ arns }) => arns);
  const known = named.map((arn) => (arn.startsWith("arn:") ? arn : arnIn(place.region, arn, place)));
  return [...new Set([...known, ...made])].sort();
}

/** Handing over the templates' own roles, each to the services that it trusts and to no other. */
export function passRole(resources: readonly PolicyResource[]): readonly Statement[] {
  const byService = new Map<string, readonly string[]>();
  for (const { type, arns, properties } of resources) {
    const services = type === "AWS::IAM::Role" ? trustedBy(properties).join(" ") : "";
    if (services !== "") byService.set(services, [...(byService.get(services) ?? []), ...arns]);
  }
  return [...byService].flatMap(([services, arns], index) =>
    allow(`PassRole${index + 1}`, ["iam:PassRole"], arns, {
      StringEquals: { "iam:PassedToService": services.split(" ") },
    }),
  );
}

function trustedBy({ AssumeRolePolicyDocument: document }: Values): readonly string[] {
  const services = oneOrMore(member(document, "Statement")).flatMap((one) =>
    oneOrMore(member(member(one, "Principal"), "Service")),
  );
  return [...new Set(services.filter((one) => typeof one === "string"))].sort();
}

function member(value: Value | undefined, name: string): Value | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value) || isUnresolved(value)) return undefined;
  return (value as Values)[name];
}

function oneOrMore(value: Value | undefined): readonly Value[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** Letting the services of these types make the role they need, once an account. */
export function serviceLinkedRoles(types: readonly string[], place: PolicyScope): readonly Statement[] {
  const services = [...new Set(types.flatMap((type) => SERVICE_LINKED[type] ?? []))].sort();
  if (services.length === 0) return [];
  return allow(
    "ServiceLinkedRoles",
    ["iam:CreateServiceLinkedRole"],
    [arnIn(place.region, "iam::ACCOUNT:role/aws-service-role/*", place)],
    { StringEquals: { "iam:AWSServiceName": services.map((name) => `${name}.amazonaws.com`) } },
  );
}
