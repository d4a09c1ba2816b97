import { valueAt } from "../config/values.ts";
import { ANSWER, type Decision, type Draft } from "./draft.ts";
import type { Answer } from "./question.ts";
import { QUESTIONS } from "./questions.ts";

/** The decisions of a draft that a person answered at the prompt, but for the region's, which it began with. */
export function answersIn(draft: Draft): readonly Decision[] {
  return QUESTIONS.flatMap(({ path, empty }): readonly Decision[] => {
    const value = answerAt(draft, path);
    if (value !== undefined) return draft.sources[path]?.by === "answer" ? [{ path, value, source: ANSWER }] : [];
    const isRefused = empty !== undefined && draft.sources[empty]?.by === "answer";
    return isRefused ? [{ path: empty, value: undefined, source: ANSWER }] : [];
  });
}

/** The same by flag; a value that was refused is empty. */
export function answeredFlags(draft: Draft): { readonly [flag: string]: Answer } {
  const answers = answersIn(draft);
  return Object.fromEntries(
    QUESTIONS.flatMap(({ path, flag, empty }) => {
      const answer = answers.find((one) => one.path === path || one.path === empty);
      return answer ? [[flag, answer.value ?? ""]] : [];
    }),
  );
}

/** The value of a draft at the path of a question; undefined where it has none. */
export function answerAt({ values }: Draft, path: string): Answer | undefined {
  // The schema has checked it: what lies at the path of a question is an answer.
  return valueAt(values, path.split(".")) as Answer | undefined;
}
