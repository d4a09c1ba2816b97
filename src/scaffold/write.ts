import { existsSync, rmdirSync } from "node:fs";
import {
  copyFile,
  link,
  lstat,
  mkdir,
  mkdtemp,
  realpath,
  rename,
  rm,
  rmdir,
  stat,
  unlink,
  writeFile,
} from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import { command } from "../command-line.ts";
import { AstroError, reasonOf } from "../errors.ts";
import type { Files } from "./template.ts";

/** What takes back each thing that was done, the first first. */
type Undo = (() => Promise<unknown>)[];

/**
 * Writes all files below `directory`, or none: all are staged on disk before the first is renamed into place, each
 * atomically, in the order of `files`; should one not go there, those before it are taken back. Throws AstroError("failed")
 * where that is not possible.
 */
export async function writeFiles(directory: string, files: Files): Promise<void> {
  const undo: Undo = [];
  try {
    const isNew = !(await exists(directory));
    const places = isNew ? [] : await placesOf(directory, [...files.keys()]);
    const home = isNew ? dirname(directory) : directory;
    await make(home, undo);
    const staging = await mkdtemp(join(home, `.${basename(directory).slice(0, LONGEST)}-`));
    const unstage = () => rm(staging, { recursive: true, force: true });
    undo.push(unstage);
    const staged = join(staging, "files");
    for (const [path, text] of files) {
      await make(dirname(join(staged, path)), []);
      await writeFile(join(staged, path), text);
    }
    if (isNew) await rename(staged, directory);
    else
      for (const [at, [path, place]] of places.entries())
        await replace(join(staged, path), place, `${staged}-${at}`, undo);
    await unstage();
  } catch (error) {
    const left = await takeBack(undo);
    if (error instanceof AstroError) throw error;
    const hint =
      left === undefined
        ? "check the folder's owner and the free disk space; nothing was written"
        : `check the folder's owner and the free disk space; not all that was written could be taken back: ${left}`;
    throw new AstroError("failed", `${directory} cannot be written: ${reasonOf(error)}`, hint, error);
  }
}

/** Characters of the folder's name in the name of the one beside it: names have 255 bytes at most. */
const LONGEST = 40;

/** Undoes all, the last first; the reason why something could not be undone. */
async function takeBack(undo: Undo): Promise<string | undefined> {
  let left: string | undefined;
  for (const back of undo.toReversed()) {
    await back().catch((error: unknown) => {
      left ??= reasonOf(error);
    });
  }
  return left;
}

/** The only file that may be a symlink out of the app: it was read through the same link. */
const FOLLOWED = "astro.yaml";

/** The path of each file, symlinks resolved. Throws an AstroError for one outside the app. */
async function placesOf(
  directory: string,
  paths: readonly string[],
): Promise<readonly (readonly [path: string, place: string])[]> {
  const home = await realpath(directory);
  const places = paths.map(async (path) => {
    const place = await realOf(join(home, path)).catch(() => undefined);
    if (place !== undefined && (path === FOLLOWED || place.startsWith(`${home}${sep}`))) return [path, place] as const;
    const to = place === undefined ? "a symlink to nothing" : `a symlink out of the app, to ${place}`;
    throw new AstroError("config", `${join(directory, path)} is ${to}: nothing was written`, {
      text: "remove the link, or write the app to another folder",
      command: command`astro init DIR`,
    });
  });
  return Promise.all(places);
}

/** The real path of what may not exist yet. Rejects for a link to nothing, which is somebody's all the same. */
async function realOf(path: string): Promise<string> {
  const isThere = await lstat(path).catch(() => undefined);
  return isThere ? realpath(path) : join(await realOf(dirname(path)), basename(path));
}

/** Puts a file in its place; what was there is kept at `kept` until all is done. */
async function replace(from: string, to: string, kept: string, undo: Undo): Promise<void> {
  await make(dirname(to), undo);
  const wasThere = await exists(to);
  // The file itself, where the file system lets one have two names.
  if (wasThere) await link(to, kept).catch(() => copyFile(to, kept));
  await rename(from, to);
  undo.push(() => (wasThere ? rename(kept, to) : unlink(to)));
}

/** Creates a folder and its parents. Node's recursive mkdir never returns where nothing can be created (/proc). */
async function make(folder: string, undo: Undo): Promise<void> {
  if (await exists(folder)) return;
  await make(dirname(folder), undo);
  try {
    await mkdir(folder);
    undo.push(() => rmdir(folder));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}

/** How many folders are not there of this one and those above it: as many as are made with it. */
export function missingFolders(directory: string): number {
  return existsSync(directory) ? 0 : 1 + missingFolders(dirname(directory));
}

/** Takes away so many folders that hold nothing, this one and those above it, but none that `around` is or lies in. */
export function dropEmpty(directory: string, most: number, around: string): void {
  if (most < 1 || `${around}${sep}`.startsWith(`${directory}${sep}`)) return;
  try {
    rmdirSync(directory);
  } catch {
    // It holds something, or is gone.
    return;
  }
  dropEmpty(dirname(directory), most - 1, around);
}
