import { type Hint, hintText } from "../errors.ts";
import type { Outcome, PreflightFinding } from "../preflight/finding.ts";
import type { Terminal } from "../terminal.ts";
import { heading } from "./header.ts";
import { hintLines, hintPieces } from "./hint.ts";
import { labelled } from "./labelled.ts";
import { cell } from "./row.ts";
import { oneLine, wrap } from "./text.ts";
import { type Theme, themeOf } from "./theme.ts";
import type { Header } from "./view.ts";
import { findingWords } from "./warning-words.ts";

/** What shows each outcome: a mark, a word beside it, a colour. */
const SHOWN = {
  ok: { mark: "✔", word: "good", colour: "green" },
  "not-checked": { mark: "?", word: "not checked", colour: "dim" },
  warning: { mark: "!", word: "warning", colour: "yellow" },
  problem: { mark: "✖", word: "problem", colour: "red" },
} as const;

/** What needs doing comes last, where it is seen. */
const ORDER = Object.keys(SHOWN) as readonly Outcome[];

/** Columns of mark and word, and of the check's code. */
const MARK = 14;
const CODE = 14;

/** Every finding on a line or more, with what to do about it; problems last, then the next command. */
export function renderPreflight(
  findings: readonly PreflightFinding[],
  header: Header,
  terminal: Terminal,
  next: Hint,
): string {
  const theme = themeOf(terminal);
  const title = `${header.environment} in ${header.region}`;
  const lines = [
    ...heading(theme, header, [[title, theme.paint.bold], `: ${countWords(findings)}`]),
    ...ORDER.flatMap((outcome) => findings.filter((one) => one.outcome === outcome)).flatMap((one) =>
      findingLines(theme, one),
    ),
    ...labelled(theme, [["Next", hintPieces(next), theme.paint.bold]]),
  ];
  return `${lines.join("\n")}\n`;
}

/**
 * One line if all is well, and the warnings. Problems are said with the error that they become, unless a person is about
 * to be asked what to do about them (`problems`).
 */
export function renderBrief(
  findings: readonly PreflightFinding[],
  terminal: Terminal,
  more: Hint,
  problems: boolean,
): string {
  const theme = themeOf(terminal);
  const unknown = findings.some(({ outcome }) => outcome === "not-checked");
  const well = findings.every(({ outcome }) => outcome !== "problem");
  const first = `${well ? theme.paint.green(theme.say("✔")) : theme.paint.red(theme.say("✖"))} checked: ${countWords(findings)}`;
  const shown = ORDER.filter((outcome) => outcome === "warning" || (outcome === "problem" && problems));
  return `${[
    ` ${first}${unknown ? theme.paint.dim(`  (${hintText(more)})`) : ""}`,
    ...shown
      .flatMap((outcome) => findings.filter((one) => one.outcome === outcome))
      .flatMap((one) => findingLines(theme, one)),
  ].join("\n")}\n`;
}

/** `2 problems, 1 warning, 8 good`. */
function countWords(findings: readonly PreflightFinding[]): string {
  const counts = ORDER.toReversed().flatMap((outcome) => {
    const count = findings.filter((one) => one.outcome === outcome).length;
    const { word } = SHOWN[outcome];
    const plural = count !== 1 && (outcome === "problem" || outcome === "warning") ? "s" : "";
    return count === 0 ? [] : [`${count} ${word}${plural}`];
  });
  return counts.join(", ");
}

function findingLines(theme: Theme, finding: PreflightFinding): readonly string[] {
  const { outcome, code, fix } = finding;
  const { mark, word, colour } = SHOWN[outcome];
  const paint = theme.paint[colour];
  const indent = " ".repeat(1 + MARK + CODE);
  const width = theme.width - indent.length;
  const arrow = `${theme.say("→")} `;
  const [first = "", ...more] = wrap(theme.say(oneLine(findingWords(finding))), width);
  // A finding that needs nothing done is not worth more than a glance.
  const dim = outcome === "ok" ? theme.paint.dim : (text: string) => text;
  const fixes = (fix?.hints ?? []).flatMap((hint) => hintLines(theme, hint, width - arrow.length));
  return [
    ` ${paint(cell(theme, `${mark} ${word}`, MARK))}${cell(theme, code, CODE)}${dim(first)}`,
    ...more.map((line) => indent + dim(line)),
    ...fixes.map((line, index) => indent + theme.paint.cyan(index === 0 ? arrow : " ".repeat(arrow.length)) + line),
  ];
}
