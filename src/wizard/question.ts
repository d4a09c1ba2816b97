import type { ConfigTree } from "../config/values.ts";

/** What is changed together, and priced together. */
export const GROUPS = ["network", "service", "container", "database", "cache", "domain", "account", "order"] as const;
export type Group = (typeof GROUPS)[number];

export type Scalar = string | number | boolean;

/** One value to choose from, and what it means, given the values chosen so far. */
type Option = { readonly value: Scalar; readonly words: string | ((values: ConfigTree) => string) };

/** One value of an environment: a prompt and a flag in one. What is legal is the schema's to say. */
export type Question = {
  /** Keys of the value below the environment, dotted. */
  readonly path: string;
  readonly flag: string;
  readonly group: Group;
  readonly kind: "text" | "number" | "boolean";
  readonly message: string;
  /** What the prompt adds to the message, given the values chosen so far. */
  readonly hint?: (values: ConfigTree) => string;
  /** What the flag's help shows for its value. */
  readonly placeholder?: string;
  /** Chosen from a list, each with what it would cost; with `others`, anything else may be typed. */
  readonly options?: readonly Option[];
  readonly others?: string;
  /** What is given as the value that is meant: a domain in the letters of the DNS. */
  readonly tidy?: (given: string) => string;
  /** Key that an empty answer takes out; without it an empty answer is refused. */
  readonly empty?: string;
  /** False if nothing has to be asked given the values chosen so far. */
  readonly when?: (values: ConfigTree) => boolean;
};

/** The typed or given text as the value the schema expects; text that is no such value stays text, for the schema to refuse. */
export function typed({ kind, tidy }: Pick<Question, "kind" | "tidy">, text: Scalar): Scalar {
  if (tidy && typeof text === "string") return tidy(text.trim());
  if (kind === "number" && typeof text === "string" && /^-?\d+(\.\d+)?$/.test(text.trim())) return Number(text);
  return typeof text === "string" ? text.trim() : text;
}
