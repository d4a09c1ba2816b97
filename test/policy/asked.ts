import { CALLS } from "../../src/policy/calls.ts";
import type { Asked } from "../support/iam.ts";
import type { Call } from "../support/recorded.ts";
import { ACCOUNT, type Circumstances, tags } from "./operators.ts";

/** What IAM is asked for these calls of an environment of the project shop, each question once. */
export function askedBy(calls: readonly Call[], environment: string): readonly Asked[] {
  const asked = calls.flatMap((call) => {
    const actions = (CALLS[`${call.service}:${call.operation}`]?.actions ?? "").split(" ").filter(Boolean);
    const own = tags("Resource", "shop", environment);
    // Whose a distribution is only its tags say.
    const ofThing = call.service === "cloudfront" ? own : {};
    return [...actions.flatMap((action) => questions(action, call)), ...rolesPassed(call), ...keysUsed(call, own)].map(
      ({ context, ...one }) => ({ ...one, context: { "aws:RequestedRegion": call.region, ...ofThing, ...context } }),
    );
  });
  return [...new Map(asked.map((one) => [JSON.stringify(one), one])).values()];
}

/** Calls of which the table knows nothing; what a builder calls as it pushes is a part of what one row allows. */
export function unknownAmong(calls: readonly Call[]): readonly string[] {
  const names = calls.map(({ service, operation }) => `${service}:${operation}`);
  return unknownOf(names);
}

/** The same of calls by their names, `service:Operation`. */
export function unknownOf(names: readonly string[]): readonly string[] {
  const pushing = CALLS["ecr:DescribeImages"]?.actions.split(" ") ?? [];
  return [...new Set(names.filter((name) => CALLS[name] === undefined && !pushing.includes(name)))].sort();
}

function questions(action: string, call: Call): readonly Asked[] {
  const arns = OF_SERVICE[call.service]?.(call, action) ?? ["*"];
  const context = circumstancesOf(call, action);
  return arns.map((resource) => ({ action, resource, context }));
}

/** The roles that a task definition is given are handed on (Service Authorization Reference, "Amazon ECS": dependent actions). */
function rolesPassed({ operation, input }: Call): readonly Asked[] {
  if (operation !== "RegisterTaskDefinition") return [];
  return [input.executionRoleArn, input.taskRoleArn].flatMap((role) =>
    typeof role !== "string"
      ? []
      : [{ action: "iam:PassRole", resource: role, context: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } }],
  );
}

/**
 * What a service does with the environment's key in the caller's name (AWS Secrets Manager User Guide, "Permissions for the KMS
 * key"; Amazon S3 User Guide, "Using server-side encryption with AWS KMS keys": permissions). astro's own bucket has none.
 */
function keysUsed({ service, operation, region, path }: Call, own: Circumstances): readonly Asked[] {
  const key = `arn:aws:kms:${region}:${ACCOUNT}:key/1`;
  const on = (action: string, by: string): Asked => ({
    action,
    resource: key,
    context: { ...own, "kms:ViaService": `${by}.${region}.amazonaws.com` },
  });
  if (service === "secretsmanager") {
    if (operation === "GetSecretValue") return [on("kms:Decrypt", service)];
    if (operation === "PutSecretValue") return [on("kms:Decrypt", service), on("kms:GenerateDataKey", service)];
  }
  const isWritten = /^(Put|Copy)Object$/.test(operation) && !path.startsWith("/astro-bootstrap-");
  return service === "s3" && isWritten ? [on("kms:GenerateDataKey", service)] : [];
}

type Arns = (call: Call, action: string) => readonly string[];

/** The ARNs that a call is on, by the name its service signs for (Service Authorization Reference); a star for none. */
const OF_SERVICE: { readonly [service: string]: Arns } = {
  budgets: ({ input }) => [`arn:aws:budgets::${ACCOUNT}:budget/${String(input.BudgetName)}`],
  cloudformation: ({ region, input }) => {
    const stack = String(input.StackName ?? "*");
    const isArn = stack.startsWith("arn:") || stack === "*";
    return [isArn ? stack : `arn:aws:cloudformation:${region}:${ACCOUNT}:stack/${stack}/1`];
  },
  cloudfront: ({ path }) => [`arn:aws:cloudfront::${ACCOUNT}:distribution/${/distribution\/(\w+)/.exec(path)?.[1]}`],
  dynamodb: ({ region, input }) => [`arn:aws:dynamodb:${region}:${ACCOUNT}:table/${String(input.TableName)}`],
  ecr: ({ region, input }) => [
    input.repositoryName === undefined
      ? "*"
      : `arn:aws:ecr:${region}:${ACCOUNT}:repository/${String(input.repositoryName)}`,
  ],
  ecs: ({ operation, region, input }, action) => ecsArns(`arn:aws:ecs:${region}:${ACCOUNT}`, operation, input, action),
  iam: ({ input }) => {
    if (input.AWSServiceName !== undefined)
      return [`arn:aws:iam::${ACCOUNT}:role/aws-service-role/${String(input.AWSServiceName)}/AWSServiceRole`];
    return [
      input.RoleName === undefined
        ? String(input.PolicyArn ?? "*")
        : `arn:aws:iam::${ACCOUNT}:role/${String(input.RoleName)}`,
    ];
  },
  logs: ({ region, input }) => {
    const stream = input.logStreamName === undefined ? "" : `:log-stream:${String(input.logStreamName)}`;
    return [`arn:aws:logs:${region}:${ACCOUNT}:log-group:${String(input.logGroupName)}${stream}`];
  },
  route53: ({ path }) => [`arn:aws:route53:::hostedzone/${/hostedzone\/(\w+)/.exec(path)?.[1]}`],
  s3: s3Arns,
  // Asked for by its name, it is judged by its ARN.
  secretsmanager: ({ region, input }) => [
    `arn:aws:secretsmanager:${region}:${ACCOUNT}:secret:${String(input.SecretId)}-AbCdEf`,
  ],
  ssm: ({ operation, region, input }) => {
    const at = `${region}:${ACCOUNT}`;
    if (operation === "TerminateSession") return [`arn:aws:ssm:${at}:session/${String(input.SessionId)}`];
    if (operation !== "StartSession")
      return (input.Names as readonly string[]).map((name) => `arn:aws:ssm:${at}:parameter${name}`);
    // Its target and its document.
    const [, cluster, task] = /^ecs:([^_]+)_([^_]+)_/.exec(String(input.Target)) ?? [];
    return [
      `arn:aws:ecs:${at}:task/${cluster}/${task}`,
      `arn:aws:ssm:${region}::document/${String(input.DocumentName)}`,
    ];
  },
};

function ecsArns(at: string, operation: string, input: Call["input"], action: string): readonly string[] {
  const [cluster, task] = [String(input.cluster), String(input.task)];
  const definition = String(input.taskDefinition);
  const found: { readonly [operation: string]: readonly string[] } = {
    ExecuteCommand: [`${at}:cluster/${cluster}`, `${at}:task/${cluster}/${task}`],
    RegisterTaskDefinition: [`${at}:task-definition/${String(input.family)}:1`],
    // The task that is tagged has no id yet.
    RunTask:
      action === "ecs:TagResource"
        ? [`${at}:task/${cluster}/*`]
        : [definition.startsWith("arn:") ? definition : `${at}:task-definition/${definition}`],
    StopTask: [`${at}:task/${cluster}/${task}`],
    UpdateService: [`${at}:service/${cluster}/${String(input.service)}`],
  };
  return found[operation] ?? ["*"];
}

function s3Arns({ operation, path, input }: Call, action: string): readonly string[] {
  const [, bucket = "", key = ""] = /^\/([^/?]+)\/?([^?]*)/.exec(path) ?? [];
  const inBucket = (name: string) => `arn:aws:s3:::${bucket}/${name}`;
  if (operation === "DeleteObjects") {
    const isOfVersions = action === "s3:DeleteObjectVersion";
    const objects = input.Objects as readonly { readonly key: string; readonly version: boolean }[];
    return objects.filter(({ version }) => version === isOfVersions).map((one) => inBucket(one.key));
  }
  if (action === "s3:GetObject" && typeof input.CopySource === "string")
    return [`arn:aws:s3:::${input.CopySource.replace(/^\//, "")}`];
  return [key === "" ? `arn:aws:s3:::${bucket}` : inBucket(decodeURIComponent(key))];
}

/** What IAM can tell by beside the ARN: the lock's key, the folder that is listed, the records that are written. */
function circumstancesOf({ service, operation, input, path, region }: Call, action: string): Circumstances {
  const key = (input.Key ?? input.Item) as { readonly id?: { readonly S?: string } } | undefined;
  const prefix = service === "s3" ? new URL(path, "http://aws").searchParams.get("prefix") : null;
  return {
    ...(key?.id?.S !== undefined && { "dynamodb:LeadingKeys": [key.id.S] }),
    ...(prefix !== null && { "s3:prefix": prefix }),
    ...(operation === "TerminateSession" && { "aws:userid": "rehearsal", "aws:username": "ada" }),
    ...(typeof input.AWSServiceName === "string" && { "iam:AWSServiceName": input.AWSServiceName }),
    ...(operation === "ChangeResourceRecordSets" && {
      "route53:ChangeResourceRecordSetsNormalizedRecordNames": ["_x.app.example.com"],
    }),
    ...(operation === "RunTask" && {
      "ecs:cluster": `arn:aws:ecs:${region}:${ACCOUNT}:cluster/${String(input.cluster)}`,
    }),
    ...(action === "ecs:TagResource" && { "ecs:CreateAction": operation }),
  };
}
