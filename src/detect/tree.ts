/** What a file of JSON, TOML or YAML has under its names. */
export type Tree = { readonly [key: string]: unknown };

export function isMapping(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The names of a tree; none of anything else. */
export function treeOf(value: unknown): Tree {
  return isMapping(value) ? value : {};
}
