/** One step of a tiered price: up to how many units a month (`null`: all the rest), USD a unit, and its date. */
type Step = readonly [upTo: number | null, usd: number, asOf?: string];

/** A list price: USD a unit, with the date on which it was true where that is not the base date, or its tiers. */
export type PriceRow = number | readonly [usd: number, asOf: string] | { readonly tiers: readonly Step[] };

/**
 * What machines cost an hour, USD, true on `asOf`, by family and size. Each of `items` names the machines, `*` standing for
 * `m5.large`: engines that cost the same share a table.
 */
export type MachineTable = {
  readonly items: readonly string[];
  readonly asOf: string;
  readonly usd: { readonly [family: string]: { readonly [size: string]: number } };
};

/** What each item is priced by (`prices/units.json`); `*` stands for a machine, as in a table of them. */
export type Units = { readonly [item: string]: string };

/** Everything that is priced in one place (`prices/REGION.json`). */
export type PriceList = {
  readonly items: { readonly [item: string]: PriceRow };
  readonly machines?: readonly MachineTable[];
};
