import type { Json, JsonObject, Template } from "../../template/types.ts";
import { invalid } from "../wire/error.ts";

const LOOP = "Fn::ForEach::";

/** Sections in which the extensions allow functions, which are resolved first. */
const SETTLED: ReadonlySet<string> = new Set(["DeletionPolicy", "Ref", "UpdateReplacePolicy"]);

/** Whether a template asks for the language extensions. */
export function isExtended({ Transform }: Template): boolean {
  return [Transform ?? []].flat().includes("AWS::LanguageExtensions");
}

/**
 * A template with `AWS::LanguageExtensions` applied: loops are expanded, names and policies resolved by `settle`
 * (Template Reference, "Fn::ForEach" and "AWS::LanguageExtensions transform").
 */
export function expand(template: Template, settle: (value: Json) => Json): Template {
  const { Transform: _, ...rest } = template;
  return walk(rest as unknown as Json, {}, settle) as unknown as Template;
}

type Loop = { readonly [identifier: string]: string };

function walk(value: Json, loop: Loop, settle: (value: Json) => Json): Json {
  if (typeof value === "string") return filled(value, loop);
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => walk(item, loop, settle));
  const { Ref } = value as JsonObject;
  if (typeof Ref === "string" && Object.hasOwn(loop, Ref)) return loop[Ref] ?? "";
  const entries = Object.entries(value).flatMap(([key, inner]): readonly (readonly [string, Json])[] => {
    if (key.startsWith(LOOP)) return repeated(key, inner, loop, settle);
    return [[filled(key, loop), settled(key, walk(inner, loop, settle), settle)]];
  });
  return Object.fromEntries(entries);
}

function settled(key: string, value: Json, settle: (value: Json) => Json): Json {
  // A single dependency is not a list afterwards (localstack's test_transform_foreach_use_case, recorded 2025-07-03).
  if (key === "DependsOn" && Array.isArray(value) && value.length === 1) return value[0] as Json;
  const isOpen = value !== null && typeof value === "object";
  if (SETTLED.has(key) && isOpen) return settle(value);
  return key === "Fn::GetAtt" && Array.isArray(value) ? value.map((part) => settle(part as Json)) : value;
}

/** The entries of a loop: its body for each item of its collection. */
function repeated(key: string, value: Json, loop: Loop, settle: (value: Json) => Json) {
  const [identifier, collection, body] = Array.isArray(value) ? (value as readonly Json[]) : [];
  const items = collection === undefined ? undefined : settle(walk(collection, loop, settle));
  if (typeof identifier !== "string" || !Array.isArray(items) || body === null || typeof body !== "object") {
    throw invalid(`Transform AWS::LanguageExtensions failed with: ${key} layout is incorrect. User request ID`);
  }
  return items
    .flat()
    .flatMap((item) => Object.entries(walk(body, { ...loop, [identifier]: String(item) }, settle) as JsonObject));
}

/** `${Name}` and, with letters and digits only, `&{Name}`. */
function filled(text: string, loop: Loop): string {
  return text.replace(/([$&])\{([^!{}]+)\}/g, (match, sign: string, name: string) => {
    const value = loop[name];
    if (value === undefined) return match;
    return sign === "$" ? value : value.replace(/[^A-Za-z0-9]/g, "");
  });
}
