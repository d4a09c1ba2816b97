import { type Document, isAlias, isMap, isScalar, isSeq } from "yaml";
import { readYaml, type Yaml } from "../reading/yaml.ts";
import { startOf } from "./place.ts";
import { refusal } from "./problems.ts";
import { scalar } from "./render.ts";
import type { ConfigTree } from "./values.ts";
import { said, unknownKey } from "./words.ts";

/** What a file of answers may say, by flag, and of which kind each is. */
export type AnswerKinds = { readonly [flag: string]: "text" | "number" | "boolean" | "words" };

/** One value of the file, and the line that it stands in, from 1. */
export type FileAnswer = { readonly value: string | number | boolean | readonly string[]; readonly line: number };

const HINT = "a file of answers is YAML or JSON: flag names and their values, such as azs: 2";

/**
 * The answers in `text` (YAML or JSON), by flag; what is legal is the schema of astro.yaml's to say. Throws
 * AstroError("usage") naming `file` and line of every key that is no flag and every value that is not one, and of what is not YAML.
 */
export function parseAnswers(text: string, file: string, kinds: AnswerKinds): { readonly [flag: string]: FileAnswer } {
  const yaml = readYaml(text);
  const { document } = yaml;
  // Twice the same flag would leave open which one is meant.
  const faults = [...yaml.faults, ...yaml.repeated].map((fault) => fault.in(file));
  if (faults.length > 0) throw refusal("usage", faults, HINT);
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === null)) return {};
  if (!isMap(contents)) throw refusal("usage", [`${file}:1: not flag names and their values`], HINT);
  const read = contents.items.map((pair) => {
    const flag = String(isScalar(pair.key) ? pair.key.value : pair.key);
    const line = lineOf(yaml, pair.key, pair.value);
    const kind = Object.hasOwn(kinds, flag) ? kinds[flag] : undefined;
    const value = kind === undefined ? undefined : answerIn(pair.value, kind, document);
    return { flag, line, isKnown: kind !== undefined, value };
  });
  const wrong = read.flatMap(({ flag, line, isKnown, value }) => {
    if (value !== undefined) return [];
    const why = isKnown ? `${flag} has no single value` : said(unknownKey([flag], Object.keys(kinds)));
    return [`${file}:${line}: ${why}`];
  });
  if (wrong.length > 0) throw refusal("usage", wrong, HINT);
  return Object.fromEntries(
    read.flatMap(({ flag, line, value }) => (value === undefined ? [] : [[flag, { value, line }]])),
  );
}

/** Answers as a file that reads back as the same: one a line, in their order. */
export function renderAnswers(answers: ConfigTree): string {
  const lines = Object.entries(answers).map(([flag, value]) => `${flag}: ${scalar(value)}\n`);
  return ["# Answers for astro init --answers FILE\n", ...lines].join("");
}

function lineOf({ placeOf }: Yaml, ...nodes: readonly unknown[]): number {
  const offset = nodes.map(startOf).find((start) => start !== undefined) ?? 0;
  return placeOf(offset).line;
}

function answerIn(given: unknown, kind: AnswerKinds[string], document: Document): FileAnswer["value"] | undefined {
  const node = isAlias(given) ? given.resolve(document) : given;
  if (isSeq(node) && kind === "words") {
    const words = node.items.map((item) => answerIn(item, "text", document));
    return words.every((word) => typeof word === "string") ? words : undefined;
  }
  if (!isScalar(node)) return undefined;
  const { value, source } = node;
  // As it is written: an account's first zero and a tag's last one count.
  if (kind !== "number" && typeof value === "number") return source ?? String(value);
  if (kind === "text" && typeof value === "boolean") return source ?? String(value);
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : undefined;
}
