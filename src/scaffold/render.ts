import { jsonSchema } from "../config/json-schema.ts";
import { SCHEMA_FILE } from "../config/render.ts";
import { isTree } from "../config/values.ts";
import type { Files } from "./template.ts";

/** npm packs no .gitignore, so the template's has another name. */
const RENAMED: { readonly [path: string]: string } = { gitignore: ".gitignore" };

/** The app of the project called `name`: the template, with that name, and the JSON Schema of astro.yaml. */
export function render(template: Files, name: string): Files {
  const files = new Map<string, string>();
  for (const [path, text] of template) {
    files.set(RENAMED[path] ?? path, path === "package.json" ? named(text, name) : text);
  }
  return files.set(SCHEMA_FILE, json(jsonSchema()));
}

function named(packageJson: string, name: string): string {
  const content: unknown = JSON.parse(packageJson);
  return json(isTree(content) ? { ...content, name } : content);
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
