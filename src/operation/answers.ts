import { lstatSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
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

/**
 * Throws AstroError("usage") for a file that answers are not written to: one that says something else, a folder, a link to
 * nothing. What is no file, such as /dev/stdout, may get them.
 */
export function refuseSaving({ cwd }: Pick<Context, "cwd">, file: string): void {
  if (!saysElse(resolve(cwd, file))) return;
  const words = `${file} is there, and is no file of answers`;
  throw new AstroError("usage", words, "give --save-answers another file; nothing was written");
}

function saysElse(path: string): boolean {
  try {
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return false;
    const found = statSync(path);
    if (!found.isFile()) return found.isDirectory();
    const text = readText(path, MOST_BYTES.config);
    return text.trim() !== "" && Object.keys(parseAnswers(text, path, ANSWER_KINDS)).length === 0;
  } catch {
    return true;
  }
}

/** Answers that lie beside their file, and are not in it yet. */
export type StagedAnswers = {
  /** Puts them into their place. */
  readonly save: () => void;
  readonly takeBack: () => void;
};

/**
 * Writes what was chosen so that `--answers` chooses it again, beside its file: nothing can keep it from getting there any
 * more. Throws AstroError("failed"), and ("usage") for a file of the app itself.
 */
export function stageAnswers(
  context: Pick<Context, "cwd" | "token">,
  file: string,
  choices: Choices,
  app: { readonly directory: string; readonly files: ReadonlyMap<string, string> },
): StagedAnswers {
  const path = resolve(context.cwd, file);
  if ([...app.files.keys()].some((name) => join(app.directory, name) === path)) {
    const hint = "give --save-answers another file; nothing was written";
    throw new AstroError("usage", `${file} is a file of the app`, hint);
  }
  try {
    const text = renderAnswers(answersOf(choices));
    const found = statSync(path, { throwIfNoEntry: false });
    if (found && !found.isFile()) {
      // A pipe or a device: there is nothing beside it that could take its place.
      writeFileSync(path, text);
      return { save: () => undefined, takeBack: () => undefined };
    }
    const place = found ? realpathSync(path) : path;
    const beside = `${place}.${context.token()}.new`;
    const takeBack = () => rmSync(beside, { force: true });
    try {
      writeFileSync(beside, text, { flag: "wx" });
    } catch (error) {
      takeBack();
      throw error;
    }
    return { save: () => renameSync(beside, place), takeBack };
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
