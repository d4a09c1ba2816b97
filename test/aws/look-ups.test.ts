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
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateSecretCommand, DeleteSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { openLookUps } from "../../src/aws/look-ups.ts";
import { command } from "../../src/command-line.ts";
import { NotChecked } from "../../src/preflight/finding.ts";
import type { LookUps } from "../../src/preflight/look-ups.ts";
import { nameOf } from "../../src/preflight/named.ts";
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
  ["freetier:GetAccountPlanState", (look) => look.accountPlan()],
  ["servicequotas:GetServiceQuota", (look) => look.quota(REGION, "ec2", "L-0263D0A3")],
  ["ec2:DescribeAddresses", (look) => look.addresses(REGION)],
  ["ec2:DescribeVpcs", (look) => look.vpcs(REGION)],
  ["ec2:DescribeNatGateways", (look) => look.natGateways(REGION)],
  ["ec2:DescribeAvailabilityZones", (look) => look.zones(REGION)],
  ["ec2:DescribeAvailabilityZones", (look) => look.zoneIds(REGION)],
  ["ec2:DescribeVpcEndpointServices", (look) => look.endpointZones(REGION, ["com.amazonaws.eu-west-1.logs"])],
  ["ec2:DescribeInstanceTypeOfferings", (look) => look.instanceZones(REGION, "t4g.micro")],
  ["iam:ListRoles", (look) => look.linkedRoles()],
  ["rds:DescribeDBEngineVersions", (look) => look.databaseVersion(REGION, "postgres", "16")],
  [
    "rds:DescribeOrderableDBInstanceOptions",
    (look) => look.databaseOffers(REGION, { engine: "postgres", version: "16.11", instanceClass: "db.t3.micro" }),
  ],
  ["elasticache:DescribeCacheEngineVersions", (look) => look.cacheVersions(REGION, "redis")],
  ["route53:GetHostedZone", (look) => look.hostedZone("Z123")],
  ["budgets:DescribeBudget", (look) => look.taken(REGION, "AWS::Budgets::Budget", "111122223333/shop-dev")],
  ["cloudcontrolapi:GetResource", (look) => look.taken(REGION, "AWS::KMS::Alias", "alias/shop-dev")],
  ["cloudcontrolapi:ListResources", (look) => look.taken(REGION, "AWS::CloudFront::CachePolicy", "shop-dev")],
  ["cloudcontrolapi:ListResources", (look) => look.taken(REGION, "AWS::WAFv2::WebACL", "shop-dev|CLOUDFRONT")],
  ["dynamodb:DescribeTable", (look) => look.taken(REGION, "AWS::DynamoDB::Table", "astro-locks")],
  ["ecr:DescribeRepositories", (look) => look.taken(REGION, "AWS::ECR::Repository", "shop-dev")],
  [
    "elasticache:DescribeReplicationGroups",
    (look) => look.taken(REGION, "AWS::ElastiCache::ReplicationGroup", "shop-dev"),
  ],
  ["elasticache:DescribeCacheSubnetGroups", (look) => look.taken(REGION, "AWS::ElastiCache::SubnetGroup", "shop-dev")],
  [
    "elasticloadbalancing:DescribeLoadBalancers",
    (look) => look.taken(REGION, "AWS::ElasticLoadBalancingV2::LoadBalancer", "shop-dev"),
  ],
  [
    "elasticloadbalancing:DescribeTargetGroups",
    (look) => look.taken(REGION, "AWS::ElasticLoadBalancingV2::TargetGroup", "shop-dev"),
  ],
  ["iam:GetPolicy", (look) => look.taken(REGION, "AWS::IAM::ManagedPolicy", "arn:aws:iam::111122223333:policy/shop")],
  ["rds:DescribeDBParameterGroups", (look) => look.taken(REGION, "AWS::RDS::DBParameterGroup", "shop-dev")],
  ["rds:DescribeDBSubnetGroups", (look) => look.taken(REGION, "AWS::RDS::DBSubnetGroup", "shop-dev")],
  ["route53:ListHostedZonesByName", (look) => look.zonesNamed("example.com")],
  ["route53:ListResourceRecordSets", (look) => look.recordsNamed("Z123", "api.example.com")],
  ["iam:GetRole", (look) => look.taken(REGION, "AWS::IAM::Role", "shop-dev-role")],
  ["logs:DescribeLogGroups", (look) => look.taken(REGION, "AWS::Logs::LogGroup", "/shop/dev/api")],
  ["rds:DescribeDBInstances", (look) => look.taken(REGION, "AWS::RDS::DBInstance", "shop-dev")],
  ["s3:HeadBucket", (look) => look.taken(REGION, "AWS::S3::Bucket", "shop-dev-bucket")],
  ["secretsmanager:DescribeSecret", (look) => look.taken(REGION, "AWS::SecretsManager::Secret", "shop/dev/jwt")],
  ["cloudformation:DescribeStackResources", (look) => look.holder(REGION, "AWS::Logs::LogGroup", "/shop/dev/api")],
  ["ecr:BatchGetImage", (look) => look.image(ref("v1"))],
  ["secretsmanager:GetSecretValue", (look) => look.secretKeys(REGION, "shop/dev/app")],
];

describe("look-ups", () => {
  it.each(LOOKS)("%s that is denied is not checked, and says what was not allowed", async (call, ask) => {
    const { look } = await opened([{ call, effect: "denied" }]);
    const error = await ask(look).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NotChecked);
    expect(error).toMatchObject({ message: `these credentials do not allow ${call}` });
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

  it("name the permission that a type's own service misses, which Cloud Control passes on", async () => {
    const words = "User: arn:aws:iam::111122223333:user/ada is not authorized to perform: kms:ListAliases";
    const server = createServer((_, answer) => {
      answer.writeHead(400, { "content-type": "application/x-amz-json-1.0" });
      answer.end(JSON.stringify({ __type: "GeneralServiceException", message: words }));
    }).listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once("listening", resolve));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const look = openLookUps({ endpoint, credentials: { accessKeyId: "a", secretAccessKey: "s" } }, REGION);
    await expect(look.taken(REGION, "AWS::KMS::Alias", "alias/shop-dev")).rejects.toThrow(
      "these credentials do not allow kms:ListAliases",
    );
  });

  it("tell on which plan the account is", async () => {
    expect(await (await opened()).look.accountPlan()).toEqual({ type: "PAID", status: "ACTIVE" });
    const free = await (await opened([{ account: "free-plan" }])).look.accountPlan();
    expect(free).toMatchObject({ type: "FREE", status: "ACTIVE", credits: "$100.00", ends: expect.any(Date) });
    const gone = openLookUps(
      { endpoint: "http://127.0.0.1:1", credentials: { accessKeyId: "a", secretAccessKey: "s" } },
      REGION,
    );
    await expect(gone.accountPlan()).rejects.toThrow("freetier:GetAccountPlanState does not answer");
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
    const group = { says: expect.stringMatching(/^made on [\d-]+, 0 bytes of logs$/), tags: {} };
    expect(await look.taken(REGION, "AWS::Logs::LogGroup", "/shop/dev/api")).toEqual(group);
    expect(await look.taken(REGION, "AWS::Logs::LogGroup", "/shop/dev")).toBeUndefined();
    const secrets = new SecretsManagerClient(client);
    await secrets.send(new CreateSecretCommand({ Name: "shop/dev/jwt", SecretString: "s" }));
    const id = expect.stringMatching(/^arn:aws:secretsmanager:.*:secret:shop\/dev\/jwt-/);
    const says = expect.stringMatching(/^made on /);
    expect(await look.taken(REGION, "AWS::SecretsManager::Secret", "shop/dev/jwt")).toEqual({ id, tags: {}, says });
    await secrets.send(new DeleteSecretCommand({ SecretId: "shop/dev/jwt", RecoveryWindowInDays: 7 }));
    const waiting = await look.taken(REGION, "AWS::SecretsManager::Secret", "shop/dev/jwt");
    expect(waiting?.until?.getTime()).toBeGreaterThan(Date.now());
    expect(await look.taken(REGION, "AWS::EC2::VPC", "anything")).toBeUndefined();
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
    expect(await look.taken(REGION, "AWS::Logs::LogGroup", "/theirs")).toMatchObject({ tags: { Project: "till" } });
    expect(await look.holder(REGION, "AWS::Logs::LogGroup", "/theirs")).toBeUndefined();
  });

  it("tell of every type whose name is taken whose it is, by its tags", async () => {
    const { look, client } = await opened();
    const cloudformation = new CloudFormationClient(client);
    const Principal = { Service: "ecs-tasks.amazonaws.com" };
    const trust = [{ Effect: "Allow", Action: "sts:AssumeRole", Principal }];
    const role = { AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: trust } };
    const statement = { Effect: "Allow", Action: "s3:ListAllMyBuckets", Resource: "*" };
    const PolicyDocument = { Version: "2012-10-17", Statement: [statement] };
    const Subnets = ["a", "b"].map((zone) => ({ Ref: `Subnet${zone}` }));
    const subnet = (zone: string, CidrBlock: string) => ({
      Type: "AWS::EC2::Subnet",
      Properties: { VpcId: { Ref: "Vpc" }, CidrBlock, AvailabilityZone: `${REGION}${zone}` },
    });
    const key = [{ AttributeName: "id", KeyType: "HASH" }];
    const table = { KeySchema: key, AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }] };
    const NAMED: { readonly [type: string]: readonly [property: string, name: string, more: object] } = {
      "AWS::DynamoDB::Table": ["TableName", "theirs", { ...table, BillingMode: "PAY_PER_REQUEST" }],
      "AWS::ECR::Repository": ["RepositoryName", "theirs", {}],
      "AWS::ElastiCache::SubnetGroup": ["CacheSubnetGroupName", "theirs", { SubnetIds: Subnets, Description: "d" }],
      "AWS::ElasticLoadBalancingV2::LoadBalancer": ["Name", "theirs", { Subnets, Scheme: "internal" }],
      "AWS::ElasticLoadBalancingV2::TargetGroup": [
        "Name",
        "theirs",
        { VpcId: { Ref: "Vpc" }, Port: 80, Protocol: "HTTP" },
      ],
      "AWS::IAM::Role": ["RoleName", "theirs", { ...role, Policies: [{ PolicyName: "one", PolicyDocument }] }],
      "AWS::Logs::LogGroup": ["LogGroupName", "theirs", {}],
      "AWS::RDS::DBParameterGroup": ["DBParameterGroupName", "theirs", { Family: "postgres16", Description: "d" }],
      "AWS::RDS::DBSubnetGroup": ["DBSubnetGroupName", "theirs", { SubnetIds: Subnets, DBSubnetGroupDescription: "d" }],
      "AWS::S3::Bucket": ["BucketName", "theirs", {}],
      "AWS::SecretsManager::Secret": ["Name", "theirs", { SecretString: "s" }],
    };
    const Resources: Template["Resources"] = {
      Vpc: { Type: "AWS::EC2::VPC", Properties: { CidrBlock: "10.0.0.0/16" } },
      Subneta: subnet("a", "10.0.0.0/24"),
      Subnetb: subnet("b", "10.0.1.0/24"),
      ...Object.fromEntries(
        Object.entries(NAMED).map(([Type, [property, name, more]], at) => [
          `Thing${at}`,
          { Type, Properties: { [property]: name, ...more } as Template["Resources"][string]["Properties"] & object },
        ]),
      ),
    };
    const one = {
      StackName: "theirs",
      TemplateBody: JSON.stringify({ Resources }),
      Tags: [{ Key: "team", Value: "till" }],
    };
    const Capabilities: Capability[] = ["CAPABILITY_NAMED_IAM"];
    await cloudformation.send(new CreateStackCommand({ ...one, Capabilities }));
    await waitUntilStackCreateComplete(
      { client: cloudformation, maxWaitTime: 60, minDelay: 1 },
      { StackName: "theirs" },
    );
    const told = await Promise.all(
      Object.keys(NAMED).map(async (type) => [type, (await look.taken(REGION, type, "theirs"))?.tags?.team]),
    );
    expect(told).toEqual(Object.keys(NAMED).map((type) => [type, "till"]));
    expect((await look.taken(REGION, "AWS::IAM::Role", "theirs"))?.before).toEqual([
      command`aws iam delete-role-policy --role-name theirs --policy-name one`,
    ]);
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
      const named = nameOf({ type: Type, region: REGION, properties: Properties as Values }, "111122223333");
      return [Type, (await look.holder(REGION, Type, named?.id ?? ""))?.stack];
    });
    expect(await Promise.all(holders)).toEqual(Object.values(Resources).map(({ Type }) => [Type, "theirs"]));
  });

  it("tell of names that something has which is of no stack, whatever its type", async () => {
    const { look, client } = await opened();
    const cloudformation = new CloudFormationClient(client);
    const alarm = { ComparisonOperator: "LessThanThreshold", EvaluationPeriods: 1, Threshold: 1, Period: 60 };
    const policy = { Name: "theirs", MinTTL: 0, DefaultTTL: 60, MaxTTL: 60 };
    const sent = { CookiesConfig: { CookieBehavior: "none" }, HeadersConfig: { HeaderBehavior: "none" } };
    const asked = { QueryStringsConfig: { QueryStringBehavior: "none" } };
    const cached = { EnableAcceptEncodingGzip: true, EnableAcceptEncodingBrotli: true, ...sent, ...asked };
    const signing = { OriginAccessControlOriginType: "s3", SigningBehavior: "always", SigningProtocol: "sigv4" };
    const limit = { BudgetLimit: { Amount: 100, Unit: "USD" }, TimeUnit: "MONTHLY", BudgetType: "COST" };
    const visible = { SampledRequestsEnabled: true, CloudWatchMetricsEnabled: true, MetricName: "m" };
    const NAMED: { readonly [type: string]: object } = {
      "AWS::Budgets::Budget": { Budget: { BudgetName: "theirs", ...limit } },
      "AWS::CloudFront::CachePolicy": {
        CachePolicyConfig: { ...policy, ParametersInCacheKeyAndForwardedToOrigin: cached },
      },
      "AWS::CloudFront::OriginAccessControl": { OriginAccessControlConfig: { Name: "theirs", ...signing } },
      "AWS::CloudFront::OriginRequestPolicy": { OriginRequestPolicyConfig: { Name: "theirs", ...sent, ...asked } },
      "AWS::CloudFront::ResponseHeadersPolicy": { ResponseHeadersPolicyConfig: { Name: "theirs" } },
      "AWS::CloudFront::Function": {
        Name: "theirs",
        FunctionCode: "function handler(e) { return e.request; }",
        FunctionConfig: { Comment: "", Runtime: "cloudfront-js-2.0" },
      },
      "AWS::CloudWatch::Alarm": { AlarmName: "theirs", ...alarm, MetricName: "m", Namespace: "n", Statistic: "Sum" },
      "AWS::CloudWatch::Dashboard": { DashboardName: "theirs", DashboardBody: "{}" },
      "AWS::ECS::Cluster": { ClusterName: "theirs" },
      "AWS::Events::Rule": { Name: "theirs", ScheduleExpression: "rate(1 day)" },
      "AWS::KMS::Alias": { AliasName: "alias/theirs", TargetKeyId: { "Fn::GetAtt": ["Key", "Arn"] } },
      "AWS::SNS::Topic": { TopicName: "theirs", Tags: [{ Key: "team", Value: "till" }] },
      "AWS::SQS::Queue": { QueueName: "theirs" },
      "AWS::SSM::Parameter": { Name: "/theirs", Type: "String", Value: "v", Tags: { team: "till" } },
      "AWS::WAFv2::WebACL": {
        Name: "theirs",
        Scope: "REGIONAL",
        DefaultAction: { Allow: {} },
        VisibilityConfig: visible,
      },
    };
    const kept = Object.entries(NAMED).map(([Type, Properties], at) => [
      `Thing${at}`,
      { Type, Properties, DeletionPolicy: "Retain" },
    ]);
    const Resources = { Key: { Type: "AWS::KMS::Key" }, ...Object.fromEntries(kept) };
    const seen = () =>
      Promise.all(
        Object.entries(NAMED).map(async ([type, properties]) => {
          const name = nameOf({ type, region: REGION, properties: properties as Values }, "111122223333");
          const found = await look.taken(REGION, type, name?.asked ?? "");
          return [
            type,
            found && (await look.holder(REGION, type, found.id ?? name?.id ?? ""))?.stack,
            found?.tags?.team,
          ];
        }),
      );
    expect(await seen()).toEqual(Object.keys(NAMED).map((type) => [type, undefined, undefined]));
    await cloudformation.send(
      new CreateStackCommand({ StackName: "theirs", TemplateBody: JSON.stringify({ Resources }) }),
    );
    const waiting = { client: cloudformation, maxWaitTime: 60, minDelay: 1 };
    await waitUntilStackCreateComplete(waiting, { StackName: "theirs" });
    // The type of resource that a budget is has no tags.
    const tagged = (type: string) => (/SNS|SSM/.test(type) ? "till" : undefined);
    expect(await seen()).toEqual(Object.keys(NAMED).map((type) => [type, "theirs", tagged(type)]));
    await cloudformation.send(new DeleteStackCommand({ StackName: "theirs" }));
    await waitUntilStackDeleteComplete(waiting, { StackName: "theirs" });
    const left = await Promise.all(
      Object.entries(NAMED).map(async ([type, properties]) => {
        const name = nameOf({ type, region: REGION, properties: properties as Values }, "111122223333");
        return [type, (await look.taken(REGION, type, name?.asked ?? "")) !== undefined];
      }),
    );
    expect(left).toEqual(Object.keys(NAMED).map((type) => [type, true]));
    expect((await seen()).map(([, holder]) => holder).filter((holder) => holder !== undefined)).toEqual([]);
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

describe("zones", () => {
  it("are told with their ids, and which of them have an endpoint's service and EC2's machines", async () => {
    const { look } = await opened();
    expect((await look.zoneIds("us-east-1")).slice(0, 2)).toEqual([
      { name: "us-east-1a", id: "use1-az1" },
      { name: "us-east-1b", id: "use1-az2" },
    ]);
    const service = "com.amazonaws.eu-west-1.logs";
    expect(await look.endpointZones(REGION, [service])).toEqual([
      { service, zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"] },
    ]);
    expect(await look.instanceZones("us-east-1", "t4g.micro")).toEqual(
      ["1", "2", "4", "5", "6"].map((number) => `use1-az${number}`),
    );
  });
});

describe("a bucket's name, which is taken in all regions", () => {
  it.each([REGION, "eu-central-1"])("is told with the region it is in: %s", async (home) => {
    const { look, client } = await opened();
    const s3 = new S3Client({ ...client, region: home, forcePathStyle: true });
    await s3.send(
      new CreateBucketCommand({
        Bucket: "shop-dev-bucket",
        CreateBucketConfiguration: { LocationConstraint: home as "eu-central-1" },
      }),
    );
    const taken = await look.taken(REGION, "AWS::S3::Bucket", "shop-dev-bucket");
    expect([taken !== undefined, taken?.elsewhere]).toEqual([true, home === REGION ? undefined : home]);
  });
});

describe("a role's name, which is taken in all regions", () => {
  /** The first of the other regions may not be looked at. */
  const DENIED = { call: "cloudformation:DescribeStackResources", effect: "denied", after: 1 } as const;

  it("is told with the stack that has it, wherever that is, though the role bears no tag of CloudFormation's", async () => {
    const { look, client } = await opened([DENIED]);
    const cloudformation = new CloudFormationClient({ ...client, region: "eu-central-1" });
    const StackName = "shop-dev-service";
    const AssumeRolePolicyDocument = { Version: "2012-10-17", Statement: [] };
    const Role = { Type: "AWS::IAM::Role", Properties: { RoleName: "shop-dev-task", AssumeRolePolicyDocument } };
    await cloudformation.send(
      new CreateStackCommand({
        StackName,
        TemplateBody: JSON.stringify({ Resources: { Role } }),
        Capabilities: ["CAPABILITY_NAMED_IAM"],
      }),
    );
    await waitUntilStackCreateComplete({ client: cloudformation, maxWaitTime: 60, minDelay: 1 }, { StackName });
    const taken = await look.taken(REGION, "AWS::IAM::Role", "shop-dev-task");
    expect(Object.keys(taken?.tags ?? {}).filter((key) => key.startsWith("aws:"))).toEqual([]);
    expect(await look.holder(REGION, "AWS::IAM::Role", "shop-dev-task")).toMatchObject({
      stack: StackName,
      region: "eu-central-1",
    });
    expect(await look.holder(REGION, "AWS::IAM::Role", "another")).toBeUndefined();
  });

  it("is not called free where one of the regions may not be looked at", async () => {
    const { look } = await opened([DENIED]);
    await expect(look.holder(REGION, "AWS::IAM::Role", "another")).rejects.toThrow(NotChecked);
  });
});
