import { randomUUID } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import {
  type AttendProgram,
  attendPrograms,
  type ProcessHost,
  type RunCommand,
  type RunProgram,
  runInShell,
  runPrograms,
} from "./child-process.ts";
import type { Clock } from "./clock.ts";
import { type Keyboard, keyboardOf } from "./keyboard.ts";
import { isPortFree, type Machine, machineOf, nameServers, readInput } from "./system.ts";
import { isSet, sealed, type Terminal, terminalOf } from "./terminal.ts";

/** The process's environment, passed to everything that needs it: the only reader of the process, the wall clock, child processes. */
export type Context = {
  readonly cwd: string;
  readonly env: { readonly [name: string]: string | undefined };
  /** astro's own version and the folder of its package. */
  readonly version: string;
  readonly root: string;
  /** Folder of what may be deleted at any time and is made again when it is needed: the user's cache, of astro alone. */
  readonly cache: string;
  /** Results go here. */
  readonly stdout: Terminal;
  /** Everything else goes here. */
  readonly stderr: Terminal;
  /** True if there is a terminal to ask at, and neither --json nor CI. */
  readonly canAsk: boolean;
  /** Whether a person wants to see where errors come from: `--debug`, or ASTRO_DEBUG. */
  readonly debug: boolean;
  readonly clock: Clock;
  readonly run: RunCommand;
  /** Runs a program of the system, whose input, lines and end may matter. */
  readonly program: RunProgram;
  /** Leaves the terminal to a program until that ends: what is typed is its own, Ctrl-C too. */
  readonly attend: AttendProgram;
  /** What comes by standard input, at most so many bytes of it; `undefined` where it is a terminal. */
  readonly input: (most: number) => Promise<Uint8Array | undefined>;
  readonly keyboard: Keyboard;
  readonly machine: () => Machine;
  readonly isPortFree: (port: number) => Promise<boolean>;
  /** Does something, quickly, whenever and however this process ends but by SIGKILL; returns what takes it back. */
  readonly atExit: ProcessHost["atExit"];
  /** The status a URL answers with in the end, redirections followed; rejects where nobody answers in ten seconds. */
  readonly get: (url: string, signal: AbortSignal) => Promise<number>;
  /** The name servers that a domain has in the DNS, none if nobody knows it; rejects where no DNS answers in time. */
  readonly nameServers: (domain: string) => Promise<readonly string[]>;
  /** A fresh word, unique in any account: lower-case letters and digits. */
  readonly token: () => string;
  /** The machine's name. */
  readonly host: string;
  /** This process, in words that tell it from any other of any machine and of any time. */
  readonly process: string;
  /** True if `process` ran on this machine and has ended; false if unknown. */
  readonly isGone: (process: string) => boolean;
  /** True if `process` runs on this machine, be it suspended; false if unknown. */
  readonly isAlive: (process: string) => boolean;
  /** Whether what the user with this id wrote may be read and run: see `trustOf`. */
  readonly trusts: (uid: number) => boolean;
  /**
   * From here on Ctrl-C aborts the returned signal, as a request to terminate does and a terminal or reader that is
   * gone; a second one, or ten seconds in which the command has not ended, leave at once with exit code 3.
   */
  readonly interruptible: () => AbortSignal;
  /**
   * Ctrl-C opens `menu` instead, until this is called with nothing: it aborts the signal if that answers `leave`. A
   * second Ctrl-C while the menu is open leaves at once.
   */
  readonly onCtrlC: (menu?: () => Promise<"stay" | "leave">) => void;
};

/** Milliseconds a command has to clean up once it was interrupted. */
const GRACE = 10_000;

/** Milliseconds a server has to answer. */
const ANSWER = 10_000;

/** Exit code of an interrupted run. */
const INTERRUPTED = 3;

/** A screen may have hidden the cursor, and a question wants pastes marked: an exit in the middle of one ends both. */
const RESTORE = "\u001b[?25h\u001b[?2004l";

/** The real context: this process, its streams, the wall clock. */
export function openContext(options: {
  readonly root: string;
  readonly version: string;
  readonly cache: string;
  readonly json: boolean;
  readonly debug?: boolean;
  /** Whether a person wants lines alone, for a screen reader say: `--plain`, or ASTRO_PLAIN. */
  readonly plain?: boolean;
  /** The AWS profile that the command line names. */
  readonly profile?: string;
}): Context {
  const { env, stdin } = process;
  if (options.profile !== undefined) chooseProfile(env, options.profile);
  const human = Boolean(stdin.isTTY && process.stderr.isTTY) && !options.json && !isSet(env.CI);
  const plain = options.plain === true || isSet(env.ASTRO_PLAIN);
  const { gone, signal, ...interruptions } = interruption();
  const attend = attendPrograms(hostOf(signal));
  // A reader that has had enough (`| head`), or a terminal that was closed.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", gone);
  if (stdin.isTTY)
    stdin.on("end", () => {
      // Closed while a question was open. That it cannot be reset any more, readline would throw where nobody catches it.
      stdin.removeAllListeners("error").on("error", gone);
      gone();
    });
  return {
    cwd: process.cwd(),
    env,
    version: options.version,
    root: options.root,
    cache: options.cache,
    stdout: terminalOf(process.stdout, env, plain),
    stderr: terminalOf(process.stderr, env, plain),
    canAsk: human,
    debug: options.debug === true || isSet(env.ASTRO_DEBUG),
    clock: wallClock,
    run: runInShell(hostOf(signal)),
    program: runPrograms(hostOf(signal)),
    attend: async (words, given) => {
      // The terminal sends Ctrl-C to both: it is meant for the other one.
      interruptions.onCtrlC(async () => "stay");
      return attend(words, given).finally(interruptions.onCtrlC);
    },
    keyboard: keyboardOf(stdin, (resumed) => {
      process.once("SIGCONT", resumed);
      process.kill(process.pid, "SIGTSTP");
    }),
    input: async (most) => (stdin.isTTY ? undefined : readInput(stdin, most)),
    machine: () =>
      machineOf(
        process.platform,
        process.arch,
        quietly(() => readFileSync("/etc/os-release", "utf8")),
      ),
    isPortFree,
    atExit,
    get: async (url, signal) =>
      (await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER)]) })).status,
    nameServers,
    token: () => randomUUID().replaceAll("-", "").slice(0, 12),
    host: hostname(),
    process: `${machine()} ${process.pid} ${bornOf(process.pid)}`,
    isGone: (name) => fateOf(name) === "gone",
    isAlive: (name) => fateOf(name) === "alive",
    trusts: trustOf(process.geteuid?.(), env),
    ...interruptions,
  };
}

/**
 * Where the environment itself has credentials: none is looked at once the command line names a profile (AWS CLI User
 * Guide, "Configuration and credentials precedence"; botocore, credentials.py, create_credential_resolver: an explicit
 * profile takes out the keys and the web identity token of the environment). The older name of AWS_PROFILE goes with them.
 */
const CHOSEN_OTHERWISE =
  /^AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN|SECURITY_TOKEN|CREDENTIAL_EXPIRATION|WEB_IDENTITY_TOKEN_FILE|ROLE_ARN|DEFAULT_PROFILE)$/;

/**
 * Has a profile chosen as AWS_PROFILE chooses it, and its credentials come first. It is done to the process's own variables:
 * the SDK reads those, and programs that are run inherit them (the app, docker, the session plugin).
 */
function chooseProfile(env: NodeJS.ProcessEnv, profile: string): void {
  for (const name of Object.keys(env)) if (CHOSEN_OTHERWISE.test(name)) delete env[name];
  env.AWS_PROFILE = profile;
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

function atExit(work: () => void): () => void {
  process.once("exit", work);
  return () => void process.off("exit", work);
}

function hostOf(interrupted: AbortSignal): ProcessHost {
  return { kill: process.kill.bind(process), atExit, groups: process.platform !== "win32", interrupted };
}

/** What has one table of processes: a boot of a kernel and a namespace of its process ids, where there are such words. */
function machine(): string {
  const boot = quietly(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim());
  const space = quietly(() => readlinkSync("/proc/self/ns/pid"));
  return [hostname(), boot, space].join(" ");
}

function quietly(read: () => string): string {
  try {
    return read();
  } catch {
    // Not Linux: the machine's name must do.
    return "-";
  }
}

/**
 * When a process began, in ticks since the boot (field 22 of Linux's proc_pid_stat(5)): another process may get its id
 * later. `-` where there is no such word; undefined for a process that is dead and only not fetched yet.
 */
function bornOf(pid: number): string | undefined {
  const stat = quietly(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  // The name of the program, in brackets, may hold anything.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return /^[ZX]/.test(fields[0] ?? "") ? undefined : (fields[19] ?? "-");
}

function fateOf(name: string): "gone" | "alive" | "unknown" {
  const [, where, pid, born] = /^(.*) (\d+) (\d+|-)$/.exec(name) ?? [];
  if (where !== machine()) return "unknown";
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    const isNone = error instanceof Error && "code" in error && error.code === "ESRCH";
    if (isNone) return "gone";
  }
  const now = bornOf(Number(pid));
  if (now === undefined) return "gone";
  if (now === "-" || born === "-") return "unknown";
  return now === born ? "alive" : "gone";
}

/**
 * Whose files a process may use that runs as `uid`: its own, root's (who can do anything anyhow), those of whoever
 * called sudo, and of the users in ASTRO_TRUST_OWNER (ids, commas between): as git does for a repository
 * (git-config, "safe.directory"). Everybody's where users have no ids.
 */
export function trustOf(uid: number | undefined, env: Context["env"]): Context["trusts"] {
  if (uid === undefined) return () => true;
  const more = (env.ASTRO_TRUST_OWNER ?? "").split(",").map((word) => word.trim());
  const trusted = new Set([`${uid}`, "0", ...(uid === 0 && env.SUDO_UID ? [env.SUDO_UID] : []), ...more]);
  return (owner) => trusted.has(`${owner}`);
}

/**
 * Ends the process gracefully on Ctrl-C, SIGTERM or when its terminal is closed (`gone`), until a command asks to be
 * notified instead.
 */
function interruption(): Pick<Context, "interruptible" | "onCtrlC"> & {
  readonly gone: () => void;
  readonly signal: AbortSignal;
} {
  const controller = new AbortController();
  let told = false;
  let menu: Parameters<Context["onCtrlC"]>[0];
  let asking = false;
  const leave = () => {
    if (process.stderr.isTTY) process.stderr.write(sealed(RESTORE));
    process.exit(INTERRUPTED);
  };
  const stop = () => {
    if (!told || controller.signal.aborted) leave();
    controller.abort(new Error("interrupted"));
    setTimeout(leave, GRACE).unref();
  };
  const ask = async (open: NonNullable<typeof menu>) => {
    asking = true;
    const answer = await open().catch(() => "leave" as const);
    asking = false;
    if (answer === "leave" && !controller.signal.aborted) stop();
  };
  // A closed terminal says so more than once, and every write to it fails: none of that is a second wish to leave.
  const gone = () => {
    if (!controller.signal.aborted) stop();
  };
  process.on("SIGTERM", stop);
  process.on("SIGHUP", gone);
  process.on("SIGINT", () => {
    if (asking) leave();
    if (menu && !controller.signal.aborted) void ask(menu);
    else stop();
  });
  return {
    gone,
    signal: controller.signal,
    interruptible: () => {
      told = true;
      return controller.signal;
    },
    onCtrlC: (given) => {
      menu = given;
    },
  };
}
