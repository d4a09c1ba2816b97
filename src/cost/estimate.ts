import { deployedImageOf, imageParameterOf } from "../template/image-parameter.ts";
import { BASE_DATE, type Prices, priceOf } from "./catalogue.ts";
import { COMPONENTS, type Component, type Unpriced } from "./finding.ts";
import { type BilledLine, inventoryOf } from "./inventory.ts";
import { newMeter } from "./meter.ts";
import type { PricedStack } from "./surroundings.ts";
import type { Usage, UsageInput } from "./usage.ts";
import { type Variant, variantsOf } from "./variants.ts";

/** An environment to be priced: its stacks, wherever they are, and what a month uses. */
export type CostInput = {
  readonly name: string;
  readonly region: string;
  readonly stacks: readonly PricedStack[];
  readonly usage: Usage;
  /** The day it is, ISO 8601: old versions cost more from one day on. Without it they have no price. */
  readonly today?: string;
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
};

/** One combination of undecided values (`Env=prod`), and what it costs: USD a month. */
type CostWay = { readonly when: string; readonly monthlyTotal: number };

/** What an environment costs, USD a month: the sum of its components, all seven of them, always in the same order. */
export type EnvironmentCost = {
  readonly name: string;
  readonly region: string;
  readonly monthlyTotal: number;
  readonly components: readonly ComponentCost[];
  /** Where a parameter has no value: what each way costs, the dearest last, which is the one that is shown. */
  readonly range?: readonly CostWay[];
  readonly unpriced: readonly Unpriced[];
  readonly assumptions: readonly string[];
  /** The dates of the oldest and the newest price that went into it. */
  readonly pricesAsOf: { readonly oldest: string; readonly newest: string };
};

/** What `input` costs by `prices`, which hold the lists of every region of it (see `loadPricesFor`). */
export function estimate(input: CostInput, prices: Prices): EnvironmentCost {
  return estimated(input, prices).cost;
}

/** The stack as if an image were deployed to it, since it is made to run one: what waits for the first is priced with it. */
function withImage(stack: PricedStack): PricedStack {
  const { parameter } = imageParameterOf(stack.template) ?? {};
  if (parameter === undefined || deployedImageOf(stack.template, stack.parameters) !== undefined) return stack;
  return { ...stack, parameters: { ...stack.parameters, [parameter]: "image" } };
}

/** What an environment costs, and what of its usage was asked for on the way, in whichever way it may come out. */
export type Estimate = { readonly cost: EnvironmentCost; readonly asked: ReadonlySet<UsageInput[string]> };

/** The same, with what of the usage was asked for. Undecided values are as in the dearest combination, and the range is reported. */
export function estimated(given: CostInput, prices: Prices): Estimate {
  const input = { ...given, stacks: given.stacks.map(withImage) };
  const ways = variantsOf(input.stacks).map((variant) => ({ variant, ...inOneWay(input, prices, variant) }));
  const asked = new Set(ways.flatMap((way) => [...way.asked]));
  const sorted = ways.toSorted((a, b) => a.cost.monthlyTotal - b.cost.monthlyTotal);
  const dearest = sorted.at(-1);
  if (dearest === undefined) return { ...inOneWay(input, prices), asked };
  const names = decisive(ways);
  if (names.length === 0) return { cost: dearest.cost, asked };
  const range = rangeOf(sorted, names);
  return { cost: { ...dearest.cost, range, assumptions: [...dearest.cost.assumptions, words(range, names)] }, asked };
}

type Way = { readonly variant: Variant; readonly cost: EnvironmentCost };

/** The names on which the price, or what has none, hangs: those of which another value alone changes it. */
function decisive(ways: readonly Way[]): readonly string[] {
  const names = [...(ways[0]?.variant.choices.keys() ?? [])];
  return names.filter((name) => {
    const bills = new Map<string, string>();
    return ways.some(({ variant: { choices }, cost: { monthlyTotal, unpriced } }) => {
      const others = JSON.stringify([...choices].filter(([other]) => other !== name));
      const bill = JSON.stringify([monthlyTotal, unpriced]);
      const before = bills.get(others);
      bills.set(others, bill);
      return before !== undefined && before !== bill;
    });
  });
}

function rangeOf(sorted: readonly Way[], names: readonly string[]): readonly CostWay[] {
  const ways = sorted.map(({ variant, cost }) => {
    const when = names.map((name) => variant.choices.get(name) ?? "").join(", ");
    return { when, monthlyTotal: cost.monthlyTotal };
  });
  return ways.filter((way, index) => ways.findLastIndex((other) => other.when === way.when) === index);
}

function words(range: readonly CostWay[], names: readonly string[]): string {
  const [least, most] = [range[0], range.at(-1)];
  const usd = (way: CostWay | undefined) => `$${(way?.monthlyTotal ?? 0).toFixed(2)} (${way?.when})`;
  const given = names.filter((name) => !name.endsWith("AWS::AccountId"));
  const how =
    given.length === 0 ? "" : `; say which with ${given.map((name) => `--parameter ${name}=VALUE`).join(" ")}`;
  const decided = `${names.join(", ")} ${names.length === 1 ? "has" : "have"} no value`;
  return `${decided}: from ${usd(least)} to ${usd(most)}, the dearest is shown${how}`;
}

function inOneWay(input: CostInput, prices: Prices, variant?: Variant): Estimate {
  const inventory = inventoryOf({ ...input, ...(variant && { taken: variant.taken }) }, prices);
  const bill = billed(inventory.lines, prices);
  const components = COMPONENTS.map((component): ComponentCost => {
    const items = bill.items.filter((one) => one.component === component).map((one) => one.item);
    return { component, monthly: cents(items) / 100, items };
  });
  const dates = bill.dates.toSorted();
  const cost = {
    name: input.name,
    region: input.region,
    monthlyTotal: components.reduce((sum, { monthly }) => sum + Math.round(monthly * 100), 0) / 100,
    components,
    unpriced: [...inventory.unpriced, ...bill.unpriced],
    assumptions: [...BASICS, ...inventory.assumptions, ...bill.free],
    pricesAsOf: { oldest: dates[0] ?? BASE_DATE, newest: dates.at(-1) ?? BASE_DATE },
  };
  return { cost, asked: inventory.asked };
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
