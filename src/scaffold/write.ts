import { lstat, mkdir, mkdtemp, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import { command } from "../command-line.ts";
import { AstroError, reasonOf } from "../errors.ts";
import type { Files } from "./template.ts";

/**
 * Writes all files below `directory`, or none: all are staged on disk before the first is renamed into place, each
 * atomically, in the order of `files`. Throws AstroError("failed") where that is not possible.
 */
export async function writeFiles(directory: string, files: Files): Promise<void> {
  let staging: string | undefined;
  try {
    const isNew = !(await exists(directory));
    const places = isNew ? [] : await placesOf(directory, [...files.keys()]);
    const home = isNew ? dirname(directory) : directory;
    await make(home);
    staging = await mkdtemp(join(home, `.${basename(directory)}-`));
    const staged = join(staging, "files");
    for (const [path, text] of files) {
      await make(dirname(join(staged, path)));
      await writeFile(join(staged, path), text);
    }
    if (isNew) await rename(staged, directory);
    else for (const [path, place] of places) await replace(join(staged, path), place);
  } catch (error) {
    if (error instanceof AstroError) throw error;
    throw new AstroError(
      "failed",
      `${directory} cannot be written: ${reasonOf(error)}`,
      "check the folder's owner and the free disk space; no file is half written",
      error,
    );
  } finally {
    if (staging !== undefined) await rm(staging, { recursive: true, force: true });
  }
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
    const to = join(home, path);
    const place = (await exists(to)) ? await realpath(to) : join(await realOf(dirname(to)), basename(to));
    if (path === FOLLOWED || place.startsWith(`${home}${sep}`)) return [path, place] as const;
    throw new AstroError(
      "config",
      `${join(directory, path)} is a symlink out of the app, to ${place}: nothing was written`,
      { text: "remove the link, or write the app to another folder", command: command`astro init DIR` },
    );
  });
  return Promise.all(places);
}

/** The real path of a folder that may not exist yet. */
async function realOf(folder: string): Promise<string> {
  const isThere = await lstat(folder).catch(() => undefined);
  return isThere ? realpath(folder) : join(await realOf(dirname(folder)), basename(folder));
}

async function replace(from: string, to: string): Promise<void> {
  await make(dirname(to));
  await rename(from, to);
}

/** Creates a folder and its parents. Node's recursive mkdir never returns where nothing can be created (/proc). */
async function make(folder: string): Promise<void> {
  if (await exists(folder)) return;
  await make(dirname(folder));
  await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}
