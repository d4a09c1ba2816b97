import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { astro, jsonLines, plainEnvironment } from "../support/cli.ts";
import { awsTools } from "../support/python.ts";
import { type Served, serve } from "../support/served.ts";

const ACCOUNT = "123456789012";
const STATE = `astro-bootstrap-${ACCOUNT}-us-east-1`;
const PDFS = `astro-dev-pdfs-${ACCOUNT}-us-east-1`;

/** What somebody types to look around, and what the answer holds among other things. */
const LOOKS: readonly (readonly [command: string, holds: object])[] = [
  ["sts get-caller-identity", { Account: ACCOUNT, Arn: expect.stringMatching(/^arn:aws:iam::/) }],
  [
    "cloudformation describe-stacks --stack-name astro-dev-network",
    { Stacks: [{ StackName: "astro-dev-network", StackStatus: "CREATE_COMPLETE" }] },
  ],
  [
    "cloudformation list-stacks --stack-status-filter CREATE_COMPLETE",
    { StackSummaries: expect.arrayContaining([expect.objectContaining({ StackName: "astro-dev-service" })]) },
  ],
  [
    "cloudformation list-stack-resources --stack-name astro-dev-registry",
    { StackResourceSummaries: expect.arrayContaining([expect.objectContaining({ PhysicalResourceId: "astro-dev" })]) },
  ],
  [
    "cloudformation describe-stack-events --stack-name astro-dev-service --max-items 1",
    { StackEvents: [{ ResourceStatus: "CREATE_COMPLETE", LogicalResourceId: "astro-dev-service" }] },
  ],
  ["cloudformation get-template --stack-name astro-dev-registry", { TemplateBody: { Resources: expect.any(Object) } }],
  ["s3api list-buckets", { Buckets: expect.arrayContaining([expect.objectContaining({ Name: PDFS })]) }],
  [`s3api get-bucket-versioning --bucket ${STATE}`, { Status: "Enabled" }],
  [
    `s3api get-public-access-block --bucket ${PDFS}`,
    { PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true } },
  ],
  [
    `s3api get-bucket-tagging --bucket ${PDFS}`,
    { TagSet: expect.arrayContaining([{ Key: "Environment", Value: "dev" }]) },
  ],
  [`s3api list-objects-v2 --bucket ${STATE} --max-items 1`, { Contents: [{ StorageClass: "STANDARD" }] }],
  [`s3api get-bucket-acl --bucket ${PDFS}`, { Grants: [{ Permission: "FULL_CONTROL" }] }],
  ["dynamodb list-tables", { TableNames: ["astro-locks"] }],
  [
    "dynamodb describe-table --table-name astro-locks",
    { Table: { TableStatus: "ACTIVE", BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" } } },
  ],
  ["dynamodb scan --table-name astro-locks", { Count: expect.any(Number) }],
  ["ecs list-clusters", { clusterArns: [`arn:aws:ecs:us-east-1:${ACCOUNT}:cluster/astro-dev`] }],
  [
    "ecs describe-clusters --clusters astro-dev",
    { clusters: [{ status: "ACTIVE", runningTasksCount: 1, activeServicesCount: 1 }], failures: [] },
  ],
  [
    "ecs describe-services --cluster astro-dev --services api",
    { services: [{ serviceName: "api", status: "ACTIVE", desiredCount: 1, runningCount: 1 }] },
  ],
  ["ecs list-tasks --cluster astro-dev", { taskArns: [expect.stringContaining(":task/astro-dev/")] }],
  [
    "ecs describe-task-definition --task-definition astro-dev-api",
    { taskDefinition: { family: "astro-dev-api", cpu: "256", memory: "512", status: "ACTIVE" } },
  ],
  ["ecr describe-repositories", { repositories: [{ repositoryName: "astro-dev" }] }],
  ["ecr list-images --repository-name astro-dev", { imageIds: [] }],
  ["route53 list-hosted-zones", { HostedZones: [] }],
  [
    "ec2 describe-vpcs --filters Name=tag:Project,Values=astro",
    { Vpcs: [{ CidrBlock: "10.0.0.0/16", State: "available" }] },
  ],
  ["ec2 describe-subnets", { Subnets: expect.arrayContaining([expect.objectContaining({ State: "available" })]) }],
  [
    "ec2 describe-security-groups --filters Name=tag:Name,Values=astro-dev-alb",
    { SecurityGroups: [{ IpPermissions: expect.any(Array) }] },
  ],
  ["ec2 describe-nat-gateways", { NatGateways: [{ State: "available" }] }],
  ["ec2 describe-addresses", { Addresses: [{ Domain: "vpc", PublicIp: expect.any(String) }] }],
  [
    "ec2 describe-route-tables",
    { RouteTables: expect.arrayContaining([expect.objectContaining({ Routes: expect.any(Array) })]) },
  ],
  ["ec2 describe-availability-zones", { AvailabilityZones: expect.arrayContaining([expect.any(Object)]) }],
  [
    "logs describe-log-groups --log-group-name-prefix /astro",
    { logGroups: [{ logGroupName: "/astro/dev/api", retentionInDays: 14 }] },
  ],
  ["logs filter-log-events --log-group-name /astro/dev/api", { events: expect.any(Array) }],
  [
    "kms list-aliases",
    { Aliases: expect.arrayContaining([expect.objectContaining({ AliasName: "alias/astro-dev" })]) },
  ],
  ["kms describe-key --key-id alias/astro-dev", { KeyMetadata: { KeyState: "Enabled", KeyManager: "CUSTOMER" } }],
  [
    "secretsmanager list-secrets",
    { SecretList: expect.arrayContaining([expect.objectContaining({ Name: "astro/dev/redis" })]) },
  ],
  [
    "elbv2 describe-load-balancers",
    { LoadBalancers: [{ LoadBalancerName: "astro-dev-alb", State: { Code: "active" } }] },
  ],
  ["elbv2 describe-target-groups", { TargetGroups: [{ TargetType: "ip", HealthCheckPath: "/health" }] }],
  [
    "rds describe-db-instances",
    { DBInstances: [{ DBInstanceIdentifier: "astro-dev", DBInstanceStatus: "available" }] },
  ],
  ["elasticache describe-replication-groups", { ReplicationGroups: [{ Status: "available" }] }],
  ["cloudfront list-distributions", { DistributionList: { Items: [{ Status: "Deployed", Enabled: true }] } }],
  ["acm list-certificates", { CertificateSummaryList: [] }],
  [
    "iam get-role --role-name astro-dev-ecs-execution-role",
    { Role: { AssumeRolePolicyDocument: { Statement: [{ Effect: "Allow" }] } } },
  ],
  ["iam list-attached-role-policies --role-name astro-dev-ecs-execution-role", { AttachedPolicies: expect.any(Array) }],
  [
    "resourcegroupstaggingapi get-resources --tag-filters Key=Environment,Values=dev",
    {
      ResourceTagMappingList: expect.arrayContaining([
        expect.objectContaining({ ResourceARN: `arn:aws:s3:::${PDFS}` }),
      ]),
    },
  ],
  ["resourcegroupstaggingapi get-tag-values --key Environment", { TagValues: ["dev"] }],
  [
    "service-quotas get-service-quota --service-code vpc --quota-code L-F678F1CE",
    { Quota: { QuotaName: "VPCs per Region", Value: 5 } },
  ],
  [
    "ce get-cost-and-usage --time-period Start=2026-01-01,End=2028-01-01 --granularity MONTHLY --metrics UnblendedCost --group-by Type=DIMENSION,Key=SERVICE",
    { GroupDefinitions: [{ Type: "DIMENSION", Key: "SERVICE" }], ResultsByTime: expect.any(Array) },
  ],
  ["cloudwatch describe-alarms", { MetricAlarms: expect.any(Array) }],
  ["application-autoscaling describe-scalable-targets --service-namespace ecs", { ScalableTargets: expect.any(Array) }],
];

/** The same as people read it who do not ask for JSON. */
const READ: readonly (readonly [command: string, holds: RegExp])[] = [
  ["s3 ls", new RegExp(`^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d ${STATE}$`, "m")],
  [`s3 ls s3://${STATE} --recursive`, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d +\d+ \S+$/m],
  ["ec2 describe-vpcs --query Vpcs[].CidrBlock --output text", /^10\.0\.0\.0\/16$/m],
  [
    "ecs list-services --cluster astro-dev --output table",
    /\| +arn:aws:ecs:us-east-1:\d{12}:service\/astro-dev\/api +\|/,
  ],
  ["ecr get-login-password", /^\S+$/m],
];

type Ended = {
  readonly words: readonly string[];
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
};

/** Runs AWS's own client on each command, in one process: its start takes longer than a call. */
function aws({ endpoint, environment }: Served, commands: readonly string[]): Promise<readonly Ended[]> {
  const env = plainEnvironment({
    ...environment,
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_PAGER: "",
    AWS_CONFIG_FILE: devNull,
    PYTHONDONTWRITEBYTECODE: "1",
  });
  const script = join(process.cwd(), "test", "emulator", "tour", "run.py");
  const child = spawn(join(awsTools(), "python"), [script], { env, stdio: ["pipe", "pipe", "inherit"] });
  // Not every service of this version of the client heeds AWS_ENDPOINT_URL.
  const lines = commands.map((command) => JSON.stringify([...command.split(" "), "--endpoint-url", endpoint]));
  child.stdin.end(`${lines.join("\n")}\n`);
  let stdout = "";
  child.stdout.on("data", (chunk) => (stdout += chunk));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => resolve(jsonLines(stdout) as unknown as readonly Ended[]));
  });
}

let folder: string;
let served: Served;
let ended: ReadonlyMap<string, Ended>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "astro-tour-"));
  const infra = join(folder, "infra");
  const ours = async (...args: readonly string[]) => {
    const done = await astro(args, { cwd: folder });
    expect(done.code, done.stderr).toBe(0);
  };
  await ours("init", "infra", "--yes", "--name", "astro", "--env", "dev", "--preset", "dev", "--region", "us-east-1");
  await ours("provision", "--dir", infra, "--env", "dev", "--yes", "--rehearse", "--speed", "max");
  served = await serve(["--dir", infra]);
  const commands = [...LOOKS, ...READ].map(([command]) => command);
  const found = await aws(served, commands);
  ended = new Map(commands.map((command, i) => [command, found[i] as Ended]));
});
afterAll(async () => {
  await served?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe("the aws client in a rehearsed dev environment", () => {
  it.each(LOOKS)("aws %s", (command, holds) => {
    const done = ended.get(command);
    expect(done?.code, done?.stderr).toBe(0);
    expect(JSON.parse(done?.stdout ?? "")).toMatchObject(holds);
  });

  it.each(READ)("aws %s", (command, holds) => {
    const done = ended.get(command);
    expect(done?.code, done?.stderr).toBe(0);
    expect(done?.stdout).toMatch(holds);
  });
});
