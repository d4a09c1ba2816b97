import { lstatSync, renameSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { command } from "../../command-line.ts";
import { AstroError, type Hint } from "../../errors.ts";
import type { PrivateFolder } from "../../folder.ts";
import { isObject } from "../../template/json.ts";

/** The unsigned path at which a running rehearsal answers its id. */
export const WHO = "/_rehearsal";

/** What a rehearsal needs of its machine to find out whether another process still holds the lock. */
export type Host = {
  /** A text that identifies this process. */
  readonly process: string;
  /** Whether the identified process is one of this machine that has ended; that lives, even suspended. */
  readonly isGone: (process: string) => boolean;
  readonly isAlive: (process: string) => boolean;
  /** Real milliseconds. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Prints a line for the user. */
  readonly say: (words: string) => void;
};

type Claim = { readonly endpoint: string; readonly nonce: string; readonly process: string };

/** A state locked by this process. */
export type LockedState = {
  /** Its folder, as long as no other process took it over. */
  readonly state: PrivateFolder;
  /** Throws an AstroError if another process took it over. */
  readonly check: () => void;
  readonly lost: AbortSignal;
  readonly release: () => void;
};

const CLAIM = "server.json";

/** Files that earlier versions of astro kept in the folder itself; the state last, so that it is found after a kill. */
const BEFORE = ["blobs", "time", "world.json"];

/** Real milliseconds between two heartbeats, and without one after which an unknown process counts as ended. */
const BEAT = 1000;
const SILENCE = 20_000;

/** Attempts to take the lock while others do. */
const TRIES = 20;

/**
 * Locks the state in the folder for this process: two servers on one state would overwrite each other. The state is in
 * a folder named by its generation, a number. A process locks it by renaming that folder to the next number, in which
 * only one process succeeds; what a suspended owner still writes goes to a path that no longer exists. So all that was
 * answered is in what the next owner reads, and nothing is added later. Throws an AstroError while the owner lives,
 * even suspended; an owner on another machine must have sent no heartbeat for a while.
 */
export async function lockState(
  folder: PrivateFolder,
  endpoint: string,
  nonce: string,
  host: Host,
): Promise<LockedState> {
  const mine: Claim = { endpoint, nonce, process: host.process };
  folder.make();
  folder.refuseLinks();
  await refuseHeld(folder, folder, host);
  for (let tried = 0; tried < TRIES; tried += 1) {
    const state = await take(folder, host);
    if (state && begin(folder, state, mine)) return held(folder, state, nonce);
    await host.sleep(tried);
  }
  throw inUse(folder, "others take it over as soon as it is free", "try again");
}

/** The generation of the state; 0 if there is none yet. */
export function generationIn(folder: PrivateFolder): number {
  const numbers = folder.list().filter((name) => /^[1-9]\d{0,14}$/.test(name));
  return Math.max(0, ...numbers.map(Number));
}

async function take(folder: PrivateFolder, host: Host): Promise<PrivateFolder | undefined> {
  const now = generationIn(folder);
  const next = folder.folder(String(now + 1));
  if (now === 0) {
    // Of two that start at once, only one can still rename the folder it created.
    folder.folder("1").make();
    return take(folder, host);
  }
  const present = folder.folder(String(now));
  if (!present.exists()) return undefined;
  await refuseHeld(folder, present, host);
  return moved(present.path, next.path) ? next : undefined;
}

function begin(folder: PrivateFolder, state: PrivateFolder, mine: Claim): boolean {
  try {
    state.write(CLAIM, JSON.stringify(mine));
    for (const name of BEFORE) {
      if (!state.list().includes(name)) moved(join(folder.path, name), join(state.path, name));
    }
    folder.remove(CLAIM);
    return state.exists();
  } catch (error) {
    if (state.exists()) throw error;
    return false;
  }
}

function moved(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (["ENOENT", "ENOTEMPTY", "EEXIST"].includes(codeOf(error))) return false;
    throw new AstroError(
      "failed",
      `${from} cannot be renamed: ${String(error)}`,
      "see that the folder is yours",
      error,
    );
  }
}

function held(folder: PrivateFolder, state: PrivateFolder, nonce: string): LockedState {
  const controller = new AbortController();
  const isMine = () => state.exists() && claimIn(state)?.nonce === nonce;
  const check = () => {
    if (!controller.signal.aborted && !isMine()) controller.abort(takenOver(folder));
    controller.signal.throwIfAborted();
  };
  const beat = setInterval(() => {
    try {
      check();
      utimesSync(join(state.path, CLAIM), new Date(), new Date());
    } catch {
      // Either the lock is lost, which the signal reports, or the next heartbeat may succeed.
    }
  }, BEAT);
  beat.unref();
  return {
    state,
    check,
    lost: controller.signal,
    release: () => {
      clearInterval(beat);
      if (isMine()) state.remove(CLAIM);
    },
  };
}

/** Throws an AstroError if a process holds the state in `state`. */
async function refuseHeld(folder: PrivateFolder, state: PrivateFolder, host: Host): Promise<void> {
  if (!state.list().includes(CLAIM)) return;
  const other = claimIn(state);
  if (!other) {
    const file = join(state.path, CLAIM);
    const hint = { text: "if no other astro uses this rehearsal, delete it", command: command`rm ${file}` };
    throw new AstroError("config", `${file} is damaged: it does not name the process that serves the rehearsal`, hint);
  }
  const { process, endpoint } = other;
  if (host.isGone(process)) return;
  if (host.isAlive(process)) {
    const pid = pidOf(process);
    throw inUse(folder, `another astro, process ${pid}, serves it at ${endpoint}`, [
      { text: "wait until it ends, or stop it", command: command`kill ${pid}` },
      { text: "or resume it, if it is suspended", command: command`kill -CONT ${pid}` },
    ]);
  }
  if (await answers(other)) {
    throw inUse(folder, `another astro serves it at ${endpoint}`, "wait until it ends, or stop it");
  }
  // Earlier versions of astro named no process; they had ended if they did not answer.
  if (process === "") return;
  const last = beatOf(state);
  host.say(`waiting ${SILENCE / 1000}s to see whether another astro still uses the rehearsal in ${folder.path}`);
  for (let waited = 0; waited < SILENCE; waited += BEAT) {
    await host.sleep(BEAT);
    if (beatOf(state) === last) continue;
    throw inUse(folder, `another astro uses it (${process})`, "wait until it ends, or stop it where it runs");
  }
}

function beatOf(state: PrivateFolder): number | undefined {
  return lstatSync(join(state.path, CLAIM), { throwIfNoEntry: false })?.mtimeMs;
}

/** A process's text begins with its machine's and ends with its id and start time. */
function pidOf(words: string): string {
  return words.split(" ").at(-2) ?? words;
}

/** The content of the lock file; undefined if it is unreadable. */
function claimIn(state: PrivateFolder): Claim | undefined {
  const content = state.read(CLAIM);
  try {
    const found: unknown = JSON.parse(content?.toString("utf8") ?? "");
    if (!isObject(found)) return undefined;
    const { endpoint, nonce, process = "" } = found;
    const isClaim = typeof endpoint === "string" && typeof nonce === "string" && typeof process === "string";
    return isClaim ? { endpoint, nonce, process } : undefined;
  } catch {
    return undefined;
  }
}

/** The endpoint of a rehearsal; only local ones are called. */
const OWN = /^http:\/\/127\.0\.0\.1:\d+$/;

async function answers({ endpoint, nonce }: Claim): Promise<boolean> {
  if (!OWN.test(endpoint)) return false;
  try {
    const answer = await fetch(`${endpoint}${WHO}`, { signal: AbortSignal.timeout(2000), redirect: "error" });
    return (await answer.text()) === nonce;
  } catch {
    // No server answers there any more.
    return false;
  }
}

function inUse({ path }: PrivateFolder, why: string, hint: string | readonly Hint[]): AstroError {
  return new AstroError("failed", `the rehearsal in ${path} is in use: ${why}`, hint);
}

function takenOver({ path }: PrivateFolder): AstroError {
  return new AstroError(
    "failed",
    `the rehearsal in ${path} was taken over by another astro, or moved away`,
    "all answered calls are saved; run it again once the other one has ended",
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
