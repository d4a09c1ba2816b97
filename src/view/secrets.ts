import { type CommandLine, shellLine } from "../command-line.ts";
import type { Terminal } from "../terminal.ts";
import { heading } from "./header.ts";
import { labelled } from "./labelled.ts";
import { row } from "./row.ts";
import { padEnd } from "./text.ts";
import { themeOf } from "./theme.ts";
import type { Header } from "./view.ts";

/** A secret of the environment's own: whether it has a value, stands in astro.yaml, and is given to the deployed tasks. */
export type SecretLine = {
  readonly name: string;
  readonly set: boolean;
  readonly listed: boolean;
  readonly given: boolean;
};

/** What `astro secret set` did: nothing of the value. */
export type SecretSet = {
  readonly environment: string;
  readonly name: string;
  readonly changed: boolean;
  /** Whether astro.yaml was written. */
  readonly listed: boolean;
  readonly given: boolean;
  /** Services whose tasks were replaced. */
  readonly restarted: readonly string[];
  readonly next: readonly CommandLine[];
};

export function renderSecretSet(report: SecretSet, header: Header, terminal: Terminal): string {
  const theme = themeOf(terminal);
  const { bold } = theme.paint;
  const { environment, name, changed, listed, given, restarted, next } = report;
  const done = changed ? `is set in ${environment}` : `of ${environment} is unchanged: it had this value`;
  const how = given
    ? changed && restarted.length === 0
      ? next.length === 0
        ? "tasks that start from now on read it"
        : "tasks that start from now on read it; to replace those that run:"
      : undefined
    : "to give it to the tasks:";
  const lines = [
    ...heading(theme, header, [[name, bold], ` ${done}`]),
    ...(listed ? ["   astro.yaml lists it under service.secrets"] : []),
    ...(restarted.length > 0 ? [`   the new tasks of ${restarted.join(" and ")} have it`] : []),
    ...(how === undefined ? [] : [`   ${how}`]),
    ...next.map((line) => `   ${shellLine(line)}`),
  ];
  return `${lines.map(theme.say).join("\n")}\n`;
}

/** The names, and what tasks get of them; where there is none, `set` sets one. */
export function renderSecrets(
  secrets: readonly SecretLine[],
  header: Header,
  terminal: Terminal,
  set: CommandLine,
): string {
  const theme = themeOf(terminal);
  const { bold, dim, yellow } = theme.paint;
  const first = heading(theme, header, [[`Secrets of ${header.environment}`, bold]]);
  if (secrets.length === 0)
    return `${[...first, ...labelled(theme, [["None yet", ["set one:", shellLine(set)], bold]])].join("\n")}\n`;
  const width = Math.max(...secrets.map(({ name }) => name.length));
  const rows = secrets.map((one) =>
    row(theme, [`   ${padEnd(one.name, width)}  `, [wordsOf(one), one.set ? dim : yellow]]),
  );
  return `${[...first, ...rows].join("\n")}\n`;
}

/** That one is gone for good, or was on the list of astro.yaml only. */
export function renderSecretRemoved(name: string, header: Header, terminal: Terminal): string {
  const theme = themeOf(terminal);
  const words = [[name, theme.paint.bold], ` is removed from ${header.environment}`] as const;
  return `${heading(theme, header, words).join("\n")}\n`;
}

function wordsOf({ set, listed, given }: SecretLine): string {
  if (!set) return given ? "not set: no task that needs it can start" : "not set";
  if (given)
    return listed ? "given to the tasks" : "given to the tasks until astro provision: astro.yaml lists it no more";
  return listed
    ? "given to the tasks from the next astro provision on"
    : "set; astro.yaml does not list it (service.secrets)";
}
