// As astro itself reads astro.yaml: made from its schema. It is yours, like all of this app.

/** A tree of plain values, as astro.yaml holds it. */
export type ConfigTree = { readonly [key: string]: unknown };

/** Whether `value` is a tree, neither a single value nor a list. */
export function isTree(value: unknown): value is ConfigTree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at a path of keys, and of positions in lists; undefined where there is none. */
export function valueAt(values: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, key) => {
    if (Array.isArray(at)) return typeof key === "number" ? at[key] : undefined;
    return isTree(at) && Object.hasOwn(at, key) ? at[String(key)] : undefined;
  }, values);
}
