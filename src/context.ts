import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { Clock } from "./clock.ts";
import type { Terminal } from "./terminal.ts";

/** What a child process said and how it ended. */
export type Finished = { readonly exitCode: number; readonly stdout: string; readonly stderr: string };

/** Runs a command line through the shell in `cwd`; it never throws for a non-zero exit. */
export type Run = (
  command: string,
  options: { readonly cwd: string; readonly env: { readonly [name: string]: string } },
) => Promise<Finished>;

/** The world outside, handed to everything that needs it: the only reader of the process, the wall clock, child processes. */
export type Context = {
  readonly cwd: string;
  readonly env: { readonly [name: string]: string | undefined };
  /** astro's own version and the folder of its package. */
  readonly version: string;
  readonly root: string;
  /** Results go here. */
  readonly stdout: Terminal;
  /** Everything else goes here. */
  readonly stderr: Terminal;
  /** True if a person sits at the terminal and may be asked. */
  readonly canAsk: boolean;
  readonly clock: Clock;
  readonly run: Run;
  /** A fresh word, unique in any account: lower-case letters and digits. */
  readonly token: () => string;
  /** From here on Ctrl-C aborts the returned signal; a second one leaves at once with exit code 3. */
  readonly interruptible: () => AbortSignal;
};

/** Exit code of an interrupted run. */
const INTERRUPTED = 3;

/** A live screen may have hidden the cursor; whoever leaves in the middle of one gets it back. */
const SHOW_CURSOR = "\u001b[?25h";

/** The real world: this process, its streams, the wall clock. */
export function openContext(options: {
  readonly root: string;
  readonly version: string;
  readonly json: boolean;
}): Context {
  const { env, stdin } = process;
  const human = Boolean(stdin.isTTY && process.stderr.isTTY) && !options.json && !isSet(env.CI);
  return {
    cwd: process.cwd(),
    env,
    version: options.version,
    root: options.root,
    stdout: terminalOf(process.stdout, env),
    stderr: terminalOf(process.stderr, env),
    canAsk: human,
    clock: wallClock,
    run: runInShell,
    token: () => randomUUID().replaceAll("-", "").slice(0, 12),
    interruptible: interruptible(),
  };
}

/** The wall clock. */
export const wallClock: Clock = {
  now: () => new Date(),
  sleep: async (milliseconds, signal) => {
    try {
      await wait(milliseconds, undefined, signal ? { signal } : {});
    } catch (error) {
      throw signal?.aborted ? signal.reason : error;
    }
  },
};

const runInShell: Run = async (command, { cwd, env }) => {
  const { execa } = await import("execa");
  const done = await execa(command, { cwd, env, shell: true, reject: false, stdin: "ignore" });
  return { exitCode: done.exitCode ?? 1, stdout: done.stdout, stderr: done.stderr };
};

/** Ends the process softly on Ctrl-C or a request to terminate, until a command asks to be told instead. */
function interruptible(): () => AbortSignal {
  const controller = new AbortController();
  let told = false;
  const onSignal = () => {
    if (!told || controller.signal.aborted) {
      if (process.stderr.isTTY) process.stderr.write(SHOW_CURSOR);
      process.exit(INTERRUPTED);
    }
    controller.abort(new Error("interrupted"));
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return () => {
    told = true;
    return controller.signal;
  };
}

function terminalOf(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): Terminal {
  const dumb = env.TERM === "dumb";
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || "";
  return {
    write: (text) => void stream.write(text),
    get columns() {
      return stream.columns ?? 80;
    },
    get rows() {
      return stream.rows ?? 24;
    },
    interactive: Boolean(stream.isTTY) && !dumb && !isSet(env.CI),
    colour: isSet(env.FORCE_COLOR) || (Boolean(stream.isTTY) && !dumb && !isSet(env.NO_COLOR)),
    unicode: !dumb && env.TERM !== "linux" && !/^(C|POSIX)$/i.test(locale),
  };
}

/** The convention of NO_COLOR, FORCE_COLOR and CI: present and not empty, 0 or false. */
function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "" && value !== "0" && value !== "false";
}
