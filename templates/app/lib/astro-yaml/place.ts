// As astro itself reads astro.yaml: made from its schema. It is yours, like all of this app.

import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type Pair } from "yaml";
import { type Problem, said } from "./words";

/** Where in the text a problem is: at the value, at the key, or at the nearest key above what is missing. */
export function offsetOf(document: Document, problem: Problem): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const [index, key] of problem.path.entries()) {
    const found = childOf(document, node, key);
    if (!found) break;
    const last = index === problem.path.length - 1 && problem.kind === "value";
    offset = startOf(last ? found.value : found.key) ?? startOf(found.key) ?? offset;
    node = found.value;
  }
  return offset;
}

/** The clause of a problem; a text that YAML took for something else, an image's tag `1.10` for one, as it is written. */
export function clauseOf(document: Document, problem: Problem): string {
  if (problem.kind !== "value" || !problem.isText || typeof problem.value === "string") return said(problem);
  let node: unknown = document.contents;
  for (const key of problem.path) node = childOf(document, node, key)?.value;
  const written = isScalar(node) && node.type === "PLAIN" ? (node.source ?? "") : "";
  if (written === "") return said(problem);
  const name = problem.path.map(String).join(".");
  return `${name} is ${written}, which YAML reads as ${READ_AS[typeof problem.value]}: write it in quotes, "${written}"`;
}

/** What YAML reads as something else than text, by the kind of value that it makes of it. */
const READ_AS: { readonly [type: string]: string } = {
  number: "a number",
  boolean: "true or false",
  object: "nothing",
};

/** True for the key of YAML 1.1 that puts another map's values under this one's (yaml.org/type/merge). */
function isMergeKey(key: unknown): boolean {
  return isScalar(key) && (key.value === "<<" || typeof key.value === "symbol");
}

/** The value of a key in a map, or in one that it merges; or an item of a list. */
function childOf(document: Document, node: unknown, key: PropertyKey): Pick<Pair, "key" | "value"> | undefined {
  const parent = isAlias(node) ? node.resolve(document) : node;
  if (isSeq(parent) && typeof key === "number") return { key: undefined, value: parent.items[key] };
  if (isSeq(parent)) return parent.items.map((item) => childOf(document, item, key)).find(Boolean);
  if (!isMap(parent)) return undefined;
  const own = parent.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
  const merged = parent.items.filter((item) => isMergeKey(item.key));
  return own ?? merged.map(({ value }) => childOf(document, value, key)).find(Boolean);
}

/** Where in the text a node of YAML begins. */
export function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
