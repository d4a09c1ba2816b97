import xterm from "@xterm/headless";
import { shown as asShown, type Terminal } from "../../src/terminal.ts";

const SHOW = "\u001b[?25h";
const HIDE = "\u001b[?25l";

type Options = Partial<Pick<Terminal, "columns" | "colour" | "unicode" | "interactive">>;

/** A terminal that keeps what is written to it: 80 columns, a person before it, no colour. */
export function paper(options: Options = {}): Terminal & { readonly text: () => string } {
  let text = "";
  return {
    columns: 80,
    interactive: true,
    colour: false,
    unicode: true,
    ...options,
    write: (more) => {
      text += asShown(more);
    },
    text: () => text,
  };
}

/** A real terminal's screen: what a person sees of it, and whether the cursor is shown. */
export function screen(options: Options & { readonly rows?: number } = {}): Terminal & {
  readonly see: () => Promise<string>;
  readonly narrow: (columns: number) => void;
  readonly cursorShown: () => boolean;
} {
  const { columns = 80, rows = 24, ...rest } = options;
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, convertEol: true });
  let shown = true;
  return {
    interactive: true,
    colour: false,
    unicode: true,
    ...rest,
    get columns() {
      return terminal.cols;
    },
    get rows() {
      return terminal.rows;
    },
    write: (words) => {
      const text = asShown(words);
      const last = Math.max(text.lastIndexOf(SHOW), text.lastIndexOf(HIDE));
      if (last >= 0) shown = text.startsWith(SHOW, last);
      terminal.write(text);
    },
    see: async () => {
      await new Promise<void>((resolve) => terminal.write("", resolve));
      const { buffer } = terminal;
      const lines = Array.from({ length: buffer.active.length }, (_, index) =>
        buffer.active.getLine(index)?.translateToString(true),
      );
      return lines.join("\n").trimEnd();
    },
    narrow: (to) => terminal.resize(to, terminal.rows),
    cursorShown: () => shown,
  };
}
