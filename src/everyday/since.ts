import { AstroError } from "../errors.ts";

/** Milliseconds of each unit. */
const UNITS: { readonly [unit: string]: number } = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** When `--since` is, in milliseconds since 1970: so long before `now`, or a time as ISO 8601 writes it. */
export function sinceOf(given: string, now: Date): number {
  const [, amount, unit = ""] = /^(\d{1,6})\s*([smhdw])$/.exec(given.trim()) ?? [];
  if (amount !== undefined) return now.getTime() - Number(amount) * (UNITS[unit] ?? 0);
  const at = /^\d{4}-\d\d-\d\d/.test(given) ? Date.parse(given) : Number.NaN;
  if (!Number.isNaN(at)) return at;
  throw new AstroError(
    "usage",
    `--since ${JSON.stringify(given)}: not a time`,
    "give how long ago (30s, 10m, 1h, 2d), or a time: 2026-03-01T12:00:00Z",
  );
}
