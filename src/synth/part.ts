import { AstroError, reasonOf } from "../errors.ts";
import { readText } from "../reading/file.ts";
import { readJson } from "../reading/json.ts";
import { MOST_BYTES } from "../reading/limits.ts";
import { ReadingError } from "../reading/reading-error.ts";

/** The content of a file of a cloud assembly, checked by `shape`. Throws AstroError("synthesis") with line and column. */
export function readPart<T>(file: string, shape: (value: unknown) => T): T {
  try {
    return shape(readJson(readText(file, MOST_BYTES.assembly)));
  } catch (error) {
    throw unreadable(
      error instanceof ReadingError ? error.in(file) : `${file} cannot be read: ${reasonOf(error)}`,
      error,
    );
  }
}

/** The error for a folder that is no cloud assembly. */
export function unreadable(words: string, cause?: unknown): AstroError {
  const hint = "give the folder of a finished cloud assembly (cdk.out), or omit --assembly";
  return new AstroError("synthesis", words, hint, cause);
}
