import type { Json, JsonObject } from "../../template/types.ts";
import { type AwsError, invalid } from "../wire/error.ts";

/** What the names of a template stand for, at the moment it is evaluated. */
export type Resolver = {
  /** A parameter, pseudo parameter or resource; `undefined` if there is none of this name. */
  readonly ref: (name: string) => Json | undefined;
  readonly attribute: (logicalId: string, name: string) => Json | undefined;
  readonly condition: (name: string) => boolean;
  readonly mapping: (map: string, first: string, second: string) => Json | undefined;
  readonly zones: (region: string) => readonly string[];
  readonly imported: (exportName: string) => string;
  readonly stackOutput: (reference: JsonObject) => string;
  /** The text a `{{resolve:…}}` reference stands for. */
  readonly dynamic: (reference: string) => string;
  /** Told of what a template's text would not be taken for if its values were known. */
  readonly incomplete?: (why: string) => void;
  /** The section that is evaluated, for who is told of a name that means nothing; absent: Resources. */
  readonly block?: "Outputs";
};

/** The refusal of a name that means nothing: nobody's, or a resource's whose condition does not hold. */
export function unresolved(name: string, { block }: Pick<Resolver, "block">): AwsError {
  const words = `Unresolved resource dependencies [${name}] in the ${block ?? "Resources"} block of the template`;
  return invalid(block ? words : `Template format error: ${words}`);
}
