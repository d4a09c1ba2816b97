import { readdir } from "node:fs/promises";
import { join } from "node:path";

/** Folders of an app that hold nothing it is made of: libraries, what synthesis writes, version control. */
const SKIPPED = ["node_modules", "cdk.out", ".astro", ".git"];

/** Files beyond which reading an app would cost more than running it. */
const MOST_FILES = 2000;

/** Absolute paths of the app's own files, in a fixed order; `undefined` for links, which lead elsewhere, and for too many. */
export async function appFiles(directory: string): Promise<readonly string[] | undefined> {
  return filesBelow(directory, SKIPPED);
}

/** The same of any folder, with what it holds under every name. */
export async function filesBelow(
  directory: string,
  skipped: readonly string[] = [],
): Promise<readonly string[] | undefined> {
  const found: string[] = [];
  const folders = [directory];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (skipped.includes(entry.name)) continue;
      if (entry.isDirectory()) folders.push(path);
      else if (entry.isFile()) found.push(path);
      else return undefined;
    }
    if (found.length > MOST_FILES) return undefined;
  }
  return found.sort();
}
