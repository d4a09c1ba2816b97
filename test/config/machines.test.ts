import { describe, expect, it } from "vitest";
import {
  cacheNodes,
  databaseClasses,
  insteadOf,
  isBurstable,
  isGraviton,
  isSize,
  soldAs,
} from "../../src/config/machines.ts";
import { PRESET_NAMES, PRESETS, presetFor } from "../../src/config/presets.ts";
import { REGION_CODES } from "../../src/config/regions.ts";
import { loadPricesFor, priceOf } from "../../src/cost/catalogue.ts";

const prices = await loadPricesFor(REGION_CODES);
const sells = {
  db: (region: string, name: string) =>
    ["single_az", "multi_az"].every((kind) => priceOf(prices, region, `rds.postgres.${name}.${kind}.hour`)),
  cache: (region: string, name: string) => priceOf(prices, region, `elasticache.redis.${name}.hour`) !== undefined,
};

describe("machines that a region sells", () => {
  it("all have a price there", () => {
    const unsold = REGION_CODES.flatMap((region) => [
      ...databaseClasses(region).filter(({ name }) => !sells.db(region, name)),
      ...cacheNodes(region).filter(({ name }) => !sells.cache(region, name)),
    ]);
    expect(unsold).toEqual([]);
  });

  it("are the better ones wherever a price list has them, of all sizes", () => {
    const passedOver = REGION_CODES.flatMap((region) =>
      [...databaseClasses("us-east-1"), ...cacheNodes("us-east-1")]
        .filter(({ name }) => soldAs(name, region) !== name)
        .filter(({ name }) => (name.startsWith("db.") ? sells.db : sells.cache)(region, name))
        .map(({ name }) => `${region} ${name}`),
    );
    expect(passedOver).toEqual([]);
  });

  it("are cheaper with Graviton than those that stand in for them", () => {
    const dearer = REGION_CODES.flatMap((region) => {
      const hour = (name: string) => priceOf(prices, region, `rds.postgres.${name}.single_az.hour`)?.tiers[0]?.usd ?? 0;
      return soldAs("db.t4g.micro", region) === "db.t4g.micro" && hour("db.t4g.micro") >= hour("db.t3.micro")
        ? [region]
        : [];
    });
    expect(dearer).toEqual([]);
  });

  it("stand in by size, and whatever else is named stays", () => {
    expect(soldAs("db.t4g.small", "ca-west-1")).toBe("db.t3.small");
    expect(soldAs("cache.t4g.small", "ca-west-1")).toBe("cache.t4g.small");
    expect(soldAs("db.m7g.large", "eu-south-1")).toBe("db.m6g.large");
    expect(soldAs("db.m5.large", "ca-west-1")).toBe("db.m5.large");
    expect(soldAs("large", "ca-west-1")).toBe("large");
  });

  it("have another of the same size, for where there is none of them", () => {
    expect(
      ["db.t4g.micro", "db.t3.small", "db.m7g.large", "cache.t4g.medium", "db.m5.large", "db", "cache"].map(insteadOf),
    ).toEqual([
      "db.t3.micro",
      "db.t4g.small",
      "db.m6g.large",
      "cache.t3.medium",
      "db.t4g.micro",
      "db.t4g.micro",
      "cache.t4g.micro",
    ]);
  });

  it("are told apart by their names", () => {
    expect(["db.t3.micro", "db.t4g.micro", "cache.t4g.small"].every(isBurstable)).toBe(true);
    expect(["db.m7g.large", "cache.r7g.large"].some(isBurstable)).toBe(false);
    expect(["db.t4g.micro", "cache.r7g.large"].every(isGraviton)).toBe(true);
    expect(["db.t3.micro", "db.m6i.large"].some(isGraviton)).toBe(false);
    expect(["db.t3.micro", "db.m6i.16xlarge", "db.r5.xlarge"].every(isSize)).toBe(true);
    expect(["db.t3.mirco", "db.t4g.", "db.t4g.9large"].some(isSize)).toBe(false);
  });
});

describe("presets", () => {
  it("have machines that are sold in every region, or others of their size in their place", () => {
    for (const region of REGION_CODES)
      for (const preset of PRESET_NAMES) {
        const { database, cache } = PRESETS[preset].values;
        expect(sells.db(region, soldAs(database.class, region))).toBe(true);
        expect(sells.cache(region, soldAs(cache.node, region))).toBe(true);
      }
  });

  it.each([
    ["prod", "prod"],
    ["prod-eu", "prod"],
    ["production", "prod"],
    ["prd", "prod"],
    ["staging", "staging"],
    ["stage", "staging"],
    ["stg", "staging"],
    ["dev", "dev"],
    ["qa", "dev"],
  ])("suit an environment by its name: %s begins from %s", (env, preset) => {
    expect(presetFor(env)).toBe(preset);
  });
});
