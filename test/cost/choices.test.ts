import { describe, expect, it } from "vitest";
import { soldAs } from "../../src/config/machines.ts";
import { PRESETS } from "../../src/config/presets.ts";
import { REGION_CODES } from "../../src/config/regions.ts";
import { type EnvironmentInput, environment } from "../../src/config/schema.ts";
import { zoneCountOf } from "../../src/config/zones.ts";
import { loadPricesFor, PRICED_REGIONS } from "../../src/cost/catalogue.ts";
import { priceChoices } from "../../src/cost/choices.ts";
import { type EnvironmentCost, estimate } from "../../src/cost/estimate.ts";
import { TYPICAL_USAGE } from "../../src/cost/usage.ts";
import { synthesise } from "../template/app/synth.ts";
import { items } from "./bill.ts";

const prices = await loadPricesFor(PRICED_REGIONS);
const DEV: EnvironmentInput = { region: "us-east-1", ...PRESETS.dev.values };
const PROD: EnvironmentInput = { region: "eu-west-1", ...PRESETS.prod.values };
const mail = "ops@example.com";

function chosen(input: EnvironmentInput): EnvironmentCost {
  return priceChoices("dev", environment.parse(input), prices);
}

function synthesised(input: EnvironmentInput): EnvironmentCost {
  const stacks = synthesise(input).map(({ stackName, template, environment }) => ({
    name: stackName,
    region: environment.region,
    template,
  }));
  return estimate({ name: "dev", region: input.region, stacks, usage: TYPICAL_USAGE }, prices);
}

/** A bill without the order and the stacks of its resources, which the wizard has no need of. */
function plain(cost: EnvironmentCost) {
  const lines = items(cost).map(({ stack: _, ...item }) => item);
  const key = ({ resource, item, unitPrice }: (typeof lines)[number]) => `${resource} ${item} ${unitPrice}`;
  return {
    total: cost.monthlyTotal,
    components: cost.components.map(({ component, monthly }) => ({ component, monthly })),
    lines: lines.toSorted((left, right) => key(left).localeCompare(key(right))),
    assumptions: cost.assumptions.toSorted(),
    unpriced: cost.unpriced.map(({ resource, reason }) => `${resource}: ${reason}`),
  };
}

describe("the price of choices", () => {
  it.each<[string, EnvironmentInput]>([
    ["dev", DEV],
    ["prod", PROD],
    ["a private load balancer", { ...DEV, loadBalancer: { private: true } }],
    ["no NAT gateway, so endpoints and no placeholder", { ...DEV, network: { azs: 2, nat: "none" } }],
    [
      "no NAT gateway, an image of its own, scaling",
      {
        ...DEV,
        network: { azs: 1, nat: "none" },
        service: { image: "v1", tasks: 2, maxTasks: 4, cpu: 1024, memory: 4096 },
      },
    ],
    [
      "no Spot, ARM, flow logs, access logs",
      {
        ...DEV,
        region: "eu-central-1",
        network: { azs: 2, flowLogs: true },
        service: { spot: false, architecture: "arm64", tasks: 3 },
        loadBalancer: { accessLogs: true },
      },
    ],
    ["Spot on ARM, where its price is a guess", { ...DEV, region: "eu-central-1", service: { architecture: "arm64" } }],
    [
      "a new zone, alarms, a budget, a web ACL",
      {
        ...PROD,
        domain: { name: "example.com", zone: "create" },
        alarms: { email: mail },
        budget: { monthly: 100, email: mail },
        cdn: { waf: true },
      },
    ],
    [
      "a domain elsewhere, in us-east-1",
      { ...DEV, domain: { name: "example.com", zone: "elsewhere" }, alarms: { email: mail } },
    ],
    [
      "a large database and cache",
      {
        ...PROD,
        database: { class: "db.r6g.xlarge", multiAz: true, storage: 500, maxStorage: 500 },
        cache: { node: "cache.m7g.large", replicas: 2 },
      },
    ],
  ])("is that of the synthesised templates: %s", (_, input) => {
    expect(plain(chosen(input))).toEqual(plain(synthesised(input)));
  });

  it("prices the dev design in every region, with the machines that are sold there, and names what no list has", () => {
    const missing = REGION_CODES.flatMap((region) => {
      const { database, cache } = PRESETS.dev.values;
      const sold = {
        database: { ...database, class: soldAs(database.class, region) },
        cache: { ...cache, node: soldAs(cache.node, region) },
      };
      const cost = chosen({ ...DEV, ...sold, region });
      expect(cost.monthlyTotal).toBeGreaterThan(80);
      return cost.unpriced.map(({ reason }) => reason);
    });
    expect(missing).toEqual([]);
  });

  it("names the class and the region where prod's are not on offer", () => {
    const missing = REGION_CODES.flatMap((region) =>
      chosen({ ...PROD, region, network: { azs: zoneCountOf(region) } }).unpriced.map(
        ({ resource, reason }) => `${resource}: ${reason}`,
      ),
    );
    expect(missing).toContain(
      "Database: no price for db.m7g.large, Multi-AZ in ca-west-1 (rds.postgres.db.m7g.large.multi_az.hour)",
    );
    expect(missing.every((one) => /^(Database|Cache): no price for /.test(one))).toBe(true);
  });

  it("adds an address for a second zone, and a gateway with its traffic and address for its own", () => {
    const total = (network: EnvironmentInput["network"]) => chosen({ ...DEV, network }).monthlyTotal;
    expect(total({ azs: 3 }) - total({ azs: 2 })).toBeCloseTo(3.65, 2);
    // 32.85 + 10 GB × 0.045 + 3.65, and the load balancer's third address.
    expect(total({ azs: 3, nat: "per-az" }) - total({ azs: 2, nat: "per-az" })).toBeCloseTo(36.95 + 3.65, 2);
  });

  it("takes a few milliseconds, so that it can stand beside every option", () => {
    const parsed = environment.parse(PROD);
    const started = performance.now();
    for (let count = 0; count < 100; count++) priceChoices("prod", parsed, prices);
    expect((performance.now() - started) / 100).toBeLessThan(50);
  });
});
