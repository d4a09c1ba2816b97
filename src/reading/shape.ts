import * as z from "zod";
import { ReadingError } from "./reading-error.ts";

/** The schema of an input value of type `T`. */
export type Schema<T> = z.ZodType<T>;

export const textSchema = z.string();
export const numberSchema = z.number();
export const flagSchema = z.boolean();
export const anything = z.unknown();
/** A time in ISO 8601, or in another format that JavaScript parses. */
export const timeSchema = z.string().refine((words) => !Number.isNaN(Date.parse(words)), "expected a time");
export const oneOf = z.enum;
export const either = z.union;
export const listSchema = z.array;
export const mapSchema = <T>(of: Schema<T>) => z.record(z.string(), of);
/** An object of which only these keys matter. */
export const objectSchema = z.looseObject;

/** `value`, if it matches the schema. Throws a ReadingError with the path of the first mismatch. */
export function shaped<T>(shape: z.ZodType, value: unknown): T {
  const result = shape.safeParse(value);
  if (result.success) return value as T;
  const [issue] = result.error.issues;
  const words = issue === undefined ? "invalid value" : reason(issue);
  throw new ReadingError(`${issue?.path.map(String).join(".") || "the file"}: ${words}`);
}

/** Zod's message; of a union, that of its first option. */
function reason(issue: z.core.$ZodIssue): string {
  const [first] = issue.code === "invalid_union" ? (issue.errors[0] ?? []) : [];
  return first === undefined ? issue.message.replace(/^Invalid (input|option): /, "") : reason(first);
}
