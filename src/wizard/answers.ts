import type { AnswerKinds } from "../config/answers.ts";
import { inSchemaOrder } from "../config/ordered.ts";
import type { ConfigTree } from "../config/values.ts";
import { answerAt } from "./answered.ts";
import type { Choices } from "./choose.ts";
import type { Answer } from "./question.ts";
import { QUESTIONS } from "./questions.ts";

/** Every flag of `astro init` that gives a value, and of which kind: what a file of answers and `ASTRO_*` may say. */
export const ANSWER_KINDS: AnswerKinds = {
  name: "text",
  env: "text",
  preset: "text",
  region: "text",
  ...Object.fromEntries(QUESTIONS.map(({ flag, kind }) => [flag, kind])),
};

/** The variable that gives the value of a flag: `ASTRO_DB_CLASS`. */
export function variableOf(flag: string): string {
  return `ASTRO_${flag.toUpperCase().replaceAll("-", "_")}`;
}

/**
 * What was chosen, by flag: given again, it makes the same environment. A value that was refused is empty; what no flag
 * gives follows from these, from the preset, or from what the repository shows.
 */
export function answersOf({ name, env, preset, draft, environment }: Choices): { readonly [flag: string]: Answer } {
  const chosen = QUESTIONS.flatMap(({ path, flag, empty }): readonly (readonly [string, Answer | undefined])[] => {
    const value = answerAt(draft, path);
    if (value !== undefined) return [[flag, value]];
    return empty !== undefined && draft.sources[empty] !== undefined ? [[flag, ""]] : [];
  });
  const region = draft.values.region === undefined ? undefined : environment.region;
  const all = [["name", name], ["env", env], ["preset", preset], ["region", region], ...chosen] as const;
  return Object.fromEntries(all.flatMap(([flag, value]) => (value === undefined ? [] : [[flag, value]])));
}

/** The values as they are written: in the schema's order, whichever was answered first. */
export function writtenOf({ draft }: Choices): ConfigTree {
  return inSchemaOrder(draft.values);
}
