import type { Json, Resource, Template } from "./types.ts";

/** For each resource the others of its template it must wait for: DependsOn, Ref, Fn::GetAtt and Fn::Sub. */
export function dependencies(template: Template): ReadonlyMap<string, ReadonlySet<string>> {
  const ids = new Set(Object.keys(template.Resources));
  return new Map(Object.entries(template.Resources).map(([id, resource]) => [id, neededBy(id, resource, ids)]));
}

function neededBy(id: string, resource: Resource, ids: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (name: string) => {
    if (name !== id && ids.has(name)) found.add(name);
  };
  for (const name of [resource.DependsOn ?? []].flat()) add(name);
  visit(resource.Properties ?? null, add);
  return found;
}

function visit(value: Json | undefined, add: (name: string) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, add);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === "Ref" && typeof inner === "string") add(inner);
    else if (key === "Fn::GetAtt") add(String(Array.isArray(inner) ? inner[0] : inner).split(".")[0] ?? "");
    else if (key === "Fn::Sub") subNames(inner, add);
    if (key !== "Ref") visit(inner, add);
  }
}

function subNames(value: Json | undefined, add: (name: string) => void): void {
  const text = Array.isArray(value) ? value[0] : value;
  for (const match of String(text).matchAll(/\$\{([^!}][^}]*)\}/g)) add((match[1] ?? "").split(".")[0] ?? "");
}
