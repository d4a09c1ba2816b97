import { createHash } from "node:crypto";
import { join } from "node:path";
import { AstroError } from "../../errors.ts";
import { type PrivateFolder, unfinished } from "../../folder.ts";
import { isObject } from "../../template/json.ts";
import type { Blobs } from "../state/simulator.ts";
import type { SimulatedStack } from "../state/stack.ts";
import { emptyState, FORMAT, type State } from "../state/state.ts";
import { LAST_TIME } from "./stack-shape.ts";
import type { LockedState } from "./state-lock.ts";
import { problemInState } from "./state-shape.ts";

/** Where a state is saved. */
export type Store = {
  readonly state: State;
  readonly blobs: Blobs;
  /** Saves the state: after this returns, a kill loses nothing. */
  readonly save: () => void;
  /** Saves the time alone: scheduled events until then happen again in the same way. */
  readonly saveTime: () => void;
  /** Throws an AstroError if another process has locked the state. */
  readonly check: () => void;
  readonly lost: AbortSignal;
  /** The simulated time that the state had reached when it was last saved. */
  readonly reached: number;
};

type Fresh = Parameters<typeof emptyState>[0];

/** A state in memory only. */
export function memoryStore(fresh: Fresh): Store {
  const kept = new Map<string, Buffer>();
  const blobs: Blobs = {
    put: (content) => {
      const name = nameOf(content);
      if (!kept.has(name)) kept.set(name, Buffer.from(content));
      return name;
    },
    get: (name) => kept.get(name) ?? Buffer.alloc(0),
  };
  const nothing = () => undefined;
  const lost = new AbortController().signal;
  return { state: emptyState(fresh), blobs, save: nothing, saveTime: nothing, check: nothing, lost, reached: 0 };
}

/**
 * A state saved in a folder: `world.json`, `deleted.json` (deleted stacks), `time` and the blobs. Throws an AstroError
 * for a file it cannot use.
 */
export function diskStore({ state, check, lost }: LockedState, fresh: Fresh): Store {
  const folder = state.folder("blobs");
  const found = state.read(WORLD, MOST)?.toString("utf8");
  const gone = state.read(DELETED, MOST)?.toString("utf8");
  const deleted = gone === undefined ? [] : deletedIn(join(state.path, DELETED), gone);
  const all = found === undefined ? emptyState(fresh) : parse(join(state.path, WORLD), found, deleted);
  const known = new Set(deleted);
  /** Deleted stacks in their own file, each as JSON. */
  const apart = new Map(all.stacks.filter((one) => known.has(one)).map((one) => [one, JSON.stringify(one)]));
  const reached = timeIn(state);
  folder.make();
  folder.refuseLinks();
  if (found !== undefined) dropUnused(folder, found + (gone ?? ""));
  /** A failure because of a lost lock is reported as that. */
  const ours = <T>(work: () => T): T => {
    check();
    try {
      return work();
    } catch (error) {
      check();
      throw error;
    }
  };
  return {
    state: all,
    blobs: diskBlobs(folder, ours),
    save: () =>
      ours(() => {
        const others = all.stacks.filter((one) => isGone(one) && !apart.has(one));
        if (others.length >= FEW) {
          for (const one of others) apart.set(one, JSON.stringify(one));
          // Before the state, which refers to it; stacks that the state still has are not read from it.
          state.write(DELETED, `[${[...apart.values()].join(",\n")}]`);
        }
        const stacks = all.stacks.map((one) => (apart.has(one) ? { gone: one.id } : one));
        state.write(WORLD, JSON.stringify({ ...all, stacks }));
      }),
    saveTime: () => ours(() => state.write(TIME, String(all.now))),
    check,
    lost,
    reached: Math.max(all.now, reached),
  };
}

const WORLD = "world.json";
const DELETED = "deleted.json";

/**
 * Deleted stacks stay known and never change: many of them are moved to a file of their own, so that a save is as large
 * as the live state, not as all that ever existed.
 */
const FEW = 8;

function isGone({ status, operation }: SimulatedStack): boolean {
  return status === "DELETE_COMPLETE" && operation === undefined;
}
const TIME = "time";

/** Bytes of a state: enough for several hundred environments. */
const MOST = 256 * 2 ** 20;

/** A blob's name: a SHA-256 sum. */
const BLOB = /^[0-9a-f]{64}$/;

function diskBlobs(folder: PrivateFolder, ours: <T>(work: () => T) => T): Blobs {
  return {
    put: (content) => {
      const name = nameOf(content);
      ours(() => {
        if (!folder.has(name)) folder.write(name, content);
      });
      return name;
    },
    get: (name) => {
      const content = ours(() => (BLOB.test(name) ? folder.read(name, Number.POSITIVE_INFINITY) : undefined));
      if (!content) throw unusable(join(folder.path, name), "it is not there");
      return content;
    },
  };
}

function nameOf(content: Uint8Array | string): string {
  return createHash("sha256").update(content).digest("hex");
}

/** The stacks of `deleted.json`; they are validated with the state's own. */
function deletedIn(file: string, text: string): readonly SimulatedStack[] {
  const found = readJson(file, text);
  if (!Array.isArray(found)) throw unusable(file, "it is damaged: it is not a list");
  return found as readonly SimulatedStack[];
}

/** The state, with the stacks of the other file in their places. */
function parse(file: string, text: string, deleted: readonly SimulatedStack[]): State {
  const read = readJson(file, text);
  const byId = new Map(deleted.map((one) => [(one as Partial<SimulatedStack> | null)?.id, one]));
  const placed = (one: unknown) => {
    const id = isObject(one) ? one.gone : undefined;
    return typeof id === "string" ? (byId.get(id) ?? one) : one;
  };
  const isState = isObject(read) && Array.isArray(read.stacks);
  const state = isState ? upgraded({ ...read, stacks: (read.stacks as readonly unknown[]).map(placed) }) : read;
  const format = (state as Partial<State> | null)?.format;
  if (typeof format !== "number") throw unusable(file, "it is not the state of a rehearsal");
  if (format !== FORMAT) throw unusable(file, `its format is ${format}, and this version of astro writes ${FORMAT}`);
  const wrong = problemInState(state);
  if (wrong !== undefined) throw unusable(file, `it is damaged: ${wrong}`);
  return state as State;
}

/** A state of format 1, in which resources were called `things`. */
function upgraded<T extends object>(state: T & { readonly format?: unknown; readonly things?: unknown }): object {
  if (state.format !== 1) return state;
  const { things, ...rest } = state;
  return { ...rest, format: FORMAT, resources: things };
}

function readJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unusable(file, "it is damaged: it is not JSON");
  }
}

/** The simulated time that was saved last; 0 if only the state has one. */
function timeIn(state: PrivateFolder): number {
  const text = state.read(TIME, MOST)?.toString("utf8");
  if (text === undefined) return 0;
  if (!/^\d{1,15}$/.test(text) || Number(text) > LAST_TIME) {
    throw unusable(join(state.path, TIME), "it is damaged: it is not a time in milliseconds");
  }
  return Number(text);
}

function unusable(file: string, why: string): AstroError {
  return new AstroError(
    "config",
    `cannot resume the rehearsal in ${file}: ${why}`,
    "move the folder away, or delete it, to begin a new rehearsal without its resources",
  );
}

/**
 * Deletes blobs that the state no longer refers to, of overwritten objects and old templates. Other files are not
 * deleted.
 */
function dropUnused(folder: PrivateFolder, text: string): void {
  const used = new Set(text.match(/[0-9a-f]{64}/g));
  for (const name of folder.list()) {
    const whole = unfinished(name);
    if (whole === undefined ? BLOB.test(name) && !used.has(name) : BLOB.test(whole)) folder.remove(name);
  }
}
