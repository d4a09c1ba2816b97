import { CLOUDFORMATION } from "../cloudformation/api/operations.ts";
import type { HttpRequest } from "../wire/call.ts";
import type { Service } from "../wire/protocol.ts";
import type { RestService } from "../wire/rest-xml.ts";
import { APPLICATION_AUTOSCALING } from "./autoscaling.ts";
import { BUDGETS } from "./budgets.ts";
import { ELASTICACHE } from "./caches.ts";
import { ACM } from "./certificates.ts";
import { CLOUD_CONTROL } from "./cloud-control.ts";
import { CLOUDFRONT } from "./cloudfront.ts";
import { cloudWatchFor } from "./cloudwatch.ts";
import { COST_EXPLORER } from "./cost-explorer.ts";
import { RDS } from "./databases.ts";
import { DYNAMODB } from "./dynamodb/dynamodb.ts";
import { EC2_SERVICE } from "./ec2/ec2.ts";
import { ECR } from "./ecr.ts";
import { ECS } from "./ecs/ecs.ts";
import { EVENTS } from "./events.ts";
import { FREE_TIER } from "./free-tier.ts";
import { IAM } from "./iam.ts";
import { KMS } from "./kms.ts";
import { LAMBDA } from "./lambda.ts";
import { ELB } from "./load-balancing.ts";
import { LOGS } from "./logs.ts";
import { ROUTE53 } from "./route53.ts";
import { SECRETS_MANAGER } from "./secrets-manager.ts";
import { SERVICE_QUOTAS } from "./service-quotas.ts";
import { SNS } from "./sns.ts";
import { SQS } from "./sqs.ts";
import { SSM } from "./ssm.ts";
import { STS } from "./sts.ts";
import { TAGGING } from "./tagging.ts";

/** Services of the Query and JSON kinds by the name that a request's credential scope has. */
const SERVICES: { readonly [name: string]: Service } = {
  acm: ACM,
  "application-autoscaling": APPLICATION_AUTOSCALING,
  budgets: BUDGETS,
  ce: COST_EXPLORER,
  cloudcontrolapi: CLOUD_CONTROL,
  cloudformation: CLOUDFORMATION,
  dynamodb: DYNAMODB,
  ec2: EC2_SERVICE,
  ecr: ECR,
  ecs: ECS,
  elasticache: ELASTICACHE,
  elasticloadbalancing: ELB,
  events: EVENTS,
  freetier: FREE_TIER,
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
export const REST_SERVICES: { readonly [name: string]: RestService } = {
  cloudfront: CLOUDFRONT,
  lambda: LAMBDA,
  route53: ROUTE53,
};

/** The service that a request's credential scope names, in the protocol that the request is in. */
export function serviceFor(name: string, http: HttpRequest): Service | undefined {
  return name === "monitoring" ? cloudWatchFor(http) : SERVICES[name];
}
