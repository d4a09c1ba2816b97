import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Json, Resource, Template } from "../../src/template/types.ts";

/**
 * Copies a cloud assembly, leaving out every resource of `types` and whatever cannot stand without it. Returns what
 * was left out, as `stack.LogicalId (type)`: an emulator that lacks a type is no reason to change the product.
 */
export function assemblyWithout(from: string, to: string, types: ReadonlySet<string>): readonly string[] {
  cpSync(from, to, { recursive: true });
  return readdirSync(to)
    .filter((name) => name.endsWith(".template.json"))
    .flatMap((name) => {
      const template = JSON.parse(readFileSync(join(to, name), "utf8")) as Template;
      const { kept, gone } = templateWithout(template, types);
      writeFileSync(join(to, name), JSON.stringify(kept));
      const stack = name.replace(".template.json", "");
      return [...gone].map((id) => `${stack}.${id} (${template.Resources[id]?.Type})`);
    });
}

function templateWithout(template: Template, types: ReadonlySet<string>) {
  const all = Object.entries(template.Resources);
  const gone = new Set(all.filter(([, { Type }]) => types.has(Type)).map(([id]) => id));
  for (let before = -1; before !== gone.size; ) {
    before = gone.size;
    for (const [id, { Properties }] of all) if (names(Properties ?? null, gone)) gone.add(id);
  }
  const resources = all.filter(([id]) => !gone.has(id)).map(([id, resource]) => [id, standing(resource, gone)]);
  const outputs = Object.entries(template.Outputs ?? {}).filter(([, { Value }]) => !names(Value, gone));
  return {
    gone,
    kept: { ...template, Resources: Object.fromEntries(resources), Outputs: Object.fromEntries(outputs) },
  };
}

function standing(resource: Resource, gone: ReadonlySet<string>): Resource {
  const { DependsOn, ...rest } = resource;
  const needs = [DependsOn ?? []].flat().filter((id) => !gone.has(id));
  return needs.length > 0 ? { ...rest, DependsOn: needs } : rest;
}

/** True if a value refers to one of `gone`. */
function names(value: Json | undefined, gone: ReadonlySet<string>): boolean {
  if (Array.isArray(value)) return value.some((item) => names(item, gone));
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, inner]) => {
    if (key === "Ref") return gone.has(String(inner));
    if (key === "Fn::GetAtt") return gone.has(String(Array.isArray(inner) ? inner[0] : inner).split(".")[0] ?? "");
    return names(inner, gone);
  });
}
