import type { Change, Step } from "../plan/plan.ts";
import { count } from "./format.ts";
import { cell, row } from "./row.ts";
import { someOf } from "./text.ts";
import type { Paint, Theme } from "./theme.ts";
import { resourceName } from "./words.ts";

/** Lines of plain changes shown for one stack before the rest is only counted. */
const SHOWN = 5;

/** Columns before a change, and of its kind. */
const INDENT = 12;
const KIND = 14;

/**
 * An updated stack's changes: additions in one line, changes with the properties behind them, then what is replaced or
 * removed, one a line and never left out.
 */
export function changeRows(theme: Theme, { changes }: Step): readonly string[] {
  const { green, yellow, red } = theme.paint;
  const line = (kind: string, paint: Paint, words: string) =>
    row(theme, [" ".repeat(INDENT), [cell(theme, kind, KIND), paint], words]);
  const added = changes.filter(isAdded).map((change) => change.logicalId);
  const changed = changes.filter(isChanged);
  const more = changed.length - SHOWN;
  return [
    ...(added.length > 0 ? [line("+ add", green, someOf(added, theme.width - INDENT - KIND))] : []),
    ...changed.slice(0, SHOWN).map((change) => line("~ change", yellow, words(change))),
    ...(more > 0 ? [line("~ change", yellow, `${more} more`)] : []),
    ...changes.filter(isUncertain).map((change) => line("! MAY REPLACE", red, words(change))),
    ...changes.filter(isReplaced).map((change) => line("! REPLACE", red, words(change))),
    ...changes.filter(isRemoved).map((change) => line("! REMOVE", red, words(change))),
  ];
}

/** Whether anything is lost, in one sentence for each way: the last words of a plan. */
export function lossRows(theme: Theme, steps: readonly Step[]): readonly string[] {
  const changes = steps.flatMap((step) => step.changes);
  const replaced = changes.filter(isReplaced).length;
  const uncertain = changes.filter(isUncertain).length;
  const removed = changes.filter(isRemoved).length;
  const loud = theme.paint.red;
  const are = (amount: number) => `${count(amount, "resource")} ${amount === 1 ? "is" : "are"}`;
  return [
    row(theme, [
      replaced === 0
        ? " Nothing is replaced."
        : [` ${are(replaced)} REPLACED: made anew, then the old one removed.`, loud],
    ]),
    ...(uncertain === 0
      ? []
      : [row(theme, [[` ${count(uncertain, "resource")} MAY be replaced: AWS decides.`, loud]])]),
    row(theme, [removed === 0 ? " Nothing is removed." : [` ${are(removed)} REMOVED.`, loud]]),
  ];
}

/** `DBInstance (RDS): AllocatedStorage`, by its logical id where the type says too little. */
function words({ logicalId, type, causes }: Change): string {
  return `${logicalId}, ${resourceName(type)}${causes.length > 0 ? `: ${causes.join(", ")}` : ""}`;
}

const isUncertain = ({ action, mayReplace }: Change): boolean => action !== "replace" && mayReplace === true;
const isAdded = ({ action }: Change): boolean => action === "add";
const isChanged = (change: Change): boolean => change.action === "change" && !isUncertain(change);
const isReplaced = ({ action }: Change): boolean => action === "replace";
const isRemoved = ({ action }: Change): boolean => action === "remove";
