import type { Template } from "../../template/types.ts";
import type { Blobs } from "../stage.ts";
import { parseTemplate } from "../template/parse.ts";

const parsed = new Map<string, Template>();
const MOST = 200;

/** The template of a blob, parsed once: a blob's content never changes. */
export function templateIn(blobs: Blobs, name: string): Template {
  const known = parsed.get(name);
  if (known) return known;
  const template = parseTemplate(blobs.get(name).toString("utf8"));
  if (parsed.size >= MOST) parsed.delete(parsed.keys().next().value ?? "");
  parsed.set(name, template);
  return template;
}
