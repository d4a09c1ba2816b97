import { CLOUDFORMATION } from "../cloudformation/api/operations.ts";
import type { Service } from "../wire/protocol.ts";
import type { RestService } from "../wire/rest-xml.ts";
import { ACM } from "./certificates.ts";
import { CLOUDFRONT } from "./cloudfront.ts";
import { ELASTICACHE, RDS } from "./databases.ts";
import { DYNAMODB } from "./dynamodb/dynamodb.ts";
import { EC2_SERVICE } from "./ec2/ec2.ts";
import { ECR } from "./ecr.ts";
import { ECS } from "./ecs.ts";
import { IAM } from "./iam.ts";
import { KMS } from "./kms.ts";
import { ELB } from "./load-balancing.ts";
import { LOGS } from "./logs.ts";
import { SNS, SQS } from "./messaging.ts";
import { ROUTE53 } from "./route53.ts";
import { SECRETS_MANAGER } from "./secrets-manager.ts";
import { SSM } from "./ssm.ts";
import { STS } from "./sts.ts";
import { SERVICE_QUOTAS, TAGGING } from "./tagging.ts";

/** Services of the Query and JSON kinds by the name that a request's credential scope has. */
export const SERVICES: { readonly [name: string]: Service } = {
  acm: ACM,
  cloudformation: CLOUDFORMATION,
  dynamodb: DYNAMODB,
  ec2: EC2_SERVICE,
  ecr: ECR,
  ecs: ECS,
  elasticache: ELASTICACHE,
  elasticloadbalancing: ELB,
  iam: IAM,
  kms: KMS,
  logs: LOGS,
  rds: RDS,
  secretsmanager: SECRETS_MANAGER,
  servicequotas: SERVICE_QUOTAS,
  sns: SNS,
  sqs: SQS,
  ssm: SSM,
  sts: STS,
  tagging: TAGGING,
};

/** Services that are spoken to by method and path. */
export const REST_SERVICES: { readonly [name: string]: RestService } = { cloudfront: CLOUDFRONT, route53: ROUTE53 };
