import type { Rule } from "./rule.ts";
import { ALARM_RULES } from "./services/alarms.ts";
import { BUCKET_POLICY_RULES } from "./services/bucket-policies.ts";
import { ACM_RULES } from "./services/certificates.ts";
import { CLOUDFRONT_RULES } from "./services/cloudfront.ts";
import { CONTAINER_RULES } from "./services/containers.ts";
import { BEHAVIOUR_RULES } from "./services/distribution-behaviours.ts";
import { ORIGIN_RULES } from "./services/distribution-origins.ts";
import { DISTRIBUTION_RULES } from "./services/distributions.ts";
import { DYNAMODB_RULES } from "./services/dynamodb.ts";
import { ECR_RULES } from "./services/ecr.ts";
import { ECS_BALANCING_RULES } from "./services/ecs-balancing.ts";
import { ECS_CAPACITY_RULES } from "./services/ecs-capacity.ts";
import { ECS_SERVICE_RULES } from "./services/ecs-services.ts";
import { ELASTICACHE_RULES } from "./services/elasticache.ts";
import { EVENT_RULES } from "./services/events.ts";
import { FARGATE_RULES } from "./services/fargate.ts";
import { IAM_RULES } from "./services/iam.ts";
import { IAM_POLICY_RULES } from "./services/iam-policies.ts";
import { KMS_RULES } from "./services/kms.ts";
import { LAMBDA_RULES } from "./services/lambda.ts";
import { LISTENER_RULE_RULES } from "./services/listener-rules.ts";
import { LOAD_BALANCER_RULES } from "./services/load-balancers.ts";
import { LOG_AND_SECRET_RULES } from "./services/logs-and-secrets.ts";
import { MESSAGING_RULES } from "./services/messaging.ts";
import { NAME_RULES } from "./services/names.ts";
import { VPC_RULES } from "./services/network.ts";
import { PARAMETER_RULES } from "./services/parameters.ts";
import { RDS_RULES } from "./services/rds.ts";
import { RDS_SETTING_RULES } from "./services/rds-settings.ts";
import { RECORD_RULES } from "./services/records.ts";
import { S3_RULES } from "./services/s3.ts";
import { S3_LIFECYCLE_RULES } from "./services/s3-lifecycle.ts";
import { SCALING_RULES } from "./services/scaling.ts";
import { SECURITY_GROUP_RULES } from "./services/security-groups.ts";
import { SIGNAL_RULES } from "./services/signals.ts";
import { TARGET_GROUP_RULES } from "./services/target-groups.ts";
import { ENDPOINT_RULES } from "./services/vpc-endpoints.ts";

/** Every rule on resources. */
export const RESOURCE_RULES: readonly Rule[] = [
  VPC_RULES,
  SECURITY_GROUP_RULES,
  ENDPOINT_RULES,
  LOAD_BALANCER_RULES,
  TARGET_GROUP_RULES,
  LISTENER_RULE_RULES,
  FARGATE_RULES,
  CONTAINER_RULES,
  ECS_SERVICE_RULES,
  ECS_BALANCING_RULES,
  ECS_CAPACITY_RULES,
  RDS_RULES,
  RDS_SETTING_RULES,
  ELASTICACHE_RULES,
  S3_RULES,
  S3_LIFECYCLE_RULES,
  BUCKET_POLICY_RULES,
  DISTRIBUTION_RULES,
  ORIGIN_RULES,
  BEHAVIOUR_RULES,
  CLOUDFRONT_RULES,
  ACM_RULES,
  RECORD_RULES,
  IAM_RULES,
  IAM_POLICY_RULES,
  KMS_RULES,
  LOG_AND_SECRET_RULES,
  PARAMETER_RULES,
  ECR_RULES,
  LAMBDA_RULES,
  DYNAMODB_RULES,
  SCALING_RULES,
  ALARM_RULES,
  MESSAGING_RULES,
  EVENT_RULES,
  NAME_RULES,
  SIGNAL_RULES,
].flat();

const BY_TYPE = new Map<string, readonly Rule[]>();
for (const rule of RESOURCE_RULES)
  for (const type of rule.types) BY_TYPE.set(type, [...(BY_TYPE.get(type) ?? []), rule]);

/** The rules on resources of a type. */
export function rulesOn(type: string): readonly Rule[] {
  return BY_TYPE.get(type) ?? [];
}
