import { hashOf, type Manifest } from "./manifest.ts";
import type { Files } from "./template.ts";

/** Files of an app to write, files to keep as the user edited them, and the new manifest. */
export type FilePlan = {
  readonly write: Files;
  readonly kept: readonly string[];
  readonly manifest: Manifest;
};

/**
 * Compares what astro would write now with what is on disk and with what it wrote last. A file is
 * updated only while it is as astro wrote it; one that was edited or deleted belongs to the user. An app written by
 * another version of astro is not updated: its files depend on each other.
 */
export function planFiles(rendered: Files, onDisk: Files, last: Manifest | undefined, version: string): FilePlan {
  const write = new Map<string, string>();
  const kept: string[] = [];
  const hashes: { [path: string]: string } = { ...last?.files };
  for (const [path, text] of rendered) {
    const present = onDisk.get(path);
    const before = last?.files[path];
    const isOurs = present === undefined ? before === undefined : before === hashOf(present);
    const isSame = present !== undefined && hashOf(present) === hashOf(text);
    if (isSame || (isOurs && (last === undefined || last.astro === version))) {
      if (!isSame) write.set(path, text);
      hashes[path] = hashOf(text);
    } else kept.push(path);
  }
  return { write, kept, manifest: { astro: last?.astro ?? version, files: hashes } };
}
