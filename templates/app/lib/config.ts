import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { type Document, isAlias, isMap, isScalar, LineCounter, parseDocument, visit } from "yaml";
import { check } from "./astro-yaml/check";
import { clauseOf, offsetOf } from "./astro-yaml/place";
import { SCHEMA } from "./astro-yaml/schema";
import type { Config } from "./astro-yaml/types";
import { hintOf, type Problem, problemReport } from "./astro-yaml/words";

export type { Config, Environment } from "./astro-yaml/types";

/** What is wrong with astro.yaml: `astro` says it in the same words. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";

  constructor(clauses: readonly string[], hint: string) {
    const reported = problemReport(clauses, hint);
    super(`${reported.message}\n${reported.hint}`);
  }
}

/** Reads astro.yaml. Throws a ConfigError naming line, column and value of what is wrong. */
export function load(path: string): Config {
  return parse(readFileSync(path, "utf8"), relative(process.cwd(), path));
}

/** Reads the text of astro.yaml; `file` is what errors call it. */
export function parse(text: string, file: string): Config {
  const lines = new LineCounter();
  const document = parseDocument(text, { merge: true, prettyErrors: false, logLevel: "error", lineCounter: lines });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${Math.max(1, line)}:${Math.max(1, col)}:`;
  };
  const faults = yamlFaults(document, text);
  if (faults.length > 0) {
    const clauses = faults.map(({ offset, message }) => `${place(offset)} not YAML: ${message}`);
    throw new ConfigError(clauses, hintOf([]));
  }
  return complete(document.toJS(), (problem) => `${place(offsetOf(document, problem))} ${clauseOf(document, problem)}`);
}

/** Fills in every default of a parsed astro.yaml; `clause` says where a problem is, and what. */
export function complete(parsed: unknown, clause: (problem: Problem) => string = withoutPlace): Config {
  const { value, problems, more } = check(SCHEMA, parsed);
  if (problems.length === 0) return value as Config;
  throw new ConfigError([...problems.map(clause), ...(more > 0 ? [`and ${more} more`] : [])], hintOf(problems));
}

function withoutPlace(problem: Problem): string {
  return `astro.yaml: ${clauseOf(parseDocument(""), problem)}`;
}

type YamlFault = { readonly offset: number; readonly message: string };

/** YAML errors: the library's, and what it does not report. */
function yamlFaults(document: Document, text: string): readonly YamlFault[] {
  const broken = document.errors.map(({ pos: [offset], code, message }) => ({
    offset,
    message: code === "MULTIPLE_DOCS" ? "a second document begins here: one alone is read" : message,
  }));
  const faults = document.warnings.map(({ pos: [start, end] }) => ({
    offset: start,
    message: `unknown tag ${text.slice(start, end).trim()}: write the plain value`,
  }));
  visit(document, {
    Alias: (_, node) => {
      if (node.resolve(document) !== undefined) return;
      faults.push({ offset: node.range?.[0] ?? 0, message: `the alias *${node.source} has no anchor` });
    },
    Pair: (_, { key, value }) => {
      const isMerge = isScalar(key) && (key.value === "<<" || typeof key.value === "symbol");
      const sources = isMerge && !isMap(value) && !isAlias(value) && !isListOfMaps(value);
      if (isScalar(key) && sources) faults.push({ offset: key.range?.[0] ?? 0, message: "<< merges only maps" });
    },
  });
  return broken.length > 0 ? broken : faults.sort((one, other) => one.offset - other.offset);
}

function isListOfMaps(value: unknown): boolean {
  const items = typeof value === "object" && value !== null && "items" in value ? value.items : undefined;
  return Array.isArray(items) && items.every((item) => isMap(item) || isAlias(item));
}
