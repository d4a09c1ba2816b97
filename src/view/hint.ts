import { shellLine } from "../command-line.ts";
import type { Hint } from "../errors.ts";
import { wrapPieces } from "./text.ts";
import type { Theme } from "./theme.ts";

/** A hint's words and its command, each kept together on a screen. */
export function hintPieces({ text, command }: Hint): readonly string[] {
  if (command === undefined) return [text];
  return [...(text === "" ? [] : [`${text}:`]), shellLine(command)];
}

/** A hint in lines of at most `width` columns. */
export function hintLines(theme: Theme, hint: Hint, width: number): readonly string[] {
  return wrapPieces(hintPieces(hint).map(theme.say), width);
}
