import type { Plan } from "../plan/plan.ts";
import { difference, estimate, money, monthly } from "./format.ts";
import { row, type Span, spansWidth } from "./row.ts";
import type { Theme } from "./theme.ts";

/** What a plan does to the monthly bill and about how long it takes: one line, the same for every plan; two if narrow. */
export function costRows(
  theme: Theme,
  { monthly: { before, after } }: Plan,
  expectedSeconds: number,
): readonly string[] {
  const bold = theme.paint.bold;
  const cost: readonly Span[] = [
    ` Cost  ${money(before)} → `,
    [monthly(after), bold],
    `  (${difference(before, after)})`,
  ];
  const time = `about ${estimate(expectedSeconds).slice(1)}`;
  if (spansWidth(theme, [...cost, "  ", time]) <= theme.width) return [row(theme, cost, [time])];
  return [row(theme, cost), row(theme, [` Time  ${time}`])];
}
