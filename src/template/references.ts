import type { Json, Resource, Template } from "./types.ts";

/** A mention of a parameter or resource; `attribute` if it is one of its attributes that is meant. */
export type Reference = { readonly name: string; readonly attribute?: string };

/** The names in a `Fn::Sub` text, without the escaped ones. */
export const SUB_NAMES = /\$\{([^!{}][^{}]*)\}/g;

/** Everything a template value refers to by Ref, Fn::GetAtt and Fn::Sub, in the order of the text. */
export function referencesIn(value: Json | undefined): readonly Reference[] {
  const found: Reference[] = [];
  collect(value, found);
  return found;
}

/** Logical ids that a resource must come after: what it refers to and what it says it depends on. */
export function dependenciesOf(template: Template, resource: Resource): readonly string[] {
  const mentioned = [resource.Properties, resource.Metadata].flatMap(referencesIn).map(({ name }) => name);
  return [...new Set([resource.DependsOn ?? [], mentioned].flat())].filter((id) =>
    Object.hasOwn(template.Resources, id),
  );
}

function collect(value: Json | undefined, found: Reference[]): void {
  if (value === null || typeof value !== "object") return;
  if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) collect(item, found);
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    if (key === "Ref" && typeof inner === "string") found.push({ name: inner });
    else if (key === "Fn::GetAtt") found.push(got(inner));
    else if (key === "Fn::Sub") substituted(inner, found);
    collect(inner, found);
  }
}

/** The attribute of one that does not name it is empty. */
function got(argument: Json): Reference {
  const [name = "", ...attribute] = Array.isArray(argument) ? argument.map(String) : String(argument).split(".");
  return { name, attribute: attribute.join(".") };
}

function substituted(argument: Json, found: Reference[]): void {
  const [text, local] = Array.isArray(argument) ? (argument as readonly Json[]) : [argument, {}];
  if (typeof text !== "string") return;
  const own = new Set(Object.keys((local ?? {}) as object));
  for (const [, raw] of text.matchAll(SUB_NAMES)) {
    const name = (raw ?? "").trim();
    if (own.has(name)) continue;
    const dot = name.startsWith("AWS::") ? -1 : name.indexOf(".");
    found.push(dot < 0 ? { name } : { name: name.slice(0, dot), attribute: name.slice(dot + 1) });
  }
}
