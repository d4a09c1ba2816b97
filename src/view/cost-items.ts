import type { CostItem, EnvironmentCost } from "../cost/estimate.ts";
import type { CostReport } from "../cost/report.ts";
import { money, monthly, quantity, unitPrice } from "./format.ts";
import { labelled, underOne } from "./labelled.ts";
import { cell, row } from "./row.ts";
import type { Theme } from "./theme.ts";

/** Each billed resource and, below it, what it is billed for; the dearest resource first. */
export function resourceRows(theme: Theme, environment: EnvironmentCost): readonly string[] {
  const bills = new Map<string, CostItem[]>();
  const used = environment.components.flatMap(({ items }) => items).filter((item) => item.quantity > 0);
  for (const item of used) {
    bills.set(item.resource, [...(bills.get(item.resource) ?? []), item]);
  }
  return [...bills]
    .map(([resource, items]) => ({ resource, items, monthly: items.reduce((sum, item) => sum + item.monthly, 0) }))
    .toSorted((a, b) => b.monthly - a.monthly)
    .flatMap(({ resource, items, monthly }) => [
      row(theme, [[` ${resource}`, theme.paint.bold]], [money(monthly)]),
      ...items.map((item) => itemRow(theme, item)),
    ]);
}

/** The ways in which a bill may come out where a parameter has no value, the dearest first; few of many. */
export function rangeRows(theme: Theme, { range = [] }: EnvironmentCost): readonly string[] {
  const shown = range.toReversed().slice(0, MOST_WAYS);
  const least = range[0];
  const rows = least === undefined || shown.includes(least) ? shown : [...shown, least];
  return rows.map(({ when, monthlyTotal }) => row(theme, [[`   ${when}`, theme.paint.dim]], [monthly(monthlyTotal)]));
}

/** Ways that are shown beside the cheapest. */
const MOST_WAYS = 5;

/** What the figures take for granted, and what they leave out. */
export function noteRows(theme: Theme, { assumptions, environments }: CostReport): readonly string[] {
  const unpriced = environments.flatMap((environment) => environment.unpriced);
  const reasons = [
    ...new Set(
      unpriced.map(({ resource, type, reason }) => `${[resource, type].filter(Boolean).join(", ")}: ${reason}`),
    ),
  ];
  const dim = theme.paint.dim;
  return labelled(theme, [
    ["Assumed", assumptions.join(" · "), dim],
    ...underOne("Not priced", reasons),
    ["Usage", ["astro cost --usage FILE", "takes what your month really uses"], dim],
  ]);
}

function itemRow(theme: Theme, { item, quantity: amount, unit, unitPrice: price, monthly }: CostItem): string {
  const width = Math.floor(theme.width * 0.4);
  const sum = `${quantity(amount)} ${unit} × ${unitPrice(price)}`;
  return row(theme, [`   ${cell(theme, item, width)}  `, [sum, theme.paint.dim]], [money(monthly)]);
}
