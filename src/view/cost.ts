import type { ComponentCost, EnvironmentCost } from "../cost/estimate.ts";
import type { CostReport } from "../cost/report.ts";
import type { Terminal } from "../terminal.ts";
import { noteRows, resourceRows } from "./cost-items.ts";
import { money, monthly } from "./format.ts";
import { cell, figure, row } from "./row.ts";
import { displayWidth } from "./text.ts";
import { type Theme, themeOf } from "./theme.ts";

/** What the architecture's own document says its components cost, in its words: `~$6`, and `Total`. */
export type DesignFigures = { readonly [component: string]: string };

/** Columns of a month's money, and of the design's words for it. */
const MONEY = 11;

/**
 * What each environment costs a month, by the architecture's components; beside it the design's figures for those
 * environments that are built as designed (`designs`, by environment), then all that was assumed or not priced.
 */
export function renderCost(
  report: CostReport,
  terminal: Terminal,
  designs: { readonly [environment: string]: DesignFigures } = {},
): string {
  const theme = themeOf(terminal);
  const lines = report.environments.flatMap((environment) => [
    ...heading(theme, `Cost of ${environment.name} in ${environment.region}`, report),
    ...table(theme, environment, designs[environment.name]),
    "",
  ]);
  return `${[...lines, ...noteRows(theme, report)].join("\n")}\n`;
}

/** What each resource of a template costs a month, dearest first, then all that was assumed or not priced. */
export function renderTemplateCost(report: CostReport, terminal: Terminal): string {
  const theme = themeOf(terminal);
  const lines = report.environments.flatMap((environment) => [
    ...heading(theme, `Cost of ${environment.name} in ${environment.region}`, report),
    ...resourceRows(theme, environment),
    row(theme, [[" Total", theme.paint.bold]], [[monthly(environment.monthlyTotal), theme.paint.bold]]),
    "",
  ]);
  return `${[...lines, ...noteRows(theme, report)].join("\n")}\n`;
}

function heading(theme: Theme, words: string, { prices: { asOf, newest } }: CostReport): readonly string[] {
  const dates = newest === asOf ? asOf : `${asOf} to ${newest}`;
  return [row(theme, [[` ${words}`, theme.paint.bold], ` · prices of ${dates}`]), ""];
}

function table(theme: Theme, environment: EnvironmentCost, design: DesignFigures | undefined): readonly string[] {
  const { bold, dim } = theme.paint;
  const names = Math.max(...environment.components.map(({ component }) => displayWidth(component)));
  const line = (name: string, ours: string, theirs: string, paint = (text: string) => text, more = "") =>
    row(theme, [
      [` ${cell(theme, name, names)}${figure(theme, ours, MONEY)}`, paint],
      [design ? figure(theme, theirs, MONEY + 3) : "", dim],
      [`   ${more}`, dim],
    ]);
  return [
    line("", "a month", "the design", dim),
    ...environment.components.map((one) =>
      line(one.component, money(one.monthly), design?.[one.component] ?? "", undefined, parts(one)),
    ),
    line("Total", money(environment.monthlyTotal), design?.Total ?? "", bold),
  ];
}

/** What a component's cost is made of, dearest first: `gateway hours $32.85, data processed $0.45`. */
function parts({ items }: ComponentCost): string {
  const sums = new Map<string, number>();
  for (const { item, monthly } of items) sums.set(item, (sums.get(item) ?? 0) + monthly);
  return [...sums]
    .filter(([, usd]) => usd >= 0.005)
    .toSorted(([, a], [, b]) => b - a)
    .map(([item, usd]) => `${item} ${money(usd)}`)
    .join(", ");
}
