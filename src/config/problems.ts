import type { z } from "zod";
import { AstroError, type ErrorCode } from "../errors.ts";
import { MOST_SAID } from "../reading/limits.ts";
import { jsonSchemaOf, schemaAt } from "./json-schema.ts";
import { nearest } from "./nearest.ts";
import { type ConfigTree, isTree, valueAt } from "./values.ts";

/** One thing that is wrong with a tree of values. */
export type Problem = {
  readonly path: readonly PropertyKey[];
  /** What is wrong: the value, the key itself, or that there is no value. */
  readonly kind: "value" | "key" | "missing";
  /** Why, in words: `expected a whole number 1 to 3`. */
  readonly why: string;
  /** The value as it stands; undefined where it is missing. */
  readonly value: unknown;
  /** True where text is expected. */
  readonly isText?: boolean;
  /** The legal values, where there are too many to say in `why`; else empty. */
  readonly legal: readonly string[];
};

export type Validated<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly problems: readonly [Problem, ...Problem[]];
      /** How many problems there are beyond these. */
      readonly more: number;
    };

/** Validates `value` and fills in defaults, or tells everything that is wrong with it in words a person can act on. */
export function check<S extends z.ZodType>(schema: S, value: unknown): Validated<z.output<S>> {
  // An own message in the schema wins over this empty one, which means: say what the JSON Schema says.
  const result = schema.safeParse(value, { error: () => "" });
  if (result.success) return { ok: true, value: result.data };
  const legal = jsonSchemaOf(schema);
  const issues = result.error.issues.flatMap(eachKey);
  const problems = issues.slice(0, MOST_SAID).flatMap((issue) => problemsOf(issue, value, legal));
  // A key that is missing is often there, misspelt: the misspelling comes first.
  const [first, ...rest] = [...problems.filter(isThere), ...problems.filter((problem) => !isThere(problem))];
  if (!first) throw new TypeError("zod refused a value without an issue");
  return { ok: false, problems: [first, ...rest], more: Math.max(0, issues.length - MOST_SAID) };
}

/** A problem as one clause, `name` being what the person calls the value: a dotted key or a flag. */
export function said(problem: Problem, name = problem.path.map(String).join(".") || "the file"): string {
  if (problem.kind === "missing") return `${name} is missing${problem.why && `: ${problem.why}`}`;
  if (problem.kind === "key" || isTree(problem.value)) return `${name}: ${problem.why}`;
  return `${name} is ${shown(problem.value)}: ${problem.why}`;
}

/** The error for several problems, each already one clause: the first is the message, the hint lists the others. */
export function refusal(code: ErrorCode, clauses: readonly string[], hint: string): AstroError {
  const [first = "", ...rest] = clauses;
  const others = rest.length > 0 ? ["also wrong:", ...rest.map((clause) => `  ${clause}`)] : [];
  return new AstroError(code, first, [hint, ...others].join("\n"));
}

/** A file may have thousands of keys that nobody knows: an issue for each, so that only the first are worked out. */
function eachKey(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
  return issue.code === "unrecognized_keys" ? issue.keys.map((key) => ({ ...issue, keys: [key] })) : [issue];
}

const isThere = ({ kind }: Problem) => kind !== "missing";

function problemsOf(issue: z.core.$ZodIssue, whole: unknown, legal: ConfigTree): readonly Problem[] {
  const { path } = issue;
  if (issue.code === "unrecognized_keys") {
    const known = schemaAt(legal, path)?.properties;
    return issue.keys.map((key) => unknownKey([...path, key], isTree(known) ? Object.keys(known) : []));
  }
  if (issue.code === "invalid_key") {
    return [{ path, kind: "key", why: issue.issues[0]?.message ?? "", value: undefined, legal: [] }];
  }
  const value = valueAt(whole, path);
  const schema = schemaAt(legal, path) ?? {};
  const options = Array.isArray(schema.enum) ? schema.enum.map(String) : [];
  const many = options.length > 12;
  const expected = many ? "" : `expected ${expectation(schema, options)}`;
  if (value === undefined) {
    const why = issue.code === "custom" ? issue.message : schema.type === "string" ? "" : expected;
    return [{ path, kind: "missing", why, value, legal: many ? options : [] }];
  }
  const meant = options.length > 0 ? nearest(String(value), options) : undefined;
  const why = [issue.message || expected, ...(meant ? [`did you mean ${meant}?`] : [])].join("; ");
  const isText = schema.type === "string";
  return [{ path, kind: "value", why, value, isText, legal: many ? options : [] }];
}

function unknownKey(path: readonly PropertyKey[], known: readonly string[]): Problem {
  const meant = nearest(String(path.at(-1)), known);
  const why = `astro knows no such key; ${meant ? `did you mean ${meant}?` : `it knows ${orList(known, "and")}`}`;
  return { path, kind: "key", why, value: undefined, legal: [] };
}

function expectation(schema: ConfigTree, options: readonly string[]): string {
  if (options.length > 0) return orList(options, "or");
  const { type, minimum, maximum, exclusiveMinimum } = schema;
  if (type === "integer") return `a whole number${isBound(maximum) ? ` ${minimum} to ${maximum}` : ""}`;
  if (type === "number") return exclusiveMinimum === undefined ? "a number" : `a number above ${exclusiveMinimum}`;
  if (type === "boolean") return "true or false";
  return type === "object" ? "keys and values below it" : "text";
}

/** Zod writes the largest safe integer where nobody set a bound. */
function isBound(maximum: unknown): boolean {
  return typeof maximum === "number" && maximum < Number.MAX_SAFE_INTEGER;
}

function shown(value: unknown): string {
  if (value === null) return "empty";
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function orList(words: readonly string[], last: "and" | "or"): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}
