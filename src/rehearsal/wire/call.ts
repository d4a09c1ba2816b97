import { isObject } from "../../template/json.ts";
import type { Json, JsonObject } from "../../template/types.ts";
import type { Simulator } from "../state/simulator.ts";
import type { Scope } from "../state/state.ts";
import { invalid } from "./error.ts";

/** An HTTP request with its body. */
export type HttpRequest = {
  readonly method: string;
  /** The path as sent, percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** What follows the question mark, as it was sent; left out where there is none. */
  readonly search?: string;
  readonly headers: { readonly [name: string]: string };
  readonly body: Buffer;
};

/** An API call: caller, service, operation, input. */
export type Call = {
  readonly service: string;
  readonly operation: string;
  readonly scope: Scope;
  readonly input: Input;
  readonly requestId: string;
  readonly http: HttpRequest;
};

/** A call's parameters, with the checks that every service makes of them. */
export type Input = { readonly [name: string]: InputValue };
type InputValue = Json | undefined;

/** The result of an operation: named values and lists; `undefined` is left out. */
export type CallResult = { readonly [name: string]: ResultValue };
export type ResultValue = Json | undefined | CallResult | readonly ResultValue[];

export type Handler = (simulator: Simulator, call: Call) => CallResult;

/** A text parameter; `undefined` if it was not sent. */
export function text(input: Input, name: string): string | undefined {
  const value = input[name];
  return value === undefined || value === null || typeof value === "object" ? undefined : String(value);
}

/** A required text parameter. */
export function needed(input: Input, name: string): string {
  const value = text(input, name);
  if (value === undefined || value === "") {
    throw invalid(
      `1 validation error detected: Value null at '${name[0]?.toLowerCase()}${name.slice(1)}' failed to satisfy constraint: Member must not be null`,
    );
  }
  return value;
}

/** A boolean parameter. */
export function flag(input: Input, name: string): boolean {
  return String(input[name] ?? "false") === "true";
}

/** A list parameter; empty if it was not sent. */
function list(input: Input, name: string): readonly Json[] {
  const value = input[name];
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

/** A list of texts. */
export function texts(input: Input, name: string): readonly string[] {
  return list(input, name).map(String);
}

/** A list of structures. */
export function structures(input: Input, name: string): readonly JsonObject[] {
  return list(input, name).filter(isObject);
}
