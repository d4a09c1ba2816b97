import { duration, roughDuration } from "./format.ts";
import { headline } from "./header.ts";
import {
  doneWords,
  failingWords,
  isNarrow,
  ofExpected,
  overall,
  runningWords,
  stackNames,
  summary,
  waitingWord,
} from "./live-words.ts";
import { startsNoMore } from "./outlook.ts";
import type { PhaseRow, Progress, ReleaseRow, StackRow } from "./progress.ts";
import { cell, row, type Span } from "./row.ts";
import { displayWidth } from "./text.ts";
import { failedWord, type Paint, type Theme } from "./theme.ts";
import type { Header } from "./view.ts";
import { shortStack } from "./words.ts";

/** A line of the live screen, and how much it matters where the terminal is too low for all of them. */
export type Row = { readonly text: string; readonly weight: number };

/** What the lines of one moment are made from; `now` in milliseconds of the run's clock. */
export type Frame = {
  readonly theme: Theme;
  readonly header: Header;
  readonly progress: Progress;
  readonly now: number;
};

/** Before a line that is to be copied. */
const COPIED = "   ";

/** Where the run is and how long still: the screen's first line. */
export function headerRow({ theme, header, progress, now }: Frame): Row {
  const right = progress.since === undefined ? "" : overall(progress, progress.since, now);
  const room = theme.width - displayWidth(right) - 3;
  return { text: row(theme, headline(theme, header, room), right === "" ? [] : [right]), weight: 9 };
}

/** What holds the whole run up, under the first line; nothing where nothing does. */
export function noticeRows({ theme, progress }: Frame): readonly Row[] {
  if (progress.notice === undefined) return [];
  return [{ text: row(theme, [" ", [progress.notice, theme.paint.yellow]]), weight: 9 }];
}

/** One line for a phase, done, running or to come. */
export function phaseRow(moment: Frame, phase: PhaseRow): Row {
  const { theme, progress, now } = moment;
  const { paint } = theme;
  const name = cell(theme, phase.phase, nameWidth(moment));
  const line = (mark: Span, words: string, right: string, weight: number): Row => ({
    text: row(theme, [" ", mark, ` ${name}  `, [words, paint.dim]], right === "" ? [] : [right]),
    weight,
  });
  const failed = phase.stacks.find((stack) => stack.state === "failed");
  if (phase.since === undefined) {
    const words = `${waitingWord(progress)}  ${stackNames(progress, phase.stacks)}`;
    const right = startsNoMore(progress) || !phase.expectedSeconds ? "" : roughDuration(phase.expectedSeconds);
    return line(symbol(moment, "·", paint.dim), words, right, 2);
  }
  const elapsed = ((phase.until ?? progress.until ?? now) - phase.since) / 1000;
  if (failed) return line(symbol(moment, "✖", paint.red), failedWord(theme), duration(elapsed), 8);
  if (phase.until !== undefined) {
    return line(symbol(moment, "✔", paint.green), summary(progress, phase.stacks), duration(elapsed), 3);
  }
  if (progress.outcome === "cancelled")
    return line(symbol(moment, "·", paint.yellow), "cancelled", duration(elapsed), 6);
  if (progress.outcome !== undefined)
    return line(symbol(moment, "↻", paint.cyan), "left running", duration(elapsed), 6);
  const place = `phase ${progress.phases.indexOf(phase) + 1} of ${progress.phases.length}`;
  return line(symbol(moment, "↻", paint.cyan), place, ofExpected(theme, elapsed, phase.expectedSeconds), 6);
}

/** One line for a step of a release that is not its roll-out. */
export function releaseRow(moment: Frame, { step, state, since, elapsedSeconds, said }: ReleaseRow): Row {
  const { theme, progress, now } = moment;
  const { paint } = theme;
  const name = cell(theme, step, nameWidth(moment));
  const marks = { waiting: ["·", paint.dim], running: ["↻", paint.cyan], done: ["✔", paint.green] } as const;
  const [mark, colour] = state === "failed" ? (["✖", paint.red] as const) : marks[state];
  const seconds = elapsedSeconds ?? (since === undefined ? undefined : ((progress.until ?? now) - since) / 1000);
  const words: Span = [said ?? waitingWord(progress), state === "failed" ? paint.red : paint.dim];
  const left: readonly Span[] = [" ", symbol(moment, mark, colour), ` ${name}  `, words];
  const right = seconds === undefined ? [] : [duration(seconds)];
  return { text: row(theme, left, right), weight: state === "failed" ? 8 : state === "running" ? 7 : 3 };
}

/** One line for a stack of a phase under way; a second one for what broke, or what the engine does about it. */
export function stackRows(moment: Frame, stack: StackRow): readonly Row[] {
  const { theme, progress } = moment;
  const { paint } = theme;
  const name = cell(theme, shortStack(stack.stack, progress.project, progress.environment), nameWidth(moment) - 2);
  const line = (mark: Span, words: readonly Span[], right: string, weight: number): Row => ({
    text: row(theme, ["   ", mark, ` ${name}  `, ...words], right === "" ? [] : [right]),
    weight,
  });
  const indent = isNarrow(theme) ? 7 : nameWidth(moment) + theme.say("✔").length + 4;
  const detail = (words: Span, weight: number): Row => ({ text: row(theme, [" ".repeat(indent), words]), weight });
  if (stack.state === "waiting") {
    return [line(symbol(moment, "·", paint.dim), [[waitingWord(progress), paint.dim]], "", 2)];
  }
  if (stack.state === "done") {
    const words = doneWords(stack.outcome ?? "created", stack.total);
    if (stack.outcome === "cancelled") {
      return [line(symbol(moment, "·", paint.yellow), [[words, paint.yellow]], duration(stack.elapsedSeconds ?? 0), 7)];
    }
    return [line(symbol(moment, "✔", paint.green), [[words, paint.dim]], duration(stack.elapsedSeconds ?? 0), 1)];
  }
  const trouble: readonly Row[] = stack.trouble ? [detail([failingWords(stack.trouble), paint.red], 8)] : [];
  if (stack.state === "failed") {
    const right = duration(stack.elapsedSeconds ?? 0);
    return [line(symbol(moment, "✖", paint.red), [[failedWord(theme), paint.red]], right, 8), ...trouble];
  }
  const [words, right] = runningWords(theme, progress, stack, moment.now);
  const [first, ...more] = stack.notice?.split("\n") ?? [];
  const notice: readonly Row[] = first === undefined ? [] : [detail([first, paint.yellow], 5)];
  // What is to be copied needs all the room there is.
  const copied = more.map((words): Row => ({ text: row(theme, [COPIED, [words, paint.yellow]]), weight: 6 }));
  return [line(symbol(moment, "↻", paint.cyan), words, right, 7), ...trouble, ...notice, ...copied];
}

/** The rows in at most `height` lines: those that matter least are left out first, the lowest of them first. */
export function fitted(rows: readonly Row[], height: number): readonly string[] {
  const ranked = rows.map((one, index) => ({ ...one, index }));
  const kept = ranked.toSorted((a, b) => b.weight - a.weight || a.index - b.index).slice(0, Math.max(1, height));
  return kept.toSorted((a, b) => a.index - b.index).map(({ text }) => text);
}

/** Columns of the names: phases' names, and two less for the names of stacks now on the screen. */
function nameWidth({ progress }: Frame): number {
  const open = progress.phases.filter((phase) => phase.since !== undefined && phase.until === undefined);
  const names = open.flatMap((phase) =>
    phase.stacks.map((one) => shortStack(one.stack, progress.project, progress.environment)),
  );
  return Math.max(
    ...progress.phases.map(({ phase }) => phase.length),
    ...[...(progress.before ?? []), ...(progress.after ?? [])].map(({ step }) => step.length),
    ...names.map((name) => displayWidth(name) + 2),
    0,
  );
}

function symbol({ theme }: Frame, mark: string, paint: Paint): Span {
  return [cell(theme, mark, theme.say("✔").length), paint];
}
