import type * as z from "zod";
import { AstroError, type ErrorCode } from "../errors.ts";
import { MOST_SAID } from "../reading/limits.ts";
import { jsonSchemaOf, schemaAt } from "./json-schema.ts";
import { type ConfigTree, isConfigTree, valueAt } from "./values.ts";
import { badKey, type Problem, problemReport, sortedProblems, unknownKey, valueProblem } from "./words.ts";

export type Validated<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly problems: readonly [Problem, ...Problem[]];
      /** How many problems there are beyond these. */
      readonly more: number;
    };

/** Validates `value` and fills in defaults, or returns everything that is wrong with it, in words a person can act on. */
export function check<S extends z.ZodType>(schema: S, value: unknown): Validated<z.output<S>> {
  // A message in the schema wins over this empty one, for which the message is derived from the JSON Schema.
  const result = schema.safeParse(value, { error: () => "" });
  if (result.success) return { ok: true, value: result.data };
  const legal = jsonSchemaOf(schema);
  const issues = result.error.issues.flatMap(eachKey);
  const problems = issues.slice(0, MOST_SAID).flatMap((issue) => problemsOf(issue, value, legal));
  const [first, ...rest] = sortedProblems(problems);
  if (!first) throw new TypeError("zod refused a value without an issue");
  return { ok: false, problems: [first, ...rest], more: Math.max(0, issues.length - MOST_SAID) };
}

/** The error for several problems, each already one clause: the first is the message, the hint lists the others. */
export function refusal(code: ErrorCode, clauses: readonly string[], hint: string): AstroError {
  const reported = problemReport(clauses, hint);
  return new AstroError(code, reported.message, reported.hint);
}

/** One issue for each unknown key: a file may have thousands, and only the first are reported. */
function eachKey(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
  return issue.code === "unrecognized_keys" ? issue.keys.map((key) => ({ ...issue, keys: [key] })) : [issue];
}

function problemsOf(issue: z.core.$ZodIssue, whole: unknown, legal: ConfigTree): readonly Problem[] {
  const { path } = issue;
  if (issue.code === "unrecognized_keys") {
    const known = schemaAt(legal, path)?.properties;
    return issue.keys.map((key) => unknownKey([...path, key], isConfigTree(known) ? Object.keys(known) : []));
  }
  if (issue.code === "invalid_key") return [badKey(path, issue.issues[0]?.message ?? "")];
  const found = { message: issue.message, isRule: issue.code === "custom" };
  return [valueProblem(path, valueAt(whole, path), found, schemaAt(legal, path) ?? {})];
}
