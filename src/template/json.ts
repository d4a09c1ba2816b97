import type { Json, JsonObject } from "./types.ts";

/** True for a JSON object: neither a list nor null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What a table of ours has for a word of somebody else's, who may have written `constructor`. */
export function entryOf<T>(table: { readonly [word: string]: T }, word: string): T | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}

/** A path before and after its first dot. */
export function dotted(path: string): [string, string] {
  const dot = path.indexOf(".");
  return [path.slice(0, dot), path.slice(dot + 1)];
}

/** A list, empty for what is none. */
export function array(json: Json): readonly Json[] {
  return Array.isArray(json) ? (json as readonly Json[]) : [];
}

/** The texts of a list. */
export function strings(json: Json): readonly string[] {
  return array(json).filter((item) => typeof item === "string");
}

/** What a record has of its own under a key, and nothing inherited. */
export function own<T>(record: { readonly [key: string]: T } | undefined, key: string): T | undefined;
export function own(record: Json | undefined, key: string): Json | undefined;
export function own(record: unknown, key: string): unknown {
  if (typeof record !== "object" || record === null || !Object.hasOwn(record, key)) return undefined;
  return (record as Record<string, unknown>)[key];
}

/** Whether a value is a list: `Array.isArray` for readonly arrays. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
