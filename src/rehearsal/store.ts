import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AstroError } from "../errors.ts";
import type { Blobs } from "./stage.ts";
import { emptyWorld, FORMAT, type World } from "./world.ts";

/** Where a world is kept. */
export type Store = {
  readonly world: World;
  readonly blobs: Blobs;
  /** Keeps the world as it is: after this returns, a kill loses nothing. */
  readonly save: () => void;
  /** Keeps the time alone, from which everything that happened by itself happens again. */
  readonly saveTime: () => void;
  /** The virtual time that the world had reached when it was last kept. */
  readonly reached: number;
};

type Fresh = Parameters<typeof emptyWorld>[0];

/** A world that is gone with the process. */
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
  return { world: emptyWorld(fresh), blobs, save: () => undefined, saveTime: () => undefined, reached: 0 };
}

/** A world kept in a folder: `world.json`, `time` and the blobs. Throws an AstroError for a file it cannot use. */
export function diskStore(directory: string, fresh: Fresh): Store {
  const folder = join(directory, "blobs");
  mkdirSync(folder, { recursive: true });
  const file = join(directory, "world.json");
  const timeFile = join(directory, "time");
  const found = existsSync(file) ? readFileSync(file, "utf8") : undefined;
  const world = found === undefined ? emptyWorld(fresh) : parse(file, found);
  if (found !== undefined) dropUnused(folder, found);
  const saved = existsSync(timeFile) ? Number(readFileSync(timeFile, "utf8")) : 0;
  const blobs = diskBlobs(folder);
  return {
    world,
    blobs,
    save: () => replace(file, JSON.stringify(world)),
    saveTime: () => replace(timeFile, String(world.now)),
    reached: Math.max(world.now, Number.isFinite(saved) ? saved : 0),
  };
}

function diskBlobs(folder: string): Blobs {
  return {
    put: (content) => {
      const name = nameOf(content);
      const path = join(folder, name);
      if (!existsSync(path)) replace(path, content);
      return name;
    },
    get: (name) => readFileSync(join(folder, name)),
  };
}

function nameOf(content: Uint8Array | string): string {
  return createHash("sha256").update(content).digest("hex");
}

/** A reader sees the old content or the new, never half of either. */
function replace(path: string, content: Uint8Array | string): void {
  writeFileSync(`${path}.new`, content);
  renameSync(`${path}.new`, path);
}

function parse(file: string, text: string): World {
  const world = readJson(file, text);
  const format = (world as Partial<World> | null)?.format;
  if (typeof format !== "number") throw unusable(file, "it is not the state of a rehearsal");
  if (format !== FORMAT) throw unusable(file, `its format is ${format}, and this version of astro writes ${FORMAT}`);
  return world as World;
}

function readJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unusable(file, "it is damaged: it is not JSON");
  }
}

function unusable(file: string, why: string): AstroError {
  return new AstroError(
    "failed",
    `cannot take up the rehearsal kept in ${file}: ${why}`,
    "move the folder away (or delete it) to begin a new rehearsal; what was rehearsed in it is then forgotten",
  );
}

/** Blobs that the world does not mention any more were left by overwritten objects and old templates. */
function dropUnused(folder: string, text: string): void {
  const used = new Set(text.match(/[0-9a-f]{64}/g));
  for (const name of readdirSync(folder)) if (!used.has(name)) unlinkSync(join(folder, name));
}
