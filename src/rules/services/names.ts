import type { Rule } from "../rule.ts";
import { asText } from "../values.ts";

type Named = { readonly property: string; readonly global?: true };

/** Types with unique names, in a region or (`global`) in an account. */
const NAMED: { readonly [type: string]: Named } = {
  "AWS::CloudFront::CachePolicy": { property: "Name", global: true },
  "AWS::CloudFront::Function": { property: "Name", global: true },
  "AWS::DynamoDB::Table": { property: "TableName" },
  "AWS::ECR::Repository": { property: "RepositoryName" },
  "AWS::ElastiCache::ReplicationGroup": { property: "ReplicationGroupId" },
  "AWS::ElasticLoadBalancingV2::LoadBalancer": { property: "Name" },
  "AWS::ElasticLoadBalancingV2::TargetGroup": { property: "Name" },
  "AWS::IAM::ManagedPolicy": { property: "ManagedPolicyName", global: true },
  "AWS::IAM::Role": { property: "RoleName", global: true },
  "AWS::KMS::Alias": { property: "AliasName" },
  "AWS::Lambda::Function": { property: "FunctionName" },
  "AWS::Logs::LogGroup": { property: "LogGroupName" },
  "AWS::RDS::DBInstance": { property: "DBInstanceIdentifier" },
  "AWS::S3::Bucket": { property: "BucketName", global: true },
  "AWS::SecretsManager::Secret": { property: "Name" },
};

/** Duplicate names. */
export const NAME_RULES: readonly Rule[] = [
  {
    id: "name-once",
    types: Object.keys(NAMED),
    document: "CloudFormation User Guide, Resource names: a name must be unique",
    code: "AlreadyExists",
    check: ({ type, region, properties, before }) => {
      const { property = "", global } = NAMED[type] ?? {};
      const name = asText(properties[property]);
      const twice = before(type).some(
        (other) =>
          name !== undefined && asText(other.properties[property]) === name && (global || other.region === region),
      );
      const message =
        type === "AWS::S3::Bucket"
          ? `${name} already exists`
          : `Resource of type '${type}' with identifier '{"/properties/${property}":"${name}"}' already exists.`;
      return twice ? { property, value: name, message } : undefined;
    },
  },
];
