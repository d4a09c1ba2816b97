import type { CommandLine } from "../command-line.ts";
import type { Hint } from "../errors.ts";

const HERE = ["--env", "--dir", "--profile", "--rehearse", "--speed"];
const PLACE = [...HERE, "--region", "--project"];
const SOURCE = [...PLACE, "--assembly", "--parameter", "--parameters", "--order", "--beside", "--adopt-stack"];

/** The flags, of those with which a run goes on, that each of these commands takes too. */
const TAKES: { readonly [command: string]: readonly string[] } = {
  attach: PLACE,
  "ci github": HERE,
  deploy: HERE,
  destroy: PLACE,
  doctor: SOURCE,
  exec: PLACE,
  "iam-policy": ["--env", "--dir"],
  init: ["--env", "--dir", "--profile"],
  logs: PLACE,
  open: PLACE,
  plan: SOURCE,
  provision: HERE,
  releases: HERE,
  rollback: HERE,
  run: HERE,
  "secret list": HERE,
  "secret rm": PLACE,
  "secret set": PLACE,
  status: PLACE,
  tunnel: PLACE,
  unlock: PLACE,
};

/** Flags of these that have no value. */
const SWITCHES: readonly string[] = ["--rehearse"];

/** The first words of commands that have two. */
const TOPICS: readonly (string | undefined)[] = ["ci", "secret"];

/**
 * A command of astro with what it lacks of the flags of `again`, the command that goes on from here: the same environment,
 * folder and AWS; one of aws with the profile. Any other command stays as it is.
 */
export function completed(command: CommandLine, again: CommandLine): CommandLine {
  const [program, ...words] = command;
  if (program === "aws") return profiled(command, again);
  const name = words.slice(0, TOPICS.includes(words[0]) ? 2 : 1).join(" ");
  const end = words.indexOf("--");
  const own = words.slice(name.split(" ").length, end < 0 ? undefined : end);
  const takes = program === "astro" && Object.hasOwn(TAKES, name) ? TAKES[name] : undefined;
  if (takes === undefined) return command;
  const kept = again.flatMap((word, at) => {
    if (!takes.includes(word) || own.includes(word)) return [];
    // A rehearsal has an account of its own.
    if (word === "--profile" && own.includes("--rehearse")) return [];
    return SWITCHES.includes(word) ? [[word]] : [[word, again[at + 1] ?? ""]];
  });
  const [env, rest] = [kept.filter(([flag]) => flag === "--env"), kept.filter(([flag]) => flag !== "--env")];
  const others = end < 0 ? [] : words.slice(end);
  return [program ?? "", ...name.split(" "), ...env.flat(), ...own, ...rest.flat(), ...others];
}

/** A command of `aws` as whom `again` is: where astro was given a profile, the variables may name another one, or none. */
function profiled(command: CommandLine, again: CommandLine): CommandLine {
  const at = again.indexOf("--profile");
  return at < 0 || command.includes("--profile") ? command : [...command, ...again.slice(at, at + 2)];
}

/** Hints with their commands completed so. */
export function completedHints(hints: readonly Hint[], again: CommandLine): readonly Hint[] {
  return hints.map((hint) =>
    hint.command === undefined ? hint : { ...hint, command: completed(hint.command, again) },
  );
}
