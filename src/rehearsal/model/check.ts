import { isObject } from "../../template/json.ts";
import type { Json, JsonObject } from "../../template/types.ts";
import { isCustomResource, type Model, type PropertyModel, type ValueType } from "./model.ts";
import { isUnknown } from "./unknown.ts";

/** A property that its type's schema does not allow, with CloudFormation's message. */
export type Mismatch = { readonly path: string; readonly words: string };

/** The properties that the type's schema does not allow: missing, unknown, of the wrong type or value. */
export function mismatches(model: Model, type: string, properties: JsonObject): readonly Mismatch[] {
  const known = model.type(type);
  // Other properties of a custom resource are not validated.
  if (isCustomResource(type)) {
    return properties.ServiceToken === undefined ? [{ path: "#", words: "required key [ServiceToken] not found" }] : [];
  }
  if (!known) return [];
  return inObject(model, type, known.properties, properties, "#");
}

type Fields = { readonly [name: string]: PropertyModel };

function inObject(model: Model, type: string, fields: Fields, value: JsonObject, path: string): readonly Mismatch[] {
  const missing = Object.keys(fields)
    .filter((name) => fields[name]?.required && value[name] === undefined)
    .map((name) => ({ path, words: `required key [${name}] not found` }));
  const inner = Object.entries(value).flatMap(([name, item]) => {
    const field = fields[name];
    if (!field) return [{ path, words: `extraneous key [${name}] is not permitted` }];
    return inValue(model, type, field.type, item, `${path}/${name}`);
  });
  return [...missing, ...inner];
}

function inValue(model: Model, type: string, expected: ValueType, value: Json, path: string): readonly Mismatch[] {
  if (isUnknown(value) && typeof value === "string") return [];
  if (typeof expected === "string") return inScalar(expected, value, path);
  if ("enum" in expected) {
    const wrong = typeof value === "string" && !expected.enum.includes(value);
    return wrong ? [{ path, words: `${value} is not a valid enum value` }] : inScalar("string", value, path);
  }
  if ("union" in expected) {
    const tried = expected.union.map((option) => inValue(model, type, option, value, path));
    return tried.find((found) => found.length === 0) ?? tried.toSorted((a, b) => a.length - b.length)[0] ?? [];
  }
  if ("array" in expected) {
    if (!Array.isArray(value)) return [wrongType(path, "JSONArray", value)];
    return (value as readonly Json[]).flatMap((item, i) => inValue(model, type, expected.array, item, `${path}/${i}`));
  }
  if (!isObject(value)) return [wrongType(path, "JSONObject", value)];
  if ("map" in expected) {
    return Object.entries(value).flatMap(([key, item]) => inValue(model, type, expected.map, item, `${path}/${key}`));
  }
  const fields = model.structure(type, expected.ref);
  return fields ? inObject(model, type, fields, value, path) : [];
}

/** CloudFormation converts text to numbers and booleans, and both to text, before it validates. */
function inScalar(expected: string, value: Json, path: string): readonly Mismatch[] {
  if (expected === "json") return [];
  if (expected === "tag") return isObject(value) ? [] : [wrongType(path, "JSONObject", value)];
  if (value === null || typeof value === "object") {
    const names: { readonly [name: string]: string } = {
      string: "String",
      integer: "Integer",
      number: "Number",
      boolean: "Boolean",
    };
    return [wrongType(path, names[expected] ?? expected, value)];
  }
  if ((expected === "integer" || expected === "number") && !Number.isFinite(Number(value))) {
    return [wrongType(path, expected === "integer" ? "Integer" : "Number", value)];
  }
  if (expected === "boolean" && !["true", "false"].includes(String(value).toLowerCase()))
    return [wrongType(path, "Boolean", value)];
  return [];
}

function wrongType(path: string, expected: string, value: Json): Mismatch {
  const found =
    value === null
      ? "Null"
      : Array.isArray(value)
        ? "JSONArray"
        : { object: "JSONObject", string: "String", number: "Integer", boolean: "Boolean" }[typeof value as "object"];
  return { path, words: `expected type: ${expected}, found: ${found}` };
}
