import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { isOwnName } from "../folder.ts";
import type { FrontendSource } from "./frontend.ts";

/** Hexadecimal digits of a source's name. */
const DIGITS = 16;

/** What is in a frontend's folder and not what it is built from: libraries, version control, and what builds leave there. */
const BESIDE = /^(?:node_modules|\.git|\.vite|\.cache|\.turbo|coverage)$|\.tsbuildinfo$/;

/** Files, and bytes of all of them, beyond which to build takes no longer than to look. */
const MOST_FILES = 20_000;
const MOST_BYTES = 200 * 2 ** 20;

/**
 * What a frontend is built from, by a name that is never another's: a sum over the files of its folder, and how it is built.
 * Undefined where that cannot be told: then only a build can.
 */
export function frontendSourceName({ directory, build = [], output }: FrontendSource): string | undefined {
  const sum = createHash("sha256").update(JSON.stringify([build, output]));
  const made = resolve(directory, output);
  const found = { files: 0, bytes: 0 };
  // A build that makes nothing leaves its folder as the source itself.
  const isSource = (name: string, path: string) =>
    !(BESIDE.test(name) || isOwnName(name)) && (path !== made || build.length === 0);
  const add = (folder: string, below: string): boolean =>
    readdirSync(folder)
      .sort()
      .every((name) => {
        const [path, shown] = [join(folder, name), `${below}/${name}`];
        if (!isSource(name, path)) return true;
        const stat = lstatSync(path);
        if (stat.isDirectory()) return add(path, shown);
        found.files += 1;
        found.bytes += stat.size;
        if (found.files > MOST_FILES || found.bytes > MOST_BYTES) return false;
        const content = stat.isSymbolicLink() ? readlinkSync(path) : stat.isFile() ? readFileSync(path) : "";
        const inside = createHash("sha256").update(content).digest("hex");
        sum.update(`${JSON.stringify([shown, stat.isSymbolicLink(), inside])}\n`);
        return true;
      });
  try {
    return add(directory, "") ? sum.digest("hex").slice(0, DIGITS) : undefined;
  } catch {
    return undefined;
  }
}
