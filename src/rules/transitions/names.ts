import type { Values } from "../../template/evaluate.ts";
import type { Transition } from "../transition.ts";
import { asText, isKnown } from "../values.ts";

/**
 * The property with the name, by type (AWS CloudFormation User Guide, "Name type", and each type's page). Two records
 * or rules of one name may exist for a while.
 */
const NAMES: { readonly [type: string]: string } = {
  "AWS::CloudFront::Function": "Name",
  "AWS::CloudWatch::Alarm": "AlarmName",
  "AWS::CloudWatch::Dashboard": "DashboardName",
  "AWS::DynamoDB::Table": "TableName",
  "AWS::ECR::Repository": "RepositoryName",
  "AWS::ECS::Cluster": "ClusterName",
  "AWS::ECS::Service": "ServiceName",
  "AWS::ElastiCache::CacheCluster": "ClusterName",
  "AWS::ElastiCache::ReplicationGroup": "ReplicationGroupId",
  "AWS::ElastiCache::SubnetGroup": "CacheSubnetGroupName",
  "AWS::ElasticLoadBalancingV2::LoadBalancer": "Name",
  "AWS::ElasticLoadBalancingV2::TargetGroup": "Name",
  "AWS::IAM::Group": "GroupName",
  "AWS::IAM::InstanceProfile": "InstanceProfileName",
  "AWS::IAM::ManagedPolicy": "ManagedPolicyName",
  "AWS::IAM::Role": "RoleName",
  "AWS::IAM::User": "UserName",
  "AWS::Kinesis::Stream": "Name",
  "AWS::Lambda::Function": "FunctionName",
  "AWS::Logs::LogGroup": "LogGroupName",
  "AWS::RDS::DBCluster": "DBClusterIdentifier",
  "AWS::RDS::DBInstance": "DBInstanceIdentifier",
  "AWS::RDS::DBParameterGroup": "DBParameterGroupName",
  "AWS::RDS::DBSubnetGroup": "DBSubnetGroupName",
  "AWS::S3::Bucket": "BucketName",
  "AWS::SNS::Topic": "TopicName",
  "AWS::SQS::Queue": "QueueName",
  "AWS::SSM::Parameter": "Name",
  "AWS::SecretsManager::Secret": "Name",
};

/** A resource that keeps its custom name cannot be replaced. */
export const NAME_TRANSITIONS: readonly Transition[] = [
  {
    id: "name-stands",
    types: Object.keys(NAMES),
    document: "AWS CloudFormation User Guide, Update behaviors of stack resources: Replacement",
    check: ({ type, before, after, replaced, causes }) => {
      const property = NAMES[type] ?? "";
      const [name, old] = [asText(after[property]), asText(before[property])];
      const because = causes.filter((cause) => differs(before, after, cause));
      // A reference with another text may have the same value: then AWS replaces nothing.
      if (!replaced || name === undefined || name !== old || because.length === 0) return undefined;
      const way = `undo the change of ${because.join(", ")}, or give what takes its place another ${property}: it begins empty`;
      const message = `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${name} and update the stack again.`;
      return { property, value: name, message, way };
    },
  },
];

/** Whether a property's value certainly differs; an absent one differs from any. */
function differs(before: Values, after: Values, name: string): boolean {
  const [from, to] = [before[name], after[name]];
  if ((from === undefined) !== (to === undefined)) return true;
  return isKnown(from) && isKnown(to) && JSON.stringify(from) !== JSON.stringify(to);
}
