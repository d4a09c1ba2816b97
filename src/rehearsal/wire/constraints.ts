import type { Json, JsonObject } from "../../template/types.ts";
import type { Input } from "./call.ts";
import { invalid } from "./error.ts";

/**
 * Constraints of a parameter: `min` and `max` count a text's bytes or a list's members, `least` and `most` bound a
 * number.
 */
export type ParameterLimit = {
  readonly required?: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly least?: number;
  readonly most?: number;
  readonly pattern?: string;
  readonly values?: readonly string[];
  /** Constraints of a list's members. */
  readonly each?: ParameterLimit;
};

/** Limits by the path of the parameter. */
export type ParameterLimits = { readonly [path: string]: ParameterLimit };

/** Throws a ValidationError with all invalid parameters of a call, with the message of AWS's Query services. */
export function checkLimits(input: Input, limits: ParameterLimits): void {
  const wrong = Object.entries(limits).flatMap(([path, limit]) => {
    const value = path.split(".").reduce<Json | undefined>((at, name) => memberOf(at, name), input as JsonObject);
    return violations(value ?? undefined, limit).map((words) => `Value ${shown(value)} at '${named(path)}' ${words}`);
  });
  if (wrong.length === 0) return;
  const errors = wrong.length === 1 ? "error" : "errors";
  throw invalid(`${wrong.length} validation ${errors} detected: ${wrong.join("; ")}`);
}

function memberOf(value: Json | undefined, name: string): Json | undefined {
  if (value === null || value === undefined || typeof value !== "object" || Array.isArray(value)) return undefined;
  return (value as JsonObject)[name];
}

const FAILED = "failed to satisfy constraint: ";

function violations(value: Json | undefined, limit: ParameterLimit): readonly string[] {
  if (value === undefined) return limit.required ? [`${FAILED}Member must not be null`] : [];
  return broken(value, limit).map((words) => `${FAILED}${words}`);
}

function broken(value: Json, { min, max, least, most, pattern, values, each }: ParameterLimit): readonly string[] {
  const text = typeof value === "object" ? "" : String(value);
  const size = Array.isArray(value) ? value.length : Buffer.byteLength(text);
  const isText = typeof value !== "object";
  const inEach = each && Array.isArray(value) ? value.flatMap((one) => broken(one as Json, each)) : [];
  return [
    ...(min !== undefined && size < min ? [`Member must have length greater than or equal to ${min}`] : []),
    ...(max !== undefined && size > max ? [`Member must have length less than or equal to ${max}`] : []),
    ...(least !== undefined && Number(text) < least
      ? [`Member must have value greater than or equal to ${least}`]
      : []),
    ...(most !== undefined && Number(text) > most ? [`Member must have value less than or equal to ${most}`] : []),
    ...(pattern !== undefined && isText && text !== "" && !new RegExp(`^(?:${pattern})$`).test(text)
      ? [`Member must satisfy regular expression pattern: ${pattern}`]
      : []),
    ...(values && isText && !values.includes(text)
      ? [`Member must satisfy enum value set: [${values.join(", ")}]`]
      : []),
    ...(inEach.length > 0 ? [`Member must satisfy constraint: [${[...new Set(inEach)].join(", ")}]`] : []),
  ];
}

function shown(value: Json | undefined): string {
  if (value === undefined || value === null) return "null";
  return `'${written(value)}'`;
}

function written(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((one) => written(one as Json)).join(", ")}]`;
  if (value === null || typeof value !== "object") return String(value);
  return `{${Object.entries(value)
    .map(([name, inner]) => `${name}=${written(inner as Json)}`)
    .join(", ")}}`;
}

const named = (path: string) =>
  path
    .split(".")
    .map((name) => `${name[0]?.toLowerCase()}${name.slice(1)}`)
    .join(".");
