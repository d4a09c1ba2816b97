import { type CommandLine, shellLine } from "../command-line.ts";
import type { Hint } from "../errors.ts";
import type { Terminal } from "../terminal.ts";
import { count } from "../view/format.ts";
import { hintLines } from "../view/hint.ts";
import { displayWidth, padEnd, wrap } from "../view/text.ts";
import { themeOf } from "../view/theme.ts";

/** The wizard's first line; `file` is the existing astro.yaml. */
export function renderGreeting(file: string | undefined, terminal: Terminal): string {
  const { say, paint } = themeOf(terminal);
  return say(`${paint.bold(" astro init")} · ${file === undefined ? "a new project" : `environments of ${file}`}\n\n`);
}

/** What a person should know of the repository, each with its place; nothing where there is nothing. */
export function renderNotes(
  notes: readonly { readonly file: string; readonly line: number; readonly words: string }[],
  terminal: Terminal,
): string {
  return renderPoints(
    "To know",
    notes.map(({ file, line, words }) => `${file}:${line}: ${words}`),
    terminal,
  );
}

/** What of the account is in the way; nothing where nothing is. */
export function renderLimits(limits: readonly string[], terminal: Terminal): string {
  return renderPoints("In the way, in this account", limits, terminal);
}

function renderPoints(title: string, points: readonly string[], terminal: Terminal): string {
  if (points.length === 0) return "";
  const { say, paint, width } = themeOf(terminal);
  const lines = points.flatMap((words) =>
    wrap(words, width - 5).map((part, at) => (at === 0 ? `   ${part}` : `     ${part}`)),
  );
  return say(`\n${[paint.bold(` ${title}`), ...lines].join("\n")}\n`);
}

/** A command that goes on from here, and what it does. */
export type NextStep = { readonly command: CommandLine; readonly words: string };

/** The result of init: files written, files unchanged, what is to be done at the DNS, and the next commands. */
export function renderWritten(
  files: { readonly written: readonly string[]; readonly kept: readonly string[] },
  shown: string,
  next: readonly NextStep[],
  terminal: Terminal,
  steps: readonly Hint[] = [],
): string {
  const theme = themeOf(terminal);
  const { say, paint, width } = theme;
  const [only = "", ...more] = files.written;
  const written = more.length === 0 ? `${shown}/${only}` : `${count(files.written.length, "file")} in ${shown}`;
  const done = only === "" ? `nothing to change in ${shown}` : `written: ${written}`;
  const kept = files.kept.length === 0 ? [] : wrap(`unchanged (edited by you): ${files.kept.join(", ")}`, width - 3);
  const commands = next.map(({ command, words }) => ({ line: shellLine(command), words }));
  const column = Math.max(0, ...commands.map(({ line }) => displayWidth(line)));
  const after = commands.map(({ line, words }, at) => {
    const start = at === 0 ? " Next:  " : "        ";
    const isShort = start.length + column + 3 + displayWidth(words) <= width;
    return paint.bold(start + line) + (isShort ? `${padEnd("", column - displayWidth(line))}   ${words}` : "");
  });
  return say(
    `${[
      ` ${paint.green("✔")} ${done}`,
      ...kept.map((line) => `   ${line}`),
      ...(steps.length === 0 ? [] : [paint.bold("   The domain, later:")]),
      ...steps.flatMap((step, at) =>
        hintLines(theme, step, width - 6).map((part, line) => `   ${line === 0 ? `${at + 1}.` : "  "} ${part}`),
      ),
      ...after,
    ].join("\n")}\n`,
  );
}
