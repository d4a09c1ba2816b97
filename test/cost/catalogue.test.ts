import { describe, expect, it } from "vitest";
import { REGION_CODES } from "../../src/config/regions.ts";
import { BASE_DATE, loadPricesFor, PRICED_REGIONS, priceOf } from "../../src/cost/catalogue.ts";
import { GEOGRAPHIES } from "../../src/cost/usage-names.ts";

const all = await loadPricesFor(PRICED_REGIONS);

function usd(region: string, item: string): number | undefined {
  return priceOf(all, region, item)?.tiers[0]?.usd;
}

describe("the price catalogue", () => {
  it("has a list for every region an environment can live in", () => {
    expect(REGION_CODES.filter((region) => !PRICED_REGIONS.some((priced) => priced === region))).toEqual([]);
  });

  it("prices in every region what every environment has", () => {
    const items = [
      "fargate.linux.x86.vcpu_hour",
      "fargate.linux.arm64.gb_hour",
      "rds.postgres.db.t3.micro.single_az.hour",
      "rds.storage.gp3.multi_az.gb_month",
      "elasticache.redis.cache.t3.micro.hour",
      "nat_gateway.hour",
      "nat_gateway.gb",
      "alb.hour",
      "alb.lcu_hour",
      "public_ipv4.in_use.hour",
      "kms.key.month",
      "secretsmanager.secret.month",
      "logs.ingest.standard.gb",
      "s3.standard.gb_month",
      "vpc_endpoint.interface.hour",
    ];
    const missing = PRICED_REGIONS.flatMap((region) =>
      items.filter((item) => usd(region, item) === undefined).map((item) => `${region} ${item}`),
    );
    expect(missing).toEqual([]);
  });

  it("has every geography of CloudFront", () => {
    expect(GEOGRAPHIES.filter((one) => usd(`edge:${one}`, "cloudfront.request.https_get") === undefined)).toEqual([]);
  });

  it("takes the price of exactly the item asked for: no surcharge, other engine, Outpost or Windows row", () => {
    expect(usd("us-east-1", "elasticache.redis.cache.m5.large.hour")).toBe(0.156);
    expect(usd("us-east-1", "elasticache.valkey.cache.m5.large.hour")).toBe(0.1248);
    expect(usd("us-east-1", "alb.hour")).toBe(0.0225);
    expect(usd("us-east-1", "nat_gateway.hour")).toBe(0.045);
    expect(usd("us-east-1", "fargate.linux.x86.vcpu_hour")).toBe(0.04048);
    expect(usd("us-east-1", "fargate.linux.arm64.vcpu_hour")).toBe(0.03238);
  });

  it("has no price for half a name, an inherited one, or an unknown list", () => {
    expect(priceOf(all, "us-east-1", "elasticache.redis.cache.m5")).toBeUndefined();
    expect(priceOf(all, "us-east-1", "constructor")).toBeUndefined();
    expect(priceOf(all, "eu-nowhere-1", "alb.hour")).toBeUndefined();
  });

  it("holds Multi-AZ as a price of its own, not as twice Single-AZ", () => {
    expect(usd("us-east-1", "rds.postgres.db.t4g.small.single_az.hour")).toBe(0.032);
    expect(usd("us-east-1", "rds.postgres.db.t4g.small.multi_az.hour")).toBe(0.065);
  });

  it("doubles gp3 storage for Multi-AZ everywhere, to AWS's rounding", () => {
    const ratio = (region: string) =>
      (usd(region, "rds.storage.gp3.multi_az.gb_month") ?? 0) /
      (usd(region, "rds.storage.gp3.single_az.gb_month") ?? 1);
    expect(PRICED_REGIONS.filter((region) => Math.abs(ratio(region) - 2) > 0.01)).toEqual([]);
  });

  it("ends every tiered price without a bound, and never gets dearer with quantity", () => {
    const tiers = Object.entries(all).flatMap(([list, rows]) =>
      Object.keys(rows).map((item) => priceOf(all, list, item)?.tiers ?? []),
    );
    const ordered = tiers.every((steps) =>
      steps.every(({ upTo, usd }, index) => {
        const next = steps[index + 1];
        return next === undefined ? upTo === Number.POSITIVE_INFINITY : upTo < next.upTo && usd >= next.usd;
      }),
    );
    expect(tiers.length).toBeGreaterThan(7000);
    expect(ordered).toBe(true);
  });

  it("dates every price: its own date, or the base date", () => {
    expect(priceOf(all, "us-east-1", "nat_gateway.hour")?.tiers[0]?.asOf).toBe("2026-10-07");
    expect(priceOf(all, "us-east-1", "alarm.composite.month")?.tiers[0]?.asOf).toBe(BASE_DATE);
    expect(priceOf(all, "eu-central-1", "nat_gateway.hour")?.tiers[0]?.asOf).toBe("2025-11-04");
  });

  it("knows Fargate Spot for x86 in 23 regions, GovCloud's two among them, and for ARM in three", () => {
    const having = (item: string) => PRICED_REGIONS.filter((region) => usd(region, item) !== undefined).length;
    expect(having("fargate_spot.linux.x86.vcpu_hour")).toBe(23);
    expect(having("fargate_spot.linux.arm64.vcpu_hour")).toBe(3);
  });

  it("refuses a region that has no list, naming it", async () => {
    await expect(loadPricesFor(["us-moon-1"])).rejects.toThrow("no prices for the region us-moon-1");
  });
});
