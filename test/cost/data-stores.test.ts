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
  it("is its class and its gp3 storage: the seed's is $13.14 and $2.30", async () => {
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

  it("has no price for other engines, nor for provisioned-IOPS storage", async () => {
    expect(gaps(await bill(database({ Engine: "mysql" })))).toEqual([
      "Db: no prices for the engine mysql, only for postgres",
    ]);
    const cost = await bill(database({ Iops: 1000 }));
    expect(lines(cost)).toEqual(["db.t3.micro, Single-AZ: 730 × 0.018"]);
    expect(gaps(cost)).toEqual(["Db: no prices for io1 storage, only for gp2 and gp3"]);
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

  it("is a fifth cheaper as Valkey, and has no price as Memcached", async () => {
    expect(lines(await bill(group({ Engine: "valkey" })))).toEqual(["1 × cache.t3.micro, valkey: 730 × 0.0136"]);
    const memcached = {
      Type: "AWS::ElastiCache::CacheCluster",
      Properties: { Engine: "memcached", CacheNodeType: "cache.t3.micro", NumCacheNodes: 2 },
    };
    expect(gaps(await bill({ Memory: memcached }))).toEqual([
      "Memory: no prices for the engine memcached, only for redis and valkey",
    ]);
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

  it("has no price for provisioned throughput", async () => {
    expect(gaps(await bill({ Table: { Type: "AWS::DynamoDB::Table", Properties: {} } }))).toEqual([
      "Table: no prices for provisioned throughput, only for on-demand tables",
    ]);
  });
});
