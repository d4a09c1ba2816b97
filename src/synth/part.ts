import { AstroError, reasonOf } from "../errors.ts";
import { readText } from "../reading/file.ts";
import { readJson } from "../reading/json.ts";
import { MOST_BYTES } from "../reading/limits.ts";
import { ReadingError } from "../reading/reading-error.ts";

/** What a file of a cloud assembly holds, as `shape` takes it. Throws AstroError("synthesis") with the place of a fault. */
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

/** The error for an assembly that is none. */
export function unreadable(words: string, cause?: unknown): AstroError {
  const hint = "give the folder of a finished cloud assembly (cdk.out), or omit --assembly";
  return new AstroError("synthesis", words, hint, cause);
}
