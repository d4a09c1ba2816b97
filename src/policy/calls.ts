/**
 * Every call that astro itself makes, `service:Operation`, and the IAM actions it takes (Service Authorization
 * Reference). `own`: on what is the environment's by name; `state`: on the environment's part of astro's own bucket
 * and table; `bucket`: on that bucket; `anywhere`: on nothing in particular; `apart`: by a statement of its own. Without
 * actions a call is free to everybody, or given to nobody.
 */
export const CALLS: {
  readonly [call: string]: { readonly actions: string; readonly on: "own" | "state" | "bucket" | "anywhere" | "apart" };
} = {
  "budgets:DescribeBudget": { actions: "budgets:ViewBudget", on: "own" },
  // Cloud Control also reads by the permissions of each type's handlers: to look at one, CloudFormation needs the same.
  "cloudcontrolapi:GetResource": { actions: "cloudformation:GetResource", on: "anywhere" },
  "cloudcontrolapi:ListResources": {
    actions:
      "cloudformation:ListResources cloudfront:ListCachePolicies cloudfront:ListOriginAccessControls cloudfront:ListOriginRequestPolicies cloudfront:ListResponseHeadersPolicies wafv2:ListWebACLs",
    on: "anywhere",
  },
  "cloudformation:CancelUpdateStack": { actions: "cloudformation:CancelUpdateStack", on: "own" },
  "cloudformation:ContinueUpdateRollback": { actions: "cloudformation:ContinueUpdateRollback", on: "own" },
  "cloudformation:CreateChangeSet": {
    actions: "cloudformation:CreateChangeSet cloudformation:TagResource cloudformation:UntagResource",
    on: "own",
  },
  "cloudformation:DeleteChangeSet": { actions: "cloudformation:DeleteChangeSet", on: "own" },
  "cloudformation:DeleteStack": { actions: "cloudformation:DeleteStack", on: "own" },
  "cloudformation:DescribeChangeSet": { actions: "cloudformation:DescribeChangeSet", on: "own" },
  "cloudformation:DescribeEvents": { actions: "cloudformation:DescribeEvents", on: "own" },
  "cloudformation:DescribeStackEvents": { actions: "cloudformation:DescribeStackEvents", on: "own" },
  // By what a stack may have, whichever stack that is.
  "cloudformation:DescribeStackResources": { actions: "cloudformation:DescribeStackResources", on: "anywhere" },
  // Of the whole region in one call; CloudFormation also asks it for Fn::GetStackOutput.
  "cloudformation:DescribeStacks": { actions: "cloudformation:DescribeStacks", on: "anywhere" },
  "cloudformation:ExecuteChangeSet": { actions: "cloudformation:ExecuteChangeSet", on: "own" },
  "cloudformation:GetTemplate": { actions: "cloudformation:GetTemplate", on: "own" },
  "cloudformation:ListChangeSets": { actions: "cloudformation:ListChangeSets", on: "own" },
  "cloudformation:ListStackResources": { actions: "cloudformation:ListStackResources", on: "own" },
  "cloudformation:RollbackStack": { actions: "cloudformation:RollbackStack", on: "own" },
  "cloudformation:UpdateTerminationProtection": { actions: "cloudformation:UpdateTerminationProtection", on: "own" },
  // Of the environment's own distributions, by their tags.
  "cloudfront:CreateInvalidation": { actions: "cloudfront:CreateInvalidation", on: "apart" },
  "cloudfront:GetInvalidation": { actions: "cloudfront:GetInvalidation", on: "apart" },
  "dynamodb:DeleteItem": { actions: "dynamodb:DeleteItem", on: "state" },
  "dynamodb:DescribeTable": { actions: "dynamodb:DescribeTable", on: "anywhere" },
  "dynamodb:GetItem": { actions: "dynamodb:GetItem", on: "state" },
  "dynamodb:ListTagsOfResource": { actions: "dynamodb:ListTagsOfResource", on: "anywhere" },
  "dynamodb:PutItem": { actions: "dynamodb:PutItem", on: "state" },
  "dynamodb:UpdateItem": { actions: "dynamodb:UpdateItem", on: "state" },
  "ec2:DescribeAddresses": { actions: "ec2:DescribeAddresses", on: "anywhere" },
  "ec2:DescribeAvailabilityZones": { actions: "ec2:DescribeAvailabilityZones", on: "anywhere" },
  "ec2:DescribeInstanceTypeOfferings": { actions: "ec2:DescribeInstanceTypeOfferings", on: "anywhere" },
  "ec2:DescribeNatGateways": { actions: "ec2:DescribeNatGateways", on: "anywhere" },
  "ec2:DescribeNetworkAcls": { actions: "ec2:DescribeNetworkAcls", on: "anywhere" },
  "ec2:DescribeNetworkInterfaces": { actions: "ec2:DescribeNetworkInterfaces", on: "anywhere" },
  "ec2:DescribeRegions": { actions: "ec2:DescribeRegions", on: "anywhere" },
  "ec2:DescribeRouteTables": { actions: "ec2:DescribeRouteTables", on: "anywhere" },
  "ec2:DescribeSecurityGroups": { actions: "ec2:DescribeSecurityGroups", on: "anywhere" },
  "ec2:DescribeSubnets": { actions: "ec2:DescribeSubnets", on: "anywhere" },
  "ec2:DescribeVpcEndpoints": { actions: "ec2:DescribeVpcEndpoints", on: "anywhere" },
  "ec2:DescribeVpcEndpointServices": { actions: "ec2:DescribeVpcEndpointServices", on: "anywhere" },
  "ec2:DescribeVpcs": { actions: "ec2:DescribeVpcs", on: "anywhere" },
  "ecr:BatchDeleteImage": { actions: "ecr:BatchDeleteImage", on: "own" },
  "ecr:BatchGetImage": { actions: "ecr:BatchGetImage", on: "own" },
  // What is not there a builder pushes, by the token of ecr:GetAuthorizationToken (Amazon ECR User Guide, "IAM permissions
  // for pushing an image to an Amazon ECR private repository"); it asks for caches as those who pull do.
  "ecr:DescribeImages": {
    actions:
      "ecr:DescribeImages ecr:BatchCheckLayerAvailability ecr:CompleteLayerUpload ecr:InitiateLayerUpload ecr:PutImage ecr:UploadLayerPart",
    on: "own",
  },
  "ecr:DescribeImageScanFindings": { actions: "ecr:DescribeImageScanFindings", on: "own" },
  "ecr:DescribeRepositories": { actions: "ecr:DescribeRepositories", on: "anywhere" },
  "ecr:GetAuthorizationToken": { actions: "ecr:GetAuthorizationToken", on: "anywhere" },
  "ecr:GetDownloadUrlForLayer": { actions: "ecr:GetDownloadUrlForLayer", on: "own" },
  "ecr:ListImages": { actions: "ecr:ListImages", on: "own" },
  "ecr:ListTagsForResource": { actions: "ecr:ListTagsForResource", on: "anywhere" },
  // No policy can keep it to one environment (Service Authorization Reference: no resource type), so nobody gets it: where it
  // is denied, a revision of the migration's task definition stays, which costs nothing.
  "ecs:DeregisterTaskDefinition": { actions: "", on: "apart" },
  "ecs:DescribeServices": { actions: "ecs:DescribeServices", on: "anywhere" },
  "ecs:DescribeTaskDefinition": { actions: "ecs:DescribeTaskDefinition", on: "anywhere" },
  "ecs:DescribeTasks": { actions: "ecs:DescribeTasks", on: "anywhere" },
  // On the environment's own cluster and its tasks.
  "ecs:ExecuteCommand": { actions: "ecs:ExecuteCommand", on: "own" },
  "ecs:ListTasks": { actions: "ecs:ListTasks", on: "anywhere" },
  "ecs:RegisterTaskDefinition": { actions: "ecs:RegisterTaskDefinition ecs:TagResource", on: "own" },
  // Only on the environment's own cluster; the task takes its definition's tags, for which IAM is asked as it starts (Amazon
  // ECS Developer Guide, "Grant permission to tag resources on creation" and "Amazon ECS EventBridge IAM Role").
  "ecs:RunTask": { actions: "ecs:RunTask ecs:TagResource", on: "apart" },
  "ecs:StopTask": { actions: "ecs:StopTask", on: "own" },
  "ecs:UpdateService": { actions: "ecs:UpdateService", on: "own" },
  "elasticache:DescribeCacheEngineVersions": { actions: "elasticache:DescribeCacheEngineVersions", on: "anywhere" },
  "elasticache:DescribeCacheSubnetGroups": { actions: "elasticache:DescribeCacheSubnetGroups", on: "anywhere" },
  "elasticache:DescribeReplicationGroups": { actions: "elasticache:DescribeReplicationGroups", on: "anywhere" },
  "elasticache:ListTagsForResource": { actions: "elasticache:ListTagsForResource", on: "anywhere" },
  "elasticloadbalancing:DescribeLoadBalancers": {
    actions: "elasticloadbalancing:DescribeLoadBalancers",
    on: "anywhere",
  },
  "elasticloadbalancing:DescribeTags": { actions: "elasticloadbalancing:DescribeTags", on: "anywhere" },
  "elasticloadbalancing:DescribeTargetGroups": { actions: "elasticloadbalancing:DescribeTargetGroups", on: "anywhere" },
  "elasticloadbalancing:DescribeTargetHealth": { actions: "elasticloadbalancing:DescribeTargetHealth", on: "anywhere" },
  "freetier:GetAccountPlanState": { actions: "freetier:GetAccountPlanState", on: "anywhere" },
  "iam:CreateServiceLinkedRole": { actions: "iam:CreateServiceLinkedRole", on: "apart" },
  // Of an account, not of an environment: `astro ci github` goes by the one it finds.
  "iam:GetOpenIDConnectProvider": { actions: "iam:GetOpenIDConnectProvider", on: "anywhere" },
  "iam:GetPolicy": { actions: "iam:GetPolicy", on: "own" },
  "iam:GetRole": { actions: "iam:GetRole", on: "own" },
  "iam:ListAttachedRolePolicies": { actions: "iam:ListAttachedRolePolicies", on: "anywhere" },
  "iam:ListOpenIDConnectProviders": { actions: "iam:ListOpenIDConnectProviders", on: "anywhere" },
  "iam:ListRolePolicies": { actions: "iam:ListRolePolicies", on: "anywhere" },
  "iam:ListAccountAliases": { actions: "iam:ListAccountAliases", on: "anywhere" },
  "iam:ListRoles": { actions: "iam:ListRoles", on: "anywhere" },
  "logs:DeleteLogGroup": { actions: "logs:DeleteLogGroup", on: "own" },
  "logs:DescribeLogGroups": { actions: "logs:DescribeLogGroups", on: "anywhere" },
  "logs:FilterLogEvents": { actions: "logs:FilterLogEvents", on: "own" },
  "logs:GetLogEvents": { actions: "logs:GetLogEvents", on: "own" },
  "logs:ListTagsForResource": { actions: "logs:ListTagsForResource", on: "anywhere" },
  "rds:DescribeDBEngineVersions": { actions: "rds:DescribeDBEngineVersions", on: "anywhere" },
  "rds:DescribeDBInstances": { actions: "rds:DescribeDBInstances", on: "anywhere" },
  "rds:DescribeDBParameterGroups": { actions: "rds:DescribeDBParameterGroups", on: "anywhere" },
  "rds:DescribeDBSubnetGroups": { actions: "rds:DescribeDBSubnetGroups", on: "anywhere" },
  "rds:DescribeOrderableDBInstanceOptions": { actions: "rds:DescribeOrderableDBInstanceOptions", on: "anywhere" },
  "rds:ListTagsForResource": { actions: "rds:ListTagsForResource", on: "anywhere" },
  "route53:ChangeResourceRecordSets": { actions: "route53:ChangeResourceRecordSets", on: "own" },
  "route53:GetHostedZone": { actions: "route53:GetHostedZone", on: "own" },
  "route53:ListHostedZones": { actions: "route53:ListHostedZones", on: "anywhere" },
  "route53:ListHostedZonesByName": { actions: "route53:ListHostedZonesByName", on: "anywhere" },
  "route53:ListResourceRecordSets": { actions: "route53:ListResourceRecordSets", on: "own" },
  "s3:AbortMultipartUpload": { actions: "s3:AbortMultipartUpload", on: "own" },
  // From the environment's folder to the bucket of its frontend, and to no other.
  "s3:CopyObject": { actions: "s3:PutObject", on: "apart" },
  "s3:DeleteBucket": { actions: "s3:DeleteBucket", on: "own" },
  "s3:DeleteObject": { actions: "s3:DeleteObject s3:DeleteObjectVersion", on: "own" },
  "s3:DeleteObjects": { actions: "s3:DeleteObject s3:DeleteObjectVersion", on: "own" },
  "s3:GetBucketEncryption": { actions: "s3:GetEncryptionConfiguration", on: "bucket" },
  "s3:GetBucketLocation": { actions: "s3:GetBucketLocation", on: "bucket" },
  "s3:GetBucketTagging": { actions: "s3:GetBucketTagging", on: "own" },
  // CloudFormation also reads a template there that is too large to be sent.
  "s3:GetObject": { actions: "s3:GetObject", on: "state" },
  "s3:GetObjectLegalHold": { actions: "s3:GetObjectLegalHold", on: "own" },
  "s3:GetObjectRetention": { actions: "s3:GetObjectRetention", on: "own" },
  "s3:HeadBucket": { actions: "s3:ListBucket", on: "own" },
  "s3:ListMultipartUploads": { actions: "s3:ListBucketMultipartUploads", on: "own" },
  "s3:ListObjectVersions": { actions: "s3:ListBucketVersions", on: "own" },
  "s3:ListObjectsV2": { actions: "s3:ListBucket", on: "own" },
  "s3:PutObject": { actions: "s3:PutObject s3:AbortMultipartUpload", on: "state" },
  "secretsmanager:DeleteSecret": { actions: "secretsmanager:DeleteSecret", on: "own" },
  "secretsmanager:DescribeSecret": { actions: "secretsmanager:DescribeSecret", on: "own" },
  // CloudFormation reads them for the database and the cache as well.
  "secretsmanager:GetSecretValue": { actions: "secretsmanager:GetSecretValue", on: "own" },
  // When a value was written, not the value.
  "secretsmanager:ListSecretVersionIds": { actions: "secretsmanager:ListSecretVersionIds", on: "own" },
  // On the secret of the environment's own variables alone.
  "secretsmanager:PutSecretValue": { actions: "secretsmanager:PutSecretValue", on: "apart" },
  "servicequotas:GetAWSDefaultServiceQuota": { actions: "servicequotas:GetAWSDefaultServiceQuota", on: "anywhere" },
  "servicequotas:GetServiceQuota": { actions: "servicequotas:GetServiceQuota", on: "anywhere" },
  "servicequotas:RequestServiceQuotaIncrease": { actions: "servicequotas:RequestServiceQuotaIncrease", on: "anywhere" },
  "ssm:GetParameters": { actions: "ssm:GetParameters", on: "own" },
  // Only to forward a port, through the environment's own tasks.
  "ssm:StartSession": { actions: "ssm:StartSession", on: "apart" },
  // Of sessions of one's own; the plugin takes up one that was cut off.
  "ssm:TerminateSession": { actions: "ssm:TerminateSession ssm:ResumeSession", on: "apart" },
  // Of roles that an app by others names, which `cdk bootstrap` lets an operator take; the generated app names none.
  "sts:AssumeRole": { actions: "", on: "anywhere" },
  "sts:GetCallerIdentity": { actions: "", on: "anywhere" },
};
