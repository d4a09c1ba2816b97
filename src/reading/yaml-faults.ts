import {
  type Alias,
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  Lexer,
  type Node,
  type SchemaOptions,
  type YAMLMap,
} from "yaml";
import { DEEPEST, MOST_MERGES, MOST_TOKENS, NO_KEYS } from "./limits.ts";

/** What a kind of file allows: custom tags, merge keys (`<<`), duplicate keys, of which the last one is used. */
export type Having = Pick<SchemaOptions, "customTags"> & { readonly merge?: true; readonly lastCounts?: true };

/** An error; `repeats` marks a duplicate key, which is none where the last one is used. */
export type Found = { readonly offset: number; readonly message: string; readonly repeats?: true };

/** Unknown tags: the library would ignore them. */
export function unknownTags({ warnings }: Document, text: string): readonly Found[] {
  return warnings
    .filter(({ code }) => code === "TAG_RESOLVE_FAILED")
    .map(({ pos: [start, end] }) => ({
      offset: start,
      message: `unknown tag ${text.slice(start, end).trim()}: write the plain value`,
    }));
}

/** Errors that the library does not report. */
export function faultsIn(document: Document, having: Having): readonly Found[] {
  const found: Found[] = [];
  const nodes = [...nodesOf(document)];
  const sourceOf = anchorsOf(nodes);
  let merges = 0;
  for (const node of nodes) {
    if (isMap(node) && having.merge) merges += mergedInto(node);
    if (isMap(node)) found.push(...faultsOfKeys(node, having));
    if (!isAlias(node)) continue;
    const source = sourceOf(node);
    const offset = node.range?.[0] ?? 0;
    if (source === undefined) found.push({ offset, message: `the alias *${node.source} has no anchor` });
    else if (source.range && offset >= source.range[0] && offset < source.range[2]) {
      found.push({ offset, message: `*${node.source} refers to a node that contains it` });
    }
  }
  if (merges > MOST_MERGES) {
    return [{ offset: 0, message: `more than the ${MOST_MERGES} maps that astro merges (<<) in a file` }];
  }
  return found.sort((one, other) => one.offset - other.offset);
}

/** The anchor of an alias, the last of that name before it: the library would walk the whole file for each. */
function anchorsOf(nodes: readonly Node[]): (alias: Alias) => Node | undefined {
  const named = new Map<string, Node[]>();
  for (const node of nodes) {
    if (isAlias(node) || !("anchor" in node) || typeof node.anchor !== "string") continue;
    const all = named.get(node.anchor);
    if (all === undefined) named.set(node.anchor, [node]);
    else all.push(node);
  }
  const startOf = (node: Node) => node.range?.[0] ?? 0;
  for (const all of named.values()) all.sort((one, other) => startOf(one) - startOf(other));
  return (alias) => named.get(alias.source)?.findLast((node) => startOf(node) < startOf(alias));
}

/** How many maps are merged into this one by its merge keys. */
function mergedInto({ items }: YAMLMap): number {
  const merged = items.filter(({ key }) => isMerge(key));
  return merged.reduce((sum, { value }) => sum + (isSeq(value) ? value.items.length : 1), 0);
}

/** True for the key of YAML 1.1 that puts another map's values under this one's (yaml.org/type/merge). */
function isMerge(key: unknown): boolean {
  return isScalar(key) && (key.value === "<<" || typeof key.value === "symbol");
}

function faultsOfKeys(map: YAMLMap, { merge, customTags, lastCounts }: Having): readonly Found[] {
  const seen = new Set<unknown>();
  return map.items.flatMap(({ key, value }): readonly Found[] => {
    if (!isScalar(key)) return [];
    if (isMerge(key)) {
      if (customTags !== undefined) return [];
      const sources = isSeq(value) ? value.items : [value];
      const isLegal = merge && sources.every((one) => isMap(one) || isAlias(one));
      const why = merge ? "<< merges only maps" : "merge keys (<<) are not supported here: write the values out";
      return isLegal ? [] : [{ offset: key.range?.[0] ?? 0, message: why }];
    }
    const again = seen.has(key.value);
    seen.add(key.value);
    const offset = key.range?.[0] ?? 0;
    if (again && lastCounts) return [{ offset, message: `${key.value} again: the last one is used`, repeats: true }];
    if (again) return [{ offset, message: "Map keys must be unique" }];
    return NO_KEYS.includes(String(key.value)) ? [{ offset, message: `illegal key ${key.value}` }] : [];
  });
}

/** Every node, without recursion. */
function* nodesOf(document: Document): Generator<Node> {
  const waiting: unknown[] = [document.contents];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (!isNode(node)) continue;
    yield node;
    if (isMap(node)) for (const { key, value } of node.items) waiting.push(key, value);
    else if (isCollection(node)) for (const item of node.items) waiting.push(item);
  }
}

export function firstAlias(document: Document): number {
  const offsets = [...nodesOf(document)].filter(isAlias).map(({ range }) => range?.[0] ?? 0);
  return offsets.reduce((first, offset) => Math.min(first, offset), offsets[0] ?? 0);
}

type Extent = { readonly height: number; readonly size: number };

/** The depth of `value`, up to `DEEPEST`, and its number of values, aliases expanded. */
export function extentOf(value: unknown, known: Map<object, Extent>, level: number): Extent {
  if (typeof value !== "object" || value === null) return { height: 0, size: 1 };
  if (level > DEEPEST) return { height: DEEPEST + 1, size: 1 };
  const before = known.get(value);
  if (before !== undefined) return before;
  let [height, size] = [1, 1];
  for (const part of Object.values(value)) {
    const below = extentOf(part, known, level + 1);
    height = Math.max(height, 1 + below.height);
    size += below.size;
  }
  known.set(value, { height, size });
  return { height, size };
}

/**
 * Where a text is first nested deeper than `DEEPEST`, or has too many tokens, found by the lexer alone: the parser is
 * recursive, and overflows the stack where there are thousands of levels.
 */
export function tooMuch(text: string): Found | undefined {
  let words = 0;
  const columns: number[] = [];
  let brackets = 0;
  let offset = 0;
  let start = 0;
  let begins = true;
  for (const word of new Lexer().lex(text)) {
    // Marks of the lexer itself, which are no text.
    if (MARKS.has(word)) continue;
    words += 1;
    const column = offset - start;
    if (word.endsWith("\n") && word.trim() === "") {
      start = offset + word.length;
      begins = true;
    } else if (word === "[" || word === "{") brackets += 1;
    else if (word === "]" || word === "}") brackets -= 1;
    else if (brackets === 0 && (begins || word === "-" || word === "?") && !/^[ \t]*(#|$)/.test(word)) {
      while ((columns.at(-1) ?? -1) >= column) columns.pop();
      columns.push(column);
      begins = word === "-" || word === "?";
    }
    if (columns.length + brackets > DEEPEST) return { offset, message: `nested more than ${DEEPEST} deep` };
    if (words > MOST_TOKENS) return { offset, message: `more than the ${MOST_TOKENS} tokens that astro reads` };
    offset += word.length;
    const last = word.lastIndexOf("\n");
    if (last >= 0) start = offset - word.length + last + 1;
  }
  return undefined;
}

const MARKS = new Set(["\u0002", "\u0018", "\u001f"]);
