import { SUB_NAMES } from "../../template/references.ts";
import type { Json, JsonObject } from "../../template/types.ts";
import { isUnknown, UNKNOWN } from "../model/unknown.ts";
import { invalid } from "../wire/error.ts";
import { splitCidr } from "./cidr.ts";
import { type Resolver, unresolved } from "./resolver.ts";

type Call = (argument: Json, resolver: Resolver, work: (inner: Json) => Json) => Json;

/** CloudFormation's messages for malformed functions. */
export const WORDS = {
  attribute:
    "Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute",
  equals: "Template error: every Fn::Equals object requires a list of 2 string parameters.",
  map: "Template error: every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value",
  join: "Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.",
  operands: (name: string) =>
    `Template error: every ${name} object requires a list of at least 2 and at most 10 boolean parameters.`,
  select: "Template error: Fn::Select requires a list argument with two elements: an integer index and a list",
  split:
    "Template error: every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.",
  sub: "Template error: One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string",
} as const;

/** CloudFormation's intrinsic functions (Template Reference, "Intrinsic function reference"), but Ref and Fn::If. */
export const FUNCTIONS: { readonly [name: string]: Call } = {
  "Fn::GetAtt": (argument, resolver, work) => {
    const [id, attribute] = attributeParts(argument, work);
    if (resolver.ref(id) === undefined) throw unresolved(id, resolver);
    const value = resolver.attribute(id, attribute);
    if (value === undefined) {
      throw invalid(`Template error: resource ${id} does not support attribute type ${attribute} in Fn::GetAtt`);
    }
    return value;
  },
  "Fn::Sub": substitute,
  "Fn::Join": (argument, resolver, work) => {
    const [delimiter, list] = pair(WORDS.join, argument);
    const items = work(list);
    if (typeof items === "string" && isUnknown(items)) {
      resolver.incomplete?.(WORDS.join);
      return UNKNOWN;
    }
    // The whole is unknown as long as a part is (localstack's test_change_set_fn_join, recorded 2025-05-05).
    if (isUnknown(items)) return UNKNOWN;
    return strings(items).join(String(work(delimiter)));
  },
  "Fn::Select": (argument, _, work) => {
    if (!Array.isArray(argument) || argument.length !== 2) throw invalid(WORDS.select);
    const [index, list] = argument as unknown as readonly [Json, Json];
    const [at, items] = [Number(work(index)), work(list)];
    if (!Array.isArray(items)) {
      if (isUnknown(items)) return UNKNOWN;
      throw invalid(WORDS.select);
    }
    const item = items[at] as Json | undefined;
    if (item !== undefined && item !== null) return item;
    if (isUnknown(items)) return UNKNOWN;
    throw invalid(
      Array.isArray(list) ? WORDS.select : `Template error: Fn::Select cannot select nonexistent value at index ${at}`,
    );
  },
  "Fn::Split": (argument, _, work) => {
    const [delimiter, source] = pair(WORDS.split, argument);
    const text = work(source);
    if (typeof text !== "string") throw invalid(WORDS.split);
    return text === UNKNOWN ? UNKNOWN : text.split(String(work(delimiter)));
  },
  "Fn::Base64": (argument, _, work) => {
    const text = work(argument);
    return isUnknown(text) ? UNKNOWN : Buffer.from(String(text)).toString("base64");
  },
  "Fn::Cidr": (argument, _, work) => {
    const parts = work(argument);
    if (!Array.isArray(parts)) throw invalid("Template error: Fn::Cidr requires a list argument");
    if (isUnknown(parts[0])) return Array.from({ length: Number(parts[1]) }, () => UNKNOWN);
    const blocks = splitCidr(String(parts[0]), Number(parts[1]), Number(parts[2] ?? 8));
    if (!blocks) throw invalid(`Template error: Fn::Cidr cannot split ${parts[0]} into ${parts[1]} blocks`);
    return blocks;
  },
  "Fn::FindInMap": (argument, resolver, work) => {
    const parts = Array.isArray(argument) ? (argument as readonly Json[]) : [];
    const [map, first, second] = parts.slice(0, 3).map((part) => String(work(part)));
    const found = resolver.mapping(map ?? "", first ?? "", second ?? "");
    if (found !== undefined) return found;
    const fallback = parts[3] as JsonObject | undefined;
    if (fallback?.DefaultValue !== undefined) return work(fallback.DefaultValue);
    throw invalid(`Template error: Unable to get mapping for ${map}::${first}::${second}`);
  },
  "Fn::GetAZs": (argument, resolver, work) => {
    const region = String(work(argument) ?? "");
    return [...resolver.zones(region === "" ? String(resolver.ref("AWS::Region")) : region)];
  },
  "Fn::ImportValue": (argument, resolver, work) => resolver.imported(String(work(argument))),
  "Fn::GetStackOutput": (argument, resolver, work) => resolver.stackOutput(work(argument) as JsonObject),
  "Fn::Length": (argument, _, work) => {
    const list = work(argument);
    return Array.isArray(list) ? list.length : UNKNOWN;
  },
  "Fn::ToJsonString": (argument, _, work) => JSON.stringify(work(argument)),
  Condition: (argument, resolver) => resolver.condition(String(argument)),
  "Fn::Equals": (argument, _, work) => {
    if (!Array.isArray(argument) || argument.length !== 2) throw invalid(WORDS.equals);
    const [a, b] = argument as unknown as readonly [Json, Json];
    return plain(work(a)) === plain(work(b));
  },
  "Fn::And": (argument, _, work) => operands("Fn::And", argument).every((part) => isTrue(work(part))),
  "Fn::Or": (argument, _, work) => operands("Fn::Or", argument).some((part) => isTrue(work(part))),
  "Fn::Not": (argument, _, work) =>
    !isTrue(work(Array.isArray(argument) ? ((argument as readonly Json[])[0] ?? null) : argument)),
};

/** Logical id and attribute name of an `Fn::GetAtt` in either form. */
export function attributeParts(
  argument: Json,
  work: (inner: Json) => Json = (inner) => inner,
): readonly [string, string] {
  if (typeof argument === "string") {
    const dot = argument.indexOf(".");
    return [argument.slice(0, dot), argument.slice(dot + 1)];
  }
  const parts = Array.isArray(argument) ? (argument as readonly Json[]) : [];
  if (parts.length < 2) {
    throw invalid(WORDS.attribute);
  }
  return [
    String(parts[0]),
    parts
      .slice(1)
      .map((part) => String(work(part)))
      .join("."),
  ];
}

function substitute(argument: Json, _: Resolver, work: (inner: Json) => Json): Json {
  const parts: readonly Json[] = Array.isArray(argument) ? argument : [argument, {}];
  const [text, names] = [parts[0], (parts[1] ?? {}) as JsonObject];
  if (typeof text !== "string") {
    throw invalid(WORDS.sub);
  }
  const filled = text.replace(SUB_NAMES, (_match, raw: string) => {
    const name = raw.trim();
    const local = names[name];
    const dot = name.indexOf(".");
    const value =
      local !== undefined
        ? work(local)
        : dot > 0 && !name.startsWith("AWS::")
          ? work({ "Fn::GetAtt": [name.slice(0, dot), name.slice(dot + 1)] })
          : work({ Ref: name });
    if (value !== null && typeof value === "object") {
      throw invalid(`Template error: variable ${name} in Fn::Sub expression does not resolve to a string`);
    }
    return String(value);
  });
  const result = filled.replace(/\$\{!([^{}]*)\}/g, "${$1}");
  return result.includes("{{resolve:") ? work(result) : result;
}

function pair(words: string, argument: Json): readonly [Json, Json] {
  if (Array.isArray(argument) && argument.length === 2) return argument as unknown as readonly [Json, Json];
  throw invalid(words);
}

function operands(name: string, argument: Json): readonly Json[] {
  if (Array.isArray(argument) && argument.length >= 2 && argument.length <= 10) return argument as readonly Json[];
  throw invalid(WORDS.operands(name));
}

function strings(value: Json): readonly string[] {
  const list = Array.isArray(value) ? (value as readonly Json[]) : undefined;
  if (!list || list.some((item) => item !== null && typeof item === "object")) {
    throw invalid(WORDS.join);
  }
  return list.map(String);
}

const isTrue = (value: Json) => value === true || value === "true";

const plain = (value: Json) => (value !== null && typeof value === "object" ? JSON.stringify(value) : String(value));
