import type { Terminal } from "../terminal.ts";
import { clean } from "../terminal.ts";
import { displayWidth, oneRow, wrap, wrapPieces } from "../view/text.ts";
import { type Paint, themeOf } from "../view/theme.ts";

/** Somebody's words as a prompt shows them on `terminal`: in one row, in the characters that it has. */
export function spoken(terminal: Terminal, words: string): string {
  const said = themeOf(terminal).say(oneRow(clean(words)));
  // The names of places have letters that ASCII has not; each would take the room of two.
  return terminal.unicode ? said : said.normalize("NFD").replaceAll(/\p{M}/gu, "");
}

/** What is asked, and what is added to it, behind the mark of a question. */
export function questionLines(terminal: Terminal, message: string, more = ""): readonly string[] {
  const { paint } = themeOf(terminal);
  return headLines(terminal, ["?", paint.cyan], message, [more, paint.dim]);
}

/** What was asked, and how it was answered. */
export function answeredLines(terminal: Terminal, message: string, answer: string): readonly string[] {
  const { paint, unicode } = themeOf(terminal);
  return headLines(terminal, [unicode ? "✔" : "ok", paint.green], message, [answer, paint.cyan]);
}

function headLines(
  terminal: Terminal,
  [mark, markPaint]: readonly [string, Paint],
  message: string,
  [more, morePaint]: readonly [string, Paint],
): readonly string[] {
  const { width, paint } = themeOf(terminal);
  const text = [mark, message, more].filter((part) => part !== "").join(" ");
  if (displayWidth(text) <= width) {
    return [[markPaint(mark), paint.bold(message), more && morePaint(more)].filter((part) => part !== "").join(" ")];
  }
  const lines = wrap([message, more].filter((part) => part !== "").join(" "), width - mark.length - 1);
  return lines.map((line, index) =>
    index === 0 ? `${markPaint(mark)} ${paint.bold(line)}` : `${" ".repeat(mark.length)} ${paint.bold(line)}`,
  );
}

/** Words below a question, each line of them as far in as its text. */
export function belowLines(terminal: Terminal, words: string, paint: Paint = (text) => text): readonly string[] {
  return wrap(words, themeOf(terminal).width - 2).map((line) => `  ${paint(line)}`);
}

/** An objection. */
export function objectionLines(terminal: Terminal, words: string): readonly string[] {
  const { width, paint } = themeOf(terminal);
  return wrap(words, width - 2).map((line, index) => paint.red(index === 0 ? `> ${line}` : `  ${line}`));
}

/** What the keys do, as many a line as fit. */
export function keysLines(
  terminal: Terminal,
  keys: readonly (readonly [unicode: string, ascii: string])[],
): readonly string[] {
  const { width, paint, unicode } = themeOf(terminal);
  const words = keys.map(
    (key, index) => key[unicode ? 0 : 1] + (index === keys.length - 1 ? "" : unicode ? " •" : ","),
  );
  return wrapPieces(words, width, " ").map((line) => paint.dim(line));
}

/** What is said to whoever answers something else. */
export const YES_OR_NO = "answer yes or no";

/** A typed yes or no, or the beginning of one; nothing is a no. */
export function yesOrNo(typed: string): boolean | undefined {
  const word = typed.trim().toLowerCase();
  if ("no".startsWith(word)) return false;
  return "yes".startsWith(word) ? true : undefined;
}
