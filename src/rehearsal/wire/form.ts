import type { Json } from "../../template/types.ts";

type Tree = Map<string, Tree | string>;

/**
 * The parameters of a Query request as a structure: `Tags.member.1.Key` and EC2's `Filter.1.Value.2` become lists,
 * `A.B` becomes a structure, an empty text is an empty list where a list is expected.
 */
export function decodeForm(form: URLSearchParams): { readonly [name: string]: Json } {
  const root: Tree = new Map();
  for (const [name, value] of form) {
    const parts = name.split(".");
    let node = root;
    for (const part of parts.slice(0, -1)) {
      const next = node.get(part);
      const child: Tree = next instanceof Map ? next : new Map();
      node.set(part, child);
      node = child;
    }
    node.set(parts.at(-1) ?? "", value);
  }
  return structure(root);
}

function structure(node: Tree): { readonly [name: string]: Json } {
  return Object.fromEntries([...node].map(([name, child]) => [name, typeof child === "string" ? child : value(child)]));
}

function value(node: Tree): Json {
  const keys = [...node.keys()];
  const only = keys.length === 1 ? keys[0] : undefined;
  const inner = only === undefined ? undefined : node.get(only);
  if ((only === "member" || only === "entry") && inner instanceof Map) return value(inner);
  if (!keys.every((key) => /^\d+$/.test(key))) return structure(node);
  return keys
    .toSorted((a, b) => Number(a) - Number(b))
    .map((key) => {
      const child = node.get(key);
      return child instanceof Map ? value(child) : (child ?? "");
    });
}
