import type { Environment } from "../config/schema.ts";
import type { Group } from "./question.ts";

/** What an environment costs: USD a month in all, and by the components of the architecture's table. */
export type EnvironmentPrice = {
  readonly monthlyTotal: number;
  readonly components: readonly { readonly component: string; readonly monthly: number }[];
  /** What has no price, and is missing from the total. */
  readonly unpriced: readonly { readonly reason: string }[];
};

/** Prices an environment before anything of it exists. */
export type PriceOf = (environment: Environment) => EnvironmentPrice | Promise<EnvironmentPrice>;

/** The component that the choices of a group decide about. */
const COMPONENT_OF: { readonly [group in Group]?: string } = {
  network: "NAT Gateway",
  service: "ECS Fargate",
  database: "RDS PostgreSQL",
  cache: "ElastiCache Redis",
};

/** USD a month of what a group decides about; undefined where it decides about no component of its own. */
export function monthlyOf(price: EnvironmentPrice, group: string): number | undefined {
  const component = Object.entries(COMPONENT_OF).find(([name]) => name === group)?.[1];
  return price.components.find((priced) => priced.component === component)?.monthly;
}

/** What no group decides about, in words. */
export const REST = "load balancer, CDN, buckets, keys";

/** USD a month of the components of `REST`. */
export function monthlyOfTheRest({ components }: EnvironmentPrice): number {
  const decided = Object.values(COMPONENT_OF);
  return components
    .filter(({ component }) => !decided.includes(component))
    .reduce((sum, { monthly }) => sum + monthly, 0);
}
