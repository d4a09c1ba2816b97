import { createHash } from "node:crypto";
import { isTree } from "../config/values.ts";
import { AstroError } from "../errors.ts";
import { readJson } from "../reading/json.ts";

/** Where astro records, beside the app and committed with it, the files it wrote. */
export const MANIFEST_FILE = "astro.lock.json";

/** The record of the files astro wrote: its version, and the hash of each file as written. */
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
    `${file} is not a manifest that astro wrote: no version or no files`,
    "restore it from version control, or delete it: then every file counts as edited by you",
  );
}

/** The text of astro.lock.json. */
export function renderManifest(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** The hash of a file; the same for both kinds of line ends, which version control may convert. */
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
