import { isObject } from "../../template/json.ts";
import type { Json, JsonObject } from "../../template/types.ts";
import type { Model, PropertyModel, ValueType } from "./model.ts";

/** A changed property. */
export type PropertyChange = {
  readonly name: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  readonly replaces: "no" | "maybe" | "yes";
};

/** The top-level properties of a resource that differ, and whether each difference replaces the resource. */
export function changedProperties(
  model: Model,
  type: string,
  before: JsonObject,
  after: JsonObject,
): readonly PropertyChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => !sameValue(before[name], after[name]))
    .map((name) => {
      const property = model.type(type)?.properties[name];
      return {
        name,
        before: before[name],
        after: after[name],
        replaces: replaces(model, type, property, before[name], after[name]),
      };
    });
}

/** Equality as CloudFormation sees it: `80` and `"80"` are equal, and the order of keys does not matter. */
export function sameValue(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || a === null || b === null) return false;
  if (typeof a !== "object" && typeof b !== "object") return String(a) === String(b);
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, i) => sameValue(item as Json, b[i] as Json));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => sameValue(a[key], b[key]));
}

const WEIGHT = { no: 0, maybe: 1, yes: 2 } as const;

function replaces(
  model: Model,
  type: string,
  property: PropertyModel | undefined,
  before: Json | undefined,
  after: Json | undefined,
): PropertyChange["replaces"] {
  if (property?.replaces) return property.replaces;
  const fields = property && structureOf(model, type, property.type);
  if (!fields || !isObject(before) || !isObject(after)) return "no";
  const inner = Object.keys(fields)
    .filter((name) => !sameValue(before[name], after[name]))
    .map((name) => replaces(model, type, fields[name], before[name], after[name]));
  return inner.reduce((most, one) => (WEIGHT[one] > WEIGHT[most] ? one : most), "no");
}

function structureOf(model: Model, type: string, value: ValueType) {
  return typeof value === "object" && "ref" in value ? model.structure(type, value.ref) : undefined;
}
