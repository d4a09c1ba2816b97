import { inColumns } from "../../src/view/columns.ts";
import type { Ask } from "../../src/wizard/ask.ts";

/** A person at the terminal who knows all answers beforehand, in the order of the questions. */
export type FakeAsk = {
  readonly ask: Ask;
  /** What was asked, and what was said against an answer. */
  readonly heard: readonly string[];
  /** Answers nobody asked for. */
  readonly left: () => readonly string[];
};

/** What is suggested, wiped away. */
export const NOTHING = "(nothing)";

/** Answers typed or chosen by the word that stays on the screen; an empty one takes what is suggested. */
export function fakeAsk(answers: readonly string[]): FakeAsk {
  const heard: string[] = [];
  const rest = [...answers];
  const next = (message: string): string => {
    heard.push(message);
    const answer = rest.shift();
    if (answer === undefined) throw new Error(`no answer to: ${message}`);
    return answer;
  };
  const ask: Ask = {
    text: async ({ message, initial, refuse }) => {
      for (;;) {
        const typed = next(message);
        const answer = typed === NOTHING ? "" : typed || (initial ?? "");
        const words = refuse(answer);
        if (words === undefined) return answer;
        heard.push(`! ${words}`);
      }
    },
    secret: async ({ message, refuse }) => {
      const typed = next(message);
      const words = refuse(typed);
      if (words !== undefined) throw new Error(words);
      return typed;
    },
    choose: async ({ message, choices, initial, below }) => {
      const lines = [...choices.map(({ name }) => name), ...(below === undefined ? [] : [below])];
      const shown = inColumns(lines, 77, { say: (text) => text, ellipsis: "..." }).map(({ text }, index) => {
        const { disabled } = choices[index] ?? {};
        return text + (disabled === undefined ? "" : ` (${disabled})`);
      });
      const answer = next([message, ...shown].join("\n"));
      const open = choices.filter(({ disabled }) => disabled === undefined);
      const found =
        answer === "" ? open.find(({ value }) => value === initial) : open.find(({ short }) => short === answer);
      if (!found) throw new Error(`${answer} cannot be chosen at: ${message}`);
      return found.value;
    },
    confirm: async (message) => next(message) === "yes",
  };
  return { ask, heard, left: () => rest };
}
