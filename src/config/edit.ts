import { type Document, isCollection, isMap, isPair, isScalar, parseDocument, type YAMLMap } from "yaml";
import { block, scalar } from "./render.ts";
import { isValues, type Values } from "./values.ts";

/** One value to set in astro.yaml, or a whole tree of them under a new key. */
export type Edit = {
  readonly path: readonly string[];
  readonly value: string | number | boolean | Values;
  /** Written above a new key. */
  readonly comment?: string;
};

/** The text with the edits made, everything else as it was: comments, spacing, order. The text must be valid YAML. */
export function editConfig(text: string, edits: readonly Edit[]): string {
  return edits.reduce(applyEdit, text);
}

function applyEdit(text: string, edit: Edit): string {
  const document = parseDocument(text);
  const spliced = replaceScalar(text, document, edit) ?? insertKey(text, document, edit);
  setIn(document, edit);
  // Flow maps, anchors and the like are beyond splicing: there the library writes the document anew.
  if (spliced !== undefined && isSame(spliced, document)) return spliced;
  return document.toString({ lineWidth: 0 });
}

/** Sets the value in the document, making maps where there are none. */
function setIn(document: Document, { path, value }: Edit): void {
  for (let depth = 1; depth < path.length; depth += 1) {
    const above = path.slice(0, depth);
    if (!isCollection(document.getIn(above, true))) document.setIn(above, document.createNode({}));
  }
  document.setIn(path, document.createNode(value));
}

function isSame(text: string, document: Document): boolean {
  const reread = parseDocument(text);
  return reread.errors.length === 0 && JSON.stringify(reread.toJS()) === JSON.stringify(document.toJS());
}

function replaceScalar(text: string, document: Document, { path, value }: Edit): string | undefined {
  const node = document.getIn(path, true);
  if (!isScalar(node) || !node.range || isValues(value)) return undefined;
  const [start, end] = node.range;
  return start === end ? undefined : text.slice(0, start) + scalar(value) + text.slice(end);
}

/** Adds the key after the last one of the deepest map that is there already, comments that belong to it included. */
function insertKey(text: string, document: Document, { path, value, comment }: Edit): string | undefined {
  const depth = path.findLastIndex((_, index) => isMap(document.getIn(path.slice(0, index), true)));
  const map = document.getIn(path.slice(0, depth), true);
  const missing = path.slice(depth);
  const indent = isMap(map) && !map.flow ? indentOf(text, map) : undefined;
  if (indent === undefined || document.hasIn(path.slice(0, depth + 1))) return undefined;
  const tree = missing.reduceRight<Values[string]>((below, key) => ({ [key]: below }), value);
  const lines = isValues(tree) ? block(tree, indent) : [];
  const added = [...(comment ? [`${indent}# ${comment}`] : []), ...lines];
  const at = endOf(text, map, indent.length);
  const before = text.slice(0, at);
  return `${before}${before === "" || before.endsWith("\n") ? "" : "\n"}${added.join("\n")}\n${text.slice(at)}`;
}

/** The blanks before a map's first key; undefined if that key does not begin its line. */
function indentOf(text: string, map: YAMLMap): string | undefined {
  const first = map.items[0]?.key;
  const start = isScalar(first) ? first.range?.[0] : undefined;
  if (start === undefined) return undefined;
  const before = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  return /^ *$/.test(before) ? before : undefined;
}

/** Where a new key of the map goes: behind its last line and the comments indented at least as deep. */
function endOf(text: string, map: unknown, indent: number): number {
  let end = lineEnd(text, lastOffset(map));
  for (let next = end; next < text.length; ) {
    const stop = lineEnd(text, next);
    const line = text.slice(next, stop);
    if (line.trim() !== "" && !new RegExp(`^ {${indent},}#`).test(line)) break;
    next = stop;
    if (line.trim() !== "") end = stop;
  }
  return end;
}

function lastOffset(node: unknown): number {
  if (isPair(node)) return Math.max(lastOffset(node.key), lastOffset(node.value));
  if (isCollection(node) && !node.flow) return Math.max(0, ...node.items.map(lastOffset));
  const range = isScalar(node) || isCollection(node) ? node.range : undefined;
  return range ? Math.max(range[0], range[1] - 1) : 0;
}

function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf("\n", offset);
  return newline < 0 ? text.length : newline + 1;
}
