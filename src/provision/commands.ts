import type { CommandLine } from "../command-line.ts";
import type { Hint } from "../errors.ts";

const PLACE = ["--env", "--region", "--project", "--dir", "--rehearse", "--speed"];
const HERE = ["--env", "--dir", "--rehearse", "--speed"];
const SOURCE = [...PLACE, "--assembly", "--parameter", "--parameters", "--order", "--beside", "--adopt-stack"];

/** The flags, of those with which a run goes on, that each of these commands takes too. */
const TAKES: { readonly [command: string]: readonly string[] } = {
  attach: PLACE,
  deploy: HERE,
  destroy: PLACE,
  doctor: SOURCE,
  exec: PLACE,
  "iam-policy": ["--env", "--dir"],
  init: ["--env", "--dir"],
  logs: PLACE,
  plan: SOURCE,
  provision: HERE,
  releases: HERE,
  rollback: HERE,
  "secret list": HERE,
  "secret rm": PLACE,
  "secret set": PLACE,
  status: PLACE,
  tunnel: PLACE,
  unlock: PLACE,
};

/** Flags of these that have no value. */
const SWITCHES: readonly string[] = ["--rehearse"];

/**
 * A command of astro with what it lacks of the flags of `again`, the command that goes on from here: the same environment,
 * folder and AWS. Any other command stays as it is.
 */
export function completed(command: CommandLine, again: CommandLine): CommandLine {
  const [program, ...words] = command;
  const name = words.slice(0, words[0] === "secret" ? 2 : 1).join(" ");
  const own = words.slice(name.split(" ").length);
  const takes = program === "astro" && Object.hasOwn(TAKES, name) ? TAKES[name] : undefined;
  if (takes === undefined) return command;
  const kept = again.flatMap((word, at) => {
    if (!takes.includes(word) || own.includes(word)) return [];
    return SWITCHES.includes(word) ? [[word]] : [[word, again[at + 1] ?? ""]];
  });
  const [env, rest] = [kept.filter(([flag]) => flag === "--env"), kept.filter(([flag]) => flag !== "--env")];
  return [program ?? "", ...name.split(" "), ...env.flat(), ...own, ...rest.flat()];
}

/** Hints with their commands completed so. */
export function completedHints(hints: readonly Hint[], again: CommandLine): readonly Hint[] {
  return hints.map((hint) =>
    hint.command === undefined ? hint : { ...hint, command: completed(hint.command, again) },
  );
}
