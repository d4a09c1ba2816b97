/** A usage quantity: a number, or one for each edge geography. */
export type Quantity = number | { readonly [geography: string]: number };

/** Quantities by name, and where the file says so (`usage.yaml:3`). */
export type UsageInput = { readonly [name: string]: { readonly value: Quantity; readonly at: string } };

/** What a month uses; what is not given is a small application's typical month, or nothing at all. */
export type Usage = {
  /** By logical id, or `STACK/LOGICALID` where an id is in several stacks. */
  readonly resources: { readonly [id: string]: UsageInput };
  readonly account: UsageInput;
  readonly otherwise: "typical" | "zero";
};

/** A small application's month; every quantity taken is listed among the assumptions. */
export const TYPICAL_USAGE: Usage = { resources: {}, account: {}, otherwise: "typical" };

/** Nothing is used: hours and sizes come from the templates, everything else is zero. */
export const NO_USAGE: Usage = { resources: {}, account: {}, otherwise: "zero" };
