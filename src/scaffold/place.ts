import { accessSync, constants, lstatSync, readlinkSync, type Stats, statSync } from "node:fs";
import { dirname, sep } from "node:path";
import { command } from "../command-line.ts";
import { AstroError, reasonOf } from "../errors.ts";

/** Folders that a program keeps for itself, and may empty: whose each is. */
const KEPT: { readonly [name: string]: string } = {
  node_modules: "npm, which deletes what it did not install",
  ".git": "git",
  ".astro": "astro, which keeps its own files there",
};

const ELSEWHERE = { text: "choose another folder", command: command`astro init DIR` };

/**
 * Throws AstroError("usage") for a folder that no new app goes into: a link, what is no folder or lies below one that is none,
 * the root of the file system, and a folder that a program keeps for itself; ("failed") for one that cannot be written to.
 * `directory` is absolute, `shown` the folder as messages name it.
 */
export function refusePlace(directory: string, shown: string): void {
  if (dirname(directory) === directory) throw refused(`${shown} is the root of the file system`);
  const keeper = directory.split(sep).find((name) => Object.hasOwn(KEPT, name));
  if (keeper !== undefined) throw refused(`${shown} lies in ${keeper}, which belongs to ${KEPT[keeper]}`);
  const found = attempted(shown, () => lstatSync(directory, { throwIfNoEntry: false }));
  if (found?.isSymbolicLink()) {
    const to = readlinkSync(directory);
    throw refused(`${shown} is a link to ${to}: a new app is not written through one`);
  }
  const { path, stat } = nearest(directory, found);
  const name = path === directory ? shown : path;
  if (!stat.isDirectory()) throw refused(`${name} is ${stat.isFile() ? "a file" : "no folder"}`);
  attempted(shown, () => accessSync(path, constants.W_OK | constants.X_OK));
}

/** The folder, or what is nearest above it and there. */
function nearest(path: string, found: Stats | undefined): { readonly path: string; readonly stat: Stats } {
  if (found !== undefined) return { path, stat: found };
  const above = dirname(path);
  return nearest(above, statOf(above));
}

/** What is there, a link followed; nothing below what is no folder either. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

function attempted<T>(shown: string, look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    // What is below a file is told of by that file's name.
    if (error instanceof Error && "code" in error && error.code === "ENOTDIR") return undefined;
    const hint = { ...ELSEWHERE, text: "make it writable for you, or choose another folder" };
    throw new AstroError("failed", `${shown} cannot be written: ${reasonOf(error)}`, hint, error);
  }
}

function refused(words: string): AstroError {
  return new AstroError("usage", words, ELSEWHERE);
}
