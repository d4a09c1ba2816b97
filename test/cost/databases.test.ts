import { describe, expect, it } from "vitest";
import type { Json } from "../../src/template/types.ts";
import { bill, gaps, lines, monthly, using } from "./bill.ts";

type Properties = { readonly [name: string]: Json };

const database = (properties: Properties) => ({
  Db: { Type: "AWS::RDS::DBInstance", Properties: { Engine: "mysql", AllocatedStorage: "20", ...properties } },
});

describe("a MySQL or MariaDB database", () => {
  // A public estimate of May 2026 says $99.28 for db.t3.large, $198.56 for Multi-AZ, $12.50 for 100 GB of io1.
  it("is its class and its storage, at prices of its own", async () => {
    const cost = await bill(database({ DBInstanceClass: "db.t3.large", StorageType: "gp2", MultiAZ: true }));
    expect(lines(cost)).toEqual(["db.t3.large, mysql, Multi-AZ: 1460 × 0.136", "gp2 storage, Multi-AZ: 20 × 0.23"]);
    // 198.56 + 4.60
    expect(monthly(cost, "Other")).toBe(203.16);
    expect(cost.assumptions).toContain(
      "Multi-AZ of mysql db.t3.large: primary and standby at the price of Single-AZ each",
    );
  });

  it.each([
    ["us-east-1", "mysql", "db.m5.large", 0.171],
    ["us-east-1", "MariaDB", "db.m5.large", 0.171],
    ["us-east-1", "mysql", "db.t4g.micro", 0.016],
    ["us-east-1", "mysql", "db.r6g.large", 0.215],
    ["ap-northeast-1", "mysql", "db.t4g.micro", 0.025],
    ["eu-west-1", "mariadb", "db.t3.micro", 0.018],
  ])("in %s of %s on %s is $%d an hour", async (region, Engine, DBInstanceClass, usd) => {
    const cost = await bill(database({ Engine, DBInstanceClass }), { region });
    expect(lines(cost)[0]).toBe(`${DBInstanceClass}, ${Engine.toLowerCase()}, Single-AZ: 730 × ${usd}`);
  });

  it("may have provisioned IOPS", async () => {
    const cost = await bill(
      database({ DBInstanceClass: "db.t3.large", AllocatedStorage: 100, StorageType: "io1", Iops: 1200 }),
    );
    expect(lines(cost).slice(1)).toEqual(["io1 storage, Single-AZ: 100 × 0.125", "provisioned IOPS: 1200 × 0.1"]);
    // 99.28 + 12.50 + 120
    expect(monthly(cost, "Other")).toBe(231.78);
  });

  it("is named with its region where a class has no price", async () => {
    expect(gaps(await bill(database({ DBInstanceClass: "db.m7g.large" }), { region: "eu-west-1" }))).toEqual([
      "Db: no price for db.m7g.large, mysql, Single-AZ in eu-west-1 (rds.mysql.db.m7g.large.single_az.hour)",
    ]);
  });
});

describe("an Aurora cluster", () => {
  const cluster = (properties: Properties = {}) => ({
    Type: "AWS::RDS::DBCluster",
    Properties: { Engine: "aurora-postgresql", ...properties },
  });
  const member = (DBInstanceClass: string, properties: Properties = {}) => ({
    Type: "AWS::RDS::DBInstance",
    Properties: {
      Engine: "aurora-postgresql",
      DBClusterIdentifier: { Ref: "Cluster" },
      DBInstanceClass,
      ...properties,
    },
  });

  // A public estimate of 2024: 100 GB $10.00, 52.56 million I/O $10.51, 400 GB of backups $8.40.
  it("pays for what it stores, its I/O and backups, and its instances by the hour", async () => {
    const usage = using({ Cluster: { storageGB: 100, ioRequests: 52_560_000, backupGB: 400 } });
    const cost = await bill(
      { Cluster: cluster(), Writer: member("db.r5.large"), Reader: member("db.t3.large") },
      { usage },
    );
    expect(lines(cost)).toEqual([
      "Aurora storage: 100 × 0.1",
      "Aurora I/O: 52560000 × 2e-7",
      "Aurora backups beyond the free amount: 400 × 0.021",
      "db.r5.large, aurora-postgresql: 730 × 0.29",
      "db.t3.large, aurora-postgresql: 730 × 0.164",
    ]);
    // 10 + 10.512 + 8.4 + 211.7 + 119.72
    expect(monthly(cost, "Other")).toBe(360.33);
  });

  // A public estimate of 2025: 3,650 ACU-hours are $438.00.
  it("is billed by ACU-hours where it is serverless, at its least unless a usage file says more", async () => {
    const scaled = cluster({ ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: 8 } });
    const cost = await bill({ Cluster: scaled, Writer: member("db.serverless") });
    expect(lines(cost)).toEqual(["Aurora capacity units: 365 × 0.12"]);
    expect(cost.assumptions).toContain("Writer stays at its least, 0.5 ACU, all month; scaling out to 8 is not priced");
    const used = await bill(
      { Cluster: scaled, Writer: member("db.serverless") },
      { usage: using({ Writer: { acuHours: 3650 } }) },
    );
    expect(monthly(used, "Other")).toBe(438);
  });

  it("pays no I/O where it is I/O-Optimized, of whose classes no price is known", async () => {
    const optimized = cluster({
      StorageType: "aurora-iopt1",
      ServerlessV2ScalingConfiguration: { MinCapacity: 1, MaxCapacity: 2 },
    });
    const usage = using({ Cluster: { storageGB: 100, ioRequests: 1_000_000 } });
    const cost = await bill(
      { Cluster: optimized, One: member("db.serverless"), Two: member("db.r6g.large") },
      { usage },
    );
    expect(lines(cost)).toEqual(["Aurora storage: 100 × 0.225", "Aurora capacity units: 730 × 0.156"]);
    expect(gaps(cost)).toEqual(["Two: no price for db.r6g.large in a cluster that is I/O-Optimized"]);
  });

  it("of another engine has no price, nor has the first Serverless", async () => {
    expect(gaps(await bill({ Cluster: cluster({ Engine: "mysql" }) }))).toEqual([
      "Cluster: no prices for a cluster of the engine mysql, only for Aurora",
    ]);
    expect(gaps(await bill({ Cluster: cluster({ EngineMode: "serverless" }) }))).toEqual([
      "Cluster: no prices for Aurora Serverless v1",
    ]);
  });

  it("has a price of its own in each region, and is named where none was found", async () => {
    const usage = using({ Cluster: { storageGB: 1 } });
    const of = async (region: string) => bill({ Cluster: cluster() }, { region, usage });
    expect(lines(await of("sa-east-1"))).toEqual(["Aurora storage: 1 × 0.19"]);
    expect(gaps(await of("eu-west-1"))).toEqual([
      "Cluster: no price for Aurora storage in eu-west-1 (aurora.storage.standard.gb_month)",
    ]);
  });
});

describe("Database Insights", () => {
  // By AWS's price of $0.0125 a vCPU-hour the 32 vCPUs of db.m5.8xlarge are $292 a month.
  it("is billed by the vCPU in its advanced mode, and free in its standard one", async () => {
    const insights = async (DatabaseInsightsMode: string) =>
      lines(await bill(database({ DBInstanceClass: "db.m5.8xlarge", DatabaseInsightsMode }))).filter((one) =>
        one.startsWith("Database Insights"),
      );
    expect(await insights("standard")).toEqual([]);
    expect(await insights("advanced")).toEqual(["Database Insights, advanced, 32 vCPU: 23360 × 0.0125"]);
  });

  it("of a cluster counts for its instances, a serverless one by its ACU-hours", async () => {
    const Cluster = {
      Type: "AWS::RDS::DBCluster",
      Properties: {
        Engine: "aurora-mysql",
        DatabaseInsightsMode: "advanced",
        ServerlessV2ScalingConfiguration: { MinCapacity: 2, MaxCapacity: 4 },
      },
    };
    const member = (DBInstanceClass: string) => ({
      Type: "AWS::RDS::DBInstance",
      Properties: { Engine: "aurora-mysql", DBClusterIdentifier: { Ref: "Cluster" }, DBInstanceClass },
    });
    const cost = await bill({ Cluster, One: member("db.serverless"), Two: member("db.r5.xlarge") });
    expect(lines(cost).filter((one) => one.startsWith("Database Insights"))).toEqual([
      "Database Insights, advanced: 1460 × 0.003125",
      "Database Insights, advanced, 4 vCPU: 2920 × 0.0125",
    ]);
  });

  it("of a standby, or in a region without a price, is named", async () => {
    const properties = { DBInstanceClass: "db.m5.large", DatabaseInsightsMode: "advanced", MultiAZ: true };
    expect(gaps(await bill(database(properties)))).toEqual([
      "Db: Database Insights of the standby, of which the price page says nothing",
    ]);
    expect(gaps(await bill(database({ ...properties, MultiAZ: false }), { region: "eu-west-1" }))).toEqual([
      "Db: no price for Database Insights, advanced, 2 vCPU in eu-west-1 (database_insights.vcpu_hour)",
    ]);
  });
});
