import { mkdir, mkdtemp, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { AstroError, reasonOf } from "../errors.ts";
import type { Files } from "./template.ts";

/**
 * Writes all files below `directory`, or none: every text is on the disk before the first takes its place, and each
 * takes it whole. The last of `files` is the last to do so. Throws AstroError("failed") where that is not possible.
 */
export async function writeFiles(directory: string, files: Files): Promise<void> {
  let staging: string | undefined;
  try {
    const isNew = !(await exists(directory));
    const home = isNew ? dirname(directory) : directory;
    await mkdir(home, { recursive: true });
    staging = await mkdtemp(join(home, `.${basename(directory)}-`));
    const staged = join(staging, "files");
    for (const [path, text] of files) {
      await mkdir(dirname(join(staged, path)), { recursive: true });
      await writeFile(join(staged, path), text);
    }
    if (isNew) await rename(staged, directory);
    else for (const path of files.keys()) await replace(join(staged, path), join(directory, path));
  } catch (error) {
    throw new AstroError(
      "failed",
      `${directory} cannot be written: ${reasonOf(error)}`,
      "check that the folder is yours and the disk has room; nothing is half written",
      error,
    );
  } finally {
    if (staging !== undefined) await rm(staging, { recursive: true, force: true });
  }
}

/** Puts a file in its place; where that is a link, in the place it points to. */
async function replace(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await rename(from, (await exists(to)) ? await realpath(to) : to);
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}
