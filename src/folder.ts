import { randomBytes } from "node:crypto";
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { AstroError, reasonOf } from "./errors.ts";

/** Whose files may be used, by user id. */
export type Trusts = (uid: number) => boolean;

/**
 * A folder that is astro's own (`.astro` and what is below it): 0700, its files 0600. It touches only what it is asked
 * for by name, and follows no link, on the way neither. All throw AstroError("config") for a link, for what is not the
 * kind of thing it has to be, or is another user's, and ("failed") for what the system refuses.
 */
export type PrivateFolder = {
  readonly path: string;
  readonly folder: (name: string) => PrivateFolder;
  /** Makes it, and those it lies in; nothing else ever does. */
  readonly make: () => void;
  /** Whether it is there. */
  readonly exists: () => boolean;
  /** The names in it; none where it is not there. */
  readonly list: () => readonly string[];
  /** Whether a file of this name is there. */
  readonly has: (name: string) => boolean;
  /** Throws for a link in it. */
  readonly refuseLinks: () => void;
  /** The content of a file of at most `most` bytes; undefined where there is none. */
  readonly read: (name: string, most?: number) => Buffer | undefined;
  /** Writes beside and renames: a reader sees the old content or the new, never half of either. */
  readonly write: (name: string, content: Uint8Array | string) => void;
  /** Takes a file away; it need not be there. */
  readonly remove: (name: string) => void;
  /** Takes the folder away with all that is in it; links in it go themselves, not what they point to. */
  readonly drop: () => void;
  /** Gives a folder in it another name; false where one of that name is there already. */
  readonly rename: (from: string, to: string) => boolean;
};

/** Bytes that a file may have which nobody gave another bound: what astro keeps is read within seconds, whoever wrote it. */
const MOST = 2 ** 20;

/** Names that `write` gives to what is not in its place yet, and that a kill may leave there. */
const UNFINISHED = /^(.+)\.[0-9a-f]{12}\.new$/;

/** The name that a file was to get which a kill left unfinished; undefined for any other file. */
export function unfinished(name: string): string | undefined {
  return UNFINISHED.exec(name)?.[1];
}

const OWN = ".astro";

/** astro's own folder beside an astro.yaml. */
export function ownFolder(directory: string, trusts: Trusts): PrivateFolder {
  return privateFolder([join(directory, OWN)], trusts);
}

/** The same made, and the folder that it lies in too, which may be one that is only to become a project's. */
export function beginOwnFolder(directory: string, trusts: Trusts): PrivateFolder {
  attempt(directory, "made", () => mkdirSync(directory, { recursive: true }));
  const own = ownFolder(directory, trusts);
  own.make();
  return own;
}

/** Whether a folder of this name is astro's own. */
export function isOwnName(name: string): boolean {
  return name === OWN;
}

/** astro's folder in the user's cache; what it lies in is made if need be. */
export function cacheFolder(path: string, trusts: Trusts): PrivateFolder {
  attempt(path, "made", () => mkdirSync(dirname(path), { recursive: true }));
  return privateFolder([path], trusts);
}

/** A file beside astro.yaml that astro keeps there for everybody who works on the project: through no link either. */
export function projectFile(directory: string, name: string, trusts: Trusts) {
  const path = join(directory, name);
  return {
    read: () => read(path, trusts, MOST, "open"),
    write: (content: string) => replace(path, content, trusts, 0o644),
    remove: () => {
      if (statOf(path, trusts, "file")) attempt(path, "deleted", () => rmSync(path, { force: true }));
    },
  };
}

/** The last of these folders, each of which lies in the one before. */
export function privateFolder(way: readonly string[], trusts: Trusts): PrivateFolder {
  const path = way.at(-1) ?? ".";
  const exists = () => way.every((folder) => isOurs(folder, trusts));
  const list = () => (exists() ? attempt(path, "read", () => readdirSync(path)) : []);
  return {
    path,
    exists,
    folder: (name) => privateFolder([...way, join(path, name)], trusts),
    make: () => {
      for (const folder of way) {
        if (isOurs(folder, trusts)) continue;
        attempt(folder, "made", () => make(folder));
        isOurs(folder, trusts);
      }
    },
    list,
    has: (name) => exists() && statOf(join(path, name), trusts, "file") !== undefined,
    refuseLinks: () => {
      for (const name of list()) {
        if (lstatSync(join(path, name), { throwIfNoEntry: false })?.isSymbolicLink()) throw linked(join(path, name));
      }
    },
    read: (name, most = MOST) => (exists() ? read(join(path, name), trusts, most) : undefined),
    write: (name, content) => {
      if (!exists()) throw refusal("failed", path, "is gone", "run it again; somebody moved or deleted it meanwhile");
      replace(join(path, name), content, trusts);
    },
    remove: (name) => {
      if (exists() && statOf(join(path, name), trusts, "file"))
        attempt(join(path, name), "deleted", () => rmSync(join(path, name), { force: true }));
    },
    drop: () => {
      if (exists()) attempt(path, "deleted", () => rmSync(path, { recursive: true, force: true }));
    },
    rename: (from, to) => {
      if (!exists() || isOurs(join(path, to), trusts)) return false;
      return attempt(join(path, to), "made", () => moveIn(path, from, to));
    },
  };
}

/**
 * Throws AstroError("config") if one of these, or what it links to, is another user's, or nothing that can be read to an
 * end; what is not there is nobody's.
 */
export function refuseForeign(paths: readonly string[], trusts: Trusts): void {
  for (const path of paths) {
    for (const look of [lstatSync, statSync]) {
      const found = attempt(path, "read", () => look(path, { throwIfNoEntry: false }));
      if (found && !trusts(found.uid)) throw foreign(path, found.uid);
      if (found && !found.isSymbolicLink() && !found.isFile() && !found.isDirectory()) {
        throw refusal("config", path, "is neither a file nor a folder", "move it away: reading it may never end");
      }
    }
  }
}

/** Whether the folder is there, and tightens its mode; throws for what must not be used. */
function isOurs(folder: string, trusts: Trusts): boolean {
  const found = statOf(folder, trusts, "folder");
  if (found && (found.mode & 0o077) !== 0) tighten(folder, 0o700);
  return found !== undefined;
}

function statOf(path: string, trusts: Trusts, kind: "file" | "folder"): Stats | undefined {
  const found = attempt(path, "read", () => lstatSync(path, { throwIfNoEntry: false }));
  if (found) check(path, found, trusts, kind);
  return found;
}

function check(path: string, found: Stats, trusts: Trusts, kind: "file" | "folder"): void {
  if (found.isSymbolicLink()) throw linked(path);
  if (!trusts(found.uid)) throw foreign(path, found.uid);
  if (kind === "file" ? !found.isFile() : !found.isDirectory()) {
    throw refusal("config", path, `is not a ${kind}`, "move it away: astro keeps its own files there");
  }
}

function make(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Somebody else's is noticed by the look that follows.
    if (codeOf(error) !== "EEXIST") throw error;
  }
}

function moveIn(path: string, from: string, to: string): boolean {
  try {
    renameSync(join(path, from), join(path, to));
    return true;
  } catch (error) {
    // Another process was first.
    if (codeOf(error) === "ENOTEMPTY" || codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** A file that has other names, a hard link's, keeps its mode: it may be known by another name for a reason. */
function tighten(path: string, mode: number): void {
  const opened = quietly(() => openSync(path, constants.O_RDONLY | flag("O_NOFOLLOW")));
  if (opened === undefined) return;
  try {
    const found = fstatSync(opened);
    if (found.isDirectory() || found.nlink === 1) quietly(() => fchmodSync(opened, mode));
  } finally {
    closeSync(opened);
  }
}

function read(path: string, trusts: Trusts, most: number, to: "private" | "open" = "private"): Buffer | undefined {
  if (!statOf(path, trusts, "file")) return undefined;
  return attempt(path, "read", () => {
    // Should it be swapped meanwhile: a link is not followed, and nobody waits at a pipe.
    const opened = openSync(path, constants.O_RDONLY | flag("O_NOFOLLOW") | flag("O_NONBLOCK"));
    try {
      const found = fstatSync(opened);
      check(path, found, trusts, "file");
      if (to === "private" && (found.mode & 0o077) !== 0 && found.nlink === 1) quietly(() => fchmodSync(opened, 0o600));
      if (found.size > most) throw refusal("config", path, `is larger than ${most / 2 ** 20} MB`, "move it away");
      return readFileSync(opened);
    } finally {
      closeSync(opened);
    }
  });
}

function replace(path: string, content: Uint8Array | string, trusts: Trusts, mode = 0o600): void {
  statOf(path, trusts, "file");
  const beside = `${path}.${randomBytes(6).toString("hex")}.new`;
  attempt(path, "written", () => {
    try {
      // Exclusive: what is there already, a link above all, is not opened.
      writeFileSync(beside, content, { mode, flag: "wx" });
      renameSync(beside, path);
    } catch (error) {
      quietly(() => unlinkSync(beside));
      throw error;
    }
  });
}

function attempt<T>(path: string, done: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof AstroError) throw error;
    if (codeOf(error) === "ELOOP") throw linked(path);
    const hint = "see that the folder is yours (ls -ld, chown) and the disk has room, and try again";
    throw refusal("failed", path, `cannot be ${done}: ${reasonOf(error)}`, hint, error);
  }
}

function linked(path: string): AstroError {
  const hint = `astro follows no link to its own files; remove the link:  rm ${path}`;
  return refusal("config", path, "is a link", hint);
}

function foreign(path: string, uid: number): AstroError {
  return refusal(
    "config",
    path,
    `belongs to another user (uid ${uid}), and could make you run what that user wants`,
    `if you trust them, set ASTRO_TRUST_OWNER=${uid} and run it again; or make it yours with chown`,
  );
}

function refusal(code: "config" | "failed", path: string, words: string, hint: string, cause?: unknown): AstroError {
  return new AstroError(code, `${path} ${words}`, hint, cause);
}

/** A flag of open(2) that not every system has. */
function flag(name: "O_NOFOLLOW" | "O_NONBLOCK"): number {
  return (constants as { readonly [name: string]: number | undefined })[name] ?? 0;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
