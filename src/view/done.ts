import type { Unpriced } from "../cost/finding.ts";
import type { Kept } from "../plan/kept.ts";
import type { Terminal } from "../terminal.ts";
import { unpricedRows } from "./cost-row.ts";
import { count, duration, monthly } from "./format.ts";
import { heading } from "./header.ts";
import { keptWords } from "./kept-words.ts";
import { type Labelled, labelled, underOne } from "./labelled.ts";
import type { Span } from "./row.ts";
import { type Theme, themeOf } from "./theme.ts";
import type { Header } from "./view.ts";
import { labelOutputs } from "./words.ts";

/** How a run went that did all it should. */
type Finished = {
  readonly header: Header;
  /** Stacks of the plan, and how many of them were created, updated or removed. */
  readonly stacks: number;
  readonly changed: number;
  /** Seconds of the run's clock. */
  readonly elapsedSeconds: number;
};

export type Provisioned = Finished & {
  /** USD a month. */
  readonly monthly: number;
  /** What that leaves out. */
  readonly unpriced?: readonly Unpriced[];
  /** Stack outputs a person may want, by name. */
  readonly outputs: { readonly [name: string]: string };
  /** The next command, and why. */
  readonly next?: Labelled[1];
};

export type Destroyed = Finished & {
  /** What was left behind on purpose. */
  readonly kept: readonly Kept[];
};

/** The end of a provisioning: what is up, what it costs, where to find it, what to do next. */
export function renderDone(report: Provisioned, terminal: Terminal): string {
  const theme = themeOf(terminal);
  const { header, stacks, changed, elapsedSeconds } = report;
  const words =
    changed === 0
      ? `${header.environment} is up to date: ${count(stacks, "stack")} unchanged`
      : `${header.environment} is up: ${count(stacks, "stack")} in ${duration(elapsedSeconds)}`;
  const { bold } = theme.paint;
  return block([
    ...heading(theme, header, good(theme, words), [[monthly(report.monthly), bold]]),
    ...unpricedRows(theme, report.unpriced ?? []),
    ...labelled(theme, [
      ...labelOutputs(report.outputs),
      ...(report.next === undefined ? [] : [["Next", report.next, bold] as const]),
    ]),
  ]);
}

/** The end of a removal: what is gone, and what was kept on purpose. */
export function renderGone(report: Destroyed, terminal: Terminal): string {
  const theme = themeOf(terminal);
  const { header, stacks, elapsedSeconds, kept } = report;
  const words = `${header.environment} is gone: ${count(stacks, "stack")} in ${duration(elapsedSeconds)}`;
  const left = kept.length > 0 ? kept.map(keptWords) : ["nothing that costs anything"];
  return block([...heading(theme, header, good(theme, words)), ...labelled(theme, underOne("Kept", left))]);
}

function good(theme: Theme, words: string): readonly Span[] {
  return [
    ["✔", theme.paint.green],
    [` ${words}`, theme.paint.bold],
  ];
}

function block(lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}
