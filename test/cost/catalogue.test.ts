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
    const tiers = Object.entries(all).flatMap(([list, { items }]) =>
      Object.keys(items).map((item) => priceOf(all, list, item)?.tiers ?? []),
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

  it("reads of a machine's table exactly the machine asked for", () => {
    expect(usd("eu-west-1", "ec2.linux.m5.large.hour")).toBe(0.107);
    for (const item of ["ec2.linux.m5.larg.hour", "ec2.linux.m5.hour", "ec2.linux.m.large.hour", "ec2.linux.hour"])
      expect(usd("eu-west-1", item)).toBeUndefined();
    expect(usd("eu-west-1", "ec2.windows.m5.large.hour")).toBeUndefined();
    expect(usd("eu-west-1", "ec2.linux.m5.0.107.hour")).toBeUndefined();
    expect(priceOf(all, "eu-west-1", "ec2.linux.m5.large.hour")?.tiers[0]?.asOf).toBe("2022-12-02");
  });

  it("has machines by the hour in tables that name each once, dated, and no bigger one cheaper", () => {
    const wrong: string[] = [];
    let machines = 0;
    for (const [region, list] of Object.entries(all)) {
      const seen = new Set(Object.keys(list.items));
      for (const { items: patterns, asOf, usd: families } of list.machines ?? [])
        for (const [family, sizes] of Object.entries(families)) {
          if (!/^20\d\d-\d\d-\d\d$/.test(asOf)) wrong.push(`${region} ${family} ${asOf}`);
          // Of the graphics families' sizes one with more GPUs may be dearer than the next.
          const grows = !/^g\d/.test(family);
          let least = 0;
          for (const [size, price] of Object.entries(sizes)) {
            machines += 1;
            if (!(price > 0) || (grows && /^\d*x?large$/.test(size) && price < least))
              wrong.push(`${region} ${family}.${size}`);
            if (/^\d*x?large$/.test(size)) least = price;
            for (const pattern of patterns) {
              const item = pattern.replace("*", `${family}.${size}`);
              if (seen.has(item)) wrong.push(`${region} ${item} twice`);
              seen.add(item);
            }
          }
        }
    }
    expect(wrong).toEqual([]);
    expect(machines).toBeGreaterThan(16_000);
  });

  it("has a family's EC2 sizes stand to us-east-1's alike, so that none is dedicated tenancy's, which costs more", () => {
    const ec2 = (region: string) =>
      (all[region]?.machines ?? [])
        .filter(({ items }) => items[0] === "ec2.linux.*.hour")
        .flatMap(({ usd }) => Object.entries(usd))
        .flatMap(([family, sizes]) => Object.entries(sizes).map(([size, price]) => ({ family, size, price })));
    const home = new Map(ec2("us-east-1").map((of) => [`${of.family}.${of.size}`, of.price]));
    const wrong: string[] = [];
    for (const region of Object.keys(all)) {
      const ratios = new Map<string, number[]>();
      for (const { family, size, price } of ec2(region)) {
        const there = home.get(`${family}.${size}`) ?? 0;
        // Bare metal and the smallest, where AWS's rounding is the difference, say nothing.
        if (there < 0.04 || size.startsWith("metal")) continue;
        ratios.set(family, [...(ratios.get(family) ?? []), price / there]);
      }
      for (const [family, of] of ratios)
        if (Math.max(...of) / Math.min(...of) > 1.035) wrong.push(`${region} ${family} ${of.join(" ")}`);
    }
    expect(wrong).toEqual([]);
  });

  it("refuses a region that has no list, naming it", async () => {
    await expect(loadPricesFor(["us-moon-1"])).rejects.toThrow("no prices for the region us-moon-1");
  });
});
