import { join } from "node:path";
import { type Candidates, type CommandTable, candidatesFor } from "./completion/complete.ts";
import { hereIn } from "./completion/here.ts";
import { readText } from "./reading/file.ts";
import { clean } from "./terminal.ts";

/** What shells call while somebody types. Loaded by bin/run.js instead of oclif, since a key must not take long. */
export function completion(
  words: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: { readonly [name: string]: string | undefined } },
  root: string,
): string {
  const { commands } = JSON.parse(readText(join(root, "oclif.manifest.json"), MOST_BYTES)) as {
    readonly commands: CommandTable;
  };
  return printed(candidatesFor(words, commands, hereIn(cwd, env)));
}

/** oclif's manifest is some hundred kilobytes. */
const MOST_BYTES = 10_000_000;

/** One candidate a line, a blank before what it is; `:files` and `:folders` stand for what the shell completes itself. */
function printed(candidates: Candidates): string {
  if (typeof candidates === "string") return `:${candidates}\n`;
  return candidates.map(({ word, about = "" }) => `${clean(word)}${about === "" ? "" : ` ${clean(about)}`}\n`).join("");
}
