import type { Terminal } from "../terminal.ts";
import { themeOf } from "./theme.ts";

/** Things to know that stop nothing, a line each. */
export function renderNotices(notices: readonly string[], terminal: Terminal): string {
  const { say, paint } = themeOf(terminal);
  return notices.map((words) => ` ${paint.yellow("!")} ${say(words)}\n`).join("");
}
