/** One step of a tiered price: up to how many units a month, USD a unit, and the date where it is not the base's. */
type TierRow = readonly [upTo: number, usd: number, asOf?: string];

/** Prices by item: USD a unit or its tiers, the unit, and the date where it is not the base's. */
export type PriceRows = {
  readonly [item: string]: readonly [usd: number | readonly TierRow[], unit: string, asOf?: string];
};

/**
 * What machines cost an hour, USD, true on `asOf`: a line a family, `m5 large .096 xlarge .192`. Each of `items` names the
 * machines, `*` standing for `m5.large`: engines that cost the same share a table.
 */
export type MachineTable = readonly [items: readonly string[], asOf: string, table: string];
