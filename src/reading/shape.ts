import { z } from "zod";
import { ReadingError } from "./reading-error.ts";

/** What somebody else's value has to look like to be a `T`. */
export type Schema<T> = z.ZodType<T>;

export const textSchema = z.string();
export const numberSchema = z.number();
export const flagSchema = z.boolean();
export const anything = z.unknown();
/** A time in ISO 8601, or in any words that say when. */
export const timeSchema = z.string().refine((words) => !Number.isNaN(Date.parse(words)), "expected a time");
export const oneOf = z.enum;
export const either = z.union;
export const listSchema = z.array;
export const mapSchema = <T>(of: Schema<T>) => z.record(z.string(), of);
/** Something of which only these parts matter. */
export const objectSchema = z.looseObject;

/** `value`, if it is of the shape. Throws a Fault that names the first place where it is not. */
export function shaped<T>(shape: z.ZodType, value: unknown): T {
  const result = shape.safeParse(value);
  if (result.success) return value as T;
  const [issue] = result.error.issues;
  const words = issue === undefined ? "not what it should be" : reason(issue);
  throw new ReadingError(`${issue?.path.map(String).join(".") || "the whole"}: ${words}`);
}

/** Zod's words for what is wrong; of several ways to be right, those of the first. */
function reason(issue: z.core.$ZodIssue): string {
  const [first] = issue.code === "invalid_union" ? (issue.errors[0] ?? []) : [];
  return first === undefined ? issue.message.replace(/^Invalid (input|option): /, "") : reason(first);
}
