import { closeSync, constants, fstatSync, openSync, readdirSync, readSync, realpathSync } from "node:fs";
import { sep } from "node:path";
import { ReadingError } from "./reading-error.ts";

/** Bytes that are read at once. */
const CHUNK = 256 * 1024;

/**
 * The text of a file of at most `most` bytes. Throws a ReadingError for a larger one and for anything but a file:
 * a pipe may never end, unless a shell has opened it for us (/dev/stdin, /dev/fd/63). Throws Node's own error if it cannot be
 * read.
 */
export function readText(path: string, most: number): string {
  const isOpened = path.startsWith("/dev/");
  // Opening a pipe without a writer would block for ever; Windows has none.
  const file = openSync(path, constants.O_RDONLY | (isOpened ? 0 : (constants.O_NONBLOCK ?? 0)));
  try {
    const stat = fstatSync(file);
    if (!stat.isFile() && !stat.isDirectory() && !isOpened) throw new ReadingError("neither a file nor a folder");
    const chunks: Uint8Array[] = [];
    for (let size = 0; ; ) {
      const chunk = new Uint8Array(Math.min(CHUNK, most + 1));
      const read = readSync(file, chunk);
      if (read === 0) return new TextDecoder("utf-8", { ignoreBOM: true }).decode(Buffer.concat(chunks));
      size += read;
      if (size > most) throw new ReadingError(`more than the ${most} bytes that astro reads of such a file`);
      chunks.push(chunk.subarray(0, read));
    }
  } finally {
    closeSync(file);
  }
}

/** The same of a file below a folder. Throws a ReadingError for one that a link has elsewhere. */
export function readBelow(folder: string, path: string, most: number): string {
  const root = realpathSync(folder);
  const real = realpathSync(`${root}${sep}${path}`);
  if (!real.startsWith(root.endsWith(sep) ? root : root + sep)) throw new ReadingError(`outside of ${folder}`);
  return readText(real, most);
}

/** What lies in a folder, links as what is no folder; nothing where there is none, or none that can be read. */
export function entriesIn(folder: string): readonly { readonly name: string; readonly isFolder: boolean }[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).map((entry) => ({
      name: entry.name,
      isFolder: entry.isDirectory(),
    }));
  } catch {
    return [];
  }
}
