import type { RequestSigner } from "./authorization.ts";
import type { Input } from "./call.ts";
import { AwsError } from "./error.ts";

/** Parameters with a call's resource, and each service's error code for one of another account. */
const ABOUT: { readonly [service: string]: { readonly names: readonly string[]; readonly code: string } } = {
  acm: { names: ["CertificateArn"], code: "AccessDeniedException" },
  cloudformation: { names: ["StackName", "StackId"], code: "AccessDenied" },
  dynamodb: { names: ["TableName", "ResourceArn"], code: "AccessDeniedException" },
  ecr: { names: ["resourceArn"], code: "AccessDeniedException" },
  ecs: { names: ["cluster", "service", "taskDefinition", "task", "resourceArn"], code: "AccessDeniedException" },
  elasticloadbalancing: {
    names: ["LoadBalancerArn", "TargetGroupArn", "ListenerArn", "RuleArn"],
    code: "AccessDenied",
  },
  kms: { names: ["KeyId", "TargetKeyId"], code: "AccessDeniedException" },
  logs: { names: ["logGroupIdentifier", "resourceArn"], code: "AccessDeniedException" },
  rds: { names: ["DBInstanceIdentifier", "ResourceName"], code: "AccessDenied" },
  secretsmanager: { names: ["SecretId"], code: "AccessDeniedException" },
  sns: { names: ["TopicArn", "ResourceArn"], code: "AuthorizationError" },
};

/** Throws the error of a call about another account's resource: nothing here is shared across accounts. */
export function checkOwnership({ service, account }: RequestSigner, operation: string, input: Input): void {
  const about = ABOUT[service];
  for (const name of about?.names ?? []) {
    const value = input[name];
    const owner = typeof value === "string" ? /^arn:[\w-]+:[\w-]+:[\w-]*:(\d{12}):/.exec(value)?.[1] : undefined;
    if (!about || owner === undefined || owner === account) continue;
    throw new AwsError(
      about.code,
      `User: arn:aws:iam::${account}:user/rehearsal is not authorized to perform: ${service}:${operation} on resource: ${value}`,
      about.code.endsWith("Exception") ? 400 : 403,
    );
  }
}
