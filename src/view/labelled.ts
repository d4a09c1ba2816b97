import { displayWidth, padEnd, wrap, wrapPieces } from "./text.ts";
import type { Paint, Theme } from "./theme.ts";

/** A name, what is to be said under it, in pieces if it has commands that are kept together, and the colour of that. */
export type Labelled = readonly [label: string, text: string | readonly string[], paint?: Paint];

/** Columns before the labels, and the fewest of a label with the space behind it. */
const MARGIN = 3;
const LABEL = 12;

/**
 * `   Label       text`, the texts one below the other, each wrapped under itself; a word too long for the line is left
 * whole, to be copied.
 */
export function labelled(theme: Theme, entries: readonly Labelled[]): readonly string[] {
  const column = Math.max(LABEL, ...entries.map(([label]) => displayWidth(label) + 2));
  const width = Math.max(theme.width - MARGIN - column, LABEL);
  return entries.flatMap(([label, text, paint = (words: string) => words]) =>
    wrapped(theme, text, width).map((line, index) => {
      const start = padEnd(index === 0 ? theme.say(label) : "", column);
      return `${" ".repeat(MARGIN)}${theme.paint.dim(start)}${paint(line)}`;
    }),
  );
}

function wrapped(theme: Theme, text: string | readonly string[], width: number): readonly string[] {
  return typeof text === "string" ? wrap(theme.say(text), width) : wrapPieces(text.map(theme.say), width);
}

/** Several texts under one label. */
export function underOne(label: string, texts: readonly Labelled[1][]): readonly Labelled[] {
  return texts.map((text, index) => [index === 0 ? label : "", text]);
}
