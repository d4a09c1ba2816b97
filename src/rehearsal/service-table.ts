import { CLOUDFORMATION } from "./cloudformation/api/operations.ts";
import { APPLICATION_AUTOSCALING } from "./services/autoscaling.ts";
import { BUDGETS } from "./services/budgets.ts";
import { ELASTICACHE } from "./services/caches.ts";
import { ACM } from "./services/certificates.ts";
import { CLOUD_CONTROL } from "./services/cloud-control.ts";
import { CLOUDFRONT } from "./services/cloudfront.ts";
import { cloudWatchFor } from "./services/cloudwatch.ts";
import { COST_EXPLORER } from "./services/cost-explorer.ts";
import { RDS } from "./services/databases.ts";
import { DYNAMODB } from "./services/dynamodb/dynamodb.ts";
import { EC2_SERVICE } from "./services/ec2/ec2.ts";
import { ECR } from "./services/ecr.ts";
import { ECS } from "./services/ecs/ecs.ts";
import { EVENTS } from "./services/events.ts";
import { FREE_TIER } from "./services/free-tier.ts";
import { IAM } from "./services/iam.ts";
import { KMS } from "./services/kms.ts";
import { LAMBDA } from "./services/lambda.ts";
import { ELB } from "./services/load-balancing.ts";
import { LOGS } from "./services/logs.ts";
import { ROUTE53 } from "./services/route53.ts";
import { SECRETS_MANAGER } from "./services/secrets-manager.ts";
import { SERVICE_QUOTAS } from "./services/service-quotas.ts";
import { SNS } from "./services/sns.ts";
import { SQS } from "./services/sqs.ts";
import { SSM } from "./services/ssm.ts";
import { STS } from "./services/sts.ts";
import { TAGGING } from "./services/tagging.ts";
import type { HttpRequest } from "./wire/call.ts";
import type { Service } from "./wire/protocol.ts";
import type { RestService } from "./wire/rest-xml.ts";

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

/** Services with REST protocols. */
export const REST_SERVICES: { readonly [name: string]: RestService } = {
  cloudfront: CLOUDFRONT,
  lambda: LAMBDA,
  route53: ROUTE53,
};

/** The service that a request's credential scope names, in the protocol that the request is in. */
export function serviceFor(name: string, http: HttpRequest): Service | undefined {
  return name === "monitoring" ? cloudWatchFor(http) : SERVICES[name];
}
