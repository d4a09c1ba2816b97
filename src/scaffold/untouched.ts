import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { hashOf, MANIFEST_FILE, parseManifest } from "./manifest.ts";

/** Whether this version of astro wrote the app in `directory` and every file of it is still as it was written. */
export async function isUntouched(directory: string, version: string): Promise<boolean> {
  const text = (name: string) => readFile(join(directory, name), "utf8").catch(() => undefined);
  const written = await text(MANIFEST_FILE);
  if (written === undefined) return false;
  const manifest = parseManifest(written, MANIFEST_FILE);
  if (manifest.astro !== version) return false;
  const files = Object.entries(manifest.files);
  const kept = await Promise.all(
    files.map(async ([name, hash]) => {
      const now = await text(name);
      return now !== undefined && hashOf(now) === hash;
    }),
  );
  return files.length > 0 && kept.every(Boolean);
}
