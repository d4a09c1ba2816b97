import type { Environment } from "../config/schema.ts";
import type { Group } from "./question.ts";

/** What an environment costs: USD a month in total, and by the components of the architecture's table. */
export type EnvironmentPrice = {
  readonly monthlyTotal: number;
  readonly components: readonly {
    readonly component: string;
    readonly monthly: number;
    /** What it is the sum of, by logical ids. */
    readonly items?: readonly { readonly resource: string; readonly monthly: number }[];
  }[];
  /** Items without a price, which the total does not include. */
  readonly unpriced: readonly { readonly reason: string }[];
};

/** Prices an environment before anything of it exists. */
export type PriceOf = (environment: Environment) => EnvironmentPrice | Promise<EnvironmentPrice>;

/** The component that a group of choices determines. */
const COMPONENT_OF: { readonly [group in Group]?: string } = {
  network: "NAT Gateway",
  service: "ECS Fargate",
  database: "RDS PostgreSQL",
  cache: "ElastiCache Redis",
};

/** The one resource of a domain that costs something, part of a component. */
const ZONE = "HostedZone";

/** USD a month of what a group determines; undefined where that is nothing of its own. */
export function monthlyOf(price: EnvironmentPrice, group: string): number | undefined {
  if (group === "domain") return monthlyOfZone(price);
  const component = Object.entries(COMPONENT_OF).find(([name]) => name === group)?.[1];
  return price.components.find((priced) => priced.component === component)?.monthly;
}

/** The components of no group, in words. */
export const REST = "load balancer, CDN, buckets, keys";

function monthlyOfZone({ components }: EnvironmentPrice): number {
  const items = components.flatMap(({ items = [] }) => items.filter(({ resource }) => resource === ZONE));
  return items.reduce((sum, { monthly }) => sum + monthly, 0);
}

/** USD a month of the components of `REST`. */
export function monthlyOfTheRest(price: EnvironmentPrice): number {
  const { components } = price;
  const decided = Object.values(COMPONENT_OF);
  return components
    .filter(({ component }) => !decided.includes(component))
    .reduce((sum, { monthly }) => sum + monthly, -monthlyOfZone(price));
}
