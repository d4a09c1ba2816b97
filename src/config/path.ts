import type * as z from "zod";
import { config, type Environment, environment } from "./schema.ts";
import { valueAt } from "./values.ts";

type Single = string | number | boolean;

/** Dotted paths of the single values and lists of a tree: `network.azs`. */
type Path<T> = {
  [K in keyof T & string]: NonNullable<T[K]> extends Single | readonly unknown[]
    ? K
    : `${K}.${Path<NonNullable<T[K]>>}`;
}[keyof T & string];

/** The type of the value at a path. */
type At<T, P extends string> = P extends `${infer K}.${infer Rest}`
  ? K extends keyof T
    ? At<NonNullable<T[K]>, Rest>
    : never
  : P extends keyof T
    ? NonNullable<T[P]>
    : never;

/** A value of an environment, by its dotted path below it. */
export type EnvironmentPath = Path<Environment>;
/** The type of that value, where there is one. */
export type EnvironmentValue<P extends EnvironmentPath> = At<Environment, P>;
/** What can be taken out of an environment: a value, or a section with all its values. */
export type EnvironmentKey = EnvironmentPath | keyof Environment;

/** The value of an environment at a path; undefined where it has none. */
export function environmentValue<P extends EnvironmentPath>(of: Environment, path: P): EnvironmentValue<P> | undefined {
  // The path is one of the type's own.
  return valueAt(of, path.split(".")) as EnvironmentValue<P> | undefined;
}

/** The same of values that may be wrong still, defaults included: undefined where there is none that is legal by itself. */
export function legalValue<P extends EnvironmentPath>(values: unknown, path: P): EnvironmentValue<P> | undefined {
  const keys = path.split(".");
  const result = schemaOf(keys).safeParse(valueAt(values, keys));
  return result.success ? (result.data as EnvironmentValue<P> | undefined) : undefined;
}

/** Whether a value is legal by itself: at the dotted path of an environment, or at a key at the top of astro.yaml. */
export function isLegal(path: EnvironmentKey | "build" | "migrate" | "frontend", value: unknown): boolean {
  const keys = path.split(".");
  const [top = ""] = keys;
  const schema = Object.hasOwn(config.shape, top) ? sectionOf(config)?.[top] : schemaOf(keys);
  return schema?.safeParse(value).success === true;
}

/** The schema of a value, its default included. */
function schemaOf(keys: readonly string[]): z.core.$ZodType & Pick<z.ZodType, "safeParse"> {
  return keys.reduce<z.ZodType>((schema, key) => {
    const section = sectionOf(schema);
    const found = section?.[key];
    if (found === undefined) throw new TypeError(`the schema has no ${keys.join(".")}`);
    return found;
  }, environment);
}

function sectionOf(schema: z.ZodType): { readonly [key: string]: z.ZodType } | undefined {
  if ("shape" in schema) return schema.shape as { readonly [key: string]: z.ZodType };
  return "unwrap" in schema ? sectionOf((schema.unwrap as () => z.ZodType)()) : undefined;
}
