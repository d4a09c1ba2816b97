import { AstroError } from "../errors.ts";
import { machineRow } from "./machines.ts";
import type { MachineTable, PriceRows } from "./price-rows.ts";

/** The date on which a price without a date of its own was true. */
export const BASE_DATE = "2025-12-06";

/** One step of a price: USD a unit for what a month uses up to `upTo` units. */
type Tier = { readonly upTo: number; readonly usd: number; readonly asOf: string };

/** A list price: its unit and its tiers, one for a flat price. */
export type Price = { readonly unit: string; readonly tiers: readonly Tier[] };

/** Everything that is priced in one place: item by item, and machines by the table. */
type PriceList = { readonly rows: PriceRows; readonly machines: readonly MachineTable[] };

/** The price lists one estimate may need, by region, `global`, or `edge:GEOGRAPHY`. */
export type Prices = { readonly [list: string]: PriceList };

type Source = () => Promise<{ readonly rows: PriceRows }>;

/** One module a region, so that pricing an environment reads only the lists it needs. */
const SOURCES = {
  "af-south-1": () => import("./prices/af-south-1.ts"),
  "ap-east-1": () => import("./prices/ap-east-1.ts"),
  "ap-east-2": () => import("./prices/ap-east-2.ts"),
  "ap-northeast-1": () => import("./prices/ap-northeast-1.ts"),
  "ap-northeast-2": () => import("./prices/ap-northeast-2.ts"),
  "ap-northeast-3": () => import("./prices/ap-northeast-3.ts"),
  "ap-south-1": () => import("./prices/ap-south-1.ts"),
  "ap-south-2": () => import("./prices/ap-south-2.ts"),
  "ap-southeast-1": () => import("./prices/ap-southeast-1.ts"),
  "ap-southeast-2": () => import("./prices/ap-southeast-2.ts"),
  "ap-southeast-3": () => import("./prices/ap-southeast-3.ts"),
  "ap-southeast-4": () => import("./prices/ap-southeast-4.ts"),
  "ap-southeast-5": () => import("./prices/ap-southeast-5.ts"),
  "ap-southeast-6": () => import("./prices/ap-southeast-6.ts"),
  "ap-southeast-7": () => import("./prices/ap-southeast-7.ts"),
  "ca-central-1": () => import("./prices/ca-central-1.ts"),
  "ca-west-1": () => import("./prices/ca-west-1.ts"),
  "eu-central-1": () => import("./prices/eu-central-1.ts"),
  "eu-central-2": () => import("./prices/eu-central-2.ts"),
  "eu-north-1": () => import("./prices/eu-north-1.ts"),
  "eu-south-1": () => import("./prices/eu-south-1.ts"),
  "eu-south-2": () => import("./prices/eu-south-2.ts"),
  "eu-west-1": () => import("./prices/eu-west-1.ts"),
  "eu-west-2": () => import("./prices/eu-west-2.ts"),
  "eu-west-3": () => import("./prices/eu-west-3.ts"),
  "il-central-1": () => import("./prices/il-central-1.ts"),
  "me-central-1": () => import("./prices/me-central-1.ts"),
  "me-south-1": () => import("./prices/me-south-1.ts"),
  "mx-central-1": () => import("./prices/mx-central-1.ts"),
  "sa-east-1": () => import("./prices/sa-east-1.ts"),
  "us-east-1": () => import("./prices/us-east-1.ts"),
  "us-east-2": () => import("./prices/us-east-2.ts"),
  "us-gov-east-1": () => import("./prices/us-gov-east-1.ts"),
  "us-gov-west-1": () => import("./prices/us-gov-west-1.ts"),
  "us-west-1": () => import("./prices/us-west-1.ts"),
  "us-west-2": () => import("./prices/us-west-2.ts"),
} as const satisfies { readonly [region: string]: Source };

/** The machines' tables, which are long and are read line by line when a machine is asked for. */
const MACHINES: { readonly [region: string]: () => Promise<{ readonly machines: readonly MachineTable[] }> } = {
  "af-south-1": () => import("./prices/machines/af-south-1.ts"),
  "ap-east-1": () => import("./prices/machines/ap-east-1.ts"),
  "ap-northeast-1": () => import("./prices/machines/ap-northeast-1.ts"),
  "ap-northeast-2": () => import("./prices/machines/ap-northeast-2.ts"),
  "ap-northeast-3": () => import("./prices/machines/ap-northeast-3.ts"),
  "ap-south-1": () => import("./prices/machines/ap-south-1.ts"),
  "ap-south-2": () => import("./prices/machines/ap-south-2.ts"),
  "ap-southeast-1": () => import("./prices/machines/ap-southeast-1.ts"),
  "ap-southeast-2": () => import("./prices/machines/ap-southeast-2.ts"),
  "ap-southeast-3": () => import("./prices/machines/ap-southeast-3.ts"),
  "ap-southeast-4": () => import("./prices/machines/ap-southeast-4.ts"),
  "ap-southeast-5": () => import("./prices/machines/ap-southeast-5.ts"),
  "ap-southeast-7": () => import("./prices/machines/ap-southeast-7.ts"),
  "ca-central-1": () => import("./prices/machines/ca-central-1.ts"),
  "ca-west-1": () => import("./prices/machines/ca-west-1.ts"),
  "eu-central-1": () => import("./prices/machines/eu-central-1.ts"),
  "eu-central-2": () => import("./prices/machines/eu-central-2.ts"),
  "eu-north-1": () => import("./prices/machines/eu-north-1.ts"),
  "eu-south-1": () => import("./prices/machines/eu-south-1.ts"),
  "eu-south-2": () => import("./prices/machines/eu-south-2.ts"),
  "eu-west-1": () => import("./prices/machines/eu-west-1.ts"),
  "eu-west-2": () => import("./prices/machines/eu-west-2.ts"),
  "eu-west-3": () => import("./prices/machines/eu-west-3.ts"),
  "il-central-1": () => import("./prices/machines/il-central-1.ts"),
  "me-central-1": () => import("./prices/machines/me-central-1.ts"),
  "me-south-1": () => import("./prices/machines/me-south-1.ts"),
  "mx-central-1": () => import("./prices/machines/mx-central-1.ts"),
  "sa-east-1": () => import("./prices/machines/sa-east-1.ts"),
  "us-east-1": () => import("./prices/machines/us-east-1.ts"),
  "us-east-2": () => import("./prices/machines/us-east-2.ts"),
  "us-gov-east-1": () => import("./prices/machines/us-gov-east-1.ts"),
  "us-gov-west-1": () => import("./prices/machines/us-gov-west-1.ts"),
  "us-west-1": () => import("./prices/machines/us-west-1.ts"),
  "us-west-2": () => import("./prices/machines/us-west-2.ts"),
};

/** A region that has a price list. */
export type PricedRegion = keyof typeof SOURCES;

/** Every region that has a price list. */
export const PRICED_REGIONS = Object.keys(SOURCES) as readonly PricedRegion[];

/** The price lists of `regions` and those of the whole world; a region without a list is an `AstroError`. */
export async function loadPricesFor(regions: Iterable<string>): Promise<Prices> {
  const wanted = [...new Set(regions)].map(priced);
  const [world, edge, ...local] = await Promise.all([
    import("./prices/global.ts"),
    import("./prices/edge.ts"),
    ...wanted.map(listOf),
  ]);
  const edges = Object.entries(edge.geographies).map(
    ([geography, rows]) => [`edge:${geography}`, plain(rows)] as const,
  );
  return { global: plain(world.rows), ...Object.fromEntries([...edges, ...local]) };
}

const plain = (rows: PriceRows): PriceList => ({ rows, machines: [] });

async function listOf(region: PricedRegion): Promise<readonly [string, PriceList]> {
  const [{ rows }, tables] = await Promise.all([SOURCES[region](), MACHINES[region]?.()]);
  return [region, { rows, machines: tables?.machines ?? [] }];
}

/** The price of exactly `item` in `list`, or `undefined` where the list has none: never the nearest name. */
export function priceOf(prices: Prices, list: string, item: string): Price | undefined {
  const { rows, machines } = (Object.hasOwn(prices, list) ? prices[list] : undefined) ?? plain({});
  const row = Object.hasOwn(rows, item) ? rows[item] : machineRow(machines, item);
  if (row === undefined) return undefined;
  const [usd, unit, asOf = BASE_DATE] = row;
  if (typeof usd === "number") return { unit, tiers: [{ upTo: Number.POSITIVE_INFINITY, usd, asOf }] };
  return { unit, tiers: usd.map(([upTo, step, date = BASE_DATE]) => ({ upTo, usd: step, asOf: date })) };
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
