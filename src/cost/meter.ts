import { allowanceOf } from "./allowances.ts";
import type { Price } from "./catalogue.ts";

/** A part of a quantity that has one price: how much, USD a unit, and since when that price is known. */
type Part = { readonly quantity: number; readonly usd: number; readonly asOf?: string; readonly free?: string };

/**
 * Reads quantities as one account's meter does over a month: what is free comes first, once for the account; then the
 * tiers of the list, which run on from one resource to the next. Call it in the order of the bill.
 */
export type Meter = (list: string, item: string, quantity: number, price: Price) => readonly Part[];

/** A meter at the beginning of a month. */
export function newMeter(): Meter {
  const freeLeft = new Map<string, number>();
  const counted = new Map<string, number>();
  return (list, item, quantity, price) => {
    const allowance = allowanceOf(item);
    const pool = allowance?.pool ?? item;
    const left = freeLeft.get(pool) ?? allowance?.quantity ?? 0;
    const free = Math.min(left, quantity);
    freeLeft.set(pool, left - free);
    const from = counted.get(`${list} ${item}`) ?? 0;
    const to = from + quantity - free;
    counted.set(`${list} ${item}`, to);
    const gift: readonly Part[] = allowance && free > 0 ? [{ quantity: free, usd: 0, free: allowance.says }] : [];
    return [...gift, ...tiered(price, from, to)];
  };
}

function tiered(price: Price, from: number, to: number): readonly Part[] {
  let start = 0;
  return price.tiers.flatMap(({ upTo, usd, asOf }) => {
    const quantity = Math.min(to, upTo) - Math.max(from, start);
    start = upTo;
    return quantity > 0 ? [{ quantity, usd, asOf }] : [];
  });
}
