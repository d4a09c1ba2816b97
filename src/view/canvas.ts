import { sealed, type Terminal } from "../terminal.ts";
import { displayWidth } from "./text.ts";

/** A block of lines that is drawn over itself. */
export type Canvas = {
  /** Replaces what was drawn before; writes nothing if nothing changed. */
  readonly draw: (lines: readonly string[]) => void;
  /** Leaves the last drawing where it is and shows the cursor again. */
  readonly release: () => void;
};

const HIDE_CURSOR = sealed("\u001b[?25l");
const SHOW_CURSOR = sealed("\u001b[?25h");
const CLEAR_REST_OF_LINE = sealed("\u001b[K");
const CLEAR_BELOW = sealed("\u001b[J");
const START_OF_LINE = sealed("\r");
const up = (lines: number) => (lines > 0 ? sealed(`\u001b[${lines}A`) : "");

/** A canvas on `terminal`, which must be able to move its cursor. Hides the cursor from the first drawing on. */
export function canvasOn(terminal: Terminal): Canvas {
  let drawn: readonly string[] | undefined;
  return {
    draw: (lines) => {
      if (drawn && drawn.length === lines.length && drawn.every((line, index) => line === lines[index])) return;
      const start = drawn ? up(heightOf(drawn, terminal.columns)) + START_OF_LINE : HIDE_CURSOR;
      drawn = lines;
      terminal.write(`${start}${lines.map((line) => `${line}${CLEAR_REST_OF_LINE}\n`).join("")}${CLEAR_BELOW}`);
    },
    release: () => {
      if (drawn) terminal.write(SHOW_CURSOR);
      drawn = undefined;
    },
  };
}

/** A terminal made narrower meanwhile has wrapped what was drawn. */
function heightOf(lines: readonly string[], columns: number): number {
  return lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(displayWidth(line) / columns)), 0);
}
