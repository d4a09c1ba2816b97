import type { Site } from "../plan/provision-plan.ts";
import { isValues, type Values } from "../template/evaluate.ts";
import { partitionOf } from "../template/partition.ts";
import { type Declared, wordOf } from "./declared.ts";

type Naming = {
  readonly name: (properties: Values) => string | undefined;
  /** CloudFormation's physical id of what is called so; the name itself if left out. */
  readonly id?: (name: string, place: Pick<Site, "account" | "region">) => string;
};

const property = (key: string): Naming => ({ name: (properties) => wordOf(properties, key) });

/**
 * Types with names of their own that go with their stacks, so that a name which is taken is another stack's (Template
 * Reference, each type's name property and what Ref returns). Of load balancers, web ACLs, CloudFront's policies and
 * access controls the physical id cannot be told from the name.
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
  "AWS::ECS::Cluster": property("ClusterName"),
  "AWS::ElastiCache::ReplicationGroup": property("ReplicationGroupId"),
  "AWS::KMS::Alias": property("AliasName"),
  "AWS::SNS::Topic": {
    ...property("TopicName"),
    id: (name, { account, region }) => `arn:${partitionOf(region)}:sns:${region}:${account}:${name}`,
  },
};

/** The name and the physical id of a resource that goes with its stack; `undefined` where it has none of its own. */
export function goingName(
  { type, region, properties }: Pick<Declared, "type" | "region" | "properties">,
  account: string,
): { readonly name: string; readonly id: string } | undefined {
  const naming = Object.hasOwn(NAMED, type) ? NAMED[type] : undefined;
  const name = naming?.name(properties);
  return name === undefined ? undefined : { name, id: naming?.id?.(name, { account, region }) ?? name };
}
