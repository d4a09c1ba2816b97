import type { Json, JsonObject } from "../../../template/types.ts";
import { sameValue } from "../../model/diff.ts";

/** A DynamoDB value with its type, as on the wire: `{"S": "text"}`, `{"N": "1"}`, `{"M": {…}}`. */
export type AttributeValue = JsonObject;
export type Item = { readonly [attribute: string]: AttributeValue };

/** The type letter of a value. */
export function typeOf(value: AttributeValue): string {
  return Object.keys(value)[0] ?? "NULL";
}

/** Whether two values are equal: numbers by amount, sets without regard to order. */
export function equal(a: AttributeValue | undefined, b: AttributeValue | undefined): boolean {
  if (!a || !b || typeOf(a) !== typeOf(b)) return false;
  const type = typeOf(a);
  if (type === "N") return Number(a.N) === Number(b.N);
  if (["SS", "NS", "BS"].includes(type)) return sameValue([...members(a)].sort(), [...members(b)].sort());
  return sameValue(a, b);
}

/** The texts of a set. */
export function members(value: AttributeValue): readonly string[] {
  const inner = Object.values(value)[0];
  return Array.isArray(inner) ? inner.map(String) : [];
}

/** Order of two values of one of the ordered types (string, number, binary); `undefined` for others. */
export function order(a: AttributeValue | undefined, b: AttributeValue | undefined): number | undefined {
  if (!a || !b || typeOf(a) !== typeOf(b)) return undefined;
  const type = typeOf(a);
  if (type === "N") return Number(a.N) - Number(b.N);
  if (type === "S") return Buffer.compare(Buffer.from(String(a.S)), Buffer.from(String(b.S)));
  return type === "B"
    ? Buffer.compare(Buffer.from(String(a.B), "base64"), Buffer.from(String(b.B), "base64"))
    : undefined;
}

/** `size()`: characters, bytes or elements. */
export function sizeOf(value: AttributeValue): number | undefined {
  const inner = Object.values(value)[0] as Json;
  if (typeOf(value) === "B") return Buffer.from(String(inner), "base64").length;
  if (typeof inner === "string") return inner.length;
  if (Array.isArray(inner)) return inner.length;
  return inner !== null && typeof inner === "object" ? Object.keys(inner).length : undefined;
}
