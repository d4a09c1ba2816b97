import { type Price, type Prices, priceOf } from "./catalogue.ts";
import type { Finding, Line, Located } from "./finding.ts";
import { line, unpriced } from "./finding.ts";
import { isFree } from "./free-types.ts";
import { geographyOf } from "./geography.ts";
import { pricerOf } from "./pricers.ts";
import { quantities, sentences, type Taken, usageOf } from "./resource-usage.ts";
import { type PricedStack, surroundingsOf } from "./surroundings.ts";
import type { Usage } from "./usage.ts";
import { ACCOUNT_NAMES } from "./usage-names.ts";

/** A billed line, and the resource it belongs to (`account` for what belongs to none). */
export type BilledLine = Line & {
  readonly resource: string;
  readonly type: string;
  readonly stack: string;
  readonly list: string;
};

/** A resource, or a part of its bill, that could not be priced. */
export type Unpriced = {
  readonly resource: string;
  readonly type: string;
  readonly stack: string;
  readonly reason: string;
};

/** Everything an environment is billed for, before any price is looked up but Fargate Spot's. */
export type Inventory = {
  readonly lines: readonly BilledLine[];
  readonly unpriced: readonly Unpriced[];
  readonly assumptions: readonly string[];
};

/** What the resources of `stacks` are billed for in a month of `usage`; `region` is where the account's traffic is. */
export function inventoryOf(stacks: readonly PricedStack[], region: string, usage: Usage, prices: Prices): Inventory {
  const around = surroundingsOf(stacks);
  const taken: Taken[] = [];
  const take = (one: Taken) => taken.push(one);
  const geography = geographyOf(region);
  const seen = around.resources.flatMap((one): readonly Seen[] => {
    const pricer = pricerOf(one.resource.Type);
    if (pricer === undefined)
      return isFree(one.resource.Type) ? [] : [seenAt(one, unpriced("no prices for this type"))];
    const price = (key: string): Price | undefined => priceOf(prices, one.region, key);
    const { find, ofType } = around;
    const found = pricer({ ...one, find, ofType, price, usage: usageOf(usage, one, geography, take) });
    return [...found].map((finding) => seenAt(one, finding));
  });
  const account = seen.some(({ finding }) => "line" in finding && finding.line.quantity > 0)
    ? accountLines(usage, region, take)
    : [];
  const all = [...seen, ...account];
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
    ],
    assumptions: [
      ...new Set(all.flatMap(({ finding }) => ("assumed" in finding ? [finding.assumed] : []))),
      ...sentences(taken, usage.otherwise),
    ],
  };
}

type Seen = {
  readonly resource: string;
  readonly type: string;
  readonly stack: string;
  readonly region: string;
  readonly finding: Finding;
};

function seenAt({ id, stack, region, resource }: Located, finding: Finding): Seen {
  return { resource: id, type: resource.Type, stack, region, finding };
}

/** Data transfer, which AWS bills to the account and not to a resource (Amazon EC2 on-demand pricing, "Data Transfer"). */
function accountLines(usage: Usage, region: string, take: (one: Taken) => void): readonly Seen[] {
  const { get } = quantities(usage, usage.account, "account", ACCOUNT_NAMES, geographyOf(region), take);
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
