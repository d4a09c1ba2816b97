import { type CommandLine, shellLine } from "../command-line.ts";
import type { FailedStack } from "../provision/event.ts";
import type { Terminal } from "../terminal.ts";
import { count, duration } from "./format.ts";
import { heading } from "./header.ts";
import { hintPieces } from "./hint.ts";
import { type Labelled, labelled, underOne } from "./labelled.ts";
import { cut, oneLine, printable, wrap } from "./text.ts";
import { failedMark, type Paint, type Theme, themeOf } from "./theme.ts";
import type { Header } from "./view.ts";
import { shortStack } from "./words.ts";

/** The state a failed run leaves. */
export type FailureReport = {
  readonly header: Header;
  readonly project: string;
  /** The stack that failed first, then the others. */
  readonly failed: readonly [FailedStack, ...FailedStack[]];
  /** Stacks that are as the plan wants them; in a removal, those that are gone. */
  readonly finished: number;
  readonly notStarted: number;
  /** The command that goes on from here, flags and all. */
  readonly again: CommandLine;
};

/**
 * A failed run's last lines: the resource that failed first, the reason in the words of whoever gave it, what
 * that means, and what to do next.
 */
export function renderFailure(report: FailureReport, terminal: Terminal): string {
  const { header, failed, finished, notStarted, again } = report;
  const theme = themeOf(terminal);
  const { red, bold } = theme.paint;
  const [first, ...others] = failed;
  const removing = header.command === "destroy";
  const place = ({ phase, stack }: FailedStack) =>
    `${phase} · ${shortStack(stack, report.project, header.environment)}`;
  const also = (other: FailedStack) =>
    `${place(other)}: ${other.resource === undefined ? "" : `${other.resource}: `}${bareReason(oneLine(other.reason))}`;
  const lines = [
    ...heading(theme, header, [[failedMark(theme), red], `: ${place(first)} after ${duration(first.elapsedSeconds)}`]),
    `   ${count(finished, "stack")} ${removing ? "gone" : "done"}${notStarted > 0 ? `, ${notStarted} not started` : ""}${fate(first)}`,
    "",
    ...logOf(theme, first),
    ...labelled(theme, [
      ...underOne("Also", others.map(also)),
      ["Failed", failing(first), bold],
      [first.source === "aws" ? "AWS says" : "Reason", bareReason(oneLine(first.reason))],
      ...(first.cause === undefined ? [] : [["Cause", first.cause] as const]),
      ...underOne("Do this", first.hints.map(hintPieces)).map(([label, text]): Labelled => [label, text, bold]),
      ...goingOn(first, again, removing, bold),
    ]),
  ];
  return `${lines.join("\n")}\n`;
}

/** The command that goes on from here; none beside a hint that goes on by itself. */
function goingOn({ hints }: FailedStack, again: CommandLine, removing: boolean, bold: Paint): readonly Labelled[] {
  const goesOn = ({ command = [] }: FailedStack["hints"][number]) => again.every((word, at) => command[at] === word);
  if (hints.some(goesOn)) return [];
  return [
    [hints.length === 0 ? "Do this" : "Then", shellLine(again), bold],
    ["", removing ? "goes on from here" : "goes on from here; finished stacks are not changed"],
  ];
}

/** Lines of the screen that one line of a log may take. */
const ROOM = 3;

/** Columns of its own indentation that a line keeps at most. */
const DEEPEST = 12;

/** The last lines that what failed wrote. */
function logOf(theme: Theme, { log = [] }: FailedStack): readonly string[] {
  const said = log.map(printable).filter((line) => line.trim() !== "");
  if (said.length === 0) return [];
  const { dim } = theme.paint;
  const lines = said.flatMap((line) => {
    const text = line.trimStart();
    const margin = " ".repeat(Math.min(line.length - text.length, DEEPEST) + 5);
    const width = Math.max(theme.width - margin.length, 20);
    return wrap(cut(theme.say(text), width * ROOM, theme.say("…")), width).map((part) => margin + part);
  });
  return [dim(`   Its log${said.length > 1 ? `, the last ${said.length} lines` : ""}:`), ...lines, ""];
}

/** What became of the stack that failed, where that is good news. */
function fate({ status }: FailedStack): string {
  return status === "UPDATE_ROLLBACK_COMPLETE" ? "; this one is rolled back" : "";
}

function failing({ resource, resourceType, stack, status, call }: FailedStack): string {
  // Where no operation came to an end, there is no status that would tell anything.
  const what = status === "UNKNOWN" ? call : status;
  if (resource === undefined) return what === undefined ? stack : `${stack}, ${what}`;
  return resourceType === undefined ? resource : `${resource}, ${resourceType}`;
}

/** What a resource's service said, which CloudFormation hands on in words of its own. */
const HANDED_ON = /^Resource handler returned message: "(?<words>.*)" \(RequestToken: [^)]*\)$/;

/** AWS's words without what only AWS's support can use. */
function bareReason(reason: string): string {
  const words = HANDED_ON.exec(reason)?.groups?.words ?? reason;
  return words.replaceAll(/, Request ID: [\w-]+| \(SDK Attempt Count: \d+\)/g, "");
}
