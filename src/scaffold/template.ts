import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Text files by their path below the app's folder, with forward slashes. */
export type Files = ReadonlyMap<string, string>;

/** Not part of an app: build output of the template, and its sample astro.yaml. */
const LEFT_OUT = new Set(["node_modules", "cdk.out", ".astro", "astro.yaml", "package-lock.json"]);

/** The files of the app's template in `folder`. */
export async function readTemplate(folder: string, below = ""): Promise<Files> {
  const files = new Map<string, string>();
  const entries = await readdir(join(folder, below), { withFileTypes: true });
  for (const entry of entries.sort((left, right) => (left.name < right.name ? -1 : 1))) {
    const path = below ? `${below}/${entry.name}` : entry.name;
    if (LEFT_OUT.has(entry.name) || entry.name.endsWith(".tsbuildinfo")) continue;
    if (entry.isDirectory()) for (const [name, text] of await readTemplate(folder, path)) files.set(name, text);
    else files.set(path, await readFile(join(folder, path), "utf8"));
  }
  return files;
}
