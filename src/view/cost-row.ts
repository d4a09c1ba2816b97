import type { Unpriced } from "../cost/finding.ts";
import type { Plan } from "../plan/plan.ts";
import { difference, money, monthly, roughDuration } from "./format.ts";
import { labelled, underOne } from "./labelled.ts";
import { row, type Span, spansWidth } from "./row.ts";
import type { Theme } from "./theme.ts";

/** What a plan does to the monthly bill and about how long it takes: one line, the same for every plan; two if narrow. */
export function costRows(
  theme: Theme,
  { monthly: { before, after }, unpriced = [] }: Plan,
  expectedSeconds: number,
): readonly string[] {
  const bold = theme.paint.bold;
  const cost: readonly Span[] = [
    ` Cost  ${money(before)} → `,
    [monthly(after), bold],
    `  (${difference(before, after)})`,
  ];
  const time = `about ${roughDuration(expectedSeconds).slice(1)}`;
  const left = unpricedRows(theme, unpriced);
  if (spansWidth(theme, [...cost, "  ", time]) <= theme.width) return [row(theme, cost, [time]), ...left];
  return [row(theme, cost), row(theme, [` Time  ${time}`]), ...left];
}

/** What the money leaves out, by what it is and why: `Db (AWS::RDS::DBInstance): no prices for …`. */
export function unpricedRows(theme: Theme, unpriced: readonly Unpriced[]): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const { resource, type, reason } of unpriced) {
    const why = `${type === "" ? "" : ` (${type})`}: ${reason}`;
    groups.set(why, [...(groups.get(why) ?? []), resource]);
  }
  const texts = [...groups].map(([why, resources]) => `${[...new Set(resources)].join(", ")}${why}`);
  const more = texts.length - MOST_SHOWN;
  const shown = more > 0 ? [...texts.slice(0, MOST_SHOWN), `and ${more} more, which --json names`] : texts;
  return labelled(theme, underOne("Not priced", shown));
}

/** Rows of what has no price before the rest is only counted. */
const MOST_SHOWN = 10;
