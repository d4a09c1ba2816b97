import { Aws } from "aws-cdk-lib";
import * as iam from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import type { Settings } from "./astro-stack";
import { EXECUTION_ROLE, roleName, SCHEDULE_ROLE, TASK_ROLE } from "./names";

type Execution = { repositoryArns: string[]; logGroupArns: string[]; keyArn: string; secretArns: string[] };
type Task = { logGroupArns: string[]; keyArn: string; bucketArn: string };

/**
 * Permissions of ECS itself to start a task: pull the image, read the secrets, write logs (Amazon ECS Developer Guide,
 * "Amazon ECS task execution IAM role"). Its ARN.
 */
export function executionRole(scope: Construct, settings: Settings, needs: Execution): string {
  const decrypt = allow(["kms:Decrypt"], [needs.keyArn]);
  decrypt.addCondition("StringEquals", { "kms:ViaService": `secretsmanager.${settings.config.region}.amazonaws.com` });
  return ecsRole(scope, settings, "ExecutionRole", EXECUTION_ROLE, {
    "pull-image": [
      // A token alone, which takes no resource (Service Authorization Reference, "Amazon ECR").
      allow(["ecr:GetAuthorizationToken"], ["*"]),
      allow(
        ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        needs.repositoryArns,
      ),
    ],
    "write-logs": [writeLogs(needs.logGroupArns)],
    "read-secrets": [allow(["secretsmanager:GetSecretValue"], needs.secretArns), decrypt],
  });
}

/** Permissions of the app: ECS Exec, its own log groups, the PDFs and their key. Its ARN. */
export function taskRole(scope: Construct, settings: Settings, needs: Task): string {
  return ecsRole(scope, settings, "TaskRole", TASK_ROLE, {
    // ECS Exec's four take no resource (Amazon ECS Developer Guide, "Task IAM role": ECS Exec permissions).
    "ecs-exec": [
      allow(
        [
          "ssmmessages:CreateControlChannel",
          "ssmmessages:CreateDataChannel",
          "ssmmessages:OpenControlChannel",
          "ssmmessages:OpenDataChannel",
        ],
        ["*"],
      ),
    ],
    // What a person types and sees by ECS Exec is logged as well (the same guide, "Monitor containers with ECS Exec").
    "write-logs": [
      writeLogs(needs.logGroupArns),
      allow(["logs:DescribeLogStreams"], needs.logGroupArns),
      allow(["logs:DescribeLogGroups"], ["*"]),
    ],
    pdfs: [
      // A failed multipart upload is aborted; otherwise its parts cost money, invisibly (Amazon S3 User Guide, "Multipart upload
      // API and permissions").
      allow(["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"], [`${needs.bucketArn}/*`]),
      allow(["s3:ListBucket"], [needs.bucketArn]),
      allow(["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"], [needs.keyArn]),
    ],
  });
}

type Schedule = { clusterName: string; families: string[]; roleArns: string[] };

/**
 * Permissions of EventBridge Scheduler to start the scheduled tasks in their cluster, with their roles and no others (Amazon
 * EventBridge Scheduler User Guide, "Setting up": execution role; Amazon ECS Developer Guide, "Amazon ECS EventBridge IAM
 * Role", tagging included). Its ARN.
 */
export function scheduleRole(scope: Construct, settings: Settings, needs: Schedule): string {
  const here = `arn:${Aws.PARTITION}:ecs:${settings.config.region}:${Aws.ACCOUNT_ID}`;
  const run = allow(
    ["ecs:RunTask"],
    needs.families.map((family) => `${here}:task-definition/${family}:*`),
  );
  run.addCondition("ArnEquals", { "ecs:cluster": `${here}:cluster/${needs.clusterName}` });
  const tag = allow(["ecs:TagResource"], [`${here}:task/${needs.clusterName}/*`]);
  tag.addCondition("StringEquals", { "ecs:CreateAction": "RunTask" });
  const pass = allow(["iam:PassRole"], needs.roleArns);
  pass.addCondition("StringEquals", { "iam:PassedToService": ECS_TASKS });
  return role(scope, settings, "ScheduleRole", SCHEDULE_ROLE, "scheduler.amazonaws.com", {
    "run-tasks": [run, tag, pass],
  });
}

const ECS_TASKS = "ecs-tasks.amazonaws.com";

type Policies = { [name: string]: iam.PolicyStatement[] };

function ecsRole(scope: Construct, settings: Settings, id: string, name: string, policies: Policies): string {
  return role(scope, settings, id, name, ECS_TASKS, policies);
}

function role(
  scope: Construct,
  settings: Settings,
  id: string,
  name: string,
  service: string,
  policies: Policies,
): string {
  return new iam.CfnRole(scope, id, {
    roleName: roleName(settings, name),
    assumeRolePolicyDocument: new iam.PolicyDocument({
      statements: [
        new iam.PolicyStatement({
          actions: ["sts:AssumeRole"],
          principals: [new iam.ServicePrincipal(service)],
          // No other account's (Amazon ECS Developer Guide, "Task IAM role", and Amazon EventBridge Scheduler User Guide,
          // "Confused deputy prevention").
          conditions: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } },
        }),
      ],
    }),
    policies: Object.entries(policies).map(([policyName, statements]) => ({
      policyName,
      policyDocument: new iam.PolicyDocument({ statements }),
    })),
  }).attrArn;
}

function writeLogs(logGroupArns: string[]): iam.PolicyStatement {
  return allow(["logs:CreateLogStream", "logs:PutLogEvents"], logGroupArns);
}

function allow(actions: string[], resources: string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions, resources });
}
