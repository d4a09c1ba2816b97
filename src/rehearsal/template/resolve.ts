import { isList } from "../../template/json.ts";
import type { Json, JsonObject } from "../../template/types.ts";
import { invalid } from "../wire/error.ts";
import { unsupported } from "./function-places.ts";
import { FUNCTIONS } from "./functions.ts";
import { type Resolver, unresolved } from "./resolver.ts";

/** The value of `AWS::NoValue`. */
const NOTHING = Symbol("AWS::NoValue");

type Value = Json | typeof NOTHING;

/** A template value with all functions resolved; `undefined` for `AWS::NoValue`. */
export function resolveValue(value: Json, resolver: Resolver): Json | undefined {
  const result = work(value, resolver);
  return result === NOTHING ? undefined : result;
}

function work(value: Json, resolver: Resolver): Value {
  if (typeof value === "string") return value.includes("{{resolve:") ? dynamic(value, resolver) : value;
  if (value === null || typeof value !== "object") return value;
  if (isList(value)) return value.map((item) => work(item, resolver)).filter((item) => item !== NOTHING) as Json[];
  const keys = Object.keys(value);
  const [name] = keys;
  if (keys.length === 1 && name !== undefined) {
    const argument = value[name] ?? null;
    if (name === "Ref") return reference(argument, resolver);
    if (name === "Fn::If") return branch(argument, resolver);
    // An IAM policy may have a lone `Condition` too, whose value is never text.
    const call = name === "Condition" && typeof argument !== "string" ? undefined : FUNCTIONS[name];
    if (call) {
      const result = call(argument, resolver, (inner) => need(name, work(inner, resolver)));
      // A dynamic reference may be joined from parts (localstack's test_resolve_ssm, recorded 2025-09-24).
      return typeof result === "string" && result.includes("{{resolve:") ? dynamic(result, resolver) : result;
    }
    if (name.startsWith("Fn::")) {
      throw unsupported(name);
    }
  }
  return worked(value, resolver);
}

function worked(value: JsonObject, resolver: Resolver): JsonObject {
  const result: { [key: string]: Json } = {};
  for (const [key, inner] of Object.entries(value)) {
    const done = work(inner, resolver);
    if (done !== NOTHING) result[key] = done;
  }
  return result;
}

function reference(name: Json, resolver: Resolver): Value {
  if (typeof name !== "string") throw invalid("Template error: every Ref object must have a single String value.");
  if (name === "AWS::NoValue") return NOTHING;
  const value = resolver.ref(name);
  if (value === undefined) {
    throw unresolved(name, resolver);
  }
  // As a parameter's text too (localstack's test_cfn_handle_log_group_resource, recorded 2024-05-13).
  if (value === "AWS::NoValue") return NOTHING;
  // A parameter's value may be a reference too.
  return typeof value === "string" && value.includes("{{resolve:") ? dynamic(value, resolver) : value;
}

function branch(argument: Json, resolver: Resolver): Value {
  if (!isList(argument) || argument.length !== 3) {
    throw invalid("Template error: Fn::If requires a list argument with three elements");
  }
  const [name, yes, no] = argument as readonly [Json, Json, Json];
  return work(resolver.condition(String(name)) ? yes : no, resolver);
}

function need(name: string, value: Value): Json {
  if (value === NOTHING) throw invalid(`Template error: ${name} cannot take AWS::NoValue here`);
  return value;
}

function dynamic(text: string, resolver: Resolver): string {
  return text.replace(/\{\{resolve:[^{}]+\}\}/g, (match) => resolver.dynamic(match));
}
