import { padEnd, wrap } from "./text.ts";
import type { Paint, Theme } from "./theme.ts";

/** Columns before a label, and of a label with what follows it. */
const MARGIN = 3;
const LABEL = 12;

/** `   Label       text`, the text wrapped under itself; a word too long for the line is left whole to be copied. */
export function labelled(
  theme: Theme,
  label: string,
  text: string,
  paint: Paint = (words) => words,
): readonly string[] {
  const width = Math.max(theme.width - MARGIN - LABEL, LABEL);
  return wrap(theme.say(text), width).map((line, index) => {
    const start = index === 0 ? padEnd(theme.say(label), LABEL) : " ".repeat(LABEL);
    return `${" ".repeat(MARGIN)}${theme.paint.dim(start)}${paint(line)}`;
  });
}
