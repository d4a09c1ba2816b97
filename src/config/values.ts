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

/** A copy of `values` with one value set, creating the keys above it where they are missing; undefined removes the key. */
export function withValue(values: ConfigTree, path: readonly string[], value: unknown): ConfigTree {
  const [key, ...rest] = path;
  if (key === undefined) return values;
  const { [key]: below, ...others } = values;
  if (rest.length === 0) return value === undefined ? others : { ...values, [key]: value };
  return { ...values, [key]: withValue(isTree(below) ? below : {}, rest, value) };
}

/** Every single value of a tree with its dotted path, in the tree's order. */
export function leaves(values: ConfigTree, above = ""): readonly (readonly [path: string, value: unknown])[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const path = above ? `${above}.${key}` : key;
    return isTree(value) ? leaves(value, path) : [[path, value] as const];
  });
}
