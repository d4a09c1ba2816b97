import { AstroError } from "../errors.ts";
import { machineRow, nameBy } from "./machines.ts";
import type { PriceList, Units } from "./price-rows.ts";

/** The date on which a price without a date of its own was true. */
export const BASE_DATE = "2025-12-06";

/** One step of a price: USD a unit for what a month uses up to `upTo` units. */
type Tier = { readonly upTo: number; readonly usd: number; readonly asOf: string };

/** A list price: its unit and its tiers, one for a flat price. */
export type Price = { readonly unit: string; readonly tiers: readonly Tier[] };

/** The price lists one estimate may need, by region, `global`, or `edge:GEOGRAPHY`. */
export type Prices = { readonly [list: string]: PriceList & { readonly units: Units } };

/** Every region that has a price list. */
export const PRICED_REGIONS = [
  "af-south-1",
  "ap-east-1",
  "ap-east-2",
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-northeast-3",
  "ap-south-1",
  "ap-south-2",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-southeast-3",
  "ap-southeast-4",
  "ap-southeast-5",
  "ap-southeast-6",
  "ap-southeast-7",
  "ca-central-1",
  "ca-west-1",
  "eu-central-1",
  "eu-central-2",
  "eu-north-1",
  "eu-south-1",
  "eu-south-2",
  "eu-west-1",
  "eu-west-2",
  "eu-west-3",
  "il-central-1",
  "me-central-1",
  "me-south-1",
  "mx-central-1",
  "sa-east-1",
  "us-east-1",
  "us-east-2",
  "us-gov-east-1",
  "us-gov-west-1",
  "us-west-1",
  "us-west-2",
] as const;

/** A region that has a price list. */
type PricedRegion = (typeof PRICED_REGIONS)[number];

/** The price lists of `regions` and those of the whole world; a region without a list is an `AstroError`. */
export async function loadPricesFor(regions: Iterable<string>): Promise<Prices> {
  const wanted = [...new Set(regions)].map(priced);
  const [units, world, edge, ...local] = await Promise.all([
    read<Units>("units"),
    read<PriceList>("global"),
    read<{ readonly [geography: string]: PriceList }>("edge"),
    ...wanted.map(async (region) => [region, await read<PriceList>(region)] as const),
  ]);
  const edges = Object.entries(edge).map(([geography, list]) => [`edge:${geography}`, list] as const);
  const lists = [["global", world] as const, ...edges, ...local];
  return Object.fromEntries(lists.map(([name, list]) => [name, { ...list, units }]));
}

/** One file, so that pricing an environment reads only the lists it needs. */
async function read<T>(name: string): Promise<T> {
  const file = (await import(`./prices/${name}.json`, { with: { type: "json" } })) as { readonly default: T };
  return file.default;
}

/** The price of exactly `item` in `list`, or `undefined` where the list has none: never the nearest name. */
export function priceOf(prices: Prices, list: string, item: string): Price | undefined {
  const { items, machines = [], units } = (Object.hasOwn(prices, list) ? prices[list] : undefined) ?? NOTHING;
  const row = Object.hasOwn(items, item) ? items[item] : machineRow(machines, item);
  if (row === undefined) return undefined;
  const unit = unitOf(units, item);
  if (typeof row === "object" && "tiers" in row) {
    const tiers = row.tiers.map(([upTo, usd, asOf = BASE_DATE]) => ({
      upTo: upTo ?? Number.POSITIVE_INFINITY,
      usd,
      asOf,
    }));
    return { unit, tiers };
  }
  const [usd, asOf] = typeof row === "number" ? [row, BASE_DATE] : row;
  return { unit, tiers: [{ upTo: Number.POSITIVE_INFINITY, usd, asOf }] };
}

const NOTHING: Prices[string] = { items: {}, units: {} };

function unitOf(units: Units, item: string): string {
  if (Object.hasOwn(units, item)) return units[item] ?? "";
  const pattern = Object.keys(units).find((one) => one.includes("*") && nameBy(one, item) !== undefined) ?? "";
  return units[pattern] ?? "";
}

function priced(region: string): PricedRegion {
  const found = PRICED_REGIONS.find((one) => one === region);
  if (found !== undefined) return found;
  throw new AstroError(
    "usage",
    `no prices for the region ${region}: it is none of the ${PRICED_REGIONS.length} regions of the price list`,
    `choose one of ${PRICED_REGIONS.join(", ")}`,
  );
}
