import { writeFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { type FileAnswer, parseAnswers, renderAnswers } from "../config/answers.ts";
import type { Context } from "../context.ts";
import { AstroError, reasonOf } from "../errors.ts";
import { readText } from "../reading/file.ts";
import { MOST_BYTES } from "../reading/limits.ts";
import { ANSWER_KINDS, answersOf, variableOf } from "../wizard/answers.ts";
import type { Choices } from "../wizard/choose.ts";
import type { ChoiceOptions, Request } from "../wizard/request.ts";

/** Where answers come from besides the flags themselves, and where they go. */
export type AnswerOptions = ChoiceOptions & {
  /** A file of answers, YAML or JSON. */
  readonly answers?: string | undefined;
  /** A file that the answers are written to. */
  readonly "save-answers"?: string | undefined;
};

/**
 * The values given by flags, else by the file of answers, else by `ASTRO_*`, and where each was that is no flag. An empty
 * variable gives nothing. Throws AstroError("usage") for a file that is none; the values are checked later.
 */
export function givenAnswers(
  { cwd, env }: Pick<Context, "cwd" | "env">,
  flags: AnswerOptions,
): Pick<Request, "flags" | "elsewhere"> {
  const file = flags.answers;
  const read = file === undefined ? {} : parseAnswers(textOf(resolve(cwd, file), file), file, ANSWER_KINDS);
  const found = Object.keys(ANSWER_KINDS).flatMap((flag) => {
    if (flags[flag] !== undefined) return [];
    const answer: FileAnswer | undefined = read[flag];
    if (answer !== undefined) {
      const [name, words] = [`${file}:${answer.line}: ${flag}`, `${basename(file ?? "")}:${answer.line}`];
      return [{ flag, value: answer.value, name, words }];
    }
    const variable = variableOf(flag);
    const value = env[variable];
    return value ? [{ flag, value, name: variable, words: variable }] : [];
  });
  return {
    flags: { ...flags, ...Object.fromEntries(found.map(({ flag, value }) => [flag, value])) },
    elsewhere: Object.fromEntries(found.map(({ flag, name, words }) => [flag, { name, words }])),
  };
}

/** Writes what was chosen so that `--answers` chooses it again. Throws AstroError("failed"). */
export async function saveAnswers(context: Context, file: string, choices: Choices): Promise<void> {
  try {
    await writeFile(resolve(context.cwd, file), renderAnswers(answersOf(choices)));
  } catch (error) {
    const words = `${file} cannot be written: ${reasonOf(error)}`;
    throw new AstroError("failed", words, "give --save-answers another file; nothing was written", error);
  }
}

function textOf(path: string, file: string): string {
  try {
    const text = readText(path, MOST_BYTES.config);
    // What the decoder puts where the bytes are no UTF-8.
    if (text.includes("\uFFFD")) throw new Error("it is not UTF-8");
    return text;
  } catch (error) {
    const hint = "give --answers a file of YAML or JSON, such as --save-answers writes";
    throw new AstroError("usage", `${file} cannot be read: ${reasonOf(error)}`, hint, error);
  }
}
