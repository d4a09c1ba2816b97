import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  type Capability,
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
} from "@aws-sdk/client-cloudformation";
import { CloudWatchLogsClient, CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateRepositoryCommand, ECRClient, PutImageCommand } from "@aws-sdk/client-ecr";
import { CreateSecretCommand, DeleteSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { openLookUps } from "../../src/aws/look-ups.ts";
import { NotChecked } from "../../src/preflight/finding.ts";
import type { LookUps } from "../../src/preflight/look-ups.ts";
import { goingName } from "../../src/preflight/named.ts";
import type { RehearsalOptions } from "../../src/rehearsal/rehearsal.ts";
import { startRehearsal } from "../../src/rehearsal/rehearsal.ts";
import type { Values } from "../../src/template/evaluate.ts";
import type { Template } from "../../src/template/types.ts";

const REGION = "eu-west-1";

async function opened(faults: RehearsalOptions["faults"] = []) {
  const account = "111122223333";
  const rehearsal = await startRehearsal({ speed: "max", region: REGION, account, clients: "outside", faults });
  onTestFinished(rehearsal.close);
  const { endpoint, credentials, requests } = rehearsal;
  return {
    look: openLookUps({ endpoint, credentials }, REGION),
    requests,
    client: { endpoint, credentials, region: REGION },
  };
}

const ref = (version: string) => ({ registry: "111122223333", region: REGION, repository: "shop-dev", version });

/** One look-up of each kind, and the call that may be denied. */
const LOOKS: readonly (readonly [call: string, look: (look: LookUps) => Promise<unknown>])[] = [
  ["sts:GetCallerIdentity", (look) => look.time(REGION)],
  ["servicequotas:GetServiceQuota", (look) => look.quota(REGION, "ec2", "L-0263D0A3")],
  ["ec2:DescribeAddresses", (look) => look.addresses(REGION)],
  ["ec2:DescribeVpcs", (look) => look.vpcs(REGION)],
  ["ec2:DescribeNatGateways", (look) => look.natGateways(REGION)],
  ["ec2:DescribeAvailabilityZones", (look) => look.zones(REGION)],
  ["iam:ListRoles", (look) => look.linkedRoles()],
  ["rds:DescribeDBEngineVersions", (look) => look.databaseVersion(REGION, "postgres", "16")],
  [
    "rds:DescribeOrderableDBInstanceOptions",
    (look) => look.databaseOffers(REGION, { engine: "postgres", version: "16.11", instanceClass: "db.t3.micro" }),
  ],
  ["elasticache:DescribeCacheEngineVersions", (look) => look.cacheVersions(REGION, "redis")],
  ["route53:GetHostedZone", (look) => look.hostedZone("Z123")],
  ["dynamodb:DescribeTable", (look) => look.taken(REGION, "AWS::DynamoDB::Table", "astro-locks")],
  ["ecr:DescribeRepositories", (look) => look.taken(REGION, "AWS::ECR::Repository", "shop-dev")],
  ["iam:GetRole", (look) => look.taken(REGION, "AWS::IAM::Role", "shop-dev-role")],
  ["logs:DescribeLogGroups", (look) => look.taken(REGION, "AWS::Logs::LogGroup", "/shop/dev/api")],
  ["rds:DescribeDBInstances", (look) => look.taken(REGION, "AWS::RDS::DBInstance", "shop-dev")],
  ["s3:HeadBucket", (look) => look.taken(REGION, "AWS::S3::Bucket", "shop-dev-bucket")],
  ["secretsmanager:DescribeSecret", (look) => look.taken(REGION, "AWS::SecretsManager::Secret", "shop/dev/jwt")],
  ["cloudformation:DescribeStackResources", (look) => look.holder(REGION, "AWS::Logs::LogGroup", "/shop/dev/api")],
  ["ecr:BatchGetImage", (look) => look.image(ref("v1"))],
];

describe("look-ups", () => {
  it.each(LOOKS)("%s that is denied is not checked, and says what was not allowed", async (call, ask) => {
    const { look } = await opened([{ call, effect: "denied" }]);
    const error = await ask(look).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NotChecked);
    expect(error).toMatchObject({ message: `these credentials may not call ${call}` });
  });

  it.each(LOOKS)("%s is answered by one call in an account that has nothing", async (call, ask) => {
    const { look, requests } = await opened();
    await ask(look);
    expect(Object.fromEntries(requests)).toEqual({ [call]: 1 });
  });

  it("tell what a region has and gives", async () => {
    const { look } = await opened();
    expect(await look.quota(REGION, "ec2", "L-0263D0A3")).toBe(5);
    expect(await look.zones(REGION)).toEqual(["eu-west-1a", "eu-west-1b", "eu-west-1c"]);
    expect(await look.addresses(REGION)).toEqual([]);
    expect(await look.linkedRoles()).toContain("ecs.amazonaws.com");
    expect(await look.databaseVersion(REGION, "postgres", "16")).toBe("16.11");
    expect(await look.databaseVersion(REGION, "postgres", "9")).toBeUndefined();
    expect(await look.cacheVersions(REGION, "redis")).toContain("7.1.0");
    expect(await look.hostedZone("Z123")).toBeUndefined();
    expect(Math.abs((await look.time(REGION)).getTime() - Date.now())).toBeLessThan(60_000);
    expect(await look.credentials()).toEqual({ temporary: false, renewed: true });
  });

  it("say of a quota that Service Quotas does not know that it is not checked", async () => {
    const { look } = await opened();
    await expect(look.quota(REGION, "ec2", "L-00000000")).rejects.toThrow(NotChecked);
  });

  it("look into the whole list before a version is called not offered", async () => {
    const { look, requests } = await opened([{ call: "rds:DescribeDBEngineVersions", effect: "denied", after: 1 }]);
    await expect(look.databaseVersion(REGION, "postgres", "99")).rejects.toThrow("rds:DescribeDBEngineVersions");
    expect(requests.get("rds:DescribeDBEngineVersions")).toBe(2);
  });

  it("find names that are taken, of a secret also until when", async () => {
    const { look, client } = await opened();
    await new CloudWatchLogsClient(client).send(new CreateLogGroupCommand({ logGroupName: "/shop/dev/api" }));
    expect(await look.taken(REGION, "AWS::Logs::LogGroup", "/shop/dev/api")).toEqual({});
    expect(await look.taken(REGION, "AWS::Logs::LogGroup", "/shop/dev")).toBeUndefined();
    const secrets = new SecretsManagerClient(client);
    await secrets.send(new CreateSecretCommand({ Name: "shop/dev/jwt", SecretString: "s" }));
    const id = expect.stringMatching(/^arn:aws:secretsmanager:.*:secret:shop\/dev\/jwt-/);
    expect(await look.taken(REGION, "AWS::SecretsManager::Secret", "shop/dev/jwt")).toEqual({ id, tags: {} });
    await secrets.send(new DeleteSecretCommand({ SecretId: "shop/dev/jwt", RecoveryWindowInDays: 7 }));
    const waiting = await look.taken(REGION, "AWS::SecretsManager::Secret", "shop/dev/jwt");
    expect(waiting?.until?.getTime()).toBeGreaterThan(Date.now());
    expect(await look.taken(REGION, "AWS::SNS::Topic", "anything")).toBeUndefined();
  });

  it("find the stack that has something, with its tags, and none once that has let it go", async () => {
    const { look, client } = await opened();
    const cloudformation = new CloudFormationClient(client);
    const Resources = {
      Group: { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: "/theirs" }, DeletionPolicy: "Retain" },
      Role: { Type: "AWS::IAM::Role", Properties: { RoleName: "theirs", AssumeRolePolicyDocument: { Statement: [] } } },
    };
    const Tags = [{ Key: "Project", Value: "till" }];
    const TemplateBody = JSON.stringify({ Resources });
    const Capabilities: Capability[] = ["CAPABILITY_NAMED_IAM"];
    await cloudformation.send(new CreateStackCommand({ StackName: "theirs", TemplateBody, Tags, Capabilities }));
    await waitUntilStackCreateComplete(
      { client: cloudformation, maxWaitTime: 60, minDelay: 1 },
      { StackName: "theirs" },
    );
    // Another kind of thing may be called the same.
    expect(await look.holder(REGION, "AWS::SQS::Queue", "/theirs")).toBeUndefined();
    expect(await look.holder(REGION, "AWS::Logs::LogGroup", "/theirs")).toMatchObject({
      stack: "theirs",
      tags: { Project: "till" },
    });
    const role = await look.taken(REGION, "AWS::IAM::Role", "theirs");
    // CloudFormation's own tags are not to be seen on a role (localstack's test_cfn_lambda_sqs_source, recorded 2025-08-27).
    expect(role?.tags).toEqual({ Project: "till" });
    await cloudformation.send(new DeleteStackCommand({ StackName: "theirs" }));
    await waitUntilStackDeleteComplete(
      { client: cloudformation, maxWaitTime: 60, minDelay: 1 },
      { StackName: "theirs" },
    );
    expect(await look.taken(REGION, "AWS::Logs::LogGroup", "/theirs")).toEqual({});
    expect(await look.holder(REGION, "AWS::Logs::LogGroup", "/theirs")).toBeUndefined();
  });

  it("find the stack of whatever goes with it by the name that its template gives", async () => {
    const { look, client } = await opened();
    const cloudformation = new CloudFormationClient(client);
    const alarm = { ComparisonOperator: "LessThanThreshold", EvaluationPeriods: 1, Threshold: 1, Period: 60 };
    const metric = { MetricName: "m", Namespace: "n", Statistic: "Sum" };
    const code = { FunctionCode: "function handler(e) { return e.request; }", AutoPublish: true };
    const config = { Comment: "", Runtime: "cloudfront-js-2.0" };
    const Resources: Template["Resources"] = {
      Topic: { Type: "AWS::SNS::Topic", Properties: { TopicName: "theirs" } },
      Alarm: { Type: "AWS::CloudWatch::Alarm", Properties: { AlarmName: "theirs", ...alarm, ...metric } },
      Dashboard: { Type: "AWS::CloudWatch::Dashboard", Properties: { DashboardName: "board", DashboardBody: "{}" } },
      Cluster: { Type: "AWS::ECS::Cluster", Properties: { ClusterName: "their-cluster" } },
      Spa: { Type: "AWS::CloudFront::Function", Properties: { Name: "theirs", ...code, FunctionConfig: config } },
    };
    const TemplateBody = JSON.stringify({ Resources });
    await cloudformation.send(new CreateStackCommand({ StackName: "theirs", TemplateBody }));
    await waitUntilStackCreateComplete(
      { client: cloudformation, maxWaitTime: 60, minDelay: 1 },
      { StackName: "theirs" },
    );
    const holders = Object.values(Resources).map(async ({ Type, Properties = {} }) => {
      const named = goingName({ type: Type, region: REGION, properties: Properties as Values }, "111122223333");
      return [Type, (await look.holder(REGION, Type, named?.id ?? ""))?.stack];
    });
    expect(await Promise.all(holders)).toEqual(Object.values(Resources).map(({ Type }) => [Type, "theirs"]));
  });

  it("tell for which platforms an image is built, if its manifest does", async () => {
    const { look, client } = await opened();
    expect(await look.image(ref("v1"))).toBeUndefined();
    const ecr = new ECRClient(client);
    await ecr.send(new CreateRepositoryCommand({ repositoryName: "shop-dev" }));
    expect(await look.image(ref("v1"))).toBeUndefined();
    const platform = (os: string, architecture: string) => ({ platform: { os, architecture } });
    const put = (imageTag: string, manifest: object) =>
      ecr.send(new PutImageCommand({ repositoryName: "shop-dev", imageTag, imageManifest: JSON.stringify(manifest) }));
    await put("v1", { schemaVersion: 2, manifests: [platform("linux", "arm64"), platform("unknown", "unknown")] });
    await put("v2", { schemaVersion: 2, config: { digest: "sha256:0a" } });
    expect(await look.image(ref("v1"))).toEqual(["linux/arm64"]);
    expect(await look.image(ref("v2"))).toEqual([]);
  });
});

describe("a single image", () => {
  /** A registry that has one image, whose configuration is a layer to be fetched. */
  async function registry(config: object | undefined): Promise<string> {
    const server = createServer((request, answer) => {
      const target = request.headers["x-amz-target"] ?? "";
      const home = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const manifest = JSON.stringify({ schemaVersion: 2, config: { digest: "sha256:0a" } });
      const answers: { readonly [operation: string]: object } = {
        BatchGetImage: { images: [{ imageManifest: manifest }] },
        GetDownloadUrlForLayer: { downloadUrl: `${home}/layer` },
      };
      const found = request.url === "/layer" ? config : answers[String(target).split(".")[1] ?? ""];
      answer.writeHead(found === undefined ? 404 : 200, { "content-type": "application/x-amz-json-1.1" });
      answer.end(JSON.stringify(found ?? {}));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  const credentials = { accessKeyId: "a", secretAccessKey: "s" };

  it("tells its platform by its configuration", async () => {
    const endpoint = await registry({ os: "linux", architecture: "arm64" });
    expect(await openLookUps({ endpoint, credentials }, REGION).image(ref("v1"))).toEqual(["linux/arm64"]);
  });

  it("is there all the same if its configuration cannot be read", async () => {
    const endpoint = await registry(undefined);
    expect(await openLookUps({ endpoint, credentials }, REGION).image(ref("v1"))).toEqual([]);
  });
});

describe("credentials of the environment", () => {
  it("end when it says, and nobody renews them", async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIA");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
    vi.stubEnv("AWS_SESSION_TOKEN", "token");
    vi.stubEnv("AWS_CREDENTIAL_EXPIRATION", "2030-01-01T00:00:00Z");
    onTestFinished(() => void vi.unstubAllEnvs());
    const look = openLookUps({ endpoint: "http://127.0.0.1:1" }, REGION);
    expect(await look.credentials()).toEqual({
      temporary: true,
      renewed: false,
      expires: new Date("2030-01-01T00:00:00Z"),
    });
  });
});

describe("fixes", () => {
  it("make a service's role, once", async () => {
    const { look } = await opened();
    await look.createLinkedRole("spot.amazonaws.com");
    expect(await look.linkedRoles()).toContain("spot.amazonaws.com");
    await expect(look.createLinkedRole("spot.amazonaws.com")).rejects.toMatchObject({ code: "failed" });
  });

  it("ask AWS for more", async () => {
    const { look, requests } = await opened();
    await look.raiseQuota(REGION, "ec2", "L-0263D0A3", 8);
    expect(requests.get("servicequotas:RequestServiceQuotaIncrease")).toBe(1);
  });
});
