import { BOOTSTRAP_STACK, bootstrapBucket, LOCK_TABLE } from "../plan/bootstrap.ts";
import type { Site } from "../plan/provision-plan.ts";
import { partitionOf } from "../template/partition.ts";

/** Where an environment lives. Without an account, whichever the policy is attached in. */
export type Place = Pick<Site, "project" | "environment" | "region"> & {
  readonly account: string;
  /** Every region its stacks are in. */
  readonly regions: readonly string[];
};

/** CloudFront's certificates and web ACLs live here, and what AWS keeps once a partition is asked for here. */
export const GLOBAL_REGION = "us-east-1";

type Names = {
  /** `PROJECT-ENVIRONMENT`, what names of resources begin with; CloudFormation's own begin with the stack's. */
  readonly prefix: string;
  /** `PROJECT/ENVIRONMENT`, what paths begin with. */
  readonly path: string;
};

/** Resources of a service that are an environment's by their name; `REGION:ACCOUNT` stands for all its regions. */
const NAMED: { readonly [service: string]: (names: Names) => readonly string[] } = {
  budgets: ({ prefix }) => [`budgets::ACCOUNT:budget/${prefix}-*`],
  cloudformation: ({ prefix }) => ["stack", "changeSet"].flatMap((kind) => stacks(kind, prefix)),
  cloudwatch: ({ prefix }) => [
    `cloudwatch:REGION:ACCOUNT:alarm:${prefix}-*`,
    `cloudwatch:REGION:ACCOUNT:alarm:TargetTracking-service/${prefix}/*`,
    `cloudwatch::ACCOUNT:dashboard/${prefix}`,
  ],
  dynamodb: ({ prefix }) => [LOCK_TABLE, `${prefix}-*`].map((name) => `dynamodb:REGION:ACCOUNT:table/${name}`),
  ecr: ({ prefix }) => [prefix, `${prefix}-*`].map((name) => `ecr:REGION:ACCOUNT:repository/${name}`),
  ecs: ({ prefix }) =>
    [`cluster/${prefix}`, `service/${prefix}/*`, `task/${prefix}/*`, `task-definition/${prefix}-*:*`].map(
      (name) => `ecs:REGION:ACCOUNT:${name}`,
    ),
  elasticache: ({ prefix }) =>
    [
      `replicationgroup:${prefix}`,
      `cluster:${prefix}-*`,
      `subnetgroup:${prefix}-*`,
      `parametergroup:${prefix}-*`,
      `snapshot:${prefix}-*`,
    ].map((name) => `elasticache:REGION:ACCOUNT:${name}`),
  elasticloadbalancing: ({ prefix }) =>
    [
      `loadbalancer/app/${prefix}-*/*`,
      `listener/app/${prefix}-*/*`,
      `listener-rule/app/${prefix}-*/*`,
      // CloudFormation makes a name of at most 32 characters, of which the prefix's may be few.
      "targetgroup/*/*",
    ].map((name) => `elasticloadbalancing:REGION:ACCOUNT:${name}`),
  events: ({ prefix }) => [`events:REGION:ACCOUNT:rule/${prefix}-*`],
  iam: ({ prefix }) => [`iam::ACCOUNT:role/${prefix}-*`, `iam::ACCOUNT:policy/${prefix}-*`],
  lambda: ({ prefix }) => [
    `lambda:REGION:ACCOUNT:function:${prefix}-*`,
    "lambda:REGION:ACCOUNT:event-source-mapping:*",
  ],
  logs: ({ prefix, path }) =>
    [`${prefix}-*`, `/${path}/*`, `/aws/rds/instance/${prefix}/*`, `/aws/lambda/${prefix}-*`].map(
      (name) => `logs:REGION:ACCOUNT:log-group:${name}`,
    ),
  rds: ({ prefix }) =>
    [
      `db:${prefix}`,
      `db:${prefix}-*`,
      `subgrp:${prefix}-*`,
      `pg:${prefix}-*`,
      `snapshot:${prefix}-*`,
      "og:default:*",
    ].map((name) => `rds:REGION:ACCOUNT:${name}`),
  s3: ({ prefix }) => [`s3:::${prefix}-*`, "s3:::BOOTSTRAP", "s3:::BOOTSTRAP/*"],
  secretsmanager: ({ prefix, path }) =>
    [`${path}/*`, `${prefix}-*`].map((name) => `secretsmanager:REGION:ACCOUNT:secret:${name}`),
  sns: ({ prefix }) => [`sns:REGION:ACCOUNT:${prefix}-*`],
  sqs: ({ prefix }) => [`sqs:REGION:ACCOUNT:${prefix}-*`],
  ssm: ({ prefix, path }) => [`${path}/*`, `${prefix}-*`].map((name) => `ssm:REGION:ACCOUNT:parameter/${name}`),
  wafv2: ({ prefix }) =>
    [`webacl/${prefix}/*`, `webacl/${prefix}-*/*`, "managedruleset/*/*"].map(
      (name) => `wafv2:${GLOBAL_REGION}:ACCOUNT:global/${name}`,
    ),
};

/** Services that name nothing: their resources have ids that AWS chooses. */
const NAMELESS: { readonly [service: string]: readonly string[] } = {
  acm: ["acm:REGION:ACCOUNT:certificate/*"],
  "application-autoscaling": ["application-autoscaling:REGION:ACCOUNT:scalable-target/*"],
  cloudfront: ["cloudfront::ACCOUNT:*"],
  ec2: ["ec2:REGION:ACCOUNT:*"],
  kms: ["kms:REGION:ACCOUNT:key/*", "kms:REGION:ACCOUNT:alias/PREFIX"],
  route53: ["route53:::hostedzone/*", "route53:::change/*"],
};

/** ARNs of a service in which everything lies that is the environment's, and as little else as IAM can tell apart. */
export function whereIs(service: string, place: Place): readonly string[] {
  const { project, environment } = place;
  const names = { prefix: `${project}-${environment}`, path: `${project}/${environment}` };
  const found = NAMED[service]?.(names) ?? NAMELESS[service] ?? [`${service}:REGION:ACCOUNT:*`];
  return [...new Set(found.flatMap((pattern) => arnsOf(pattern, place)))];
}

function stacks(kind: string, prefix: string): readonly string[] {
  const names = kind === "stack" ? [`${prefix}-*`, BOOTSTRAP_STACK] : ["*"];
  return names.map((name) => `cloudformation:REGION:ACCOUNT:${kind}/${name}/*`);
}

/** The pattern in every region of the environment, with its names put in. */
export function arnsOf(pattern: string, { account, project, environment, region, regions }: Place): readonly string[] {
  const written = pattern.replace("ACCOUNT", account).replace("PREFIX", `${project}-${environment}`);
  const everywhere = /REGION|BOOTSTRAP/.test(written) ? regions : [region];
  return everywhere.map((one) => {
    const local = written.replace("REGION", one).replace("BOOTSTRAP", bootstrapBucket(account, one));
    return `arn:${partitionOf(region)}:${local}`;
  });
}
