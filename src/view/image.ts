import type { Plan, Step } from "../plan/plan.ts";
import { cell, row } from "./row.ts";
import { wrap } from "./text.ts";
import type { Theme } from "./theme.ts";
import { shortStack } from "./words.ts";

/** Columns of the word before the sentences. */
const WORD = 8;

/** Which image runs and since when, and what the plan makes of it: a sentence for all stacks that run the same. */
export function imageRows(theme: Theme, plan: Plan): readonly string[] {
  const told = plan.steps.flatMap((step) => (step.image ? [{ step, words: imageWords(step.image) }] : []));
  const sentences = [...new Set(told.map(({ words }) => words))].map((words) => {
    const of = told.filter((one) => one.words === words).map(({ step }) => nameOf(plan, step));
    return {
      words: told.length === of.length ? words : `${of.join(", ")}: ${words}`,
      changes: / this makes it /.test(words),
    };
  });
  const lines = sentences.flatMap(({ words, changes }) =>
    wrap(words, theme.width - WORD - 1).map((line) => ({
      line,
      paint: changes ? theme.paint.yellow : theme.paint.dim,
    })),
  );
  return lines.map(({ line, paint }, index) =>
    row(theme, [` ${cell(theme, index === 0 ? "Image" : "", WORD - 1)}`, [line, paint]]),
  );
}

function imageWords({ runs, since = "", pinned, becomes }: NonNullable<Step["image"]>): string {
  const when = `${since.slice(0, 10)} ${since.slice(11, 16)} UTC`;
  const now = runs === undefined ? "none was deployed" : `${shortImage(runs)} since ${when}${pinned ? PINNED : ""}`;
  if (becomes === undefined) return now;
  const next = becomes === "" ? "the placeholder" : shortImage(becomes);
  return `${now}; this makes it ${next}${!pinned ? PINNED : becomes === "" ? "" : ", which was deployed last"}`;
}

const PINNED = ", as service.image says";

/** An image without its registry, and of its digest no more than people compare. */
function shortImage(name: string): string {
  return (name.split("/").at(-1) ?? name).replace(/(sha256:[0-9a-f]{12})[0-9a-f]+/, "$1…");
}

const nameOf = (plan: Plan, { stack }: Step) => shortStack(stack, plan.project, plan.environment);
