import type { ComponentCost, EnvironmentCost } from "../cost/estimate.ts";
import type { CostReport } from "../cost/report.ts";
import type { Terminal } from "../terminal.ts";
import { noteRows, rangeRows, resourceRows } from "./cost-items.ts";
import { money, monthly } from "./format.ts";
import { cell, figure, row } from "./row.ts";
import { displayWidth, someOf } from "./text.ts";
import { type Paint, type Theme, themeOf } from "./theme.ts";

/** Columns of a month's money, and before the detail. */
const MONEY = 11;
const DETAIL = "   ";

/**
 * What each environment costs a month, by component. All that was assumed or not priced is printed before it, so that the
 * figures are what is left on the screen.
 */
export function renderCost(report: CostReport, terminal: Terminal): string {
  const theme = themeOf(terminal);
  const lines = report.environments.flatMap((environment) => [
    ...heading(theme, `Cost of ${environment.name} in ${environment.region}`, report),
    ...table(theme, environment),
    ...rangeRows(theme, environment),
  ]);
  return `${[...noteRows(theme, report), ...lines].join("\n")}\n`;
}

/** What each resource of a template costs a month, dearest first; before, all that was assumed or not priced. */
export function renderTemplateCost(report: CostReport, terminal: Terminal): string {
  const theme = themeOf(terminal);
  const lines = report.environments.flatMap((environment) => [
    ...heading(theme, `Cost of ${environment.name} in ${environment.region}`, report),
    ...resourceRows(theme, environment),
    row(theme, [[" Total", theme.paint.bold]], [[monthly(environment.monthlyTotal), theme.paint.bold]]),
    ...rangeRows(theme, environment),
  ]);
  return `${[...noteRows(theme, report), ...lines].join("\n")}\n`;
}

function heading(theme: Theme, words: string, { prices: { asOf, newest } }: CostReport): readonly string[] {
  const dates = newest === asOf ? asOf : `${asOf} to ${newest}`;
  return ["", row(theme, [[` ${words}`, theme.paint.bold], ` · prices of ${dates}`]), ""];
}

function table(theme: Theme, environment: EnvironmentCost): readonly string[] {
  const { bold, dim } = theme.paint;
  const names = Math.max(...environment.components.map(({ component }) => displayWidth(component)));
  const room = theme.width - 1 - names - MONEY - DETAIL.length;
  const line = (name: string, usd: string, paint: Paint, detail = "") =>
    row(theme, [
      [` ${cell(theme, name, names)}${figure(theme, usd, MONEY)}`, paint],
      [`${DETAIL}${detail}`, dim],
    ]);
  return [
    line("", "a month", dim),
    ...environment.components.map((one) => line(one.component, money(one.monthly), (text) => text, parts(one, room))),
    line("Total", money(environment.monthlyTotal), bold),
  ];
}

/** What a component's cost is made of, dearest first: `gateway hours $32.85 + data processed $0.45`. */
function parts({ items }: ComponentCost, room: number): string {
  const sums = new Map<string, number>();
  for (const { item, monthly } of items) sums.set(item, (sums.get(item) ?? 0) + monthly);
  const dearest = [...sums].filter(([, usd]) => usd >= 0.005).toSorted(([, a], [, b]) => b - a);
  return someOf(
    dearest.map(([item, usd]) => `${item} ${money(usd)}`),
    room,
    " + ",
  );
}
