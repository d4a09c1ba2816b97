import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Json, JsonObject, Resource, Template } from "../../src/template/types.ts";

type Artifact = {
  readonly type: string;
  readonly environment?: string;
  readonly properties: { readonly templateFile: string };
  readonly dependencies?: readonly string[];
};
type Manifest = { readonly artifacts: { readonly [id: string]: Artifact } };

/**
 * Copies a cloud assembly, leaving out every resource of `types` and whatever cannot stand without it, and every stack
 * that holds nothing then. Returns what was left out, as `stack.LogicalId`: an emulator that lacks a type is no reason
 * to change the product. What is read from a stack in another region becomes a fixed word, since ministack looks up
 * outputs in one region only.
 */
export function assemblyWithout(from: string, to: string, types: ReadonlySet<string>): readonly string[] {
  cpSync(from, to, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(to, "manifest.json"), "utf8")) as Manifest;
  const empty = new Set<string>();
  const left: string[] = [];
  for (const [stack, { type, environment, properties }] of Object.entries(manifest.artifacts)) {
    if (type !== "aws:cloudformation:stack") continue;
    const file = join(to, properties.templateFile);
    const template = JSON.parse(readFileSync(file, "utf8")) as Template;
    const { kept, gone } = templateWithout(inOneRegion(template, environment), types);
    writeFileSync(file, JSON.stringify(kept));
    if (Object.keys(kept.Resources).length === 0) empty.add(stack);
    left.push(...[...gone].map((id) => `${stack}.${id}`));
  }
  writeFileSync(join(to, "manifest.json"), JSON.stringify(withoutStacks(manifest, empty)));
  return left;
}

function withoutStacks(manifest: Manifest, stacks: ReadonlySet<string>): Manifest {
  const kept = Object.entries(manifest.artifacts).filter(([id]) => !stacks.has(id));
  const artifacts = kept.map(([id, artifact]) => {
    const { dependencies = [] } = artifact;
    return [id, { ...artifact, dependencies: dependencies.filter((other) => !stacks.has(other)) }];
  });
  return { ...manifest, artifacts: Object.fromEntries(artifacts) };
}

function inOneRegion(template: Template, environment = ""): Template {
  return JSON.parse(JSON.stringify(template), (_, inner: Json) => {
    if (typeof inner !== "object" || inner === null || !("Fn::GetStackOutput" in inner)) return inner;
    const { Region, OutputName } = (inner as JsonObject)["Fn::GetStackOutput"] as JsonObject;
    return Region === undefined || environment.endsWith(`/${Region}`) ? inner : `elsewhere-${OutputName}`;
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
