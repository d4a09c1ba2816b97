import { cut, displayWidth, oneRow, padEnd, padStart } from "./text.ts";
import type { Paint, Theme } from "./theme.ts";

/** A piece of a line, and its colour. */
export type Span = string | readonly [text: string, paint: Paint];

/** Columns between what stands left and what stands right. */
const GAP = 2;

/**
 * One line of a screen: `left` from the first column, `right` at the last one. What is too long is cut, first on the
 * left; it never wraps.
 */
export function row(theme: Theme, left: readonly Span[], right: readonly Span[] = []): string {
  const end = cutSpans(theme, right, theme.width);
  const room = right.length > 0 ? theme.width - widthOf(end) - GAP : theme.width;
  const start = cutSpans(theme, left, Math.max(0, room));
  if (right.length === 0) return join(start).trimEnd();
  const gap = Math.max(0, theme.width - widthOf(start) - widthOf(end));
  return join(start) + " ".repeat(gap) + join(end);
}

/** Columns that `spans` take one after the other. */
export function spansWidth(theme: Theme, spans: readonly Span[]): number {
  return spans.reduce((sum, span) => sum + displayWidth(theme.say(typeof span === "string" ? span : span[0])), 0);
}

/** `text` in exactly `width` columns, cut or padded behind. */
export function cell(theme: Theme, text: string, width: number): string {
  return padEnd(cut(oneRow(theme.say(text)), width, theme.ellipsis), width);
}

/** `text` in exactly `width` columns, cut or padded before: for figures. */
export function figure(theme: Theme, text: string, width: number): string {
  return padStart(cut(oneRow(theme.say(text)), width, theme.ellipsis), width);
}

type Cut = readonly [text: string, paint: Paint];

const plain: Paint = (text) => text;

function cutSpans(theme: Theme, spans: readonly Span[], width: number): readonly Cut[] {
  const out: Cut[] = [];
  let room = width;
  for (const span of spans) {
    const [said, paint] = typeof span === "string" ? ([span, plain] as const) : span;
    const text = oneRow(theme.say(said));
    const fitting = cut(text, room, theme.ellipsis);
    out.push([fitting, paint]);
    room -= displayWidth(fitting);
    if (fitting !== text) break;
  }
  return out;
}

function widthOf(spans: readonly Cut[]): number {
  return spans.reduce((sum, [text]) => sum + displayWidth(text), 0);
}

function join(spans: readonly Cut[]): string {
  return spans.map(([text, paint]) => (text.trim() === "" ? text : paint(text))).join("");
}
