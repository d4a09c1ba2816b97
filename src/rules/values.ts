import { isTree, isUnresolved, type Value, type Values } from "../template/evaluate.ts";

/** The text of a known value; CloudFormation converts numbers and booleans to text. */
export function asText(value: Value | undefined): string | undefined {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : undefined;
}

/** The number of a known value, written as a number or as text. */
export function asNumber(value: Value | undefined): number | undefined {
  const written = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof written === "number" && Number.isFinite(written) ? written : undefined;
}

/** The boolean of a known value, written as a boolean or as text. */
export function asBoolean(value: Value | undefined): boolean | undefined {
  const written = typeof value === "string" ? value.toLowerCase() : value;
  return written === true || written === "true" ? true : written === false || written === "false" ? false : undefined;
}

/** Whether a boolean property is certainly off: not given, or false. */
export function isOff(value: Value | undefined): boolean {
  return value === undefined || asBoolean(value) === false;
}

/** A list's items; a single value is a list of one, as in policies. Empty if unknown. */
export function asList(value: Value | undefined): readonly Value[] {
  if (value === undefined || value === null || isUnresolved(value)) return [];
  return Array.isArray(value) ? (value as readonly Value[]) : [value as Value];
}

/** The items that are objects. */
export function objects(value: Value | undefined): readonly Values[] {
  return asList(value).filter(isTree);
}

/** The items of a list of objects; `undefined` if one of them, or the list itself, is not known. */
export function whole(value: Value | undefined): readonly Values[] | undefined {
  const found = objects(value);
  return Array.isArray(value) && found.length === value.length ? found : undefined;
}

/** The items that are objects, each with its index. */
export function items(value: Value | undefined): readonly (readonly [index: number, item: Values])[] {
  return [...asList(value).entries()].filter((one): one is [number, Values] => isTree(one[1]));
}

/** The texts in a list, or the one text; unknown values are left out. */
export function asTexts(value: Value | undefined): readonly string[] {
  return asList(value).flatMap((one) => asText(one) ?? []);
}

/** A property that is an object; an empty one for anything else. */
export function asObject(value: Value | undefined): Values {
  return isTree(value) ? value : {};
}

/** True if no part of the value is unknown. */
export function isKnown(value: Value | undefined): boolean {
  if (isUnresolved(value)) return false;
  if (Array.isArray(value)) return value.every(isKnown);
  return isTree(value) ? Object.values(value).every(isKnown) : true;
}

/** A value found under a path. */
export type ValueAt = { readonly path: string; readonly value: Value };

/** The values under a path such as `Rules.*.Days`; `*` is every item of a list. Missing ones are left out. */
export function valuesAt(values: Values, path: string): readonly ValueAt[] {
  const names = path.split(".");
  // Most paths have no value.
  if (values[names[0] ?? ""] === undefined) return [];
  let found: readonly ValueAt[] = [{ path: "", value: values }];
  for (const name of names) {
    found = found.flatMap(({ path: before, value }) => {
      const within = before === "" ? "" : `${before}/`;
      if (name === "*") {
        if (!Array.isArray(value)) return [];
        return (value as readonly Value[]).map((item, index) => ({ path: `${within}${index}`, value: item }));
      }
      const inner = isTree(value) && Object.hasOwn(value, name) ? value[name] : undefined;
      return inner === undefined || inner === null ? [] : [{ path: `${within}${name}`, value: inner }];
    });
  }
  return found;
}

/** Whether a text fits a pattern, in which `*` stands for any letters and `?` for any one, as in policies and filters. */
export function isLike(text: string, pattern: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`).test(text);
}

/** Whether two values are the same: also two unknown ones of the same source. */
export function sameValue(one: Value | undefined, other: Value | undefined): boolean {
  if (isUnresolved(one) || isUnresolved(other)) {
    const [a, b] = [one, other].map((value) => (isUnresolved(value) ? value.target : undefined));
    return (
      a !== undefined &&
      b !== undefined &&
      a.logicalId === b.logicalId &&
      a.attribute === b.attribute &&
      a.stack === b.stack &&
      a.region === b.region
    );
  }
  const known = asText(one);
  return known !== undefined && known === asText(other);
}

/** The first text that occurs a second time. */
export function repeated(texts: readonly (string | undefined)[]): string | undefined {
  return texts.find((one, index) => one !== undefined && texts.indexOf(one) < index);
}

/** An object or list written as JSON text; `undefined` if it is none. */
export function parsed(json: string): Values | readonly Value[] | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null ? (value as Values) : undefined;
  } catch {
    return undefined;
  }
}

/** The value of one entry of a list of keys and values (`[{Key, Value}]`). */
export function entry(value: Value | undefined, key: string): ValueAt | undefined {
  const index = asList(value).findIndex((item) => isTree(item) && item.Key === key);
  const found = asList(value)[index];
  return isTree(found) && found.Value !== undefined ? { path: `${index}/Value`, value: found.Value } : undefined;
}
