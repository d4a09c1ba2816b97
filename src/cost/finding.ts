import { isTree, isUnresolved, type Value, type Values } from "../template/evaluate.ts";
import type { Resource } from "../template/types.ts";
import type { Price } from "./catalogue.ts";

/** What an environment is priced by, in the order of the architecture's own table. */
export const COMPONENTS = [
  "ECS Fargate",
  "RDS PostgreSQL",
  "ElastiCache Redis",
  "NAT Gateway",
  "ALB",
  "CloudFront + S3",
  "Other",
] as const;
/** A row of that table. */
export type Component = (typeof COMPONENTS)[number];

/** Hours of a month, as AWS's own price pages count it. */
export const MONTH = 730;

/** Something a resource is billed for: how much of a price list's item a month uses. */
export type Line = {
  readonly component: Component;
  readonly item: string;
  /** In units of the price list. */
  readonly quantity: number;
  /** The price list's name of the item. */
  readonly key: string;
  /** Where the price is listed, if not in the resource's region: `global` or `edge:GEOGRAPHY`. */
  readonly list?: string;
  /** What the list price is multiplied by, where the true price is derived from another; 1 if absent. */
  readonly factor?: number;
};

/** A resource, or a part of its bill, that could not be priced. */
export type Unpriced = {
  readonly resource: string;
  readonly type: string;
  readonly stack: string;
  readonly reason: string;
};

/** What looking at one resource brings to light. */
export type CostFinding = { readonly line: Line } | { readonly unpriced: string } | { readonly assumed: string };

/** One resource that exists under its template's conditions. */
export type LocatedResource = {
  readonly stack: string;
  readonly region: string;
  readonly id: string;
  readonly resource: Resource;
  /** True for what belongs to no environment alone: astro's bootstrap. */
  readonly shared: boolean;
  /** Its properties with intrinsic functions resolved; evaluated when first asked for. */
  readonly properties: () => Values;
  /** Parameters without a value that one of its properties hangs on. */
  readonly hangsOn: (property: string) => readonly string[];
  /** The condition it exists under, if that is undecided. */
  readonly open?: string;
};

/** The usage of one resource. */
export type ResourceUsage = {
  /** True if what is not given is a typical month's, false if it is zero. */
  readonly typical: boolean;
  /** What the usage file says, if it does. */
  readonly given: (name: string) => number | undefined;
  /** What the usage file says, or else the default, which then is listed among the assumptions. */
  readonly get: (name: string) => number;
  /** The same for a quantity by edge geography. */
  readonly byGeography: (name: string) => readonly (readonly [geography: string, quantity: number])[];
};

/** A resource to be priced, and what may be asked about its surroundings. */
export type Billed = LocatedResource & {
  readonly usage: ResourceUsage;
  /** The resource a property refers to, in whichever stack of the environment it is. */
  readonly find: (value: Value | undefined) => LocatedResource | undefined;
  readonly ofType: (...types: readonly string[]) => readonly LocatedResource[];
  /** The list price of an item in the resource's region. */
  readonly price: (key: string) => Price | undefined;
};

/** Says what one resource of its type is billed for. */
export type Pricer = (it: Billed) => Iterable<CostFinding>;

/** A billed quantity of a price list's item. */
export function line(
  component: Component,
  item: string,
  key: string,
  quantity: number,
  more: Pick<Line, "list" | "factor"> = {},
): CostFinding {
  return { line: { component, item, key, quantity, ...more } };
}

/** Something that is billed, but cannot be priced here, and why. */
export const unpriced = (reason: string): CostFinding => ({ unpriced: reason });

/** Something the estimate takes for granted. */
export const assumed = (sentence: string): CostFinding => ({ assumed: sentence });

/** Properties that come from `own`, or else from `source`; only what is asked for is read. */
export function layered(own: Values, source: Values = {}): Values {
  return new Proxy({} as Values, {
    get: (_, name) => (typeof name === "string" ? (own[name] ?? source[name]) : undefined),
  });
}

/** A property's text; `undefined` if it has none that a template can tell. */
export function text(value: Value | undefined): string | undefined {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : undefined;
}

/** A property's number, also where it is written as text. */
export function number(value: Value | undefined): number | undefined {
  const found = text(value);
  return found === undefined || found.trim() === "" || Number.isNaN(Number(found)) ? undefined : Number(found);
}

/** True for a property that is true, also where it is written as text. */
export function flag(value: Value | undefined): boolean {
  return value === true || value === "true";
}

/** A property's list; `undefined` if only AWS knows it. */
export function list(value: Value | undefined): readonly Value[] | undefined {
  return Array.isArray(value) ? value : isUnresolved(value) ? undefined : [];
}

/** A property's own properties, empty if it has none. */
export function values(value: Value | undefined): Values {
  return isTree(value) ? value : {};
}
