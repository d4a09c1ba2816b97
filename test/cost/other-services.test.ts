import { describe, expect, it } from "vitest";
import { TYPICAL_USAGE } from "../../src/cost/usage.ts";
import { bill, gaps, lines, monthly, using } from "./bill.ts";

describe("S3 and CloudFront", () => {
  it("price storage by tiers and requests by kind", async () => {
    const cost = await bill(
      { Bucket: { Type: "AWS::S3::Bucket" } },
      { usage: using({ Bucket: { storageGB: 60_000, putRequests: 1000, getRequests: 10_000 } }) },
    );
    expect(lines(cost)).toEqual([
      "S3 storage: 51200 × 0.023",
      "S3 storage: 8800 × 0.022",
      "S3 writes: 1000 × 0.000005",
      "S3 reads: 10000 × 4e-7",
    ]);
    // 1177.6 + 193.6 + 0.005 + 0.004
    expect(monthly(cost, "CloudFront + S3")).toBe(1371.21);
  });

  it("price a distribution by geography, after what the account has free, once for all distributions", async () => {
    const cdn = { Type: "AWS::CloudFront::Distribution" };
    const usage = using({
      One: { transferGB: { "United States": 1000 }, requests: { EU: 9_000_000 } },
      Two: { transferGB: { EU: 124 }, requests: { EU: 2_000_000 }, invalidationPaths: 1200 },
    });
    const cost = await bill({ One: cdn, Two: cdn }, { usage });
    expect(lines(cost)).toEqual([
      "CDN data out, United States, free: 1000 × 0",
      "CDN requests, EU, free: 9000000 × 0",
      "CDN data out, EU, free: 24 × 0",
      "CDN data out, EU: 100 × 0.085",
      "CDN requests, EU, free: 1000000 × 0",
      "CDN requests, EU: 1000000 × 0.0000012",
      "CDN invalidations, free: 1000 × 0",
      "CDN invalidations: 200 × 0.005",
    ]);
    expect(monthly(cost, "CloudFront + S3")).toBe(10.7);
  });

  it.each([
    ["eu-west-1", "EU"],
    ["ap-northeast-1", "Japan"],
    ["ap-southeast-2", "Australia"],
    ["ap-southeast-1", "Asia Pacific"],
    ["il-central-1", "EU"],
    ["af-south-1", "South Africa"],
  ])("take the users of %s to be in %s", async (region, geography) => {
    const cost = await bill({ Cdn: { Type: "AWS::CloudFront::Distribution" } }, { region, usage: TYPICAL_USAGE });
    expect(lines(cost)).toContain(`CDN data out, ${geography}, free: 50 × 0`);
  });
});

describe("keys and secrets", () => {
  it("share the account's free KMS requests", async () => {
    const key = { Type: "AWS::KMS::Key" };
    const cost = await bill(
      { One: key, Two: key },
      { usage: using({ One: { requests: 15_000 }, Two: { requests: 15_000 } }) },
    );
    expect(lines(cost)).toEqual([
      "KMS key: 1 × 1",
      "KMS requests, free: 15000 × 0",
      "KMS key: 1 × 1",
      "KMS requests, free: 5000 × 0",
      "KMS requests: 10000 × 0.000003",
    ]);
  });

  // AWS KMS pricing: each replica of a multi-Region key is a key on the bill.
  it("bill a replica of a multi-Region key as a key", async () => {
    const Replica = {
      Type: "AWS::KMS::ReplicaKey",
      Properties: { PrimaryKeyArn: "arn:aws:kms:us-east-1:1:key/mrk-1" },
    };
    const cost = await bill({ Replica }, { region: "eu-west-1", usage: using({ Replica: { requests: 20_000 } }) });
    expect(lines(cost)).toEqual(["KMS replica key: 1 × 1", "KMS requests, free: 20000 × 0"]);
  });

  it("count a secret once more for each region it is copied to", async () => {
    const Properties = { ReplicaRegions: [{ Region: "eu-west-1" }] };
    const cost = await bill({ Secret: { Type: "AWS::SecretsManager::Secret", Properties } });
    expect(lines(cost)).toEqual(["secret: 2 × 0.4"]);
  });

  it("are free as standard parameters only", async () => {
    const parameter = (Tier: string) => ({ Type: "AWS::SSM::Parameter", Properties: { Tier } });
    const cost = await bill({ Plain: parameter("Standard"), Large: parameter("Advanced") });
    expect(gaps(cost)).toEqual(["Large: no price for a parameter of the tier Advanced"]);
  });
});

describe("Route 53", () => {
  it("prices the first 25 zones and the first thousand million queries higher", async () => {
    const zones = Array.from({ length: 26 }, (_, index) => [`Zone${index}`, { Type: "AWS::Route53::HostedZone" }]);
    const cost = await bill(Object.fromEntries(zones), { usage: using({ Zone0: { queries: 1_500_000_000 } }) });
    expect(monthly(cost, "Other")).toBe(25 * 0.5 + 0.1 + 400 + 100);
  });

  // Amazon Route 53 pricing: $0.60 a million for the first billion, then $0.30.
  it("prices latency-based queries higher than standard ones", async () => {
    const cost = await bill(
      { Zone: { Type: "AWS::Route53::HostedZone" } },
      { usage: using({ Zone: { latencyQueries: 1_200_000_000 } }) },
    );
    expect(lines(cost)).toEqual([
      "hosted zone: 1 × 0.5",
      "latency-based DNS queries: 1000000000 × 6e-7",
      "latency-based DNS queries: 200000000 × 3e-7",
    ]);
    // 0.5 + 600 + 60
    expect(monthly(cost, "Other")).toBe(660.5);
  });
});

describe("CloudWatch", () => {
  it("prices logs written, kept and searched", async () => {
    const cost = await bill(
      { Group: { Type: "AWS::Logs::LogGroup" } },
      { usage: using({ Group: { ingestedGB: 3, storedGB: 2, scannedGB: 10 } }) },
    );
    expect(lines(cost)).toEqual(["logs written: 3 × 0.5", "logs kept: 2 × 0.03", "logs searched: 10 × 0.005"]);
  });

  it("has no price for logs of another class", async () => {
    const Properties = { LogGroupClass: "INFREQUENT_ACCESS" };
    const cost = await bill(
      { Group: { Type: "AWS::Logs::LogGroup", Properties } },
      { usage: using({ Group: { ingestedGB: 1 } }) },
    );
    expect(gaps(cost)).toEqual(["Group: no price for logs of the class INFREQUENT_ACCESS"]);
  });

  it("prices an alarm by the metrics it looks at, dearer with a period under a minute", async () => {
    const stat = (Period: number) => ({ MetricStat: { Period } });
    const alarm = (properties: object) => ({ Type: "AWS::CloudWatch::Alarm", Properties: { ...properties } });
    const cost = await bill({
      Plain: alarm({ Period: 60 }),
      Sum: alarm({ Metrics: [stat(60), stat(300), { Expression: "a+b" }] }),
      Band: alarm({ ThresholdMetricId: "band", Metrics: [stat(60), { Expression: "ANOMALY_DETECTION_BAND(m1)" }] }),
      Fast: alarm({ Period: 10 }),
      All: { Type: "AWS::CloudWatch::CompositeAlarm" },
    });
    expect(lines(cost)).toEqual([
      "alarm: 1 × 0.1",
      "alarm: 2 × 0.1",
      "alarm: 3 × 0.1",
      "alarm, high resolution: 1 × 0.3",
      "composite alarm: 1 × 0.5",
    ]);
    expect(gaps(cost)).toEqual([]);
  });

  it("gives three dashboards free, and prices a metric for each transformation of a filter", async () => {
    const boards = Array.from({ length: 4 }, (_, index) => [`Board${index}`, { Type: "AWS::CloudWatch::Dashboard" }]);
    const MetricTransformations = [{ MetricName: "errors" }, { MetricName: "slow" }];
    const Filter = { Type: "AWS::Logs::MetricFilter", Properties: { MetricTransformations } };
    const cost = await bill({ ...Object.fromEntries(boards), Filter });
    expect(monthly(cost, "Other")).toBe(3 + 0.6);
  });

  it("calls Container Insights what it is: billed, and not to be foreseen", async () => {
    const ClusterSettings = [{ Name: "containerInsights", Value: "enhanced" }];
    const cost = await bill({ Cluster: { Type: "AWS::ECS::Cluster", Properties: { ClusterSettings } } });
    expect(gaps(cost)[0]).toContain("Cluster: Container Insights is billed");
    expect(gaps(await bill({ Cluster: { Type: "AWS::ECS::Cluster" } }))).toEqual([]);
  });
});

describe("the account's own traffic", () => {
  it("is 100 GB free to the internet, and charged in both directions between zones", async () => {
    const cost = await bill(
      { Key: { Type: "AWS::KMS::Key" } },
      { usage: using({ account: { internetOutGB: 150, crossAzGB: 10 } }) },
    );
    expect(lines(cost).slice(1)).toEqual([
      "data out to the internet, free: 100 × 0",
      "data out to the internet: 50 × 0.09",
      "data between zones, both directions: 20 × 0.01",
    ]);
  });

  it("is none where nothing is billed at all", async () => {
    const cost = await bill({ Vpc: { Type: "AWS::EC2::VPC" } }, { usage: TYPICAL_USAGE });
    expect([cost.monthlyTotal, lines(cost)]).toEqual([0, []]);
  });
});
