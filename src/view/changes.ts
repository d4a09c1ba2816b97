import { interruptionOf } from "../plan/interruptions.ts";
import type { PlannedChange, Step } from "../plan/plan.ts";
import { count } from "./format.ts";
import { cell, row, type Span, spansWidth } from "./row.ts";
import { displayWidth, someOf, wrap } from "./text.ts";
import type { Paint, Theme } from "./theme.ts";
import { resourceWords } from "./words.ts";

/** Lines of plain changes shown for one stack before the rest is only counted. */
const SHOWN = 5;

/** Columns before a change, and of its kind. */
const INDENT = 12;
const KIND = 14;

/**
 * An updated stack's changes: additions in one line, changes with the properties behind them, what they interrupt, then
 * what is replaced or removed, one a line and never left out, the nested stacks nobody could look into yet, and whether all
 * this is AWS's own word.
 */
export function changeRows(theme: Theme, { changes, foreseen, inTwo }: Step): readonly string[] {
  const { green, yellow, red } = theme.paint;
  const room = theme.width - INDENT - KIND;
  const line = (kind: string, paint: Paint, words: string) => changeRow(theme, kind, paint, words);
  const wrapped = (kind: string, paint: Paint, text: string) => wrappedRows(theme, kind, paint, text);
  const loud = (kind: string, change: PlannedChange) => wrapped(kind, red, lossWords(change));
  const added = changes.filter(isAdded).map((change) => change.logicalId);
  const changed = changes.filter(isChanged);
  const more = changed.length - SHOWN;
  return [
    ...(added.length > 0 ? [line("+ add", green, someOf(added, room))] : []),
    ...changed.slice(0, SHOWN).map(({ logicalId, causes }) => {
      const start = causes.length === 0 ? logicalId : `${logicalId}: `;
      return line("~ change", yellow, start + someOf(causes, room - displayWidth(start)));
    }),
    ...(more > 0 ? [line("~ change", yellow, `${count(more, "other resource")}`)] : []),
    ...changes.flatMap((change) => {
      const words = interruptionOf(change);
      return words === undefined ? [] : wrapped("! interrupts", yellow, `${change.logicalId}, by ${words}`);
    }),
    ...(inTwo === undefined ? [] : wrapped("~ steps", yellow, inTwo)),
    ...changes.filter(isUncertain).flatMap((change) => loud("! MAY REPLACE", change)),
    ...changes.filter(isReplaced).flatMap((change) => loud("! REPLACE", change)),
    ...changes.filter(isRemoved).flatMap((change) => loud("! REMOVE", change)),
    ...changes
      .filter(({ inside }) => inside === "later")
      .flatMap(({ logicalId }) => wrapped("? not seen", yellow, `${logicalId}: checked right before it changes`)),
    ...(foreseen?.by === "templates"
      ? wrapped("? not exact", yellow, `from the templates alone: ${foreseen.why}`)
      : []),
  ];
}

/** What the removal of a stack leaves in the account, by its policies: the plan's figures have no price for it. */
export function keptRows(theme: Theme, { changes }: Step): readonly string[] {
  return changes.filter(isRemoved).flatMap(({ logicalId, type, kept, snapshot }) => {
    if (!kept && !snapshot) return [];
    const words = kept ? "stays, outside the stack, at what it costs" : "leaves a snapshot, at what that costs";
    return wrappedRows(theme, "! keep", theme.paint.yellow, `${resourceWords(logicalId, type)}: ${words}`);
  });
}

function changeRow(theme: Theme, kind: string, paint: Paint, words: string): string {
  return row(theme, [" ".repeat(INDENT), [cell(theme, kind, KIND), paint], words]);
}

function wrappedRows(theme: Theme, kind: string, paint: Paint, text: string): readonly string[] {
  return wrap(text, theme.width - INDENT - KIND).map((words, index) =>
    changeRow(theme, index === 0 ? kind : "", paint, words),
  );
}

/** Whether anything is lost: the last words of a plan. */
export function lossRows(theme: Theme, steps: readonly Step[]): readonly string[] {
  const changes = steps.flatMap((step) => step.changes);
  const uncertain = changes.filter(isUncertain).length;
  const sentences: readonly Span[] = [
    lossSentence(theme, "replaced", changes.filter(isReplaced).length),
    ...(uncertain === 0 ? [] : [[` ${count(uncertain, "resource")} MAY be replaced.`, theme.paint.red] as const]),
    lossSentence(theme, "removed", changes.filter(isRemoved).length),
  ];
  if (spansWidth(theme, sentences) <= theme.width) return [row(theme, sentences)];
  return sentences.map((sentence) => row(theme, [sentence]));
}

function lossSentence(theme: Theme, words: string, lost: number): Span {
  if (lost === 0) return ` Nothing is ${words}.`;
  return [` ${count(lost, "resource")} ${lost === 1 ? "is" : "are"} ${words.toUpperCase()}.`, theme.paint.red];
}

/** What is lost, why, and what stays: `Database, DBInstance (RDS), because of Engine; a snapshot is taken first`. */
function lossWords({ logicalId, type, causes, kept, snapshot }: PlannedChange): string {
  const why = causes.length > 0 ? `, because of ${causes.join(", ")}` : "";
  const rest = kept ? "; the old one stays, outside the stack" : snapshot ? "; a snapshot is taken first" : "";
  return `${resourceWords(logicalId, type)}${why}${rest}`;
}

const isUncertain = ({ action, mayReplace }: PlannedChange): boolean => action !== "replace" && mayReplace === true;
const isAdded = ({ action }: PlannedChange): boolean => action === "add";
const isChanged = (change: PlannedChange): boolean => change.action === "change" && !isUncertain(change);
const isReplaced = ({ action }: PlannedChange): boolean => action === "replace";
const isRemoved = ({ action }: PlannedChange): boolean => action === "remove";
