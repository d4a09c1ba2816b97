/** What a program said, as much of it as its reader keeps, and how it ended: 127 where there is no such program, as in a shell. */
export type ProgramResult = { readonly exitCode: number; readonly stdout: string; readonly stderr: string };

type ProgramOptions = {
  readonly cwd: string;
  /** Beside what this process has. */
  readonly env?: { readonly [name: string]: string };
  /** What it reads on its standard input; nothing without it. A secret goes here: everybody can see arguments. */
  readonly input?: string;
  /** Told each line as it comes, of both streams; what is told is not kept for the result but for its end. */
  readonly line?: (line: string) => void;
  /** Ends the program, with all that it has started; the run rejects with the signal's reason. */
  readonly signal?: AbortSignal;
};

/** Runs a program, its words as they are and no shell between; it never throws for a non-zero exit. */
export type RunProgram = (words: readonly string[], options: ProgramOptions) => Promise<ProgramResult>;

/** Runs a command line through the shell in `cwd`; it never throws for a non-zero exit. */
export type RunCommand = (
  command: string,
  options: { readonly cwd: string; readonly env: { readonly [name: string]: string } },
) => Promise<ProgramResult>;

/** Runs a program in this one's terminal, and its exit code: 127 where there is no such program. */
export type AttendProgram = (
  words: readonly string[],
  options: { readonly cwd: string; readonly env?: { readonly [name: string]: string } },
) => Promise<number>;

/** What of this process it takes to run others. */
export type ProcessHost = {
  /** Sends a signal to a process, or to a group by its id's negative; throws where there is none. */
  readonly kill: (pid: number, signal: NodeJS.Signals) => void;
  /** Does something when this process ends; returns what takes it back. */
  readonly atExit: (work: () => void) => () => void;
  /** Whether processes have groups; Windows has none. */
  readonly groups: boolean;
  /** Aborted when this process is to end. */
  readonly interrupted: AbortSignal;
};

/** Milliseconds a program has to end by itself once it is asked to: builders have containers and uploads to put away. */
const GRACE = 3000;

/** Characters of a line at most, and of what is kept of a program whose lines are told. */
const LONGEST = 16_384;
const KEPT = 65_536;

/** Exit code of a shell for a program that is not there, and of one that a signal ended (POSIX, "Shell Command Language"). */
const MISSING = 127;
const KILLED = 128;

/**
 * Runs command lines in a process group of their own, which ends with this process however many it has become by then:
 * a signal reaches one process, and a shell hands it on to nobody. Rejects with the reason once `signal` is aborted.
 */
export function runInShell({ kill, atExit, groups: detached, interrupted: signal }: ProcessHost): RunCommand {
  return async (command, { cwd, env }) => {
    const { execa } = await import("execa");
    // Where there are no groups the shell alone is ended, by execa.
    const running = execa(command, { cwd, env, shell: true, reject: false, stdin: "ignore", detached });
    const send = signalTo(kill, running.pid, detached);
    const off = endsWith(atExit, signal, () => send("SIGKILL"));
    try {
      const done = await running;
      signal.throwIfAborted();
      return { exitCode: done.exitCode ?? 1, stdout: done.stdout, stderr: done.stderr };
    } finally {
      off();
    }
  };
}

/**
 * Runs programs in a process group each, which ends with this process however many it has become by then. A program
 * that is to end is asked first.
 */
export function runPrograms({ kill, atExit, groups, interrupted }: ProcessHost): RunProgram {
  return async ([program = "", ...args], { cwd, env = {}, input, line, signal }) => {
    const either = signal ? AbortSignal.any([signal, interrupted]) : interrupted;
    either.throwIfAborted();
    const { execa } = await import("execa");
    const stdin = input === undefined ? ({ stdin: "ignore" } as const) : { input };
    const running = execa(program, args, { cwd, env, reject: false, detached: groups, buffer: !line, ...stdin });
    const send = signalTo(kill, running.pid, groups);
    let last: NodeJS.Timeout | undefined;
    const stop = () => {
      send("SIGTERM");
      last = setTimeout(() => send("SIGKILL"), GRACE);
    };
    const off = endsWith(atExit, either, () => send("SIGKILL"), stop);
    const told = line && [running.stdout, running.stderr].map((stream) => tail(stream, line));
    try {
      const { exitCode, signal: by, stdout, stderr, code } = await running;
      either.throwIfAborted();
      const [out = "", err = ""] = told?.map((one) => one()) ?? [stdout, stderr].map((one) => one ?? "");
      const failed = by === undefined && code === "ENOENT" ? MISSING : KILLED;
      return { exitCode: exitCode ?? failed, stdout: out, stderr: err };
    } finally {
      clearTimeout(last);
      off();
    }
  };
}

/**
 * Runs programs that have this process's terminal for as long as they last, in its own group: so they, and not this process,
 * read what is typed. One is hung up when this process ends.
 */
export function attendPrograms({ kill, atExit, interrupted }: ProcessHost): AttendProgram {
  return async ([program = "", ...args], { cwd, env = {} }) => {
    interrupted.throwIfAborted();
    const { execa } = await import("execa");
    const running = execa(program, args, { cwd, env, reject: false, stdio: "inherit" });
    const send = signalTo(kill, running.pid, false);
    const off = endsWith(atExit, interrupted, () => send("SIGHUP"));
    try {
      const { exitCode, signal, code } = await running;
      return exitCode ?? (signal === undefined && code === "ENOENT" ? MISSING : KILLED);
    } finally {
      off();
    }
  };
}

/** Sends signals to a child, with its group where it has one of its own; does nothing once it has ended by itself. */
function signalTo(kill: ProcessHost["kill"], pid: number | undefined, isGroup: boolean): (how: NodeJS.Signals) => void {
  return (how) => {
    try {
      if (pid !== undefined) kill(isGroup ? -pid : pid, how);
    } catch {
      // It has ended by itself.
    }
  };
}

/** Ends a child when this process ends, and stops it when `signal` is aborted; what is returned takes both back. */
function endsWith(atExit: ProcessHost["atExit"], signal: AbortSignal, end: () => void, stop = end): () => void {
  const off = atExit(end);
  signal.addEventListener("abort", stop, { once: true });
  return () => {
    off();
    signal.removeEventListener("abort", stop);
  };
}

/** Tells the lines of a stream; the returned function tells what no line end closed, and what was last said. */
function tail(stream: NodeJS.ReadableStream, line: (line: string) => void): () => string {
  let open = "";
  let kept = "";
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    kept = (kept + chunk).slice(-KEPT);
    // A carriage return begins a line anew: progress is drawn so.
    const lines = (open + chunk).split(/\r\n|\n|\r(?!$)/);
    open = lines.pop() ?? "";
    for (const one of lines) if (one !== "") line(one.slice(0, LONGEST));
    if (open.length > LONGEST) {
      line(open.slice(0, LONGEST));
      open = "";
    }
  });
  return () => {
    if (open.trim() !== "") line(open.trimEnd());
    open = "";
    return kept;
  };
}
