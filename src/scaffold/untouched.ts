import { isAbsolute, join, relative } from "node:path";
import { readText } from "../reading/file.ts";
import { MOST_BYTES } from "../reading/limits.ts";
import { hashOf, MANIFEST_FILE, parseManifest } from "./manifest.ts";

/** Whether this version of astro wrote the app in `directory` and every file of it is still as it was written. */
export async function isUntouched(directory: string, version: string): Promise<boolean> {
  const written = textIn(directory, MANIFEST_FILE);
  if (written === undefined) return false;
  const manifest = parseManifest(written, MANIFEST_FILE);
  if (manifest.astro !== version) return false;
  const files = Object.entries(manifest.files);
  return files.length > 0 && files.every(([name, hash]) => isAsWritten(textIn(directory, name), hash));
}

function isAsWritten(now: string | undefined, hash: string): boolean {
  return now !== undefined && hashOf(now) === hash;
}

/** The text of a file below the folder; undefined where there is none that astro could have written. */
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
