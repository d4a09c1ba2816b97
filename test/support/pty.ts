import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { spawn } from "@lydell/node-pty";
import xterm from "@xterm/headless";
import { plainEnvironment } from "./cli.ts";

/** A program in a terminal that nobody sees: what is on the screen can be read, keys can be pressed. */
export type Screen = {
  /** Resolves once the screen shows `words`; rejects, with the screen, if the program ends or a minute passes before. */
  readonly waitFor: (words: string | RegExp) => Promise<void>;
  /** Presses keys: text as it is, `\r` for Enter, `KEYS` for others. */
  readonly type: (keys: string) => void;
  /** What is on the screen now, lines without trailing blanks. */
  readonly text: () => string;
  /** The screen and everything that scrolled off it. */
  readonly all: () => string;
  /** Everything the program wrote, with its control sequences. */
  readonly raw: () => string;
  /** Makes the terminal another size; the program hears of it as of any other (SIGWINCH). */
  readonly resize: (cols: number, rows: number) => void;
  /** Resolves once nothing was written for a tenth of a second: what is on the screen was drawn to its end. */
  readonly settled: () => Promise<void>;
  /** Resolves once the program only waits, for keys or for another program: what it does beside its question is done. */
  readonly idle: () => Promise<void>;
  readonly cursorVisible: () => boolean;
  /** The exit code, once the program has ended. */
  readonly exit: () => Promise<number>;
  /** The program's process. */
  readonly pid: number;
  /** Closes the terminal under the program. */
  readonly hangUp: () => void;
  /** Ends the program if it still runs. */
  readonly close: () => void;
};

/** What a terminal sends for keys that are no text. */
export const KEYS = {
  enter: "\r",
  esc: "\x1b",
  left: "\x1b[D",
  up: "\x1b[A",
  down: "\x1b[B",
  backspace: "\x7f",
  clearLine: "\x15",
  ctrlC: "\x03",
  ctrlT: "\x14",
  ctrlZ: "\x1a",
} as const;

const PATIENCE_MILLISECONDS = 60_000;

/** How many looks at a program in a row find it idle, and the milliseconds between two of them. */
const IDLE_LOOKS = 20;

/**
 * What the threads of a process have done so far: it changes with each time that one of them was woken, or runs (Linux's
 * proc_pid_status(5)). Nothing where there are no such words: then idle is patience alone.
 */
function workOf(pid: number): string {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    const told = threads.map((thread) => readFileSync(`/proc/${pid}/task/${thread}/status`, "utf8"));
    return told.map((status) => status.match(/^(State|\w*_ctxt_switches):.*$/gm)?.join(" ") ?? "").join("\n");
  } catch {
    return "";
  }
}

/** Starts a program in a terminal of its own, 80 by 24 unless told otherwise. */
export function openTerminal(
  program: string,
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly env?: { readonly [name: string]: string };
    readonly cols?: number;
    readonly rows?: number;
  },
): Screen {
  const { cwd, cols = 80, rows = 24 } = options;
  const terminal = new xterm.Terminal({ cols, rows, scrollback: 1000, allowProposedApi: true });
  const env = plainEnvironment({ TERM: "xterm-256color", LANG: "C.UTF-8", LC_ALL: "", ...options.env });
  const child = spawn(program, [...args], { cwd, cols, rows, env });
  let raw = "";
  let ended: number | undefined;
  const watchers = new Set<() => void>();
  const notify = () => {
    for (const watcher of watchers) watcher();
  };
  child.onData((data) => {
    raw += data;
    terminal.write(data, notify);
  });
  const exit = new Promise<number>((resolve) => {
    child.onExit(({ exitCode }) => {
      terminal.write("", () => {
        ended = exitCode;
        notify();
        resolve(exitCode);
      });
    });
  });
  const lines = (from: number) => {
    const buffer = terminal.buffer.active;
    const all = Array.from(
      { length: buffer.length - from },
      (_, line) => buffer.getLine(from + line)?.translateToString(true) ?? "",
    );
    return all.join("\n").trimEnd();
  };
  const text = () => lines(terminal.buffer.active.baseY);
  const all = () => lines(0);
  const shows = (words: string | RegExp) => (typeof words === "string" ? text().includes(words) : words.test(text()));

  return {
    text,
    all,
    exit: () => exit,
    type: (keys) => child.write(keys),
    raw: () => raw,
    resize: (columns, lines) => {
      terminal.resize(columns, lines);
      child.resize(columns, lines);
    },
    settled: async () => {
      for (let seen = -1; seen !== raw.length; await new Promise((resolve) => setTimeout(resolve, 100))) {
        seen = raw.length;
      }
      await new Promise<void>((resolve) => terminal.write("", resolve));
    },
    idle: async () => {
      for (let [still, before] = [0, ""]; still < IDLE_LOOKS; await wait(IDLE_LOOKS)) {
        const now = workOf(child.pid);
        still = now === before ? still + 1 : 0;
        before = now;
      }
    },
    cursorVisible: () => raw.lastIndexOf("\x1b[?25l") <= raw.lastIndexOf("\x1b[?25h"),
    pid: child.pid,
    hangUp: () => (child as typeof child & { readonly destroy: () => void }).destroy(),
    close: () => {
      if (ended === undefined) child.kill();
    },
    waitFor: (words) =>
      new Promise((resolve, reject) => {
        const settle = (error?: Error) => {
          watchers.delete(look);
          clearTimeout(timer);
          if (error) reject(error);
          else resolve();
        };
        const look = () => {
          if (shows(words)) settle();
          else if (ended !== undefined) settle(new Error(`ended with ${ended} before it showed ${words}:\n${all()}`));
        };
        const timer = setTimeout(() => settle(new Error(`never showed ${words}:\n${text()}`)), PATIENCE_MILLISECONDS);
        watchers.add(look);
        look();
      }),
  };
}
