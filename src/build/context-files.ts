import { existsSync, lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { AstroError, reasonOf } from "../errors.ts";
import { readText } from "../reading/file.ts";
import { type IgnoreRules, ignoreRules } from "./dockerignore.ts";

/** A folder that an image is built from; every path is absolute. */
export type BuildContext = {
  readonly context: string;
  /** `Dockerfile` in it, if absent. */
  readonly dockerfile?: string;
};

/** A file of the context, or a link in it, by its path from there. */
export type ContextFile = {
  readonly path: string;
  readonly size: number;
  readonly link: boolean;
  readonly run: boolean;
};

/** A context that is larger than anybody means it to be. */
export type LargeContext = { readonly bytes: number; readonly files: number; readonly limit: number };

/** Bytes of a context that has no `.dockerignore` from which on it is told of. */
const LARGE = 200 * 2 ** 20;

/** Bytes of a `.dockerignore`. */
const MOST = 2 ** 20;

/** The Dockerfile of a build. */
export function dockerfileOf({ context, dockerfile }: BuildContext): string {
  return dockerfile ?? join(context, "Dockerfile");
}

/** The file that says what the builder leaves out: the Dockerfile's own, or the context's (Docker documentation, "Build context"). */
function ignoreFileOf(build: BuildContext): string | undefined {
  const named = [`${dockerfileOf(build)}.dockerignore`, join(build.context, ".dockerignore")];
  return named.find((file) => existsSync(file));
}

/** What a build leaves out of its context. */
export function ignoredBy(build: BuildContext): IgnoreRules {
  const file = ignoreFileOf(build);
  return ignoreRules(file === undefined ? "" : readText(file, MOST));
}

/** The files that a builder gets to see, in the order of their paths. Throws AstroError("config") for a folder that cannot be read. */
export function contextFiles(build: BuildContext): readonly ContextFile[] {
  const rules = ignoredBy(build);
  const found: ContextFile[] = [];
  const folders = [""];
  for (let at = 0; at < folders.length; at++) {
    const folder = folders[at] ?? "";
    for (const entry of entriesOf(join(build.context, folder))) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      const ignored = rules.ignores(path);
      if (entry.isDirectory()) {
        if (!ignored || rules.hasExceptions) folders.push(path);
        continue;
      }
      if (ignored || !(entry.isFile() || entry.isSymbolicLink())) continue;
      const { size, mode } = lstatSync(join(build.context, path));
      found.push({ path, size, link: entry.isSymbolicLink(), run: (mode & 0o111) !== 0 });
    }
  }
  return found.sort((one, other) => (one.path < other.path ? -1 : 1));
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw new AstroError(
      "config",
      `the build's context cannot be read: ${reasonOf(error)}`,
      "name the folder in astro.yaml (build.context), and see that its files are yours",
      error,
    );
  }
}

/** A context of more than 200 MB without a `.dockerignore`: all of it is sent to the builder, before each build. */
export function largeContext(build: BuildContext): LargeContext | undefined {
  if (ignoreFileOf(build) !== undefined) return undefined;
  const files = contextFiles(build);
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  return bytes > LARGE ? { bytes, files: files.length, limit: LARGE } : undefined;
}
