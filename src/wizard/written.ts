import type { Terminal } from "../terminal.ts";
import { count } from "../view/format.ts";
import { wrap } from "../view/text.ts";
import { themeOf } from "../view/theme.ts";

/** The wizard's first line; `file` is the astro.yaml that is there already. */
export function renderGreeting(file: string | undefined, terminal: Terminal): string {
  const theme = themeOf(terminal);
  const what = file === undefined ? "a new project" : `one more environment, or a change, in ${file}`;
  return theme.say(`${theme.paint.bold(" astro init")} · ${what}\n\n`);
}

/** What init has done: how much it wrote, what it left alone, and the command to try next. */
export function renderWritten(
  files: { readonly written: readonly string[]; readonly kept: readonly string[] },
  shown: string,
  next: string,
  terminal: Terminal,
): string {
  const { say, paint, width } = themeOf(terminal);
  const { written, kept } = files;
  const done =
    written.length === 0
      ? `nothing to change in ${shown}`
      : `written: ${written.length < 4 ? `${written.join(", ")} in ${shown}` : `${count(written.length, "file")} in ${shown}`}`;
  const left =
    kept.length === 0 ? [] : wrap(`left as you have them: ${kept.join(", ")}`, width - 3).map((line) => `   ${line}`);
  return say(
    `${[
      ` ${paint.green("✔")} ${done}`,
      ...left,
      ` Next:  ${paint.bold(`${next} --rehearse`)}   (no account, no cost), then without --rehearse`,
    ].join("\n")}\n`,
  );
}
