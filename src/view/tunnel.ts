import type { Terminal } from "../terminal.ts";
import { heading } from "./header.ts";
import { themeOf } from "./theme.ts";
import type { Header } from "./view.ts";

type Report = {
  readonly to: string;
  readonly host: string;
  readonly localPort: number;
  readonly command: string;
  readonly readOnly?: string;
  readonly password?: string;
};

/** Where a tunnel leads, and the lines for another terminal: whole, since they are copied. */
export function renderTunnel(report: Report, header: Header, terminal: Terminal, isProtected: boolean): string {
  const theme = themeOf(terminal);
  const { bold, dim } = theme.paint;
  const { to, host, localPort, command, readOnly, password } = report;
  const first = isProtected && readOnly !== undefined ? readOnly : command;
  const other = [command, readOnly].find((line) => line !== undefined && line !== first);
  const lines = [
    ...heading(theme, header, [[`127.0.0.1:${localPort}`, bold], theme.say(` → ${to} of ${header.environment}`)]),
    dim(`   ${host}`),
    "",
    `   In another terminal${isProtected && readOnly !== undefined ? ", reading only" : ""}:`,
    first,
    ...(other === undefined ? [] : ["", `   ${isProtected ? "To write" : "To read only"}:`, other]),
    ...(password === undefined ? [] : ["", `   Password: ${password}`]),
    "",
    "   Ctrl-C closes it.",
  ];
  return `${lines.join("\n")}\n`;
}
