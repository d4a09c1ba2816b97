import { cutWords, displayWidth, padEnd, padStart } from "./text.ts";

/** A part of a line among others like it: text, a figure aligned right, or words that are cut where there is no room for them. */
export type Cell = string | { readonly right: string } | { readonly words: string };

/** A line of one piece, or of cells that stand in columns with those of the other lines. */
export type ListLine = string | readonly Cell[];

/** Columns between two cells. */
const GAP = 2;
/** Words with less room than this say nothing: they are left out. */
const LEAST = 8;

/** The characters of a terminal: what replaces those it has not, and what says that something was cut. */
type Characters = { readonly say: (text: string) => string; readonly ellipsis: string };

/**
 * Lines of at most `width` columns, with whether something of each is missing. Words give way first, between two words, then
 * names; figures stay whole. Widths are those of the characters that are shown.
 */
export function inColumns(
  lines: readonly ListLine[],
  width: number,
  { say, ellipsis }: Characters,
): readonly { readonly text: string; readonly isCut: boolean }[] {
  const cells = lines.flatMap((line) => (typeof line === "string" ? [] : [line]));
  const count = Math.max(0, ...cells.map((line) => line.length));
  const wanted = Array.from({ length: count }, (_, column) =>
    Math.max(...cells.map((line) => displayWidth(say(textOf(line[column] ?? ""))))),
  );
  const isWords = (column: number) => cells.some((line) => typeof line[column] === "object" && "words" in line[column]);
  const takenBy = (columns: readonly number[]) =>
    columns.reduce((sum, column) => sum + (wanted[column] ?? 0), 0) + GAP * Math.max(0, columns.length - 1);
  const all = [...wanted.keys()];
  const firm = all.filter((column) => !isWords(column));
  const words = all.find(isWords);
  const room = width - takenBy(firm) - (firm.length > 0 ? GAP : 0);
  const hasWords = words !== undefined && room >= Math.min(LEAST, wanted[words] ?? 0);
  const shown = hasWords ? all.filter((column) => firm.includes(column) || column === words) : firm;
  const over = Math.max(0, takenBy(firm) - width);
  const widths = wanted.map((columns, column) => (column === words ? room : column === 0 ? columns - over : columns));
  return lines.map((line) => {
    if (typeof line === "string") {
      const text = say(line);
      return { text: cutWords(text, width, ellipsis), isCut: displayWidth(text) > width };
    }
    const last = shown.findLast((column) => textOf(line[column] ?? "") !== "");
    /** Words with nothing behind them have the rest of the line. */
    const roomOf = (column: number) =>
      column === words && column === last
        ? takenBy(shown.filter((one) => one >= column)) + room - (wanted[column] ?? 0)
        : (widths[column] ?? 0);
    const isCut = line.some(
      (cell, column) =>
        textOf(cell) !== "" && (!shown.includes(column) || displayWidth(say(textOf(cell))) > roomOf(column)),
    );
    const text = shown.map((column) => {
      const cell = line[column] ?? "";
      const columns = roomOf(column);
      const fitting = cutWords(say(textOf(cell)), columns, ellipsis);
      return typeof cell === "object" && "right" in cell ? padStart(fitting, columns) : padEnd(fitting, columns);
    });
    return { text: text.join(" ".repeat(GAP)).trimEnd(), isCut };
  });
}

/** A line in one sentence, as it is read out: what it names, then the rest of it. */
export function inWords(line: ListLine): string {
  if (typeof line === "string") return line;
  const [name = "", ...rest] = line.map(textOf).filter((text) => text !== "");
  return rest.length === 0 ? name : `${name}: ${rest.join(", ")}`;
}

/** What a line begins with, which whoever types its name begins to type. */
export function firstCell(line: ListLine): string {
  return typeof line === "string" ? line : textOf(line[0] ?? "");
}

function textOf(cell: Cell): string {
  if (typeof cell === "string") return cell;
  return "right" in cell ? cell.right : cell.words;
}
