import { clearLine, cursorTo, moveCursor } from "node:readline";
import { Writable } from "node:stream";
import { clean, sealed, type Terminal } from "../terminal.ts";
import { row } from "./row.ts";
import { themeOf } from "./theme.ts";

/**
 * Shows `words` for as long as `work` takes, and nothing after: a spinner where lines can be redrawn, else one line.
 * Resolves and rejects as `work` does.
 */
export async function during<T>(terminal: Terminal, words: string, work: () => Promise<T>): Promise<T> {
  const theme = themeOf(terminal);
  if (!terminal.interactive) {
    terminal.write(`${row(theme, [` ${words} …`])}\n`);
    return work();
  }
  const { default: ora } = await import("ora");
  const spinner = ora({
    text: row({ ...theme, width: theme.width - 3 }, [clean(words)]),
    stream: streamOf(terminal),
    isEnabled: true,
    color: terminal.colour ? "cyan" : false,
    indent: 1,
    spinner: terminal.unicode ? "dots" : "line",
    // Raw mode would take Ctrl-C away from whoever listens for it.
    discardStdin: false,
  });
  spinner.start();
  try {
    return await work();
  } finally {
    spinner.stop();
    // It leaves the cursor where its own line began.
    terminal.write(sealed("\r"));
  }
}

/** What ora needs of a stream, made of a terminal; what it writes is its own, since its words are clean. */
function streamOf(terminal: Terminal): NodeJS.WritableStream {
  const stream = new Writable({
    decodeStrings: false,
    write: (chunk, _encoding, done) => {
      terminal.write(sealed(String(chunk)));
      done();
    },
  });
  return Object.assign(stream, {
    isTTY: true,
    columns: terminal.columns,
    cursorTo: (column: number) => cursorTo(stream, column),
    moveCursor: (columns: number, lines: number) => moveCursor(stream, columns, lines),
    clearLine: (direction: -1 | 0 | 1) => clearLine(stream, direction),
  });
}
