import type { Environment } from "../config/schema.ts";
import type { Group } from "./question.ts";

/** What an environment costs: USD a month in total, and by the components of the architecture's table. */
export type EnvironmentPrice = {
  readonly monthlyTotal: number;
  readonly components: readonly { readonly component: string; readonly monthly: number }[];
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

/** USD a month of the component of a group; undefined where it has none of its own. */
export function monthlyOf(price: EnvironmentPrice, group: string): number | undefined {
  const component = Object.entries(COMPONENT_OF).find(([name]) => name === group)?.[1];
  return price.components.find((priced) => priced.component === component)?.monthly;
}

/** The components of no group, in words. */
export const REST = "load balancer, CDN, buckets, keys";

/** USD a month of the components of `REST`. */
export function monthlyOfTheRest({ components }: EnvironmentPrice): number {
  const decided = Object.values(COMPONENT_OF);
  return components
    .filter(({ component }) => !decided.includes(component))
    .reduce((sum, { monthly }) => sum + monthly, 0);
}
