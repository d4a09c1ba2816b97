import { driftWords } from "../plan/drift.ts";
import type { Plan, Step } from "../plan/plan.ts";
import { cell, row } from "./row.ts";
import { wrap } from "./text.ts";
import type { Theme } from "./theme.ts";
import { shortStack } from "./words.ts";

/** Columns of the word before the sentences. */
const WORD = 8;

/**
 * What moved since the stacks were deployed, and what the plan makes of it: a sentence each; red where it takes back what
 * somebody did, or where AWS refuses it. Nothing if nothing moved.
 */
export function driftRows(theme: Theme, plan: Plan): readonly string[] {
  const { red, yellow, dim } = theme.paint;
  const told = plan.steps.flatMap((step) => [
    ...(step.drift ?? []).map((drift) => {
      const paint = drift.undoes || drift.refused !== undefined ? red : drift.becomes === undefined ? dim : yellow;
      return { paint, words: `${nameOf(plan, step)} · ${drift.logicalId}: ${driftWords(drift)}` };
    }),
    ...(step.unseen === undefined
      ? []
      : [{ paint: yellow, words: `${nameOf(plan, step)}: drift could not be checked: ${step.unseen}` }]),
  ]);
  const lines = told.flatMap(({ paint, words }) =>
    wrap(words, theme.width - WORD - 1).map((line) => ({ paint, line })),
  );
  return lines.map(({ paint, line }, index) =>
    row(theme, [` ${cell(theme, index === 0 ? "Drift" : "", WORD - 1)}`, [line, paint]]),
  );
}

const nameOf = (plan: Plan, { stack }: Step) => shortStack(stack, plan.project, plan.environment);
