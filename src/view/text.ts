import stringWidth from "string-width";
import { clean, unsealed } from "../terminal.ts";

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Columns `text` takes on a terminal; colours take none. */
export function displayWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  return runsOf(clean(unsealed(text))).reduce((sum, run) => sum + widthOf(run), 0);
}

/** `text` cut to `width` columns, its last ones `ellipsis` if anything is missing. Takes no colours. */
export function cut(text: string, width: number, ellipsis: string): string {
  if (displayWidth(text) <= width) return text;
  const safe = clean(text);
  const room = width - ellipsis.length;
  if (room < 0) return ellipsis.slice(0, Math.max(0, width));
  let used = 0;
  let kept = "";
  for (const grapheme of runsOf(safe).flatMap(graphemesOf)) {
    used += widthOf(grapheme);
    if (used > room) break;
    kept += grapheme;
  }
  return kept.trimEnd() + ellipsis;
}

/**
 * The same cut between words where there are any, and with no figure without its unit at the end: half of either says
 * something else.
 */
export function cutWords(text: string, width: number, ellipsis: string): string {
  if (displayWidth(text) <= width) return text;
  const words = clean(text).split(" ");
  for (let kept = words.length - 1; kept > 0; kept -= 1) {
    if (kept > 1 && LEADING.test(words[kept - 1] ?? "")) continue;
    const shorter =
      words
        .slice(0, kept)
        .join(" ")
        .replace(/[,;:]$/, "") + ellipsis;
    if (displayWidth(shorter) <= width) return shorter;
  }
  return cut(text, width, ellipsis);
}

/** A figure or a sign that belongs to what comes after it. */
const LEADING = /^[+\-$]?[\d.,]+$|^[^\p{L}\p{N}]+$/u;

/** `text` with spaces behind it up to `width` columns. */
export function padEnd(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - displayWidth(text)));
}

/** `text` with spaces before it up to `width` columns. */
export function padStart(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - displayWidth(text))) + text;
}

/** Foreign text made safe for one line: no escape sequences, no control characters, single spaces. */
export function oneLine(text: string): string {
  return clean(text).replaceAll(/\s+/g, " ").trim();
}

/** `text` without line feeds: somebody else's would make lines that look like ours. */
export function oneRow(text: string): string {
  return text.includes("\n") ? text.replaceAll(/[ \r]*\n[ \r]*/g, " ") : text;
}

/** Foreign text made safe for one line, its indentation kept. */
export function printable(text: string): string {
  return (/^[ \t]*/.exec(text)?.[0].replaceAll("\t", "    ") ?? "") + oneLine(text);
}

/** `text` in lines of at most `width` columns. Its own line breaks stay; a word too long for a line has one of its own. */
export function wrap(text: string, width: number): readonly string[] {
  return clean(text)
    .split("\n")
    .flatMap((line) => (displayWidth(line) <= width ? [line] : packed(line.split(" "), " ", width)));
}

/** The same of pieces side by side: each, a command for one, is kept together if it fits a line. */
export function wrapPieces(pieces: readonly string[], width: number, space = "  "): readonly string[] {
  const lines = pieces.flatMap((piece) => wrap(piece, width));
  return pieces.length === 1 ? lines : packed(lines, space, width);
}

/** Words side by side, as many a line as fit. */
function packed(words: readonly string[], space: string, width: number): readonly string[] {
  const lines: string[] = [];
  let used = 0;
  for (const word of words) {
    const more = displayWidth(word);
    const last = lines.at(-1);
    if (last !== undefined && used + space.length + more <= width) {
      lines[lines.length - 1] = `${last}${space}${word}`;
      used += space.length + more;
    } else {
      lines.push(word);
      used = more;
    }
  }
  return lines;
}

/** As many of `names` as fit into `width` columns, then how many more there are; at least one. */
export function someOf(names: readonly string[], width: number, separator = ", "): string {
  for (let shown = names.length; shown > 0; shown -= 1) {
    const rest = names.length - shown;
    const text = names.slice(0, shown).join(separator) + (rest > 0 ? ` and ${rest} more` : "");
    if (displayWidth(text) <= width || shown === 1) return text;
  }
  return "";
}

/** Most of what is drawn is plain, and needs no cutting up to be measured. */
const PLAIN = /^[ -~]*$/;

/** Node's segmenter takes the square of a text's length: the library that uses it is given little at a time. */
function runsOf(text: string): readonly string[] {
  return text.match(/[ -~]+|[^ -~]{1,256}/gu) ?? [];
}

function graphemesOf(run: string): readonly string[] {
  return PLAIN.test(run) ? Array.from(run) : Array.from(graphemes.segment(run), ({ segment }) => segment);
}

function widthOf(text: string): number {
  return PLAIN.test(text) ? text.length : stringWidth(text);
}
