import { stripVTControlCharacters } from "node:util";
import type { AstroError, ErrorCode } from "../errors.ts";
import type { Terminal } from "../terminal.ts";
import { padEnd, wrap } from "./text.ts";
import { failedMark, type Theme, themeOf } from "./theme.ts";

/** What the user wanted is no failure. */
const WANTED: readonly ErrorCode[] = ["declined", "interrupted"];

/** An error's words and, below, what to do about it; no stack trace. Wrapped only where a person reads it. */
export function renderError(error: AstroError, terminal: Terminal): string {
  const theme = themeOf(terminal);
  const { red, yellow, cyan } = theme.paint;
  const mark = WANTED.includes(error.code) ? yellow(error.code) : red(failedMark(theme));
  const width = terminal.interactive ? theme.width : Number.POSITIVE_INFINITY;
  const arrow = theme.say("→");
  const [first = "", ...more] = lines(theme, error.message, width - 11);
  const hint = lines(theme, error.hint, width - 6);
  return `${[
    ` ${mark}: ${first}`,
    ...more.map((line) => `   ${line}`),
    ...hint.map((line, index) => `   ${index === 0 ? cyan(arrow) : padEnd("", arrow.length)} ${line}`),
  ].join("\n")}\n`;
}

/** A message's lines: it may have some of its own, to show where in a file it is wrong. */
function lines(theme: Theme, text: string, width: number): readonly string[] {
  return wrap(theme.say(text.split("\n").map(stripVTControlCharacters).join("\n")), width);
}
