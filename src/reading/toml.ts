import { parse, TomlError } from "smol-toml";
import { reasonOf } from "../errors.ts";
import { ReadingError } from "./reading-error.ts";

/** The values of a TOML text. Throws a ReadingError, with its place, for what is none. */
export function readToml(text: string): unknown {
  try {
    return parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    const place = error instanceof TomlError ? { line: error.line, column: error.column } : undefined;
    throw new ReadingError(reasonOf(error), place, error);
  }
}
