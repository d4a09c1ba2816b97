import { loadAwsServiceSpecSync } from "@aws-cdk/aws-service-spec";
import { describe, expect, it } from "vitest";
import { loadPricesFor } from "../../src/cost/catalogue.ts";
import { estimate } from "../../src/cost/estimate.ts";
import { FREE_TYPES } from "../../src/cost/free-types.ts";
import { pricerOf } from "../../src/cost/pricers.ts";
import { costReport } from "../../src/cost/report.ts";
import { NO_USAGE } from "../../src/cost/usage.ts";
import { parseUsage } from "../../src/cost/usage-file.ts";
import type { Json, Template } from "../../src/template/types.ts";
import { bill, gaps, items, lines } from "./bill.ts";

const prices = await loadPricesFor(["us-east-1", "eu-west-1"]);

type Resources = Parameters<typeof bill>[0];
type Properties = { readonly [name: string]: Json };

const of = (Type: string, Properties: Properties = {}) => ({ Type, Properties });
const cacheOf = (CacheNodeType: string, more: Properties = {}) =>
  of("AWS::ElastiCache::CacheCluster", { Engine: "redis", CacheNodeType, NumCacheNodes: 1, ...more });
const database = (properties: Properties) =>
  of("AWS::RDS::DBInstance", {
    Engine: "postgres",
    DBInstanceClass: "db.m5.large",
    AllocatedStorage: "20",
    ...properties,
  });

const ENV = {
  Parameters: { Env: { Type: "String" } },
  Conditions: {
    Prod: { "Fn::Equals": [{ Ref: "Env" }, "prod"] },
    NotProd: { "Fn::Not": [{ "Fn::Equals": [{ Ref: "Env" }, "prod"] }] },
  },
};

describe("what nobody decided", () => {
  const either = {
    A: { ...cacheOf("cache.r6g.large"), Condition: "Prod" },
    B: { ...cacheOf("cache.t3.micro"), Condition: "NotProd" },
  };

  it("is never summed: of two that exclude each other the dearest is shown, and the range said", async () => {
    const cost = await bill(either, { template: ENV });
    expect(cost.monthlyTotal).toBe(150.38);
    expect(cost.range).toEqual([
      { when: "Env none of prod", monthlyTotal: 12.41 },
      { when: "Env=prod", monthlyTotal: 150.38 },
    ]);
    expect(cost.assumptions.at(-1)).toBe(
      "Env has no value: from $12.41 (Env none of prod) to $150.38 (Env=prod), the dearest is shown; say which with --parameter Env=VALUE",
    );
  });

  it("is decided by a parameter that is given", () => {
    const stack = {
      name: "s",
      region: "us-east-1",
      template: { ...ENV, Resources: either },
      parameters: { Env: "dev" },
    };
    const cost = estimate({ name: "s", region: "us-east-1", stacks: [stack], usage: NO_USAGE }, prices);
    expect([cost.monthlyTotal, cost.range]).toEqual([12.41, undefined]);
  });

  it("may be a property alone: a database in one zone or two", async () => {
    const Db = database({
      DBInstanceClass: "db.t3.medium",
      AllocatedStorage: "100",
      MultiAZ: { "Fn::If": ["Prod", true, false] },
      ManageMasterUserPassword: true,
    });
    const cost = await bill({ Db }, { template: ENV });
    expect(cost.range?.map(({ monthlyTotal }) => monthlyTotal)).toEqual([64.46, 129.25]);
  });

  it("is looked up in a mapping, or is one of the values a parameter allows", async () => {
    const template: Partial<Template> = {
      Parameters: { Size: { Type: "String" }, Two: { Type: "String", AllowedValues: ["true", "false"] } },
      Mappings: { Sizes: { small: { Class: "db.t3.micro" }, large: { Class: "db.m5.large" } } },
    };
    const DBInstanceClass = { "Fn::FindInMap": ["Sizes", { Ref: "Size" }, "Class"] };
    const cost = await bill({ Db: database({ DBInstanceClass, MultiAZ: { Ref: "Two" } }) }, { template });
    expect(cost.range?.map(({ when }) => when)).toEqual([
      "Size=small, Two=false",
      "Size=small, Two=true",
      "Size=large, Two=false",
      "Size=large, Two=true",
    ]);
  });

  it("is not named where it changes no price", async () => {
    const Parameters = { Env: ENV.Parameters.Env, Team: { Type: "String", AllowedValues: ["a", "b"] } };
    const A = cacheOf("cache.t3.micro", { Tags: [{ Key: "team", Value: { Ref: "Team" } }] });
    const cost = await bill(
      { A, Role: { ...of("AWS::IAM::Role"), Condition: "Prod" } },
      { template: { ...ENV, Parameters } },
    );
    expect(cost.range).toBeUndefined();
    expect(cost.assumptions.join()).not.toMatch(/Env|Team/);
  });

  it("that a price hangs on is named with its property, whatever the parameter may be", async () => {
    const template = { Parameters: { Two: { Type: "String" }, Name: { Type: "String" } } };
    const cost = await bill({ Db: database({ MultiAZ: { Ref: "Two" }, DBName: { Ref: "Name" } }) }, { template });
    expect(cost.assumptions).toContain(
      "Db: MultiAZ hangs on Two, which has no value: give it with --parameter Two=VALUE",
    );
    expect(cost.assumptions.join()).not.toContain("DBName");
  });

  it("and has more ways than can be told is counted with a word", async () => {
    const Conditions = { Odd: { "Fn::Equals": [{ "Fn::Select": [0, { "Fn::Split": ["-", { Ref: "Env" }] }] }, "a"] } };
    const cost = await bill(
      { A: { ...cacheOf("cache.t3.micro"), Condition: "Odd" } },
      { template: { ...ENV, Conditions } },
    );
    expect(cost.assumptions).toContain("A is included although its condition has no value: Odd");
  });
});

// Amazon RDS for PostgreSQL Release Notes, "Release calendar"; Amazon RDS User Guide, "Supported MySQL major versions" and
// "Amazon RDS Extended Support charges"; Amazon ElastiCache User Guide, "… end of life schedule".
describe("extended support", () => {
  const on = async (today: string, resource: Resources[string], region = "us-east-1") => {
    const stacks = [{ name: "s", region, template: { Resources: { It: resource } } }];
    return estimate({ name: "s", region, stacks, usage: NO_USAGE, today }, prices);
  };
  const extra = async (today: string, resource: Resources[string]) =>
    lines(await on(today, resource)).filter((line) => line.startsWith("extended"));

  it.each([
    ["2025-02-28", { EngineVersion: "12.19" }, []],
    ["2025-03-01", { EngineVersion: "12.19" }, ["extended support, postgres 12: 1460 × 0.1"]],
    ["2027-03-01", { EngineVersion: "12.19" }, ["extended support, postgres 12: 1460 × 0.2"]],
    ["2026-11-30", { EngineVersion: 12.19, MultiAZ: true }, ["extended support, postgres 12: 2920 × 0.1"]],
    [
      "2026-11-30",
      { EngineVersion: "13", DBInstanceClass: "db.r6g.4xlarge" },
      ["extended support, postgres 13: 11680 × 0.1"],
    ],
    ["2026-11-30", { EngineVersion: "14.9" }, []],
    ["2026-11-30", {}, []],
    ["2026-11-30", { EngineVersion: "12", EngineLifecycleSupport: "open-source-rds-extended-support-disabled" }, []],
    ["2026-11-30", { Engine: "MySQL", EngineVersion: "5.7.44" }, ["extended support, mysql 5.7: 1460 × 0.2"]],
    ["2026-07-31", { Engine: "mysql", EngineVersion: 8 }, []],
    ["2026-08-01", { Engine: "mysql", EngineVersion: 8 }, ["extended support, mysql 8.0: 1460 × 0.1"]],
    [
      "2026-11-30",
      { Engine: "aurora-mysql", EngineVersion: "5.7.mysql_aurora.2.11.2" },
      ["extended support, aurora-mysql 5.7: 1460 × 0.1"],
    ],
  ])("of a database is charged by the vCPU-hour: on %s %j is %j", async (today, properties, expected) => {
    expect(await extra(today, database(properties as Properties))).toEqual(expected);
  });

  it("of a replica, and of an instance of a cluster, is that of what it comes from", async () => {
    const Resources = {
      Cluster: of("AWS::RDS::DBCluster", { Engine: "aurora-postgresql", EngineVersion: "12.9" }),
      One: of("AWS::RDS::DBInstance", {
        Engine: "aurora-postgresql",
        DBClusterIdentifier: { Ref: "Cluster" },
        DBInstanceClass: "db.r5.large",
      }),
    };
    const stacks = [{ name: "s", region: "us-east-1", template: { Resources } }];
    const cost = estimate({ name: "s", region: "us-east-1", stacks, usage: NO_USAGE, today: "2026-11-30" }, prices);
    expect(lines(cost)).toContain("extended support, aurora-postgresql 12: 1460 × 0.1");
  });

  it.each([
    ["2026-01-31", "5.0.6", []],
    ["2026-02-01", "5.0.6", ["extended support, redis 5, 80 %: 730 × 0.1248"]],
    ["2028-02-01", "4.0.10", ["extended support, redis 4, 160 %: 730 × 0.2496"]],
    ["2026-11-30", "6.2", []],
    ["2027-02-01", "6.2", ["extended support, redis 6, 80 %: 730 × 0.1248"]],
    ["2027-02-01", "7.1", []],
  ])("of a cache is a share of its nodes: on %s version %s is %j", async (today, EngineVersion, expected) => {
    expect(await extra(today, cacheOf("cache.m5.large", { EngineVersion }))).toEqual(expected);
  });

  it("without a price is named: in another region, of a class without a number of vCPU, on no day", async () => {
    const old = { EngineVersion: "12.19" };
    expect(gaps(await on("2026-11-30", database(old), "eu-west-1"))).toEqual([
      "It: no price for extended support, postgres 12 in eu-west-1 (rds.extended_support.years_1_2.vcpu_hour)",
    ]);
    expect(gaps(await on("2026-11-30", database({ ...old, DBInstanceClass: "db.serverless" }))).join()).toContain(
      "no price for extended support of postgres 12 on db.serverless",
    );
    expect(gaps(await bill({ It: database(old) }))).toEqual([
      "It: extended support of postgres 12: what it costs depends on the day",
    ]);
  });
});

describe("engines", () => {
  it("are read in any case", async () => {
    const cost = await bill({
      Db: database({ Engine: "Postgres" }),
      Cache: of("AWS::ElastiCache::ReplicationGroup", { Engine: "Redis", CacheNodeType: "cache.t3.micro" }),
    });
    expect(gaps(cost)).toEqual([]);
    expect(lines(cost)).toContain("1 × cache.t3.micro, redis: 730 × 0.017");
  });
});

describe("types that are free", () => {
  const known = new Set([...loadAwsServiceSpecSync().all("resource")].map((one) => one.cloudFormationType));

  it("exist, and none of them has a price", () => {
    // Of the CDK alone, and as CloudFormation has them no more.
    const others = ["AWS::CDK::Metadata", "AWS::ECR::LifecyclePolicy", "AWS::ECR::RepositoryPolicy"];
    expect([...FREE_TYPES].filter((type) => !known.has(type))).toEqual(others);
    expect([...FREE_TYPES].filter((type) => pricerOf(type) !== undefined)).toEqual([]);
  });

  it.each([
    "AWS::EC2::LaunchTemplate",
    "AWS::EFS::MountTarget",
    "AWS::RDS::DBClusterParameterGroup",
    "AWS::SSM::Document",
    "AWS::Lambda::Version",
    "AWS::IAM::InstanceProfile",
    "AWS::SQS::QueuePolicy",
    "AWS::AutoScaling::ScalingPolicy",
    "AWS::EC2::VPCPeeringConnection",
  ])("are not called unpriced: %s", async (type) => {
    expect(gaps(await bill({ It: of(type) }))).toEqual([]);
  });

  // Each has a price on its service's page: an hour, a month, a request or a gigabyte.
  it.each([
    "AWS::ACMPCA::CertificateAuthority",
    "AWS::ApiGateway::RestApi",
    "AWS::CloudFront::KeyValueStore",
    "AWS::EC2::ClientVpnTargetNetworkAssociation",
    "AWS::EC2::TransitGatewayVpcAttachment",
    "AWS::EC2::VPNConnection",
    "AWS::ElasticLoadBalancingV2::TrustStore",
    "AWS::FMS::Policy",
    "AWS::Kinesis::StreamConsumer",
    "AWS::MSK::VpcConnection",
    "AWS::OpenSearchServerless::VpcEndpoint",
    "AWS::RDS::DBProxy",
    "AWS::Route53::HealthCheck",
    "AWS::Route53::TrafficPolicyInstance",
    "AWS::Route53Resolver::ResolverEndpoint",
    "AWS::SQS::Queue",
    "AWS::WAFv2::RuleGroup",
    "AWS::WAFv2::WebACL",
  ])("do not hold what bills: %s", (type) => {
    expect(known.has(type)).toBe(true);
    expect(FREE_TYPES.has(type)).toBe(false);
  });

  it.each([
    ["AWS::ApiGateway::Stage", { CacheClusterEnabled: true }],
    ["AWS::CertificateManager::Certificate", { CertificateAuthorityArn: "arn" }],
    ["AWS::ECR::RegistryScanningConfiguration", { ScanType: "ENHANCED" }],
  ])("are billed by a setting: %s with %j", async (type, properties: Properties) => {
    expect(gaps(await bill({ It: of(type) }))).toEqual([]);
    expect(gaps(await bill({ It: of(type, properties) }))[0]).toMatch(/^It: no price for/);
  });
});

describe("what CloudFormation makes of a template", () => {
  it("is one word for SAM, whatever it has of it", async () => {
    const template = { Transform: "AWS::Serverless-2016-10-31" };
    const resources = {
      Api: of("AWS::Serverless::Api"),
      Job: of("AWS::Serverless::Function"),
      Key: of("AWS::KMS::Key"),
    };
    expect(gaps(await bill(resources, { template }))).toEqual([
      "Api, Job: SAM: its transform alone makes resources of it; after a deployment, price what aws cloudformation get-template --template-stage Processed prints",
    ]);
  });

  it("is one word for a macro, and none for what changes no resource", async () => {
    const [found, ...more] = gaps(await bill({}, { template: { Transform: ["AWS::LanguageExtensions", "Mine"] } }));
    expect(found).toMatch(/^Mine: a macro: /);
    expect(more).toEqual([]);
  });

  it("is a nested stack priced with its parent, by what the parent hands down", () => {
    const Net = {
      Type: "AWS::CloudFormation::Stack",
      Properties: { TemplateURL: "./net.yaml", Parameters: { Size: "cache.t3.micro" } },
    };
    const inner = {
      Parameters: { Size: { Type: "String" } },
      Resources: { Cache: of("AWS::ElastiCache::CacheCluster", { Engine: "redis", CacheNodeType: { Ref: "Size" } }) },
    };
    const within = { stack: "s", logicalId: "Net" };
    const region = "us-east-1";
    const stacks = (Resources: Template["Resources"], more: object = {}) => [
      { name: "s", region, template: { ...more, Resources } },
      { name: "s/Net", region, template: inner, within },
    ];
    const price = (of: ReturnType<typeof stacks>) =>
      estimate({ name: "s", region, stacks: of, usage: NO_USAGE }, prices);
    const cost = price(stacks({ Net }));
    expect([cost.monthlyTotal, gaps(cost), items(cost)[0]?.stack]).toEqual([12.41, [], "s/Net"]);
    const Conditions = { Never: { "Fn::Equals": ["a", "b"] } };
    expect(price(stacks({ Net: { ...Net, Condition: "Never" } }, { Conditions })).monthlyTotal).toBe(0);
    const alone = price(stacks({ Net }).slice(0, 1));
    expect(gaps(alone)).toEqual(["Net: its template is elsewhere: price it by itself"]);
  });
});

describe("every quantity of a usage file", () => {
  const report = (resources: Resources, text: string, template: Partial<Template> = {}) => {
    const usage = parseUsage(text, "usage.yaml", "zero");
    const region = "us-east-1";
    const stacks = [{ name: "s", region, template: { ...template, Resources: resources } }];
    return costReport([{ name: "s", region, stacks, usage }], prices);
  };
  const VPC = of("AWS::EC2::VPC");

  // Amazon EC2 on-demand pricing, "Data Transfer": 100 GB free, then $0.09 a GB up to 10 TB.
  it("of the account is priced beside a template that bills nothing", () => {
    expect(report({ Vpc: VPC }, "account: {internetOutGB: 10240}").environments[0]?.monthlyTotal).toBe(912.6);
    expect(report({ Vpc: VPC }, "account: {crossAzGB: 100}").environments[0]?.monthlyTotal).toBe(2);
  });

  it.each([
    [
      "its resource is not there",
      { Nat: { ...of("AWS::EC2::NatGateway"), Condition: "Never" } },
      "resources:\n  Nat: {processedGB: 5}",
      "usage.yaml:2: processedGB of Nat is on no bill",
    ],
    [
      "its resource is not billed by it",
      { Gate: of("AWS::EC2::VPCEndpoint", { VpcEndpointType: "Gateway" }) },
      "resources:\n  Gate: {processedGB: 5}",
      "usage.yaml:2: processedGB of Gate is on no bill",
    ],
    [
      "another quantity decides",
      { Lb: of("AWS::ElasticLoadBalancingV2::LoadBalancer") },
      "resources:\n  Lb:\n    lcuHours: 5\n    processedGB: 5",
      "usage.yaml:4: processedGB of Lb is on no bill",
    ],
  ])("is refused by name and line where %s", (_, resources, text, message) => {
    const Conditions = { Never: { "Fn::Equals": ["a", "b"] } };
    expect(() => report(resources, text, { Conditions })).toThrow(message);
  });

  it("is left to the line that names its resource where that has no price", () => {
    const Db = of("AWS::RDS::DBInstance", { Engine: "db2-se" });
    const [cost] = report({ Db }, "resources:\n  Db: {backupGB: 5}").environments;
    expect(cost?.unpriced.map(({ resource }) => resource)).toEqual(["Db"]);
  });
});
