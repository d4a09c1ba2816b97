import { shortAccount } from "./format.ts";
import { row, type Span, spansWidth } from "./row.ts";
import { displayWidth } from "./text.ts";
import type { Theme } from "./theme.ts";
import type { Header } from "./view.ts";

/** Whether this is real, in words: the account it happens in and by whose credentials, or that it is a rehearsal. */
export function stageWords({ account, rehearsal, signer }: Pick<Header, "account" | "rehearsal" | "signer">): string {
  if (rehearsal) return rehearsal.speed === "max" ? "rehearsal" : `rehearsal ${rehearsal.speed}×`;
  const words = account === undefined ? "AWS" : `account ${shortAccount(account)}`;
  return signer === undefined ? words : `${words} · ${signer}`;
}

/** The same, so that a rehearsal catches the eye. */
function stage(theme: Theme, header: Header, words = stageWords(header)): Span {
  return [words, header.rehearsal ? theme.paint.magenta : theme.paint.bold];
}

/** Where a screen is that does not say so itself: a rehearsal, or region, account and whose credentials. */
export function placeWords(header: Pick<Header, "account" | "region" | "rehearsal" | "signer">): string {
  return header.rehearsal ? stageWords(header) : `${header.region} · ${stageWords(header)}`;
}

/** The live screen's top line in at most `room` columns: where it is short of them, whether this is real stays. */
export function headline(theme: Theme, header: Header, room: number): readonly Span[] {
  const { command, environment, region } = header;
  const longest = [`astro ${command}`, environment, region];
  const versions = [longest, [command, environment, region], [command, environment], [environment], []];
  const { signer: _, ...nobody } = header;
  // A profile may have any name; that it is real, and where, is not cut off for it.
  const stages = [stageWords(header), stageWords(nobody)];
  const all = stages.flatMap((end) => versions.map((words) => ({ words, end })));
  const fits = ({ words, end }: (typeof all)[number]) =>
    displayWidth(theme.say(` ${[...words, end].join(" · ")}`)) <= room;
  const { words, end } = all.find(fits) ?? { words: [], end: stageWords(nobody) };
  return [[` ${words.map((word) => `${word} · `).join("")}`, theme.paint.bold], stage(theme, header, end)];
}

/**
 * A static screen's first line: `words`, then whether this is real, with the region if they do not name it, and `right`
 * at the end of the line. Where that is too long, whether it is real has a line of its own.
 */
export function heading(
  theme: Theme,
  header: Header,
  words: readonly Span[],
  right: readonly Span[] = [],
): readonly string[] {
  const says = words.some((span) => (typeof span === "string" ? span : span[0]).includes(header.region));
  const where = stage(theme, header, says ? stageWords(header) : placeWords(header));
  const whole = [" ", ...words, " · ", where];
  if (spansWidth(theme, [...whole, ...(right.length > 0 ? ["  ", ...right] : [])]) <= theme.width) {
    return [row(theme, whole, right)];
  }
  return [row(theme, [" ", ...words], right), row(theme, ["   ", where])];
}
