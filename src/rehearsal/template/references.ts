import type { Json, Resource, Template } from "../../template/types.ts";
import { attributeParts, SUB_NAMES } from "./functions.ts";

/** A mention of a parameter or resource; `attribute` if it is one of its attributes that is meant. */
export type Reference = { readonly name: string; readonly attribute?: string };

/** Everything a template value refers to, in the order of the text. */
export function referencesIn(value: Json | undefined): readonly Reference[] {
  const found: Reference[] = [];
  collect(value, found);
  return found;
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

function got(argument: Json): Reference {
  const [name, attribute] = attributeParts(argument);
  return { name, attribute };
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

/** Logical ids that a resource must come after: what it refers to and what it says it depends on. */
export function dependenciesOf(template: Template, resource: Resource): readonly string[] {
  const explicit = typeof resource.DependsOn === "string" ? [resource.DependsOn] : (resource.DependsOn ?? []);
  const mentioned = [resource.Properties, resource.Metadata].flatMap((part) => referencesIn(part as Json | undefined));
  const names = mentioned.map(({ name }) => name);
  return [...new Set([...explicit, ...names])].filter((id) => Object.hasOwn(template.Resources, id));
}

/** Logical ids that lie on a circle of dependencies; empty if there is none. */
export function circularIn(template: Template): readonly string[] {
  const needs = new Map(
    Object.entries(template.Resources).map(([id, resource]) => [id, new Set(dependenciesOf(template, resource))]),
  );
  let before = -1;
  while (needs.size !== before) {
    before = needs.size;
    for (const [id, left] of needs) {
      for (const other of left) if (!needs.has(other)) left.delete(other);
      if (left.size === 0) needs.delete(id);
    }
  }
  return [...needs.keys()];
}
