import type { Plan } from "../plan/plan.ts";
import { difference, estimate, money, monthly } from "./format.ts";
import { row } from "./row.ts";
import type { Theme } from "./theme.ts";

/** What a plan does to the monthly bill and about how long it takes; the same line at the end of every plan. */
export function costRow(theme: Theme, { monthly: { before, after } }: Plan, expectedSeconds: number): string {
  return row(
    theme,
    [` Cost  ${money(before)} → `, [monthly(after), theme.paint.bold], `  (${difference(before, after)})`],
    [`about ${estimate(expectedSeconds).slice(1)}`],
  );
}
