import type { MachineTable, PriceRow } from "./price-rows.ts";

/** What exactly `item` costs an hour by `tables`; `undefined` where none of them has it. */
export function machineRow(tables: readonly MachineTable[], item: string): PriceRow | undefined {
  for (const { items, asOf, usd } of tables) {
    const price = items.map((pattern) => priceIn(usd, nameBy(pattern, item))).find((found) => found !== undefined);
    if (price !== undefined) return [price, asOf];
  }
  return undefined;
}

/** The machine that `item` is the price of, if `pattern` names its kind. */
export function nameBy(pattern: string, item: string): string | undefined {
  const [before = "", after = ""] = pattern.split("*");
  return item.startsWith(before) && item.endsWith(after) ? item.slice(before.length, -after.length) : undefined;
}

function priceIn(usd: MachineTable["usd"], name = ""): number | undefined {
  const dot = name.lastIndexOf(".");
  return own(own(usd, name.slice(0, Math.max(0, dot))) ?? {}, name.slice(dot + 1));
}

function own<T>(of: { readonly [name: string]: T }, name: string): T | undefined {
  return Object.hasOwn(of, name) ? of[name] : undefined;
}
