import { shortAccount } from "./format.ts";
import type { Span } from "./row.ts";
import { displayWidth } from "./text.ts";
import type { Theme } from "./theme.ts";
import type { Header } from "./view.ts";

/** Whether this is real, in words: the account it happens in, or that it is a rehearsal. */
export function stage({ account, rehearsal }: Header): string {
  if (rehearsal) return `rehearsal${rehearsal.speed === "max" ? ", max speed" : ` ${rehearsal.speed}×`}`;
  return account === undefined ? "AWS" : `account ${shortAccount(account)}`;
}

/** The top line's left side in at most `room` columns; what says whether this is real goes last. */
export function headline(theme: Theme, header: Header, room: number): readonly Span[] {
  const real = stage(header);
  const { command, environment, region } = header;
  const versions = [[`astro ${command}`, environment, region], [command, environment, region], [command, environment], [environment]];
  const words = versions.find((words) => displayWidth(theme.say([...words, real].join(" · "))) < room) ?? [];
  return [
    [` ${words.map((word) => `${word} · `).join("")}`, theme.paint.bold],
    [real, header.rehearsal ? theme.paint.magenta : theme.paint.bold],
  ];
}

/** A static screen's first line, ` Plan for dev in us-east-1 · account 1234…9012`. */
export function title(theme: Theme, words: string, header: Header): readonly Span[] {
  return [
    [` ${words} · `, theme.paint.bold],
    [stage(header), header.rehearsal ? theme.paint.magenta : theme.paint.bold],
  ];
}
