import type { Json, JsonObject } from "../../template/types.ts";
import { type AwsError, invalid } from "../wire/error.ts";

/** Resolves the names of a template to their current values. */
export type Resolver = {
  /** A parameter, pseudo parameter or resource; `undefined` if there is none of this name. */
  readonly ref: (name: string) => Json | undefined;
  readonly attribute: (logicalId: string, name: string) => Json | undefined;
  readonly condition: (name: string) => boolean;
  readonly mapping: (map: string, first: string, second: string) => Json | undefined;
  readonly zones: (region: string) => readonly string[];
  readonly imported: (exportName: string) => string;
  readonly stackOutput: (reference: JsonObject) => string;
  /** The value of a `{{resolve:…}}` reference. */
  readonly dynamic: (reference: string) => string;
  /** Called with the error that the template would have if its values were known. */
  readonly incomplete?: (why: string) => void;
  /** The section being evaluated, for errors on unknown names; absent: Resources. */
  readonly block?: "Outputs";
};

/** The error of an unresolved name: unknown, or of a resource whose condition is false. */
export function unresolved(name: string, { block }: Pick<Resolver, "block">): AwsError {
  const words = `Unresolved resource dependencies [${name}] in the ${block ?? "Resources"} block of the template`;
  return invalid(block ? words : `Template format error: ${words}`);
}
