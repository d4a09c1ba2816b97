import type { Value, Values } from "../template/evaluate.ts";

/** A resource of a template whose names are asked for. */
export type Named = {
  readonly stack: string;
  readonly id: string;
  /** With what a template can say resolved. */
  readonly properties: Values;
  /** The name of the resource that a property refers to, `*` for one that is in no template. */
  readonly behind: (property: string) => string;
};

/** How resources of a type are named, and their ARNs by that name, `HERE` standing for region and account. */
export type Naming = {
  /** The property that holds the name. */
  readonly name?: string;
  /** What CloudFormation makes up is no longer than this, and in small letters where the service has no others. */
  readonly most?: number;
  readonly small?: boolean;
  /** Without a name of its own it is given one that says nothing of its stack. */
  readonly nameless?: boolean;
  readonly arns: (name: string, of: Named) => readonly string[];
};

/** The family of the tasks that migrate, by the cluster's name. */
const migrationFamily = (cluster: string) => `${cluster}-migrate`;

/** An ECS service's alarms are named by its cluster, an ElastiCache node by its group and a number. */
const SCALING_ALARMS = "cloudwatch:HERE:alarm:TargetTracking-service";

/**
 * Types whose resources can be told apart by their ARN (Service Authorization Reference, "Resource types defined by", of
 * each service).
 */
export const NAMINGS: { readonly [type: string]: Naming } = {
  "AWS::Budgets::Budget": {
    arns: (_, { properties }) => [`budgets::ACCOUNT:budget/${text(property(properties.Budget, "BudgetName"))}`],
  },
  "AWS::CloudFront::Function": { name: "Name", arns: (name) => [`cloudfront::ACCOUNT:function/${name}`] },
  "AWS::CloudWatch::Alarm": { name: "AlarmName", most: 255, arns: (name) => [`cloudwatch:HERE:alarm:${name}`] },
  "AWS::CloudWatch::Dashboard": {
    name: "DashboardName",
    most: 255,
    arns: (name) => [`cloudwatch::ACCOUNT:dashboard/${name}`],
  },
  "AWS::DynamoDB::Table": {
    name: "TableName",
    most: 255,
    arns: (name) => [`dynamodb:HERE:table/${name}`, `dynamodb:HERE:table/${name}/*`],
  },
  "AWS::ECR::Repository": {
    name: "RepositoryName",
    most: 256,
    small: true,
    arns: (name) => [`ecr:HERE:repository/${name}`],
  },
  "AWS::ECS::Cluster": {
    name: "ClusterName",
    most: 255,
    // With the tasks on it, and the definition of the one that migrates, which no template has.
    arns: (name) => [
      `ecs:HERE:cluster/${name}`,
      `ecs:HERE:task/${name}/*`,
      `ecs:HERE:task-definition/${migrationFamily(name)}:*`,
      `${SCALING_ALARMS}/${name}/*`,
    ],
  },
  "AWS::ECS::Service": {
    name: "ServiceName",
    most: 255,
    arns: (name, { behind }) => [`ecs:HERE:service/${behind("Cluster")}/${name}`],
  },
  "AWS::ECS::TaskDefinition": {
    name: "Family",
    most: 255,
    arns: (name) => [`ecs:HERE:task-definition/${name}:*`],
  },
  "AWS::ElastiCache::ParameterGroup": {
    name: "CacheParameterGroupName",
    most: 255,
    small: true,
    arns: (name) => [`elasticache:HERE:parametergroup:${name}`],
  },
  "AWS::ElastiCache::ReplicationGroup": {
    name: "ReplicationGroupId",
    most: 40,
    small: true,
    arns: (name, of) => [
      `elasticache:HERE:replicationgroup:${name}`,
      // Nodes are numbered -001, or -0001-001 in a cluster of several shards (Amazon ElastiCache User Guide, "Nodes").
      `elasticache:HERE:cluster:${name}-0??`,
      `elasticache:HERE:cluster:${name}-0???-0??`,
      `elasticache:HERE:snapshot:${lastSnapshot(of)}`,
      ...(of.properties.CacheParameterGroupName === undefined ? ["elasticache:HERE:parametergroup:default.*"] : []),
    ],
  },
  "AWS::ElastiCache::SubnetGroup": {
    name: "CacheSubnetGroupName",
    most: 255,
    small: true,
    arns: (name) => [`elasticache:HERE:subnetgroup:${name}`],
  },
  "AWS::ElasticLoadBalancingV2::LoadBalancer": {
    name: "Name",
    nameless: true,
    arns: (name, { properties }) =>
      ["loadbalancer", "listener", "listener-rule"].map(
        (kind) => `elasticloadbalancing:HERE:${kind}/${FLAVOURS[text(properties.Type)] ?? "app"}/${name}/*`,
      ),
  },
  "AWS::ElasticLoadBalancingV2::TargetGroup": {
    name: "Name",
    nameless: true,
    arns: (name) => [`elasticloadbalancing:HERE:targetgroup/${name}/*`],
  },
  "AWS::Events::Rule": {
    name: "Name",
    arns: (name, { properties }) => {
      const bus = text(properties.EventBusName);
      return [`events:HERE:rule/${bus === "" || bus === "default" ? "" : `${bus}/`}${name}`];
    },
  },
  "AWS::IAM::ManagedPolicy": {
    name: "ManagedPolicyName",
    most: 128,
    arns: (name, { properties }) => [`iam::ACCOUNT:policy${text(properties.Path) || "/"}${name}`],
  },
  // By the URL it is for (IAM User Guide, "IAM identifiers").
  "AWS::IAM::OIDCProvider": {
    name: "Url",
    arns: (name) => [`iam::ACCOUNT:oidc-provider/${name.replace(/^https:\/\//, "")}`],
  },
  "AWS::IAM::Role": {
    name: "RoleName",
    arns: (name, { properties }) => [`iam::ACCOUNT:role${text(properties.Path) || "/"}${name}`],
  },
  "AWS::KMS::Alias": { name: "AliasName", arns: (name) => [`kms:HERE:${name}`] },
  "AWS::Lambda::Function": {
    name: "FunctionName",
    arns: (name) => [`lambda:HERE:function:${name}`, `lambda:HERE:function:${name}:*`],
  },
  "AWS::Logs::LogGroup": {
    name: "LogGroupName",
    most: 512,
    arns: (name) => [`logs:HERE:log-group:${name}`, `logs:HERE:log-group:${name}:*`],
  },
  "AWS::RDS::DBInstance": {
    name: "DBInstanceIdentifier",
    most: 63,
    small: true,
    arns: (name, of) => [
      `rds:HERE:db:${name}`,
      `rds:HERE:snapshot:${lastSnapshot(of)}`,
      "rds:HERE:og:default:*",
      ...(of.properties.DBParameterGroupName === undefined ? ["rds:HERE:pg:default.*"] : []),
    ],
  },
  "AWS::RDS::DBParameterGroup": {
    name: "DBParameterGroupName",
    most: 255,
    small: true,
    arns: (name) => [`rds:HERE:pg:${name}`],
  },
  "AWS::RDS::DBSubnetGroup": {
    name: "DBSubnetGroupName",
    most: 255,
    small: true,
    arns: (name) => [`rds:HERE:subgrp:${name}`],
  },
  "AWS::S3::Bucket": {
    name: "BucketName",
    most: 63,
    small: true,
    arns: (name) => [`s3:::${name}`, `s3:::${name}/*`],
  },
  "AWS::Scheduler::Schedule": {
    name: "Name",
    most: 64,
    arns: (name, { properties }) => [`scheduler:HERE:schedule/${text(properties.GroupName) || "default"}/${name}`],
  },
  // Six characters more, of AWS's choice (AWS Secrets Manager User Guide, "What's in a Secrets Manager secret").
  "AWS::SecretsManager::Secret": {
    name: "Name",
    nameless: true,
    arns: (name) => [`secretsmanager:HERE:secret:${name}-??????`],
  },
  "AWS::SNS::Topic": { name: "TopicName", most: 256, arns: (name) => [`sns:HERE:${name}`, `sns:HERE:${name}:*`] },
  "AWS::SQS::Queue": { name: "QueueName", most: 80, arns: (name) => [`sqs:HERE:${name}`] },
  "AWS::SSM::Parameter": {
    name: "Name",
    nameless: true,
    arns: (name) => [`ssm:HERE:parameter/${name.replace(/^\//, "")}`],
  },
  "AWS::WAFv2::WebACL": {
    name: "Name",
    most: 128,
    arns: (name, { properties }) => {
      const scope = properties.Scope === "CLOUDFRONT" ? "global" : "regional";
      return [`wafv2:HERE:${scope}/webacl/${name}/*`, `wafv2:HERE:${scope}/managedruleset/*/*`];
    },
  },
};

/** Kinds of load balancers in their ARNs. */
const FLAVOURS: { readonly [type: string]: string } = { application: "app", network: "net", gateway: "gwy" };

/** Types to which a template refers by their names (Template Reference, "Return values": Ref). */
export const REFERRED_BY_NAME =
  /^AWS::(CloudWatch::Alarm|DynamoDB::Table|ECR::Repository|ECS::Cluster|IAM::Role|Lambda::Function|Logs::LogGroup|S3::Bucket|SSM::Parameter)$/;

/** Types that are part of what another resource names: IAM is asked about that one. */
export const PARTS: ReadonlySet<string> = new Set([
  "AWS::ECS::ClusterCapacityProviderAssociations",
  "AWS::ElasticLoadBalancingV2::Listener",
  "AWS::ElasticLoadBalancingV2::ListenerRule",
  "AWS::IAM::Policy",
  "AWS::Lambda::Permission",
  "AWS::S3::BucketPolicy",
  "AWS::SNS::Subscription",
  "AWS::SNS::TopicPolicy",
  "AWS::SQS::QueuePolicy",
]);

/**
 * Types whose resources have ids of AWS's choice: where these lie. EC2's and KMS's keys have their tags from the moment
 * they are made and are held to those; the others are reached by way of CloudFormation only.
 */
export const NAMELESS: { readonly [type: string]: readonly string[] } = {
  "AWS::ApplicationAutoScaling::ScalableTarget": ["application-autoscaling:HERE:scalable-target/*"],
  "AWS::ApplicationAutoScaling::ScalingPolicy": ["application-autoscaling:HERE:scalable-target/*"],
  "AWS::CertificateManager::Certificate": ["acm:HERE:certificate/*"],
  "AWS::CloudFront::CachePolicy": ["cloudfront::ACCOUNT:cache-policy/*"],
  "AWS::CloudFront::Distribution": ["cloudfront::ACCOUNT:distribution/*"],
  "AWS::CloudFront::OriginAccessControl": ["cloudfront::ACCOUNT:origin-access-control/*"],
  "AWS::CloudFront::ResponseHeadersPolicy": ["cloudfront::ACCOUNT:response-headers-policy/*"],
  "AWS::CloudFront::VpcOrigin": ["cloudfront::ACCOUNT:vpcorigin/*"],
  "AWS::ElasticLoadBalancingV2::LoadBalancer": ["loadbalancer", "listener", "listener-rule"].map(
    (kind) => `elasticloadbalancing:HERE:${kind}/*`,
  ),
  "AWS::ElasticLoadBalancingV2::TargetGroup": ["elasticloadbalancing:HERE:targetgroup/*"],
  "AWS::Lambda::EventSourceMapping": ["lambda:HERE:event-source-mapping:*"],
  "AWS::Route53::HostedZone": ["route53:::hostedzone/*", "route53:::queryloggingconfig/*"],
  "AWS::SecretsManager::Secret": ["secretsmanager:HERE:secret:*"],
  "AWS::SSM::Parameter": ["ssm:HERE:parameter/CFN-*"],
};

/**
 * A name that CloudFormation makes up: stack, logical id and twelve characters, the first two shortened where all is too
 * long (CloudFormation User Guide, "Name type"; a stack's first 24 characters stay).
 */
export function madeUp({ stack, id }: Pick<Named, "stack" | "id">, { most = 64, small = false }: Naming): string {
  const isShortened = stack.length + id.length + 14 > most;
  const name = isShortened ? `${stack.slice(0, 24)}*-${id.slice(0, 24)}*` : `${stack}-${id}-*`;
  return small ? name.toLowerCase() : name;
}

/** The snapshot that a deletion leaves behind (CloudFormation User Guide, "DeletionPolicy attribute": Snapshot). */
function lastSnapshot({ stack, id }: Named): string {
  return `${stack}-snapshot-${id}-*`.toLowerCase();
}

function property(value: Value | undefined, name: string): Value | undefined {
  return typeof value === "object" && value !== null ? (value as Values)[name] : undefined;
}

function text(value: Value | undefined): string {
  return typeof value === "string" ? value : "";
}
