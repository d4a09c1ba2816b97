import type { EventBody } from "../provision/event.ts";
import type { Terminal } from "../terminal.ts";
import { count, duration } from "./format.ts";
import { heading } from "./header.ts";
import { labelled, underOne } from "./labelled.ts";
import { cut, oneLine, printable, wrap } from "./text.ts";
import { failedMark, type Theme, themeOf } from "./theme.ts";
import type { Header } from "./view.ts";
import { shortStack } from "./words.ts";

/** A stack that failed, what it means in plain words and what to do about it, where anybody knows. */
type FailedStack = Omit<Extract<EventBody, { type: "stack.failed" }>, "type"> & {
  readonly cause?: string;
  readonly advice?: string;
};

/** Where a failed run stands. */
export type FailureReport = {
  readonly header: Header;
  readonly project: string;
  /** The stack that failed first, then the others. */
  readonly failed: readonly [FailedStack, ...FailedStack[]];
  /** Stacks that are as the plan wants them; in a removal, those that are gone. */
  readonly finished: number;
  readonly notStarted: number;
  /** The command that goes on from here, flags and all. */
  readonly again: string;
};

/** A failed run's last lines: the resource that failed first, AWS's reason, what that means, and what to do next. */
export function renderFailure(report: FailureReport, terminal: Terminal): string {
  const { header, failed, finished, notStarted, again } = report;
  const theme = themeOf(terminal);
  const { red, bold } = theme.paint;
  const [first, ...others] = failed;
  const removing = header.command === "destroy";
  const place = ({ phase, stack }: FailedStack) =>
    `${phase} · ${shortStack(stack, report.project, header.environment)}`;
  const also = (other: FailedStack) =>
    `${place(other)}: ${other.resource === undefined ? "" : `${other.resource}: `}${oneLine(other.reason)}`;
  const lines = [
    ...heading(theme, header, [[failedMark(theme), red], `: ${place(first)} after ${duration(first.elapsedSeconds)}`]),
    `   ${count(finished, "stack")} ${removing ? "gone" : "done"}${notStarted > 0 ? `, ${notStarted} not started` : ""}`,
    "",
    ...logOf(theme, first),
    ...labelled(theme, [
      ...underOne("Also", others.map(also)),
      ["Failed", failing(first), bold],
      ["AWS says", oneLine(first.reason)],
      ...(first.cause === undefined ? [] : [["It means", first.cause] as const]),
      ...(first.advice === undefined ? [] : [["Do this", first.advice, bold] as const]),
      [first.advice === undefined ? "Do this" : "Then", again, bold],
      ["", removing ? "goes on from here" : "goes on from here; finished stacks are left alone"],
    ]),
  ];
  return `${lines.join("\n")}\n`;
}

/** Lines of the screen that one line of a log may take. */
const ROOM = 3;

/** The last lines that what failed wrote. */
function logOf(theme: Theme, { log = [] }: FailedStack): readonly string[] {
  if (log.length === 0) return [];
  const { dim } = theme.paint;
  const width = Math.max(theme.width - 5, 20);
  const lines = log.flatMap((line) =>
    wrap(cut(theme.say(printable(line)), width * ROOM, theme.say("…")), width).map((part) => `     ${part}`.trimEnd()),
  );
  return [dim(`   Its log${log.length > 1 ? `, the last ${log.length} lines` : ""}:`), ...lines, ""];
}

function failing({ resource, resourceType, stack, status }: FailedStack): string {
  if (resource === undefined) return `${stack}, ${status}`;
  return resourceType === undefined ? resource : `${resource}, ${resourceType}`;
}
