import { BASE_DATE, type Prices, priceOf } from "./catalogue.ts";
import { COMPONENTS, type Component } from "./finding.ts";
import { type BilledLine, inventoryOf, type Unpriced } from "./inventory.ts";
import { newMeter } from "./meter.ts";
import { type SeedFigure, seedFigures } from "./seed.ts";
import type { PricedStack } from "./surroundings.ts";
import type { Usage } from "./usage.ts";

/** An environment to be priced: its stacks, wherever they are, and what a month uses. */
export type CostInput = {
  readonly name: string;
  readonly region: string;
  readonly stacks: readonly PricedStack[];
  readonly usage: Usage;
};

/** One line of the bill, USD; `resource` is a logical id, or `account`. */
export type CostItem = {
  readonly resource: string;
  readonly stack: string;
  readonly item: string;
  readonly quantity: number;
  readonly unit: string;
  readonly unitPrice: number;
  readonly monthly: number;
};

/** One row of the architecture's cost table: USD a month in whole cents, the sum of its items. */
export type ComponentCost = {
  readonly component: Component;
  readonly monthly: number;
  readonly items: readonly CostItem[];
  /** What the architecture's own table says, where the configuration is the one it describes. */
  readonly seed?: SeedFigure;
};

/** What an environment costs, USD a month: the sum of its components, all seven of them, always in the same order. */
export type EnvironmentCost = {
  readonly name: string;
  readonly region: string;
  readonly monthlyTotal: number;
  readonly components: readonly ComponentCost[];
  /** The architecture's own total, where the whole configuration is the one it describes. */
  readonly seedTotal?: string;
  readonly unpriced: readonly Unpriced[];
  readonly assumptions: readonly string[];
  /** The dates of the oldest and the newest price that went into it. */
  readonly pricesAsOf: { readonly oldest: string; readonly newest: string };
};

/** What `input` costs by `prices`, which hold the lists of every region of it (see `loadPricesFor`). */
export function estimate(input: CostInput, prices: Prices): EnvironmentCost {
  const inventory = inventoryOf(input.stacks, input.region, input.usage, prices);
  const bill = billed(inventory.lines, prices);
  const seed = seedFigures(inventory.lines);
  const components = COMPONENTS.map((component): ComponentCost => {
    const items = bill.items.filter((one) => one.component === component).map((one) => one.item);
    const figure = seed.figures[component];
    return { component, monthly: cents(items) / 100, items, ...(figure === undefined ? {} : { seed: figure }) };
  });
  const dates = bill.dates.toSorted();
  return {
    name: input.name,
    region: input.region,
    monthlyTotal: components.reduce((sum, { monthly }) => sum + Math.round(monthly * 100), 0) / 100,
    components,
    ...(seed.total === undefined ? {} : { seedTotal: seed.total }),
    unpriced: [...inventory.unpriced, ...bill.unpriced],
    assumptions: [...BASICS, ...inventory.assumptions, ...bill.free],
    pricesAsOf: { oldest: dates[0] ?? BASE_DATE, newest: dates.at(-1) ?? BASE_DATE },
  };
}

const BASICS = ["a month of 730 hours; list prices without tax, discounts, credits or a new account's free tier"];

type Bill = {
  readonly items: readonly { readonly component: Component; readonly item: CostItem }[];
  readonly unpriced: readonly Unpriced[];
  readonly free: readonly string[];
  readonly dates: readonly string[];
};

function billed(lines: readonly BilledLine[], prices: Prices): Bill {
  const meter = newMeter();
  const unpriced: Unpriced[] = [];
  const free = new Set<string>();
  const dates = new Set<string>();
  const items = lines.flatMap(({ resource, type, stack, component, item, key, list, quantity, factor = 1 }) => {
    const price = priceOf(prices, list, key);
    if (price === undefined) {
      unpriced.push({ resource, type, stack, reason: `no price for ${item} in ${list.replace("edge:", "")} (${key})` });
      return [];
    }
    return meter(list, key, quantity, price).map((part) => {
      if (part.free !== undefined) free.add(part.free);
      if (part.asOf !== undefined) dates.add(part.asOf);
      const unitPrice = exact(part.usd * factor);
      const words = part.free === undefined ? item : `${item}, free`;
      const monthly = exact(part.quantity * unitPrice);
      return {
        component,
        item: { resource, stack, item: words, quantity: exact(part.quantity), unit: price.unit, unitPrice, monthly },
      };
    });
  });
  return {
    items,
    unpriced,
    free: free.size === 0 ? [] : [`free each month, if nothing else in the account uses it: ${[...free].join(", ")}`],
    dates: [...dates],
  };
}

/** Whole cents of the items' sum, half a cent up. */
function cents(items: readonly CostItem[]): number {
  const sum = items.reduce((total, { monthly }) => total + monthly, 0);
  return Math.round(exact(sum * 100));
}

/** Without the noise of binary fractions: the smallest list price has ten decimals. */
function exact(value: number): number {
  return Number(value.toFixed(10));
}
