import { describe, expect, it } from "vitest";
import type { Json } from "../../src/template/types.ts";
import { bill, gaps, lines, monthly, using } from "./bill.ts";

type Properties = { readonly [name: string]: Json };

const database = (properties: Properties) => ({
  Db: {
    Type: "AWS::RDS::DBInstance",
    Properties: { Engine: "postgres", DBInstanceClass: "db.t3.micro", AllocatedStorage: "20", ...properties },
  },
});
const group = (properties: Properties) => ({
  Cache: {
    Type: "AWS::ElastiCache::ReplicationGroup",
    Properties: { Engine: "redis", CacheNodeType: "cache.t3.micro", ...properties },
  },
});

describe("a PostgreSQL database", () => {
  it("is its class and its gp3 storage: the dev preset's is $13.14 and $2.30", async () => {
    const cost = await bill(database({}));
    expect(lines(cost)).toEqual(["db.t3.micro, Single-AZ: 730 × 0.018", "gp3 storage, Single-AZ: 20 × 0.115"]);
    expect(monthly(cost, "RDS PostgreSQL")).toBe(15.44);
  });

  it("has prices of its own for Multi-AZ", async () => {
    const cost = await bill(database({ DBInstanceClass: "db.t4g.small", MultiAZ: true }));
    expect(lines(cost)).toEqual(["db.t4g.small, Multi-AZ: 730 × 0.065", "gp3 storage, Multi-AZ: 20 × 0.23"]);
  });

  it.each([
    [399, 3000, 125, []],
    [400, 12_000, 500, []],
    [400, 15_000, 600, ["IOPS over 12000: 3000 × 0.02", "throughput over 500 MB/s: 100 × 0.08"]],
  ])("of %d GB includes gp3's baseline: %d IOPS and %d MB/s add %j", async (gb, iops, throughput, more) => {
    const cost = await bill(
      database({ AllocatedStorage: gb, StorageType: "gp3", Iops: iops, StorageThroughput: throughput }),
    );
    expect(lines(cost).slice(2)).toEqual(more);
  });

  it("is priced for the hours it runs, and for backups beyond the free amount", async () => {
    const cost = await bill(database({}), { usage: using({ Db: { hours: 100, backupGB: 30 } }) });
    expect(lines(cost)).toEqual([
      "db.t3.micro, Single-AZ: 100 × 0.018",
      "gp3 storage, Single-AZ: 20 × 0.115",
      "backups beyond the free amount: 30 × 0.095",
    ]);
  });

  it("has no price for other engines, nor for provisioned-IOPS storage of the newer kind", async () => {
    expect(gaps(await bill(database({ Engine: "oracle-se2" })))).toEqual([
      "Db: no prices for the engine oracle-se2, only for postgres, mysql, mariadb and Aurora",
    ]);
    const cost = await bill(database({ StorageType: "io2", Iops: 1000 }));
    expect(lines(cost)).toEqual(["db.t3.micro, Single-AZ: 730 × 0.018"]);
    expect(gaps(cost)).toEqual(["Db: no prices for io2 storage, only for gp2, gp3 and io1"]);
  });

  it("has prices for the classes beyond 8xlarge and of older generations, as AWS's list of August 2021 had them", async () => {
    const hour = async (DBInstanceClass: string) => lines(await bill(database({ DBInstanceClass })))[0];
    expect(await hour("db.r5.24xlarge")).toBe("db.r5.24xlarge, Single-AZ: 730 × 12");
    expect(await hour("db.m4.large")).toBe("db.m4.large, Single-AZ: 730 × 0.182");
    expect(await hour("db.t2.micro")).toBe("db.t2.micro, Single-AZ: 730 × 0.018");
  });

  it("names class and region where a class is not offered there, and prices the rest", async () => {
    const cost = await bill(database({ DBInstanceClass: "db.t4g.micro" }), { region: "ca-west-1" });
    expect(gaps(cost)).toEqual([
      "Db: no price for db.t4g.micro, Single-AZ in ca-west-1 (rds.postgres.db.t4g.micro.single_az.hour)",
    ]);
    expect(lines(cost)).toHaveLength(1);
  });

  it("takes for a read replica what its source says", async () => {
    const cost = await bill({
      ...database({ MultiAZ: true }),
      Replica: {
        Type: "AWS::RDS::DBInstance",
        Properties: { SourceDBInstanceIdentifier: { Ref: "Db" }, MultiAZ: false },
      },
    });
    expect(lines(cost).slice(2)).toEqual(["db.t3.micro, Single-AZ: 730 × 0.018", "gp3 storage, Single-AZ: 20 × 0.115"]);
  });

  it("adds a public address and RDS's own secret where it has them", async () => {
    const cost = await bill(database({ PubliclyAccessible: true, ManageMasterUserPassword: true }));
    expect(monthly(cost, "Other")).toBe(4.05);
  });
});

describe("a cache", () => {
  it("is its nodes, primaries and replicas alike", async () => {
    const nodes = async (properties: Properties) => lines(await bill(group(properties)))[0];
    expect(await nodes({ NumCacheClusters: 1 })).toBe("1 × cache.t3.micro, redis: 730 × 0.017");
    expect(await nodes({ NumCacheClusters: 3 })).toBe("3 × cache.t3.micro, redis: 2190 × 0.017");
    expect(await nodes({ NumNodeGroups: 2, ReplicasPerNodeGroup: 1 })).toBe("4 × cache.t3.micro, redis: 2920 × 0.017");
    expect(await nodes({ NodeGroupConfiguration: [{ ReplicaCount: 2 }, { ReplicaCount: 0 }] })).toBe(
      "4 × cache.t3.micro, redis: 2920 × 0.017",
    );
    expect(await nodes({})).toBe("1 × cache.t3.micro, redis: 730 × 0.017");
  });

  it("is a fifth cheaper as Valkey, and costs the same as Memcached", async () => {
    expect(lines(await bill(group({ Engine: "valkey" })))).toEqual(["1 × cache.t3.micro, valkey: 730 × 0.0136"]);
    const memcached = {
      Type: "AWS::ElastiCache::CacheCluster",
      Properties: { Engine: "memcached", CacheNodeType: "cache.t3.micro", NumCacheNodes: 2 },
    };
    expect(lines(await bill({ Memory: memcached }))).toEqual(["2 × cache.t3.micro, memcached: 1460 × 0.017"]);
  });

  // A family's sizes stand to each other as their memory does: m6g.8xlarge is 2.372 in the list of 2025-12-06.
  it.each([
    ["cache.m6g.12xlarge", 3.557],
    ["cache.m6g.16xlarge", 4.743],
    ["cache.m4.large", 0.156],
    ["cache.t2.micro", 0.017],
    ["cache.r5.24xlarge", 10.368],
  ])("has a price on a node of the type %s, which AWS still sells", async (CacheNodeType, usd) => {
    expect(lines(await bill(group({ CacheNodeType })))).toEqual([`1 × ${CacheNodeType}, redis: 730 × ${usd}`]);
  });

  it("has a price for backups in us-east-1 alone, and says so elsewhere", async () => {
    const usage = using({ Cache: { backupGB: 10 } });
    expect(lines(await bill(group({}), { usage }))[1]).toBe("backups: 10 × 0.085");
    expect(gaps(await bill(group({}), { usage, region: "eu-west-1" }))).toEqual([
      "Cache: no price for backups in eu-west-1 (elasticache.backup.gb_month)",
    ]);
  });
});

describe("a DynamoDB table", () => {
  it("is priced on demand, its first 25 GB free once for the account", async () => {
    const table = { Type: "AWS::DynamoDB::Table", Properties: { BillingMode: "PAY_PER_REQUEST" } };
    const cost = await bill(
      { One: table, Two: table },
      {
        usage: using({
          One: { readRequests: 1e6, writeRequests: 1e6, storageGB: 20 },
          Two: { storageGB: 20, pitrGB: 20 },
        }),
      },
    );
    expect(lines(cost)).toEqual([
      "table reads: 1000000 × 1.25e-7",
      "table writes: 1000000 × 6.25e-7",
      "table storage, free: 20 × 0",
      "table storage, free: 5 × 0",
      "table storage: 15 × 0.25",
      "point-in-time recovery: 20 × 0.2",
    ]);
  });

  // Amazon DynamoDB pricing: 18,600 unit-hours (25 units for 31 days) are free, then $0.00013 and $0.00065 in us-east-1.
  it("is priced by the capacity that it and its indexes are provisioned with", async () => {
    const throughput = (ReadCapacityUnits: number, WriteCapacityUnits: number) => ({
      ProvisionedThroughput: { ReadCapacityUnits, WriteCapacityUnits },
    });
    const Properties = { ...throughput(60, 20), GlobalSecondaryIndexes: [{ IndexName: "i", ...throughput(40, 10) }] };
    const cost = await bill({ Table: { Type: "AWS::DynamoDB::Table", Properties } });
    expect(lines(cost)).toEqual([
      "read capacity, free: 18600 × 0",
      "read capacity: 54400 × 0.00013",
      "write capacity, free: 18600 × 0",
      "write capacity: 3300 × 0.00065",
    ]);
  });

  it("says where it does not know the throughput, and that requests of a provisioned table are not billed", async () => {
    const table = { Type: "AWS::DynamoDB::Table", Properties: {} };
    const cost = await bill({ Table: table }, { usage: using({ Table: { readRequests: 1000 } }) });
    expect(gaps(cost)).toEqual(["Table: the throughput it is provisioned with is not in the templates"]);
    expect(cost.assumptions).toContain("Table pays for provisioned capacity, not for requests");
  });

  it("has no price for provisioned throughput where none was found", async () => {
    const Properties = { ProvisionedThroughput: { ReadCapacityUnits: 50, WriteCapacityUnits: 0 } };
    const cost = await bill({ Table: { Type: "AWS::DynamoDB::Table", Properties } }, { region: "eu-west-1" });
    expect(gaps(cost)).toEqual(["Table: no price for read capacity in eu-west-1 (dynamodb.provisioned.rcu_hour)"]);
  });
});
