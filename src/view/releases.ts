import { type CommandLine, shellLine } from "../command-line.ts";
import type { ReleaseRecord } from "../release/record.ts";
import type { Terminal } from "../terminal.ts";
import { minute } from "./format.ts";
import { heading } from "./header.ts";
import { labelled } from "./labelled.ts";
import { row, type Span } from "./row.ts";
import { shortDigest } from "./step-words.ts";
import { padEnd } from "./text.ts";
import { themeOf } from "./theme.ts";
import type { Header } from "./view.ts";

/** One release, and whether it is the one that runs. */
export type ReleaseLine = ReleaseRecord & { readonly running: boolean };

/** Characters of a commit and of a hash that tell it from others. */
const SHORT = 12;

/** The releases, the newest first; where there is none, `deploy` makes one. */
export function renderReleases(
  lines: readonly ReleaseLine[],
  image: string,
  header: Header,
  terminal: Terminal,
  deploy: CommandLine,
): string {
  const theme = themeOf(terminal);
  const { bold, green, dim } = theme.paint;
  const runs = image === "" ? "nothing of your own runs yet" : `runs ${shortDigest(image)}`;
  const first = heading(theme, header, [[`Releases of ${header.environment}`, bold], `: ${runs}`]);
  if (lines.length === 0)
    return `${[...first, ...labelled(theme, [["None yet", ["make one:", shellLine(deploy)], bold]])].join("\n")}\n`;
  const rows = lines.toReversed().map((one) => {
    const mark: Span = one.running ? ["✔", green] : " ";
    const { number, at, who } = one;
    const name = who.split("/").at(-1) ?? who;
    return row(theme, [
      " ",
      mark,
      ` ${padEnd(String(number), 4)} ${minute(at)}  ${padEnd(name, SHORT)}  `,
      [factsOf(one), dim],
    ]);
  });
  return `${[...first, ...rows].join("\n")}\n`;
}

function factsOf({ commit, dirty, image, frontend, only, of }: ReleaseLine): string {
  const facts = [
    ...(of === undefined ? [] : [`back to ${of}`]),
    ...(only === undefined ? [] : [`${only} alone`]),
    ...(commit === undefined ? [] : [`${commit.slice(0, SHORT)}${dirty ? " and more" : ""}`]),
    ...(image === undefined ? [] : [shortDigest(image.digest)]),
    ...(frontend === undefined ? [] : [`frontend ${frontend.hash.slice(0, SHORT)}`]),
  ];
  return facts.join("  ");
}
