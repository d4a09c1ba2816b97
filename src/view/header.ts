import { shortAccount } from "./format.ts";
import { row, type Span, spansWidth } from "./row.ts";
import { displayWidth } from "./text.ts";
import type { Theme } from "./theme.ts";
import type { Header } from "./view.ts";

/** Whether this is real, in words: the account it happens in, or that it is a rehearsal. */
export function stageWords({ account, rehearsal }: Pick<Header, "account" | "rehearsal">): string {
  if (rehearsal) return rehearsal.speed === "max" ? "rehearsal" : `rehearsal ${rehearsal.speed}×`;
  return account === undefined ? "AWS" : `account ${shortAccount(account)}`;
}

/** The same, so that a rehearsal catches the eye. */
function stage(theme: Theme, header: Header): Span {
  return [stageWords(header), header.rehearsal ? theme.paint.magenta : theme.paint.bold];
}

/** The live screen's top line in at most `room` columns: where it is short of them, whether this is real stays. */
export function headline(theme: Theme, header: Header, room: number): readonly Span[] {
  const { command, environment, region } = header;
  const longest = [`astro ${command}`, environment, region];
  const versions = [longest, [command, environment, region], [command, environment], [environment], []];
  const fits = (words: readonly string[]) =>
    displayWidth(theme.say(` ${[...words, stageWords(header)].join(" · ")}`)) <= room;
  const words = versions.find(fits) ?? [];
  return [[` ${words.map((word) => `${word} · `).join("")}`, theme.paint.bold], stage(theme, header)];
}

/**
 * A static screen's first line: `words`, then whether this is real, and `right` at the end of the line. Where that is
 * too long, whether it is real has a line of its own.
 */
export function heading(
  theme: Theme,
  header: Header,
  words: readonly Span[],
  right: readonly Span[] = [],
): readonly string[] {
  const whole = [" ", ...words, " · ", stage(theme, header)];
  if (spansWidth(theme, [...whole, ...(right.length > 0 ? ["  ", ...right] : [])]) <= theme.width) {
    return [row(theme, whole, right)];
  }
  return [row(theme, [" ", ...words], right), row(theme, ["   ", stage(theme, header)])];
}
