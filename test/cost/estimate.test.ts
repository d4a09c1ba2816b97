import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadPricesFor } from "../../src/cost/catalogue.ts";
import { estimate } from "../../src/cost/estimate.ts";
import { costReport } from "../../src/cost/report.ts";
import { NO_USAGE, TYPICAL_USAGE } from "../../src/cost/usage.ts";
import { parseUsage } from "../../src/cost/usage-file.ts";
import { bill, gaps, items, lines, monthly, using } from "./bill.ts";

const prices = await loadPricesFor(["us-east-1", "eu-west-1"]);
const KEY = { Type: "AWS::KMS::Key" };
const NAT = { Type: "AWS::EC2::NatGateway" };

describe("an estimate", () => {
  it("has seven components, always, in the same order", async () => {
    const cost = await bill({});
    expect(cost.components.map(({ component, monthly }) => [component, monthly])).toEqual([
      ["ECS Fargate", 0],
      ["RDS PostgreSQL", 0],
      ["ElastiCache Redis", 0],
      ["NAT Gateway", 0],
      ["ALB", 0],
      ["CloudFront + S3", 0],
      ["Other", 0],
    ]);
  });

  it("says for each line which resource it is, how much of what, and what that costs", async () => {
    const cost = await bill({ Nat: NAT }, { usage: using({ Nat: { processedGB: 3 } }) });
    expect(items(cost)[1]).toEqual({
      resource: "Nat",
      stack: "stack",
      item: "data processed",
      quantity: 3,
      unit: "GB",
      unitPrice: 0.045,
      monthly: 0.135,
    });
  });

  it("rounds components to cents and nothing before: 0.135 alone is 14 cents", async () => {
    const cost = await bill({ Nat: NAT }, { usage: using({ Nat: { processedGB: 3 } }) });
    expect(monthly(cost, "NAT Gateway")).toBe(32.99);
  });

  it("lists what it cannot price by name, type and reason, and is silent about what is free", async () => {
    const cost = await bill({
      Queue: { Type: "AWS::SQS::Queue" },
      Role: { Type: "AWS::IAM::Role" },
      Vpc: { Type: "AWS::EC2::VPC" },
      Own: { Type: "Custom::Thing" },
    });
    expect(cost.unpriced).toEqual([
      { resource: "Queue", type: "AWS::SQS::Queue", stack: "stack", reason: "no prices for this type" },
    ]);
  });

  it("leaves out resources whose condition is false, and keeps those of which only AWS knows", async () => {
    const template = {
      Parameters: { Env: { Type: "String", Default: "dev" } },
      Conditions: {
        Prod: { "Fn::Equals": [{ Ref: "Env" }, "prod"] },
        Mine: { "Fn::Equals": [{ Ref: "AWS::AccountId" }, "1"] },
      },
    };
    const cost = await bill(
      { A: { ...KEY, Condition: "Prod" }, B: { ...KEY, Condition: "Mine" }, C: KEY },
      { template },
    );
    expect(items(cost).map(({ resource }) => resource)).toEqual(["B", "C"]);
  });

  it("reads properties through parameters, mappings and conditions", async () => {
    const template = {
      Parameters: { Size: { Type: "String", Default: "small" } },
      Mappings: { Classes: { small: { Db: "db.t4g.small" } } },
      Conditions: { Safe: { "Fn::Equals": [{ Ref: "Size" }, "small"] } },
    };
    const Properties = {
      Engine: "postgres",
      AllocatedStorage: { "Fn::If": ["Safe", "50", "20"] },
      MultiAZ: { "Fn::If": ["Safe", true, false] },
      DBInstanceClass: { "Fn::FindInMap": ["Classes", { Ref: "Size" }, "Db"] },
    };
    const cost = await bill({ Db: { Type: "AWS::RDS::DBInstance", Properties } }, { template });
    expect(lines(cost)).toEqual(["db.t4g.small, Multi-AZ: 730 × 0.065", "gp3 storage, Multi-AZ: 50 × 0.23"]);
  });

  it("follows references into other stacks: by output across regions, by export in their own", () => {
    const Task = { Type: "AWS::ECS::TaskDefinition", Properties: { Cpu: "256", Memory: "512" } };
    const Outputs = { Arn: { Value: { Ref: "Task" }, Export: { Name: "task" } } };
    const service = (TaskDefinition: object) => ({
      Type: "AWS::ECS::Service",
      Properties: { LaunchType: "FARGATE", TaskDefinition: { ...TaskDefinition } },
    });
    const byOutput = service({ "Fn::GetStackOutput": { StackName: "tasks", OutputName: "Arn", Region: "us-east-1" } });
    const stacks = [
      { name: "tasks", region: "us-east-1", template: { Resources: { Task }, Outputs } },
      { name: "far", region: "eu-west-1", template: { Resources: { One: byOutput } } },
      {
        name: "near",
        region: "us-east-1",
        template: { Resources: { Two: service({ "Fn::ImportValue": "task" }) } },
      },
    ];
    const cost = estimate({ name: "dev", region: "eu-west-1", stacks, usage: NO_USAGE }, prices);
    expect(gaps(cost)).toEqual([]);
    expect(items(cost).map(({ resource, quantity }) => [resource, quantity])).toEqual([
      ["One", 182.5],
      ["One", 365],
      ["Two", 182.5],
      ["Two", 365],
    ]);
  });

  it("prices each stack in its own region", () => {
    const stacks = ["us-east-1", "eu-west-1"].map((region) => ({
      name: "net",
      region,
      template: { Resources: { Nat: NAT } },
    }));
    const cost = estimate({ name: "dev", region: "eu-west-1", stacks, usage: NO_USAGE }, prices);
    expect(items(cost).map(({ unitPrice }) => unitPrice)).toEqual([0.045, 0.048]);
  });

  it("does not loop over outputs that name each other, and names what only CloudFormation can expand", async () => {
    const loop = (OutputName: string) => ({ Value: { "Fn::GetStackOutput": { StackName: "stack", OutputName } } });
    const Service = {
      Type: "AWS::ECS::Service",
      Properties: { LaunchType: "FARGATE", TaskDefinition: loop("A").Value },
    };
    const resources: object = { Service, "Fn::ForEach::Keys": ["Name", ["a"], {}] };
    const cost = await bill(resources as Parameters<typeof bill>[0], {
      template: { Outputs: { A: loop("B"), B: loop("A") } },
    });
    expect(gaps(cost)).toEqual([
      "Service: CPU and memory of its task are not in the templates",
      "Fn::ForEach::Keys: CloudFormation alone can say which resources it becomes",
    ]);
  });

  it("says what it took as zero where a usage file is silent", async () => {
    const cost = await bill(
      { Nat: NAT, Group: { Type: "AWS::Logs::LogGroup" } },
      { usage: using({ Group: { storedGB: 1 } }) },
    );
    expect(cost.assumptions.slice(1)).toEqual([
      "Nat: processedGB not given, taken as zero",
      "Group: ingestedGB, scannedGB not given, taken as zero",
      "account: internetOutGB, crossAzGB not given, taken as zero",
    ]);
  });

  it("fills a usage file's gaps with a typical month where that is wanted", async () => {
    const usage = parseUsage("resources: {Nat: {processedGB: 100}}", "usage.yaml", "typical");
    const cost = await bill({ Nat: NAT, Other: NAT }, { usage });
    expect(lines(cost).filter((line) => line.startsWith("data"))).toEqual([
      "data processed: 100 × 0.045",
      "data processed: 10 × 0.045",
      "data out to the internet, free: 10 × 0",
    ]);
    expect(cost.assumptions).toContain("10 GB a month through each NAT gateway");
  });

  it("costs the same with the bootstrap that environments share and without", async () => {
    const bootstrap = {
      name: "astro-bootstrap",
      region: "us-east-1",
      template: { Metadata: { "astro:phase": "bootstrap" }, Resources: { Bucket: { Type: "AWS::S3::Bucket" } } },
    };
    const app = { name: "app", region: "us-east-1", template: { Resources: { Nat: NAT } } };
    const priced = (stacks: (typeof app | typeof bootstrap)[]) =>
      estimate({ name: "dev", region: "us-east-1", stacks, usage: TYPICAL_USAGE }, prices);
    expect(priced([bootstrap, app])).toEqual(priced([app]));
    expect(priced([bootstrap]).monthlyTotal).toBe(0);
  });

  it("adds up to the cent, whatever is used", () => {
    const quantity = fc.double({ min: 0, max: 1e7, noNaN: true });
    const resources = {
      Nat: NAT,
      Key: KEY,
      Bucket: { Type: "AWS::S3::Bucket" },
      Cdn: { Type: "AWS::CloudFront::Distribution" },
      Table: { Type: "AWS::DynamoDB::Table", Properties: { BillingMode: "PAY_PER_REQUEST" } },
    };
    const stacks = [{ name: "app", region: "us-east-1", template: { Resources: resources } }];
    const used = fc.record({
      Nat: fc.record({ processedGB: quantity }),
      Key: fc.record({ requests: quantity }),
      Bucket: fc.record({ storageGB: quantity, putRequests: quantity }),
      Cdn: fc.record({ transferGB: fc.record({ EU: quantity, Japan: quantity }) }),
      Table: fc.record({ readRequests: quantity, storageGB: quantity }),
    });
    fc.assert(
      fc.property(used, (usage) => {
        const cost = estimate({ name: "x", region: "us-east-1", stacks, usage: using(usage) }, prices);
        for (const { monthly, items } of cost.components) {
          const sum = items.reduce((total, item) => total + item.monthly, 0);
          expect(Math.abs(sum - monthly)).toBeLessThan(0.005001);
          expect(Math.round(monthly * 100) / 100).toBe(monthly);
        }
        const cents = cost.components.reduce((total, { monthly }) => total + Math.round(monthly * 100), 0);
        expect(Math.round(cost.monthlyTotal * 100)).toBe(cents);
        for (const item of items(cost)) expect(item.monthly).toBeCloseTo(item.quantity * item.unitPrice, 4);
      }),
      { seed: 20_251_206, numRuns: 200 },
    );
  });
});

describe("a cost report", () => {
  const stack = (name: string, region: string) => ({ name, region, template: { Resources: { Nat: NAT } } });
  const input = (name: string, region: string, usage = NO_USAGE) => ({
    name,
    region,
    stacks: [stack(`${name}-net`, region)],
    usage,
  });

  it("holds every environment, all assumptions once, and the dates of the oldest and newest price", () => {
    const report = costReport([input("dev", "us-east-1"), input("prod", "eu-west-1")], prices);
    expect(report.environments.map(({ name, monthlyTotal }) => [name, monthlyTotal])).toEqual([
      ["dev", 32.85],
      ["prod", 35.04],
    ]);
    expect(report.prices).toEqual({ asOf: "2026-09-29", newest: "2026-10-07" });
    expect(report.currency).toBe("USD");
    expect(new Set(report.assumptions).size).toBe(report.assumptions.length);
  });

  it("refuses usage of a resource that no environment has", () => {
    const usage = parseUsage("resources: {Gnat: {processedGB: 1}}", "usage.yaml", "typical");
    expect(() => costReport([input("dev", "us-east-1", usage)], prices)).toThrow("no resource has the logical id Gnat");
  });
});
