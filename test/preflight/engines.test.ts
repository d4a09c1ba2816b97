import { describe, expect, it } from "vitest";
import { NotChecked } from "../../src/preflight/finding.ts";
import type { Stack } from "../../src/synth/assembly.ts";
import type { Json, JsonObject } from "../../src/template/types.ts";
import { deployedAs, found } from "../support/preflight.ts";
import { outputOf, stackOf } from "../support/stacks.ts";

const zone = (index: number): Json => ({ "Fn::Select": [index, { "Fn::GetAZs": "" }] });
const subnet = (AvailabilityZone: Json) => ({ Type: "AWS::EC2::Subnet", Properties: { AvailabilityZone } });
const network = (...zones: readonly Json[]) =>
  stackOf("shop-dev-network", "vpc", {
    resources: Object.fromEntries(zones.map((one, index) => [`Subnet${index}`, subnet(one)])),
    outputs: Object.fromEntries(zones.map((_, index) => [`Out${index}`, { Value: { Ref: `Subnet${index}` } }])),
  });
const database = (more: JsonObject = {}, subnets = 2) =>
  stackOf("shop-dev-database", "data", {
    needs: ["shop-dev-network"],
    resources: {
      Subnets: {
        Type: "AWS::RDS::DBSubnetGroup",
        Properties: {
          SubnetIds: Array.from({ length: subnets }, (_, index) => outputOf("shop-dev-network", `Out${index}`)),
        },
      },
      Database: {
        Type: "AWS::RDS::DBInstance",
        Properties: {
          Engine: "postgres",
          EngineVersion: "16",
          DBInstanceClass: "db.t3.micro",
          DBSubnetGroupName: { Ref: "Subnets" },
          ...more,
        },
      },
    },
  });
const offered = (zones: readonly string[], multiAz = true) => ({
  databaseOffers: async () => [{ zones: zones.map((letter) => `eu-west-1${letter}`), multiAz }],
});
const STACKS = [network(zone(0), zone(1)), database()];

describe("a database's class", () => {
  it("is good if it is offered in a zone of its subnets", async () => {
    expect(await found("database", STACKS, { look: offered(["b", "c"]) })).toMatchObject([
      { outcome: "ok", words: "db.t3.micro with postgres 16.11: in eu-west-1b" },
    ]);
  });

  it("is a problem if it is offered in other zones only", async () => {
    const [finding] = await found("database", STACKS, { look: offered(["c"]) });
    expect(finding).toMatchObject({
      outcome: "problem",
      fix: {
        hints: [{ text: "choose another class", command: expect.arrayContaining(["--db-class", "db.t4g.micro"]) }],
      },
    });
    expect(finding?.words).toBe(
      "db.t3.micro with postgres 16.11 is offered in eu-west-1c only, its subnets are in eu-west-1a, eu-west-1b",
    );
  });

  it("is a problem for a standby if one zone alone has it", async () => {
    const stacks = [network(zone(0), zone(1)), database({ MultiAZ: true })];
    expect(await found("database", stacks, { look: offered(["b", "c"]) })).toMatchObject([{ outcome: "problem" }]);
    expect(await found("database", stacks, { look: offered(["a", "b"]) })).toMatchObject([{ outcome: "ok" }]);
    expect(await found("database", stacks, { look: offered(["a", "b"], false) })).toMatchObject([
      { outcome: "problem", words: expect.stringContaining("Multi-AZ, is not offered in eu-west-1") },
    ]);
  });

  it("is a problem if the region has it nowhere, whatever the zones", async () => {
    const asked: string[] = [];
    const look = { databaseOffers: async () => [] };
    expect(await found("database", STACKS, { look, asked })).toMatchObject([
      { outcome: "problem", words: "db.t3.micro with postgres 16.11 is not offered in eu-west-1" },
    ]);
    expect(asked).not.toContain("zones");
  });

  // RDS API Reference, OrderableDBInstanceOption (MinStorageSize, MaxStorageSize, StorageType).
  it("is a problem if it does not take so much storage, or so little, of the type that is wanted", async () => {
    const offer = (storageType: string, leastStorage: number, mostStorage: number) => ({
      ...{ zones: ["eu-west-1b"], multiAz: true, storageType, leastStorage, mostStorage },
    });
    const look = { databaseOffers: async () => [offer("gp3", 20, 1000), offer("io1", 100, 65_536)] };
    const of = async (more: JsonObject) => (await found("database", [STACKS[0] as Stack, database(more)], { look }))[0];
    expect(await of({ AllocatedStorage: "2000", StorageType: "gp3" })).toMatchObject({
      outcome: "problem",
      words: "db.t3.micro with postgres 16.11 takes 20 to 1000 GB of storage, and 2000 GB are wanted",
    });
    expect(await of({ AllocatedStorage: "20", StorageType: "io1" })).toMatchObject({ outcome: "problem" });
    for (const more of [{ AllocatedStorage: "1000", StorageType: "gp3" }, { AllocatedStorage: "2000" }, {}])
      expect(await of(more)).toMatchObject({ outcome: "ok" });
  });

  it("needs no list of zones where the template names them", async () => {
    const asked: string[] = [];
    const stacks = [network("eu-west-1a", "eu-west-1c"), database()];
    expect(await found("database", stacks, { look: offered(["c"]), asked })).toMatchObject([{ outcome: "ok" }]);
    expect(asked).not.toContain("zones");
  });

  it("is looked at again when it changes, and only then", async () => {
    const deployed = STACKS.map((stack) => deployedAs(stack, "CREATE_COMPLETE"));
    expect(await found("database", STACKS, { deployed })).toEqual([]);
    const larger = [network(zone(0), zone(1)), database({ DBInstanceClass: "db.m7g.large" })];
    expect(await found("database", larger, { deployed })).toMatchObject([{ outcome: "ok" }]);
  });

  it("is not checked where the look-up is denied", async () => {
    const look = { databaseOffers: () => Promise.reject(new NotChecked("denied")) };
    expect(await found("database", STACKS, { look })).toMatchObject([{ outcome: "not-checked", words: "denied" }]);
  });
});

describe("an engine's version", () => {
  it("of a database is a problem if it is not offered", async () => {
    expect(await found("database", STACKS, { look: { databaseVersion: async () => undefined } })).toMatchObject([
      { outcome: "problem", words: "postgres 16 is not offered in eu-west-1" },
    ]);
  });

  it("is asked for by the engine in small letters, however it is written", async () => {
    const asked: string[] = [];
    const look = {
      databaseVersion: async (_: string, engine: string) => {
        asked.push(engine);
        return "8.0.45";
      },
    };
    const stacks = [network(zone(0), zone(1)), database({ Engine: "MySQL", EngineVersion: "8.0" })];
    expect(await found("database", stacks, { look })).toMatchObject([{ outcome: "ok" }]);
    expect(asked).toEqual(["mysql"]);
  });

  const cache = (EngineVersion: string) => [
    stackOf("shop-dev-cache", "data", {
      resources: {
        Cache: { Type: "AWS::ElastiCache::ReplicationGroup", Properties: { Engine: "redis", EngineVersion } },
      },
    }),
  ];

  it("of a cache is good if it is offered, or a minor of it", async () => {
    expect(await found("cache", cache("7.1"))).toMatchObject([{ outcome: "ok" }]);
    expect(await found("cache", cache("7.0.7"))).toMatchObject([{ outcome: "ok" }]);
  });

  it("of a cache is a problem if not, which names those that are", async () => {
    expect(await found("cache", cache("7.2"))).toMatchObject([
      {
        outcome: "problem",
        words: "redis 7.2 is not offered in eu-west-1",
        fix: { hints: expect.arrayContaining([expect.objectContaining({ text: expect.stringMatching(/7\.1\.0/) })]) },
      },
    ]);
  });

  it("of a cache is not checked where the look-up is denied", async () => {
    const look = { cacheVersions: () => Promise.reject(new NotChecked("denied")) };
    expect(await found("cache", cache("7.1"), { look })).toMatchObject([{ outcome: "not-checked" }]);
  });
});
