import { loadPricesFor } from "../../src/cost/catalogue.ts";
import { type CostItem, type EnvironmentCost, estimate } from "../../src/cost/estimate.ts";
import { NO_USAGE, type Quantity, type Usage } from "../../src/cost/usage.ts";
import type { Json, Template } from "../../src/template/types.ts";

type Resources = { readonly [id: string]: { readonly Type: string; readonly [key: string]: Json } };

/** Prices one stack of these resources, using nothing but what `usage` says. */
export async function bill(
  resources: Resources,
  options: { readonly region?: string; readonly usage?: Usage; readonly template?: Partial<Template> } = {},
): Promise<EnvironmentCost> {
  const { region = "us-east-1", usage = NO_USAGE } = options;
  const template = { ...options.template, Resources: resources };
  const input = { name: "test", region, stacks: [{ name: "stack", region, template }], usage };
  return estimate(input, await loadPricesFor([region]));
}

/** Usage of resources (and, under `account`, of the account), everything else zero. */
export function using(resources: { readonly [id: string]: { readonly [name: string]: Quantity } }): Usage {
  const at = "usage.yaml:1";
  const given = (names: { readonly [name: string]: Quantity } = {}) =>
    Object.fromEntries(Object.entries(names).map(([name, value]) => [name, { value, at }]));
  const { account, ...rest } = resources;
  const entries = Object.entries(rest).map(([id, names]) => [id, given(names)] as const);
  return { resources: Object.fromEntries(entries), account: given(account), otherwise: "zero" };
}

/** Every line of a bill. */
export function items(cost: EnvironmentCost): readonly CostItem[] {
  return cost.components.flatMap((component) => component.items);
}

/** A bill's lines as `item: quantity × price`, to be read at a glance. */
export function lines(cost: EnvironmentCost): readonly string[] {
  return items(cost).map(({ item, quantity, unitPrice }) => `${item}: ${quantity} × ${unitPrice}`);
}

/** Why things on a bill have no price. */
export function gaps(cost: EnvironmentCost): readonly string[] {
  return cost.unpriced.map(({ resource, reason }) => `${resource}: ${reason}`);
}

/** USD a month of one component. */
export function monthly(cost: EnvironmentCost, component: string): number {
  return cost.components.find((one) => one.component === component)?.monthly ?? Number.NaN;
}
