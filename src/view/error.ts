import { stripVTControlCharacters } from "node:util";
import type { AstroError } from "../errors.ts";
import type { Terminal } from "../terminal.ts";
import { wrap } from "./text.ts";
import { failedMark, themeOf } from "./theme.ts";

/** An error's words and, below, what to do about it; no stack trace. */
export function renderError(error: AstroError, terminal: Terminal): string {
  const theme = themeOf(terminal);
  const [first = "", ...more] = lines(theme.say(error.message), theme.width - 12);
  const [hint = "", ...rest] = lines(theme.say(error.hint), theme.width - 5);
  const mark = failedMark(theme);
  const arrow = theme.say("→");
  return `${[
    ` ${theme.paint.red(`${mark}:`)} ${first}`,
    ...more.map((line) => `   ${line}`),
    `   ${theme.paint.cyan(arrow)} ${hint}`,
    ...rest.map((line) => `   ${" ".repeat(arrow.length)} ${line}`),
  ].join("\n")}\n`;
}

/** Lines of a message that may have some of its own (a validation error shows where in the file). */
function lines(text: string, width: number): readonly string[] {
  return stripVTControlCharacters(text)
    .split("\n")
    .flatMap((line) => wrap(line, width));
}
