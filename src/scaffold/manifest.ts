import { createHash } from "node:crypto";
import { isTree } from "../config/values.ts";
import { AstroError } from "../errors.ts";
import { readJson } from "../reading/json.ts";

/** Where astro keeps, beside the app and committed with it, what it wrote. */
export const MANIFEST_FILE = "astro.lock.json";

/** What astro wrote into an app: its own version then, and the hash of each file as it was written. */
export type Manifest = {
  readonly astro: string;
  readonly files: { readonly [path: string]: string };
};

/** Reads the text of astro.lock.json. Throws AstroError("config") if it is not what astro wrote. */
export function parseManifest(text: string, file: string): Manifest {
  const content = parsed(text);
  if (isTree(content) && typeof content.astro === "string" && isTree(content.files)) {
    const files = Object.entries(content.files).map(([path, hash]) => [path, String(hash)]);
    return { astro: content.astro, files: Object.fromEntries(files) };
  }
  throw new AstroError(
    "config",
    `${file} is not what astro wrote: it has no version or no files`,
    "take it back from version control, or remove it; then every file counts as yours",
  );
}

/** The text of astro.lock.json. */
export function renderManifest(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** The hash a file is known by; the same for both kinds of line ends, which version control may exchange. */
export function hashOf(text: string): string {
  return `sha256:${createHash("sha256").update(text.replaceAll("\r\n", "\n")).digest("hex")}`;
}

function parsed(text: string): unknown {
  try {
    return readJson(text);
  } catch {
    return undefined;
  }
}
