import type { MachineTable, PriceRows } from "./price-rows.ts";

/** What exactly `item` costs an hour by `tables`; `undefined` where none of them has it. */
export function machineRow(tables: readonly MachineTable[], item: string): PriceRows[string] | undefined {
  for (const [items, asOf, table] of tables) {
    const usd = items.map((pattern) => priceIn(table, nameBy(pattern, item))).find((found) => found !== undefined);
    if (usd !== undefined) return [usd, "hour", asOf];
  }
  return undefined;
}

/** The machine that `item` is the price of, if `pattern` names its kind. */
function nameBy(pattern: string, item: string): string | undefined {
  const [before = "", after = ""] = pattern.split("*");
  return item.startsWith(before) && item.endsWith(after) ? item.slice(before.length, -after.length) : undefined;
}

function priceIn(table: string, name: string | undefined): number | undefined {
  const dot = name?.lastIndexOf(".") ?? -1;
  if (name === undefined || dot < 1) return undefined;
  const start = table.indexOf(`\n${name.slice(0, dot)} `);
  const words = start < 0 ? [] : table.slice(start + 1, table.indexOf("\n", start + 1)).split(" ");
  const at = words.indexOf(name.slice(dot + 1), 1);
  return at < 0 ? undefined : Number(words[at + 1]);
}
