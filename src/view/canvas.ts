import { sealed, type Terminal } from "../terminal.ts";
import { displayWidth } from "./text.ts";

/** A block of lines that is drawn over itself. */
export type Canvas = {
  /**
   * Replaces what was drawn before; writes nothing if nothing changed. With `caret` the cursor is shown at that column of the
   * last line, as somebody types there.
   */
  readonly draw: (lines: readonly string[], caret?: number) => void;
  /** Leaves the last drawing where it is and shows the cursor again. */
  readonly release: () => void;
};

const HIDE_CURSOR = sealed("\u001b[?25l");
const SHOW_CURSOR = sealed("\u001b[?25h");
const CLEAR_REST_OF_LINE = sealed("\u001b[K");
const CLEAR_BELOW = sealed("\u001b[J");
const START_OF_LINE = sealed("\r");
const right = (columns: number) => (columns > 0 ? sealed(`\u001b[${columns}C`) : "");
const up = (lines: number) => (lines > 0 ? sealed(`\u001b[${lines}A`) : "");

/** A canvas on `terminal`, which must be able to move its cursor. Hides the cursor from the first drawing on. */
export function canvasOn(terminal: Terminal): Canvas {
  let drawn: { readonly lines: readonly string[]; readonly caret?: number | undefined } | undefined;
  return {
    draw: (lines, caret) => {
      const isSame = drawn?.caret === caret && drawn?.lines.length === lines.length;
      if (isSame && drawn?.lines.every((line, index) => line === lines[index])) return;
      const start = drawn ? up(rowsAbove(drawn, terminal.columns)) + START_OF_LINE : "";
      const hide = drawn && drawn.caret === undefined ? "" : HIDE_CURSOR;
      drawn = { lines, caret };
      const words = lines.map((line) => line + CLEAR_REST_OF_LINE);
      const text = caret === undefined ? words.map((line) => `${line}\n`).join("") : words.join("\n");
      const end = caret === undefined ? "" : START_OF_LINE + right(caret) + SHOW_CURSOR;
      terminal.write(hide + start + text + CLEAR_BELOW + end);
    },
    release: () => {
      if (drawn) terminal.write((drawn.caret === undefined ? "" : "\n") + SHOW_CURSOR);
      drawn = undefined;
    },
  };
}

/** Rows of the screen from the first of a drawing to where the cursor is; a terminal made narrower meanwhile has wrapped it. */
function rowsAbove(
  { lines, caret }: { readonly lines: readonly string[]; readonly caret?: number | undefined },
  columns: number,
): number {
  const heights = lines.map((line) => Math.max(1, Math.ceil(displayWidth(line) / columns)));
  const whole = caret === undefined ? heights : heights.slice(0, -1);
  return whole.reduce((sum, height) => sum + height, 0) + Math.floor((caret ?? 0) / columns);
}
