import { type CommandLine, shellLine } from "../command-line.ts";
import type { Hint } from "../errors.ts";
import type { ReleaseStep } from "../provision/release-facts.ts";
import type { ProofCheck } from "../release/proof.ts";
import type { Terminal } from "../terminal.ts";
import { answerWords } from "./event-words.ts";
import { duration, minute } from "./format.ts";
import { heading } from "./header.ts";
import { hintPieces } from "./hint.ts";
import { type Labelled, labelled } from "./labelled.ts";
import { shortDigest } from "./step-words.ts";
import { wrap } from "./text.ts";
import { themeOf } from "./theme.ts";
import type { Header } from "./view.ts";
import { labelOutputs } from "./words.ts";

/** A release as its screens tell of it. */
export type ReleaseReport = {
  readonly header: Header;
  readonly number: number;
  readonly steps: readonly ReleaseStep[];
  /** What runs an image, and which. */
  readonly apps: readonly { readonly part: string; readonly image: string }[];
  readonly wanted: {
    readonly image?: {
      readonly known?: { readonly ref: string; readonly tag?: string };
      readonly source?: { readonly tag: string; readonly commit?: string; readonly dirty: boolean };
    };
    readonly migrate?: CommandLine;
    readonly frontend?: { readonly source?: { readonly directory: string }; readonly isServed: boolean };
  };
  /** The release that is deployed. */
  readonly last?: { readonly number: number; readonly at: string };
  readonly of?: number;
};

/** What a release will do, or that there is nothing to do. */
export function renderReleasePlan(report: ReleaseReport, terminal: Terminal): string {
  const theme = themeOf(terminal);
  const { header, number, steps, apps, wanted, last, of } = report;
  const { bold, green } = theme.paint;
  if (steps.length === 0) {
    const since = last === undefined ? "" : `: release ${last.number}, since ${minute(last.at)}`;
    return `${heading(theme, header, [["✔", green], ` nothing to deploy to ${header.environment}${since}`]).join("\n")}\n`;
  }
  const back = of === undefined ? "" : `, back to release ${of}`;
  const first = heading(theme, header, [[`Release ${number} of ${header.environment}${back}`, bold]]);
  const becomes = newImage(wanted.image);
  const moves = apps.map(({ part, image }): Labelled => {
    if (!steps.includes("roll-out")) return [part, `${oldImage(image)}, unchanged`];
    return [part, `${oldImage(image)} → ${becomes}`];
  });
  const rows: readonly Labelled[] = [
    ...moves,
    ...(steps.includes("migrate") && wanted.migrate
      ? [["migrate", `${shellLine(wanted.migrate)}, before the roll-out`] as const]
      : []),
    ...(wanted.frontend ? [["frontend", frontendWords(wanted.frontend)] as const] : []),
  ];
  return `${[...first, ...labelled(theme, rows), ""].join("\n")}\n`;
}

/** What the repository shows of an app, and that it is written to a file, or may be. */
export function renderFound(file: string, lines: readonly string[], isWritten: boolean, terminal: Terminal): string {
  const { say, paint, width } = themeOf(terminal);
  const words = isWritten
    ? `written to ${file}, by what the repository shows:`
    : `${file} does not say what is to be deployed. The repository shows:`;
  const shown = wrap(words, width - 1).map((line) => ` ${line}`);
  const found = lines.flatMap((line) =>
    wrap(line, width - 5).map((part, at) => (at === 0 ? `   ${part}` : `     ${part}`)),
  );
  return say(`${[...shown.map(paint.bold), ...found, ""].join("\n")}\n`);
}

function oldImage(image: string): string {
  return image === "" ? "nothing of your own yet" : shortDigest(image);
}

function newImage(image: ReleaseReport["wanted"]["image"]): string {
  const { known, source } = image ?? {};
  if (known) return `${shortDigest(known.ref)}${known.tag === undefined ? "" : ` (${known.tag}), in the repository`}`;
  if (source === undefined) return "unchanged";
  return `to be built as ${source.tag}${source.dirty ? ", of files that are not committed" : ""}`;
}

function frontendWords({ source, isServed }: NonNullable<ReleaseReport["wanted"]["frontend"]>): string {
  if (isServed) return "unchanged";
  return source === undefined
    ? "as it was then; what differs is put in place"
    : `${source.directory}: what differs is sent`;
}

function provedRow({ about, url, status, firstByte }: ProofCheck): Labelled {
  const took = firstByte === undefined ? "" : ` in ${Math.round(firstByte)} ms`;
  return [LABELS[about], `${answerWords({ about, status, isGood: true })}${took}: ${url}`];
}

const LABELS = { health: "Health", api: "API asked", page: "Page", asset: "Asset" } as const;

/** The end of a release that went well, or of one that was left to AWS: `follow` follows it. */
export function renderReleased(
  {
    header,
    number,
    of,
    isSame,
    onlyMigrated,
    checks = [],
    result,
    follow,
    next: after,
  }: Pick<ReleaseReport, "header" | "number" | "of"> & {
    /** It came out as the release that is deployed. */
    readonly isSame?: boolean;
    /** The database was migrated, and nothing released. */
    readonly onlyMigrated?: boolean;
    /** What was asked whether it answers, and did. */
    readonly checks?: readonly ProofCheck[];
    readonly result: { readonly outputs: { readonly [name: string]: string }; readonly elapsedSeconds: number };
    readonly follow?: CommandLine;
    /** What to do once it is up, and the command for it. */
    readonly next?: Hint;
  },
  terminal: Terminal,
): string {
  const theme = themeOf(terminal);
  const { bold, green } = theme.paint;
  const { elapsedSeconds, outputs } = result;
  const back = of === undefined ? "" : `, which is release ${of} again`;
  const took = elapsedSeconds > 0 ? ` in ${duration(elapsedSeconds)}` : "";
  const words = follow
    ? ` release ${number} of ${header.environment} is being rolled out by AWS`
    : onlyMigrated
      ? ` the database of ${header.environment} is migrated${took}; nothing was rolled out`
      : isSame
        ? ` nothing changed: release ${number} of ${header.environment} is up as it was`
        : ` release ${number} of ${header.environment} is up${took}${back}`;
  const next: readonly Labelled[] = follow
    ? [["Next", shellLine(follow), bold]]
    : after
      ? [["Next", hintPieces(after), bold]]
      : [];
  return `${[
    ...heading(theme, header, [
      ["✔", green],
      [words, bold],
    ]),
    ...labelled(theme, [...labelOutputs(outputs), ...checks.map(provedRow), ...next]),
  ].join("\n")}\n`;
}
