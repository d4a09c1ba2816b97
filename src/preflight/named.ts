import type { DeployedTemplate } from "../plan/deployed.ts";
import type { Site } from "../plan/provision-plan.ts";
import { evaluateProperties, isTree, type Values } from "../template/evaluate.ts";
import { partitionOf } from "../template/partition.ts";
import { type Declared, EMPTY_STATUSES, wordOf } from "./declared.ts";

type Place = Pick<Site, "account" | "region">;

type Naming = {
  readonly name: (properties: Values) => string | undefined;
  /** CloudFormation's physical id of what is called so; the name itself if left out. */
  readonly id?: Told;
  /** By what the service is asked whether the name is taken, where that is not the name either. */
  readonly asked?: Told;
};

type Told = (name: string, place: Place, properties: Values) => string;

const property = (key: string): Naming => ({ name: (properties) => wordOf(properties, key) });
/** RDS and ElastiCache keep what they are told in small letters (API Reference of each, the identifier of each type). */
const small = (key: string): Naming => ({ name: (properties) => wordOf(properties, key)?.toLowerCase() });
/** What has a name in a structure of its own, and an id that nobody knows before. */
const inside = (structure: string): Naming => ({
  name: ({ [structure]: part }) => (isTree(part) ? wordOf(part, "Name") : undefined),
});
/** What is known by its ARN, to CloudFormation and to its service. */
const byArn = (key: string, arn: (name: string, place: Place) => string): Naming => {
  const told: Told = (name, place) => `arn:${partitionOf(place.region)}:${arn(name, place)}`;
  return { ...property(key), id: told, asked: told };
};

/**
 * Types that AWS makes under a name only if nothing has it, in a region, an account or everywhere (Template Reference,
 * each type's name property and what Ref returns).
 */
const NAMED: { readonly [type: string]: Naming } = {
  "AWS::AutoScaling::AutoScalingGroup": property("AutoScalingGroupName"),
  "AWS::Backup::BackupVault": property("BackupVaultName"),
  "AWS::Budgets::Budget": {
    name: ({ Budget }) => (isTree(Budget) ? wordOf(Budget, "BudgetName") : undefined),
    asked: (name, { account }) => `${account}/${name}`,
  },
  "AWS::CloudFront::CachePolicy": inside("CachePolicyConfig"),
  "AWS::CloudFront::Function": byArn("Name", (name, { account }) => `cloudfront::${account}:function/${name}`),
  "AWS::CloudFront::KeyValueStore": property("Name"),
  "AWS::CloudFront::OriginAccessControl": inside("OriginAccessControlConfig"),
  "AWS::CloudFront::OriginRequestPolicy": inside("OriginRequestPolicyConfig"),
  "AWS::CloudFront::ResponseHeadersPolicy": inside("ResponseHeadersPolicyConfig"),
  "AWS::CloudWatch::Alarm": property("AlarmName"),
  "AWS::CloudWatch::Dashboard": property("DashboardName"),
  "AWS::DynamoDB::Table": property("TableName"),
  "AWS::ECR::Repository": property("RepositoryName"),
  "AWS::ECS::Cluster": property("ClusterName"),
  "AWS::ElastiCache::ReplicationGroup": small("ReplicationGroupId"),
  "AWS::ElastiCache::SubnetGroup": small("CacheSubnetGroupName"),
  "AWS::ElasticLoadBalancingV2::LoadBalancer": property("Name"),
  "AWS::ElasticLoadBalancingV2::TargetGroup": property("Name"),
  "AWS::Events::Rule": {
    ...property("Name"),
    asked: (name, { account, region }, properties) => {
      const bus = wordOf(properties, "EventBusName") ?? "default";
      const rule = bus === "default" ? name : `${bus}/${name}`;
      return `arn:${partitionOf(region)}:events:${region}:${account}:rule/${rule}`;
    },
  },
  "AWS::IAM::ManagedPolicy": {
    ...property("ManagedPolicyName"),
    id: policyArn,
    asked: policyArn,
  },
  "AWS::IAM::Role": property("RoleName"),
  "AWS::KMS::Alias": property("AliasName"),
  "AWS::Kinesis::Stream": property("Name"),
  "AWS::Lambda::Function": property("FunctionName"),
  "AWS::Logs::LogGroup": property("LogGroupName"),
  "AWS::RDS::DBCluster": small("DBClusterIdentifier"),
  "AWS::RDS::DBInstance": small("DBInstanceIdentifier"),
  "AWS::RDS::DBParameterGroup": small("DBParameterGroupName"),
  "AWS::RDS::DBSubnetGroup": small("DBSubnetGroupName"),
  "AWS::S3::Bucket": property("BucketName"),
  "AWS::SecretsManager::Secret": property("Name"),
  "AWS::SNS::Topic": byArn("TopicName", (name, { account, region }) => `sns:${region}:${account}:${name}`),
  "AWS::SQS::Queue": { ...property("QueueName"), id: queueUrl, asked: queueUrl },
  "AWS::SSM::Parameter": property("Name"),
  "AWS::StepFunctions::StateMachine": byArn(
    "StateMachineName",
    (name, { account, region }) => `states:${region}:${account}:stateMachine:${name}`,
  ),
  "AWS::WAFv2::WebACL": {
    ...property("Name"),
    asked: (name, _, properties) => `${name}|${wordOf(properties, "Scope") ?? ""}`,
  },
};

function policyArn(name: string, { account, region }: Place, properties: Values): string {
  return `arn:${partitionOf(region)}:iam::${account}:policy${wordOf(properties, "Path") ?? "/"}${name}`;
}

function queueUrl(name: string, { account, region }: Place): string {
  return `https://sqs.${region}.amazonaws.com/${account}/${name}`;
}

/** A resource's name of its own, its physical id, and by what its service is asked about it. */
export type Name = { readonly name: string; readonly id: string; readonly asked: string };

/** The name of a resource that AWS takes once only; `undefined` where it has none of its own. */
export function nameOf(
  { type, region, properties }: Pick<Declared, "type" | "region" | "properties">,
  account: string,
): Name | undefined {
  const naming = Object.hasOwn(NAMED, type) ? NAMED[type] : undefined;
  const name = naming?.name(properties);
  if (naming === undefined || name === undefined) return undefined;
  const place = { account, region };
  const told = (how: Told | undefined) => how?.(name, place, properties) ?? name;
  return { name, id: told(naming.id), asked: told(naming.asked) };
}

/** A resource that has a name of its own, and the stack it is of. */
export type NamedResource = Pick<Declared, "stack" | "region" | "logicalId" | "type"> & { readonly name: string };

/** The names that stacks which stand have given. */
export function heldBy(account: string, deployed: readonly DeployedTemplate[]): readonly NamedResource[] {
  const current = deployed.filter(({ status }) => !EMPTY_STATUSES.includes(status));
  return current.flatMap(({ name: stack, region, template }) =>
    Object.entries(template.Resources).flatMap(([logicalId, source]) => {
      const properties = evaluateProperties(source, { template, stack, region, account });
      const named = nameOf({ type: source.Type, region, properties }, account);
      return named === undefined ? [] : [{ stack, region, logicalId, type: source.Type, name: named.name }];
    }),
  );
}
