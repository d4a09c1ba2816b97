import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { readText } from "../reading/file.ts";
import { MOST_BYTES } from "../reading/limits.ts";
import { filesToPublish } from "./asset-manifest.ts";

/**
 * A digest of an asset manifest and of all that it publishes, folders file by file, links followed as publishing does.
 * Of a program that makes an asset while publishing, only the command line counts. Never throws: an unreadable file
 * counts as other content.
 */
export async function digestOfAssets(manifest: string): Promise<string> {
  const hash = createHash("sha256");
  try {
    hash.update(readText(manifest, MOST_BYTES.assembly));
    for (const path of filesToPublish(manifest)) await addTo(hash, resolve(dirname(manifest), path), path, []);
  } catch (error) {
    hash.update(String(error));
  }
  return hash.digest("hex");
}

async function addTo(hash: Hash, path: string, name: string, above: readonly string[]): Promise<void> {
  const found = await stat(path);
  hash.update(JSON.stringify([name, found.isDirectory() ? "folder" : found.size]));
  if (!found.isDirectory()) {
    if (found.isFile()) for await (const chunk of createReadStream(path)) hash.update(chunk);
    return;
  }
  const real = await realpath(path);
  if (above.includes(real)) return;
  for (const entry of (await readdir(path)).toSorted()) {
    await addTo(hash, join(path, entry), `${name}/${entry}`, [...above, real]);
  }
}
