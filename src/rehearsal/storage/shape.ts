import { isObject } from "../../template/json.ts";

/** What is wrong with a value read from a file, and where (`stacks.0.name is not a text`); undefined if nothing is. */
export type Shape = (value: unknown, path: string) => string | undefined;

/** A shape for each field of a type, optional ones too: a new field of the type must get one. */
type Fields<T> = { readonly [K in keyof Required<T>]: Shape };

/** How deep JSON may be nested: AWS accepts far less, and recursion must not overflow the stack. */
const DEEPEST = 200;

/** Characters of a path that are shown. */
const LONGEST = 200;

function wrong(path: string, what: string): string {
  return `${path.length > LONGEST ? `${path.slice(0, LONGEST)}…` : path || "it"} is not ${what}`;
}

export const string: Shape = (value, path) => (typeof value === "string" ? undefined : wrong(path, "a text"));

export const boolean: Shape = (value, path) => (typeof value === "boolean" ? undefined : wrong(path, "true or false"));

/** Any finite number. */
export const number: Shape = (value, path) =>
  typeof value === "number" && Number.isFinite(value) ? undefined : wrong(path, "a number");

/** A whole number from 0 to `most`. */
export function integer(most: number): Shape {
  return (value, path) => {
    const isOne = typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= most;
    return isOne ? undefined : wrong(path, `a whole number from 0 to ${most}`);
  };
}

/** A text of this form; `what` describes it. */
export function pattern(pattern: RegExp, what: string): Shape {
  return (value, path) => (typeof value === "string" && pattern.test(value) ? undefined : wrong(path, what));
}

export function literal(...words: readonly string[]): Shape {
  return (value, path) =>
    typeof value === "string" && words.includes(value) ? undefined : wrong(path, `one of ${words.join(", ")}`);
}

/** The same, or absent. */
export function maybe(shape: Shape): Shape {
  return (value, path) => (value === undefined ? undefined : shape(value, path));
}

export function array(shape: Shape): Shape {
  return (value, path) => {
    if (!Array.isArray(value)) return wrong(path, "a list");
    return first(value.entries(), shape, path);
  };
}

/** An object of any names with values of one shape. */
export function record(shape: Shape): Shape {
  return (value, path) => (isObject(value) ? first(Object.entries(value), shape, path) : wrong(path, "an object"));
}

/** An object of these fields; others are ignored. */
export function fields<T>(shapes: Fields<T>): Shape {
  const named = Object.entries<Shape>(shapes);
  return (value, path) => {
    if (!isObject(value)) return wrong(path, "an object");
    const found = named.map(([name, shape]) => [name, shape, value[name]] as const);
    for (const [name, shape, one] of found) {
      const problem = shape(one, path === "" ? name : `${path}.${name}`);
      if (problem !== undefined) return problem;
    }
    return undefined;
  };
}

/** Any JSON without non-finite numbers, not nested too deep. */
const json: Shape = (value, path) => jsonOf(value, path, DEEPEST);

/** The same, an object. */
export const object: Shape = (value, path) => (isObject(value) ? json(value, path) : wrong(path, "an object"));

function jsonOf(value: unknown, path: string, left: number): string | undefined {
  if (left === 0) return wrong(path, `nested less than ${DEEPEST} deep`);
  if (typeof value === "number") return Number.isFinite(value) ? undefined : wrong(path, "a number");
  if (value === undefined) return wrong(path, "there");
  if (typeof value !== "object" || value === null) return undefined;
  return first(Object.entries(value), (one, where) => jsonOf(one, where, left - 1), path);
}

function first(entries: Iterable<readonly [unknown, unknown]>, shape: Shape, path: string): string | undefined {
  for (const [name, one] of entries) {
    const problem = shape(one, path === "" ? String(name) : `${path}.${name}`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
