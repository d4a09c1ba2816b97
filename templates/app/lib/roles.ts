import { Aws } from "aws-cdk-lib";
import * as iam from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import type { Settings } from "./astro-stack";
import { EXECUTION_ROLE, roleName, TASK_ROLE } from "./names";

type Execution = { repositoryArns: string[]; logGroupArn: string; keyArn: string; secretArns: string[] };
type Task = { logGroupArn: string; keyArn: string; bucketArn: string };

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
    "write-logs": [writeLogs(needs.logGroupArn)],
    "read-secrets": [allow(["secretsmanager:GetSecretValue"], needs.secretArns), decrypt],
  });
}

/** Permissions of the API: ECS Exec, its own log group, the PDFs and their key. Its ARN. */
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
      writeLogs(needs.logGroupArn),
      allow(["logs:DescribeLogStreams"], [needs.logGroupArn]),
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

function ecsRole(
  scope: Construct,
  settings: Settings,
  id: string,
  name: string,
  policies: { [name: string]: iam.PolicyStatement[] },
): string {
  return new iam.CfnRole(scope, id, {
    roleName: roleName(settings, name),
    assumeRolePolicyDocument: new iam.PolicyDocument({
      statements: [
        new iam.PolicyStatement({
          actions: ["sts:AssumeRole"],
          principals: [new iam.ServicePrincipal("ecs-tasks.amazonaws.com")],
          // No other account's tasks (Amazon ECS Developer Guide, "Task IAM role", confused deputy).
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

function writeLogs(logGroupArn: string): iam.PolicyStatement {
  return allow(["logs:CreateLogStream", "logs:PutLogEvents"], [logGroupArn]);
}

function allow(actions: string[], resources: string[]): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions, resources });
}
