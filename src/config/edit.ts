import { type Document, isCollection, isMap, isPair, isScalar, isSeq, parseDocument, type YAMLMap } from "yaml";
import { AstroError } from "../errors.ts";
import { writtenValues } from "./parse.ts";
import { block, scalar } from "./render.ts";
import { type ConfigTree, isConfigTree, leaves, valueAt, withValue } from "./values.ts";

/** One value to set in astro.yaml, a tree of values under a new key, or (undefined) a key to remove. */
export type Edit = {
  readonly path: readonly string[];
  readonly value: unknown;
  /** Written above a new key. */
  readonly comment?: string;
};

/** The edits that turn an environment `before` (undefined: a new one) into `after`. */
export function environmentEdits(
  env: string,
  before: ConfigTree | undefined,
  after: ConfigTree,
  comment: string,
): readonly Edit[] {
  const path = ["environments", env];
  if (!before) return [{ path, value: after, comment }];
  const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
  const set = leaves(after).filter(([key, value]) => !same(valueAt(before, key.split(".")), value));
  const isGone = (keys: readonly string[]) => valueAt(after, keys) === undefined;
  // A section that has nothing any more goes as a whole, with the sections in it.
  const gone = leaves(before).flatMap(([key]) => {
    const keys = key.split(".");
    const depth = keys.findIndex((_, at) => isGone(keys.slice(0, at + 1)));
    return depth < 0 ? [] : [keys.slice(0, depth + 1).join(".")];
  });
  const keys = [...new Set(gone)].map((key) => key.split("."));
  return [
    ...set.map(([key, value]) => ({ path: [...path, ...key.split(".")], value })),
    ...keys.map((key) => ({ path: [...path, ...key], value: undefined })),
  ];
}

/**
 * The text with the edits made, everything else as it was: comments, spacing, order. The text must be valid YAML. Throws
 * AstroError("config") where an edit would change more than it says, because several places share a value.
 */
export function editConfig(text: string, edits: readonly Edit[]): string {
  const edited = edits.reduce(applyEdit, text);
  const wanted = edits.reduce((values, { path, value }) => withValue(values, path, value), writtenValues(text));
  if (sorted(writtenValues(edited)) === sorted(wanted)) return edited;
  const lines = edits.map(
    ({ path, value }) => `  ${path.join(".")}: ${value === undefined ? "removed" : sorted(value)}`,
  );
  throw new AstroError(
    "config",
    "astro.yaml gives one value to several places (&, * or <<), and this change is not for all of them",
    ["edit it by hand:", ...lines].join("\n"),
  );
}

/** A value as JSON, whatever order its keys are in. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, inner) =>
    isConfigTree(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}

function applyEdit(text: string, edit: Edit): string {
  const document = parseDocument(text);
  const spliced =
    edit.value === undefined
      ? removeKey(text, document, edit)
      : (replaceValue(text, document, edit) ?? insertKey(text, document, edit));
  setIn(document, edit);
  // The library writes a document anew in its own layout: of a fresh astro.yaml 23 of 36 lines would change. So only flow maps,
  // anchors and the like are left to it. Its concrete syntax tree keeps every blank, but has the comments behind a last key in
  // four places (the value's end, an item without a key, the next key of the map above, the document's end).
  return spliced !== undefined && isSame(spliced, document) ? spliced : document.toString({ lineWidth: 0 });
}

/** Sets the value in the document, making maps where there are none. */
function setIn(document: Document, { path, value }: Edit): void {
  if (value === undefined) {
    document.deleteIn(path);
    return;
  }
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

/** Writes a value, or a list, in the place of one that is on one line. */
function replaceValue(text: string, document: Document, { path, value }: Edit): string | undefined {
  const node = document.getIn(path, true);
  const isInline = isScalar(node) || (isSeq(node) && node.flow);
  if (!isInline || !node.range || isConfigTree(value)) return undefined;
  const [start, end] = node.range;
  if (start === end) return undefined;
  const words = scalar(value);
  const gap = /^ +(?=#)/.exec(text.slice(end))?.[0] ?? "";
  const kept = gap && " ".repeat(Math.max(1, gap.length + (end - start) - words.length));
  return text.slice(0, start) + words + kept + text.slice(end + gap.length);
}

function removeKey(text: string, document: Document, { path }: Edit): string | undefined {
  const map = document.getIn(path.slice(0, -1), true);
  const pair = isMap(map) ? map.items.find(({ key }) => isScalar(key) && key.value === path.at(-1)) : undefined;
  if (!pair || !isMap(map) || indentOf(text, map) === undefined) return undefined;
  const [start] = isScalar(pair.key) && pair.key.range ? pair.key.range : [0];
  return text.slice(0, text.lastIndexOf("\n", start - 1) + 1) + text.slice(lineEnd(text, lastOffset(pair)));
}

/** Adds the key after the last one of the deepest map that is there already, comments that belong to it included. */
function insertKey(text: string, document: Document, { path, value, comment }: Edit): string | undefined {
  const depth = path.findLastIndex((_, index) => isMap(document.getIn(path.slice(0, index), true)));
  const map = document.getIn(path.slice(0, depth), true);
  const indent = isMap(map) && !map.flow ? indentOf(text, map) : undefined;
  if (indent === undefined || document.hasIn(path.slice(0, depth + 1))) return undefined;
  const tree = path.slice(depth).reduceRight<unknown>((below, key) => ({ [key]: below }), value);
  const lines = [...(comment ? ["", `${indent}# ${comment}`] : []), ...(isConfigTree(tree) ? block(tree, indent) : [])];
  const at = endOf(text, map, indent.length);
  const before = text.slice(0, at);
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  return `${before}${before.endsWith("\n") ? "" : newline}${lines.join(newline)}${newline}${text.slice(at)}`;
}

/** The blanks before a block map's first key; undefined if that key does not begin its line. */
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
    const line = text.slice(next, stop).trimEnd();
    if (line !== "" && !new RegExp(`^ {${indent},}#`).test(line)) break;
    next = stop;
    if (line !== "") end = stop;
  }
  return end;
}

function lastOffset(node: unknown): number {
  if (isPair(node)) return Math.max(lastOffset(node.key), lastOffset(node.value));
  if (isCollection(node) && !node.flow) return Math.max(0, ...node.items.map((item: unknown) => lastOffset(item)));
  const range = isScalar(node) || isCollection(node) ? node.range : undefined;
  return range ? Math.max(range[0], range[1] - 1) : 0;
}

function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf("\n", offset);
  return newline < 0 ? text.length : newline + 1;
}
