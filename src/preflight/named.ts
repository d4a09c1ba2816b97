import type { DeployedTemplate } from "../plan/deployed.ts";
import type { Site } from "../plan/provision-plan.ts";
import { evaluateProperties, isValues, type Values } from "../template/evaluate.ts";
import { partitionOf } from "../template/partition.ts";
import { type Declared, EMPTY, wordOf } from "./declared.ts";

type Place = Pick<Site, "account" | "region">;

type Naming = {
  readonly name: (properties: Values) => string | undefined;
  /** CloudFormation's physical id of what is called so; the name itself if left out. */
  readonly id?: (name: string, place: Place, properties: Values) => string;
  /** By what the service is asked whether the name is taken; where nobody here asks, only stacks tell who has it. */
  readonly asked?: "name" | "id";
};

const property = (key: string): Naming => ({ name: (properties) => wordOf(properties, key) });
const asked = (key: string): Naming => ({ ...property(key), asked: "name" });
/** RDS and ElastiCache keep what they are told in small letters (API Reference of each, the identifier of each type). */
const small = (key: string): Naming => ({
  name: (properties) => wordOf(properties, key)?.toLowerCase(),
  asked: "name",
});

/**
 * Types that AWS makes under a name only if nothing has it, in a region, an account or everywhere (Template Reference,
 * each type's name property and what Ref returns). Of web ACLs, CloudFront's policies and access controls neither the
 * physical id nor an answer of their services can be had by the name.
 */
const NAMED: { readonly [type: string]: Naming } = {
  "AWS::Budgets::Budget": {
    name: ({ Budget }) => (isValues(Budget) ? wordOf(Budget, "BudgetName") : undefined),
  },
  "AWS::CloudFront::Function": {
    ...property("Name"),
    id: (name, { account, region }) => `arn:${partitionOf(region)}:cloudfront::${account}:function/${name}`,
  },
  "AWS::CloudWatch::Alarm": property("AlarmName"),
  "AWS::CloudWatch::Dashboard": property("DashboardName"),
  "AWS::DynamoDB::Table": asked("TableName"),
  "AWS::ECR::Repository": asked("RepositoryName"),
  "AWS::ECS::Cluster": property("ClusterName"),
  "AWS::ElastiCache::ReplicationGroup": small("ReplicationGroupId"),
  "AWS::ElastiCache::SubnetGroup": small("CacheSubnetGroupName"),
  "AWS::ElasticLoadBalancingV2::LoadBalancer": asked("Name"),
  "AWS::ElasticLoadBalancingV2::TargetGroup": asked("Name"),
  "AWS::Events::Rule": property("Name"),
  "AWS::IAM::ManagedPolicy": {
    ...property("ManagedPolicyName"),
    id: (name, { account, region }, properties) =>
      `arn:${partitionOf(region)}:iam::${account}:policy${wordOf(properties, "Path") ?? "/"}${name}`,
    asked: "id",
  },
  "AWS::IAM::Role": asked("RoleName"),
  "AWS::KMS::Alias": property("AliasName"),
  "AWS::Lambda::Function": property("FunctionName"),
  "AWS::Logs::LogGroup": asked("LogGroupName"),
  "AWS::RDS::DBInstance": small("DBInstanceIdentifier"),
  "AWS::RDS::DBParameterGroup": small("DBParameterGroupName"),
  "AWS::RDS::DBSubnetGroup": small("DBSubnetGroupName"),
  "AWS::S3::Bucket": asked("BucketName"),
  "AWS::SecretsManager::Secret": asked("Name"),
  "AWS::SNS::Topic": {
    ...property("TopicName"),
    id: (name, { account, region }) => `arn:${partitionOf(region)}:sns:${region}:${account}:${name}`,
  },
  "AWS::SQS::Queue": {
    ...property("QueueName"),
    id: (name, { account, region }) => `https://sqs.${region}.amazonaws.com/${account}/${name}`,
  },
  "AWS::SSM::Parameter": property("Name"),
};

/** A resource's name of its own, its physical id, and by what its service is asked about it, if it is. */
export type Name = { readonly name: string; readonly id: string; readonly asked: string | undefined };

/** The name of a resource that AWS takes once only; `undefined` where it has none of its own. */
export function nameOf(
  { type, region, properties }: Pick<Declared, "type" | "region" | "properties">,
  account: string,
): Name | undefined {
  const naming = Object.hasOwn(NAMED, type) ? NAMED[type] : undefined;
  const name = naming?.name(properties);
  if (naming === undefined || name === undefined) return undefined;
  const id = naming.id?.(name, { account, region }, properties) ?? name;
  return { name, id, asked: naming.asked === "id" ? id : naming.asked && name };
}

/** A resource that has a name of its own, and the stack it is of. */
export type Held = Pick<Declared, "stack" | "region" | "logicalId" | "type"> & { readonly name: string };

/** The names that stacks which stand have given. */
export function heldBy(account: string, deployed: readonly DeployedTemplate[]): readonly Held[] {
  const standing = deployed.filter(({ status }) => !EMPTY.includes(status));
  return standing.flatMap(({ name: stack, region, template }) =>
    Object.entries(template.Resources).flatMap(([logicalId, source]) => {
      const properties = evaluateProperties(source, { template, stack, region, account });
      const named = nameOf({ type: source.Type, region, properties }, account);
      return named === undefined ? [] : [{ stack, region, logicalId, type: source.Type, name: named.name }];
    }),
  );
}
