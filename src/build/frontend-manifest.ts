import { readJson } from "../reading/json.ts";
import { ReadingError } from "../reading/reading-error.ts";
import { listSchema, numberSchema, objectSchema, type Schema, shaped, textSchema } from "../reading/shape.ts";

/** One file of a frontend: where it is served, what it holds, and how it is to be answered and kept. */
export type FrontendFile = {
  /** Below the site's root, with forward slashes and none in front. */
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Its Content-Type and Cache-Control. */
  readonly type: string;
  readonly cacheControl: string;
};

/** A whole frontend as it was built: the same content gives the same hash, whoever built it and when. */
export type FrontendManifest = { readonly hash: string; readonly files: readonly FrontendFile[] };

/** The shape of a file where a list of them is kept. */
export const fileSchema: Schema<FrontendFile> = objectSchema({
  path: textSchema,
  sha256: textSchema.regex(/^[0-9a-f]{64}$/),
  bytes: numberSchema,
  type: textSchema,
  cacheControl: textSchema,
});

const manifestSchema = objectSchema({ hash: textSchema, files: listSchema(fileSchema) });

/** A manifest as it was kept; undefined for what is none. */
export function manifestOf(text: string): FrontendManifest | undefined {
  try {
    return shaped<FrontendManifest>(manifestSchema, readJson(text));
  } catch (error) {
    if (error instanceof ReadingError) return undefined;
    throw error;
  }
}

/** Names of pages: they name other files, and so come last. */
export function isPage({ path }: Pick<FrontendFile, "path">): boolean {
  return /\.html?$/i.test(path);
}
