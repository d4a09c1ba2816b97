// As astro itself reads astro.yaml: made from its schema. It is yours, like all of this app.

import { nearest } from "./nearest";
import { type ConfigTree, isTree } from "./values";

/** One thing that is wrong with a tree of values. */
export type Problem = {
  readonly path: readonly PropertyKey[];
  /** What is wrong: the value, the key itself, or that there is no value. */
  readonly kind: "value" | "key" | "missing";
  /** Why, in words: `expected a whole number 1 to 3`. */
  readonly why: string;
  /** The value as it is; undefined where it is missing. */
  readonly value: unknown;
  /** True where text is expected. */
  readonly isText?: boolean;
  /** The legal values, where there are too many to list in `why`; else empty. */
  readonly legal: readonly string[];
};

/** Values that are listed in a message; more go into its hint. */
const MOST_LISTED = 12;

/**
 * What is wrong with the value at `path`. `message` is the schema's own, empty where `schema` (its JSON Schema) says it all;
 * `isRule` where a rule between several values was broken.
 */
export function valueProblem(
  path: readonly PropertyKey[],
  value: unknown,
  { message, isRule }: { readonly message: string; readonly isRule: boolean },
  schema: ConfigTree,
): Problem {
  const options = Array.isArray(schema.enum) ? schema.enum.map(String) : [];
  const legal = options.length > MOST_LISTED ? options : [];
  const expected = legal.length > 0 ? "" : `expected ${expectation(schema, options)}`;
  if (value === undefined) {
    const why = isRule ? message : schema.type === "string" ? "" : expected;
    return { path, kind: "missing", why, value, legal };
  }
  const meant = options.length > 0 ? nearest(String(value), options) : undefined;
  const why = [message || expected, ...(meant ? [`did you mean ${meant}?`] : [])].join("; ");
  return { path, kind: "value", why, value, isText: schema.type === "string", legal };
}

/** An unknown key, with the nearest of the `known` ones. */
export function unknownKey(path: readonly PropertyKey[], known: readonly string[]): Problem {
  const meant = nearest(String(path.at(-1)), known);
  return badKey(path, `unknown key; ${meant ? `did you mean ${meant}?` : `the keys here are ${orList(known, "and")}`}`);
}

/** A key that is illegal itself. */
export function badKey(path: readonly PropertyKey[], why: string): Problem {
  return { path, kind: "key", why, value: undefined, legal: [] };
}

/** The problems in the order they are reported, each once: a missing key is often there, misspelt, so the misspelling comes first. */
export function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const isThere = ({ kind }: Problem) => kind !== "missing";
  const all = [...problems.filter(isThere), ...problems.filter((problem) => !isThere(problem))];
  const keys = all.map((problem) => said(problem));
  return all.filter((_, index) => keys.indexOf(keys[index] ?? "") === index);
}

/** A problem as one clause, `name` being what the user calls the value: a dotted key or a flag. */
export function said(problem: Problem, name = problem.path.map(String).join(".") || "the file"): string {
  if (problem.kind === "missing") return `${name} is missing${problem.why && `: ${problem.why}`}`;
  if (problem.kind === "key" || isTree(problem.value)) return `${name}: ${problem.why}`;
  return `${name} is ${shown(problem.value)}: ${problem.why}`;
}

/** Several clauses as one error: the first is its message, the hint lists the others. */
export function report(clauses: readonly string[], hint: string): { readonly message: string; readonly hint: string } {
  const [message = "", ...rest] = clauses;
  const others = rest.length > 0 ? ["also wrong:", ...rest.map((clause) => `  ${clause}`)] : [];
  return { message, hint: [hint, ...others].join("\n") };
}

/** The hint below problems of astro.yaml. */
export function hintOf(problems: readonly Problem[]): string {
  const legal = problems[0]?.legal ?? [];
  return legal.length > 0
    ? `legal values: ${legal.join(", ")}`
    : "correct it there; astro.schema.json describes every key";
}

function expectation(schema: ConfigTree, options: readonly string[]): string {
  if (options.length > 0) return orList(options, "or");
  const { type, minimum, maximum, exclusiveMinimum } = schema;
  if (type === "integer") return `a whole number${isBound(maximum) ? ` ${minimum} to ${maximum}` : ""}`;
  if (type === "number") return exclusiveMinimum === undefined ? "a number" : `a number above ${exclusiveMinimum}`;
  if (type === "boolean") return "true or false";
  if (type === "array") return "a list";
  return type === "object" ? "keys and values below it" : "text";
}

/** Zod writes the largest safe integer where nobody set a bound. */
function isBound(maximum: unknown): boolean {
  return typeof maximum === "number" && maximum < Number.MAX_SAFE_INTEGER;
}

function shown(value: unknown): string {
  if (value === null) return "empty";
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function orList(words: readonly string[], last: "and" | "or"): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}
