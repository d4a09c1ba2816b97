import { hashOf, type Manifest } from "./manifest.ts";
import type { Files } from "./template.ts";

/** Which files of an app are to be written, which stay as the user has them, and what astro will have written then. */
export type FilePlan = {
  readonly write: Files;
  readonly kept: readonly string[];
  readonly manifest: Manifest;
};

/**
 * Compares what astro would write now with what is on disk and with what it wrote last. A file is astro's to change
 * only while it is as astro left it; one that was edited, or removed, is the user's. An app that another version of
 * astro wrote stays whole: its files know one another.
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
