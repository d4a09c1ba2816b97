import { extname, isAbsolute, join, relative, sep } from "node:path";
import { readText } from "../reading/file.ts";
import { MOST_BYTES } from "../reading/limits.ts";
import { appFiles } from "./app-files.ts";
import { hashOf, MANIFEST_FILE, parseManifest } from "./manifest.ts";

/** Whether this version of astro wrote the app in `directory` and every file of it is still as it was written. */
export async function isUntouched(directory: string, version: string): Promise<boolean> {
  return (await writtenBy(directory)) === version;
}

/**
 * The version of astro that wrote the app in `directory`; `undefined` if one of its files is no longer as it was written, or
 * another program lies beside them. Throws AstroError("config") if astro.lock.json is not what astro wrote.
 */
export async function writtenBy(directory: string): Promise<string | undefined> {
  const written = textIn(directory, MANIFEST_FILE);
  if (written === undefined) return undefined;
  const { astro, files } = parseManifest(written, MANIFEST_FILE);
  const names = Object.entries(files);
  if (names.length === 0 || !names.every(([name, hash]) => isAsWritten(textIn(directory, name), hash)))
    return undefined;
  const present = await appFiles(directory);
  const isOthers = (path: string) =>
    PROGRAMS.includes(extname(path)) && !Object.hasOwn(files, relative(directory, path).replaceAll(sep, "/"));
  return present === undefined || present.some(isOthers) ? undefined : astro;
}

/** Files that Node could load in place of one that astro wrote: `config.js` before `config.ts`. */
const PROGRAMS = [".ts", ".mts", ".cts", ".tsx", ".js", ".mjs", ".cjs", ".jsx", ".node"];

function isAsWritten(now: string | undefined, hash: string): boolean {
  return now !== undefined && hashOf(now) === hash;
}

/** The text of a file below the folder; undefined where there is none, or none that astro could have written. */
function textIn(directory: string, name: string): string | undefined {
  const path = join(directory, name);
  const below = relative(directory, path);
  if (below.startsWith("..") || isAbsolute(below)) return undefined;
  try {
    return readText(path, MOST_BYTES.source);
  } catch {
    return undefined;
  }
}
