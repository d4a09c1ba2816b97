import type { Values } from "../template/evaluate.ts";
import type { AssumedValue as TakenValue } from "../template/linked.ts";
import { type Price, type Prices, priceOf } from "./catalogue.ts";
import { extendedSupport } from "./extended-support.ts";
import type { CostFinding, Line, LocatedResource, Unpriced } from "./finding.ts";
import { assumed, line, unpriced } from "./finding.ts";
import { billedAfterAll, isFree } from "./free-types.ts";
import { geographyOf } from "./geography.ts";
import { pricerOf } from "./pricers.ts";
import { type AssumedQuantity, quantities, sentences, usageOf, type Watch } from "./resource-usage.ts";
import { type PricedStack, surroundingsOf } from "./surroundings.ts";
import { isTransformed, transformed } from "./transformed.ts";
import type { Usage, UsageInput } from "./usage.ts";
import { ACCOUNT_NAMES } from "./usage-names.ts";

/** A stack within a stack. */
const NESTED = "AWS::CloudFormation::Stack";

/** A billed line, and the resource it belongs to (`account` for what belongs to none). */
export type BilledLine = Line & {
  readonly resource: string;
  readonly type: string;
  readonly stack: string;
  readonly list: string;
};

/** Everything an environment is billed for, before any price is looked up but Fargate Spot's. */
export type Inventory = {
  readonly lines: readonly BilledLine[];
  readonly unpriced: readonly Unpriced[];
  readonly assumptions: readonly string[];
  /** What the usage gives that was asked for. */
  readonly asked: ReadonlySet<UsageInput[string]>;
};

/** What decides an inventory beside the stacks. */
export type InventoryInput = {
  readonly stacks: readonly PricedStack[];
  /** Where the account's traffic is. */
  readonly region: string;
  readonly usage: Usage;
  /** The day it is, ISO 8601. */
  readonly today?: string;
  /** The values taken for what is undecided. */
  readonly taken?: TakenValue;
};

/** What the resources of the stacks are billed for in a month of the usage. */
export function inventoryOf({ stacks, region, usage, today, taken }: InventoryInput, prices: Prices): Inventory {
  const around = surroundingsOf(stacks, taken);
  const defaults: AssumedQuantity[] = [];
  const asked = new Set<UsageInput[string]>();
  const watch = {
    taken: (one: AssumedQuantity) => defaults.push(one),
    asked: (one: UsageInput[string]) => asked.add(one),
  };
  const geography = geographyOf(region);
  const seen = around.resources.flatMap((one): readonly Seen[] => {
    const { Type: type } = one.resource;
    const pricer = pricerOf(type);
    if (type === NESTED && isFollowed(one, stacks)) return [];
    if (pricer === undefined) {
      const reason = isFree(type) || isTransformed(type) ? billedAfterAll(type, one.properties) : whyNot(type);
      return reason === undefined ? [] : [seenAt(one, unpriced(reason))];
    }
    const price = (key: string): Price | undefined => priceOf(prices, one.region, key);
    const { find, ofType } = around;
    const { properties, looked } = watched(one);
    const it = { ...one, properties, find, ofType, price, usage: usageOf(usage, one, geography, watch) };
    const found = [...pricer(it)];
    const all = [...found, ...extendedSupport(it, found, today)];
    return [...all, ...conditional(one, all), ...hanging(one, looked)].map((finding) => seenAt(one, finding));
  });
  const bills = seen.some(({ finding }) => "line" in finding && finding.line.quantity > 0);
  const all = [...seen, ...accountLines(usage, region, watch, bills)];
  const expanded = around.unread.map(({ stack, id }) => ({
    resource: id,
    type: "",
    stack,
    reason: "CloudFormation alone can say which resources it becomes",
  }));
  return {
    lines: all.flatMap(({ finding, region: home, ...where }) =>
      "line" in finding && finding.line.quantity > 0 ? [{ list: home, ...finding.line, ...where }] : [],
    ),
    unpriced: [
      ...all.flatMap(({ finding, region: _, ...where }) =>
        "unpriced" in finding ? [{ ...where, reason: finding.unpriced }] : [],
      ),
      ...expanded,
      ...stacks.flatMap(transformed),
    ],
    assumptions: [
      ...new Set(all.flatMap(({ finding }) => ("assumed" in finding ? [finding.assumed] : []))),
      ...sentences(defaults, usage.otherwise),
    ],
    asked,
  };
}

/** A resource whose properties tell which of them were looked at. */
function watched({ properties }: LocatedResource): {
  readonly properties: () => Values;
  readonly looked: ReadonlySet<string>;
} {
  const looked = new Set<string>();
  const open = () =>
    new Proxy(properties(), {
      get: (values, name) => {
        if (typeof name === "string") looked.add(name);
        return Reflect.get(values, name);
      },
    });
  return { properties: open, looked };
}

/** Reports what is billed although its condition is undecided. */
function conditional({ id, open }: LocatedResource, found: readonly CostFinding[]): readonly CostFinding[] {
  if (open === undefined || !found.some((one) => "line" in one && one.line.quantity > 0)) return [];
  return [assumed(`${id} is included although its condition has no value: ${open}`)];
}

/** Says which properties decide a price and have no value. */
function hanging({ id, hangsOn }: LocatedResource, looked: ReadonlySet<string>): readonly CostFinding[] {
  return [...looked].flatMap((property) => {
    const names = hangsOn(property);
    if (names.length === 0) return [];
    const [first = ""] = names;
    const words = `${id}: ${property} hangs on ${names.join(", ")}, which has no value`;
    return [assumed(`${words}: give it with --parameter ${first}=VALUE`)];
  });
}

/** True for a nested stack whose own stack is among those that are priced. */
function isFollowed({ stack, id, region }: LocatedResource, stacks: readonly PricedStack[]): boolean {
  return stacks.some((one) => one.within?.stack === stack && one.within.logicalId === id && one.region === region);
}

function whyNot(type: string): string {
  return type === NESTED ? "its template is elsewhere: price it by itself" : "no prices for this type";
}

type Seen = {
  readonly resource: string;
  readonly type: string;
  readonly stack: string;
  readonly region: string;
  readonly finding: CostFinding;
};

function seenAt({ id, stack, region, resource }: LocatedResource, finding: CostFinding): Seen {
  return { resource: id, type: resource.Type, stack, region, finding };
}

/**
 * Data transfer, which AWS bills to the account and not to a resource (Amazon EC2 on-demand pricing, "Data Transfer"): what
 * a file gives, and a typical month's where anything is billed.
 */
function accountLines(usage: Usage, region: string, watch: Watch, bills: boolean): readonly Seen[] {
  const of = quantities(usage, usage.account, "account", ACCOUNT_NAMES, geographyOf(region), watch);
  const get = (name: string) => (bills ? of.get(name) : (of.given(name) ?? 0));
  // Between zones, the sender and the receiver both pay for the same gigabyte.
  const lines = [
    line("Other", "data out to the internet", "data_transfer.out_internet.gb", get("internetOutGB")),
    line(
      "Other",
      "data between zones, both directions",
      "data_transfer.cross_az.gb_each_direction",
      2 * get("crossAzGB"),
    ),
  ];
  return lines.map((finding) => ({ resource: "account", type: "", stack: "", region, finding }));
}
