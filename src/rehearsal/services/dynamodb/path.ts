import type { Json, JsonObject } from "../../../template/types.ts";
import { type Tokens, validationError } from "./tokens.ts";
import type { AttributeValue, Item } from "./value.ts";

/** The path of an attribute: names, and list indexes. */
export type Path = readonly (string | number)[];

/** Placeholders of an expression: `#name` and `:value`. */
export type Placeholders = {
  readonly names: { readonly [placeholder: string]: string };
  readonly values: { readonly [placeholder: string]: AttributeValue };
};

/** Reads a document path (Developer Guide, "Referring to item attributes"). */
export function pathIn(tokens: Tokens, { names }: Placeholders): Path {
  const path: (string | number)[] = [nameOf(tokens.next(), names)];
  for (;;) {
    if (tokens.accept(".")) path.push(nameOf(tokens.next(), names));
    else if (tokens.accept("[")) {
      path.push(Number(tokens.next()));
      tokens.expect("]");
    } else return path;
  }
}

function nameOf(token: string, names: Placeholders["names"]): string {
  if (!token.startsWith("#")) return token;
  const name = names[token];
  if (name === undefined)
    throw validationError(
      `An expression attribute name used in the document path is not defined; attribute name: ${token}`,
    );
  return name;
}

/** The value of a `:placeholder`. */
export function placeholder(token: string, { values }: Placeholders): AttributeValue {
  const value = values[token];
  if (value === undefined)
    throw validationError(`An expression attribute value used in expression is not defined; attribute value: ${token}`);
  return value;
}

/** The value at a path of an item. */
export function valueAtPath(item: Item | undefined, path: Path): AttributeValue | undefined {
  let value: Json | undefined = item?.[String(path[0])];
  for (const step of path.slice(1)) {
    const inner: Json | undefined = (value as JsonObject | undefined)?.[typeof step === "number" ? "L" : "M"];
    value = inner === undefined ? undefined : (inner as { readonly [key: string]: Json })[step];
  }
  return value as AttributeValue | undefined;
}

/** The item with a value set at a path; `undefined` removes it. */
export function withAt(item: Item, path: Path, value: AttributeValue | undefined): Item {
  const [first, ...rest] = path;
  const name = String(first);
  if (rest.length === 0) {
    const { [name]: _, ...others } = item;
    return value === undefined ? others : { ...others, [name]: value };
  }
  const there = item[name];
  if (!there) throw validationError("The document path provided in the update expression is invalid for update");
  return { ...item, [name]: inside(there, rest, value) };
}

function inside(there: AttributeValue, [step, ...rest]: Path, value: AttributeValue | undefined): AttributeValue {
  if (typeof step === "number") {
    const list = [...((there.L ?? []) as readonly AttributeValue[])];
    if (rest.length > 0) list[step] = inside(list[step] ?? {}, rest, value);
    else if (value === undefined) list.splice(step, 1);
    else list[Math.min(step, list.length)] = value;
    return { L: list };
  }
  return { M: withAt((there.M ?? {}) as Item, [step ?? "", ...rest], value) as JsonObject };
}
