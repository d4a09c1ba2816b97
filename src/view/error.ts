import { type AstroError, type ErrorCode, reasonOf } from "../errors.ts";
import { redact } from "../redact.ts";
import type { Terminal } from "../terminal.ts";
import { hintLines } from "./hint.ts";
import { padEnd, wrap } from "./text.ts";
import { failedMark, type Theme, themeOf } from "./theme.ts";

/** What the user wanted is no failure. */
const WANTED: readonly ErrorCode[] = ["declined", "interrupted", "cancelled"];

/** Columns before all but the first line. */
const INDENT = 3;

/** An error's words and, below, what to do about it; no stack trace. Wrapped only where a person reads it. */
export function renderError(error: AstroError, terminal: Terminal): string {
  const theme = themeOf(terminal);
  const { red, yellow, cyan } = theme.paint;
  const wanted = WANTED.includes(error.code);
  const mark = wanted ? error.code : failedMark(theme);
  const paint = wanted ? yellow : red;
  const width = terminal.interactive ? theme.width - INDENT : Number.POSITIVE_INFINITY;
  const arrow = theme.say("→");
  const [first = "", ...more] = lines(theme, `${mark}: ${error.message}`, width);
  const hints = error.hints.flatMap((hint) => hintLines(theme, hint, width - arrow.length - 1));
  const [hint = "", ...rest] = hints;
  const indent = " ".repeat(INDENT);
  return `${[
    ` ${paint(first.slice(0, mark.length))}${first.slice(mark.length)}`,
    ...more.map((line) => indent + line),
    `${indent}${cyan(arrow)} ${hint}`,
    ...rest.map((line) => `${indent}${padEnd("", arrow.length)} ${line}`),
  ].join("\n")}\n`;
}

/** Errors behind one another that are shown: one may be its own cause. */
const DEEPEST_CAUSE = 10;

/** The stack traces of what was thrown and of its causes, without what looks like a secret. */
export function renderTrace(thrown: unknown): string {
  const traces: string[] = [];
  for (let at = thrown; at !== undefined && traces.length < DEEPEST_CAUSE; ) {
    traces.push((at instanceof Error && at.stack) || reasonOf(at));
    at = at instanceof Error ? at.cause : undefined;
  }
  return `${redact(traces.join("\ncaused by: "))}\n`;
}

/** A message's lines: it may have some of its own, to show where in a file it is wrong. */
function lines(theme: Theme, text: string, width: number): readonly string[] {
  return wrap(theme.say(text), width);
}
