import { Aws } from "aws-cdk-lib";
import type { Settings } from "./astro-stack";
import { hostNames } from "./astro-yaml/host-names";
import type { Environment } from "./config";

/** The database and its owner; RDS can change neither without a new instance. */
export const DATABASE_NAME = "app";
export const DATABASE_USER = "app";

/** The tasks' two roles, PROJECT-ENVIRONMENT before each. */
export const EXECUTION_ROLE = "ecs-execution-role";
export const TASK_ROLE = "ecs-task-role";

/** The role by which EventBridge Scheduler starts tasks, named so too. */
export const SCHEDULE_ROLE = "schedule-role";

/** Names of the secrets. */
export function secretNames({ project, environment }: Settings) {
  const path = `${project}/${environment}`;
  return {
    jwt: `${path}/jwt`,
    database: `${path}/database`,
    redis: `${path}/redis`,
    origin: `${path}/origin`,
    app: `${path}/app`,
    urls: `${path}/urls`,
  };
}

/** Name of one of the environment's roles. */
export function roleName(settings: Settings, role: string): string {
  return `${settings.prefix}-${role}`;
}

/** ARN of one of the environment's roles. */
export function roleArn(settings: Settings, role: string): string {
  return `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/${roleName(settings, role)}`;
}

/** Name of the log group of the API, the worker or the scheduled tasks. */
export function logGroupName({ project, environment }: Settings, kind: string): string {
  return `/${project}/${environment}/${kind}`;
}

/** Its ARN, as policies have it, with its streams. */
export function logGroupArn(settings: Settings, kind: string): string {
  return `arn:${Aws.PARTITION}:logs:${settings.config.region}:${Aws.ACCOUNT_ID}:log-group:${logGroupName(settings, kind)}:*`;
}

/** A bucket's name, by account and region unique among all of AWS (Amazon S3 User Guide, "Bucket naming rules"). */
export function bucketName(settings: Settings, purpose: string): string {
  return `${settings.prefix}-${purpose}-${Aws.ACCOUNT_ID}-${settings.config.region}`;
}

/**
 * Where Parameter Store keeps a value of a stack. No name there begins with `aws` or `ssm` (AWS Systems Manager User Guide,
 * "Parameter name requirements and constraints").
 */
export function valuePath({ project, environment }: Settings, stack: string, name: string): string {
  const path = `/${project}/${environment}/${stack}/${name}`;
  return /^(aws|ssm)/i.test(project) ? `/astro${path}` : path;
}

/** The API's own name, if it has one: a private load balancer is reached through the CDN only. */
export function apiName({ domain, loadBalancer }: Environment): string | undefined {
  return domain === undefined || loadBalancer.private ? undefined : hostNames(domain).api;
}
