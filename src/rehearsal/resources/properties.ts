import { isObject } from "../../template/json.ts";
import type { Json, JsonObject } from "../../template/types.ts";

/** The objects of a list property. */
export function rowsOf(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly JsonObject[]) : [];
}

/** The object, empty if it is none. */
export function partOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** Whether a boolean property is true. */
export function isOn(value: Json | undefined): boolean {
  return String(value ?? false) === "true";
}

/** Text of a property, or the fallback. */
export function textOf(properties: JsonObject, name: string, fallback = ""): string {
  const value = properties[name];
  return value === undefined || value === null || typeof value === "object" ? fallback : String(value);
}

/** Texts of a list property. */
export function listOf(properties: JsonObject, name: string): readonly string[] {
  const value = properties[name];
  return Array.isArray(value) ? value.map(String) : [];
}
