import type { AppLine } from "../everyday/read-logs.ts";
import type { StoppedTask } from "../everyday/stopped-tasks.ts";
import { clean, jsonText, type Terminal } from "../terminal.ts";
import { printable, wrap } from "./text.ts";
import { type Paint, type Theme, themeOf } from "./theme.ts";

/** Characters of a task's id that are shown. */
const SHORT = 8;

/** Writes lines of the app as they come: a JSON object each, or words in which each task has its own colour. */
export function appLineWriter(terminal: Terminal, json: boolean): (line: AppLine) => void {
  if (json) return ({ at, ...rest }) => terminal.write(`${jsonText({ at: new Date(at).toISOString(), ...rest })}\n`);
  const theme = themeOf(terminal);
  const paintOf = painter(theme);
  return ({ part, task, at, message }) => {
    const who = `${part.padEnd(6)} ${task.slice(0, SHORT).padEnd(SHORT)}`;
    const [first = "", ...more] = message.split("\n");
    terminal.write(`${paintOf(task)(who)} ${theme.paint.dim(timeWords(at))}  ${clean(first)}\n`);
    const indent = " ".repeat(who.length + TIME.length + 3);
    for (const line of more) terminal.write(`${indent}${clean(line)}\n`);
  };
}

/** `03-01 12:00:05`, in UTC as everywhere at AWS. */
function timeWords(at: number): string {
  return new Date(at).toISOString().slice(5, 19).replace("T", " ");
}

const TIME = "03-01 12:00:05";

/** Gives each task the next colour. */
function painter({ paint }: Theme): (task: string) => Paint {
  const colours = [paint.cyan, paint.green, paint.magenta, paint.yellow];
  const given = new Map<string, Paint>();
  return (task) => {
    const own = given.get(task) ?? colours[given.size % colours.length] ?? paint.cyan;
    given.set(task, own);
    return own;
  };
}

/** Columns before the words below a task. */
const INDENT = 3;

/** Tasks that have stopped, the last one at the end: when and why, and below what they wrote last. */
export function renderStopped(tasks: readonly StoppedTask[], terminal: Terminal): string {
  const theme = themeOf(terminal);
  const paintOf = painter(theme);
  const lines = tasks.flatMap(({ part, task, stoppedAt, stopCode, reason, exitCode, lines: last }) => {
    const why = [
      ...(exitCode === undefined ? [] : [`exit code ${exitCode}`]),
      ...(reason === undefined ? [] : [printable(reason)]),
      ...(stopCode === undefined ? [] : [printable(stopCode)]),
    ].join(" · ");
    const when = timeWords(Date.parse(stoppedAt));
    const own = last ?? ["its log cannot be read"];
    return [
      `${paintOf(task)(`${part} ${task.slice(0, SHORT)}`)} stopped ${theme.paint.dim(when)}`,
      ...wrap(why, theme.width - INDENT).map((line) => `  ${theme.paint.bold(line)}`),
      ...(own.length === 0 ? ["it wrote nothing"] : own).map((line) => `  ${clean(line).replaceAll("\n", " ")}`),
      "",
    ];
  });
  return lines.map((line) => `${line === "" ? "" : ` ${line}`}\n`).join("");
}
