import type { CommandLine } from "../command-line.ts";
import type { Terminal } from "../terminal.ts";
import { hintLines } from "./hint.ts";
import { themeOf } from "./theme.ts";

/** Words beside a command's result, wrapped, with the command that goes on from them kept whole. */
export function renderNote(text: string, terminal: Terminal, command?: CommandLine): string {
  const theme = themeOf(terminal);
  return hintLines(theme, { text, ...(command && { command }) }, theme.width - 1)
    .map((line) => ` ${line}\n`)
    .join("");
}
