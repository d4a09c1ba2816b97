import { array, dotted, isObject, own, strings } from "./json.ts";
import { partitionOf, suffixOf } from "./partition.ts";
import { isStored, isStoredList } from "./stored.ts";
import type { Json, JsonObject, Resource, Template } from "./types.ts";

/** Marks a value that only AWS can know before the stack exists. */
const UNRESOLVED: unique symbol = Symbol("unresolved");

/** What a plain reference points at: a resource of a stack, and the attribute asked for (none: `Ref`). */
type Target = {
  readonly stack: string;
  readonly region: string;
  readonly logicalId: string;
  readonly attribute?: string;
};

/** A value that only AWS can know; for a plain reference, which resource it comes from; for a guess, what it is not. */
export type Unresolved = {
  readonly [UNRESOLVED]: true;
  readonly target: Target | undefined;
  readonly not?: readonly string[];
};

/** A template's value with its intrinsic functions resolved as far as a template can. */
export type Value = null | boolean | number | string | Unresolved | readonly Value[] | Values;
/** A plain object of such values. */
export type Values = { readonly [key: string]: Value };

/** The inputs of an evaluation. */
export type TemplateScope = {
  readonly template: Template;
  readonly stack: string;
  readonly region: string;
  readonly account?: string;
  /** Parameter values; a parameter without one takes its default. */
  readonly parameters?: { readonly [id: string]: Json };
  /** What a parent hands down to a nested stack, by parameter; comes before `parameters`. */
  readonly handed?: (id: string) => Value | undefined;
  /** The assumed value of a parameter, or of `AWS::AccountId`, without a given one. */
  readonly taken?: (id: string) => Value | undefined;
  /** What a stack nested in this one, under a logical id, has as an output. */
  readonly nested?: (logicalId: string, output: string) => Value | undefined;
  /** The value of another stack's output (`Fn::GetStackOutput`). */
  readonly output?: (stack: string, output: string, region: string) => Value | undefined;
  /** What the environment's stacks keep in Parameter Store under a name; a list as its items. */
  readonly stored?: (path: string, list: boolean) => Value | undefined;
  /** The value behind an export's name (`Fn::ImportValue`). */
  readonly imported?: (name: string) => Value | undefined;
};

const UNKNOWN: Unresolved = { [UNRESOLVED]: true, target: undefined };

/** True for a value that only AWS can know. */
export function isUnresolved(value: Value | undefined): value is Unresolved {
  return typeof value === "object" && value !== null && UNRESOLVED in value;
}

/** A value of which only is known that it is none of `not`. */
export function noneOf(not: readonly string[]): Unresolved {
  return { [UNRESOLVED]: true, target: undefined, not };
}

/** True for a plain object of values: neither a list nor an unresolved value. */
export function isTree(value: Value | undefined): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isUnresolved(value);
}

/** The value of `json` in `scope`, never throwing; `undefined` is `AWS::NoValue`, as if the property were not there. */
export function evaluate(json: Json, scope: TemplateScope): Value | undefined {
  if (Array.isArray(json)) return json.map((item: Json) => evaluate(item, scope)).filter((item) => item !== undefined);
  if (typeof json === "string") return json.includes("{{resolve:") ? UNKNOWN : json;
  if (!isObject(json)) return json as Value;
  const [name, ...rest] = Object.keys(json);
  if (name !== undefined && rest.length === 0) {
    const argument = json[name] ?? null;
    if (name === "Ref") return typeof argument === "string" ? ref(argument, scope) : UNKNOWN;
    if (name.startsWith("Fn::")) return FUNCTIONS[name]?.(argument, scope) ?? (name === "Fn::If" ? undefined : UNKNOWN);
  }
  const entries = Object.entries(json).map(([key, item]) => [key, evaluate(item, scope)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, Value] => entry[1] !== undefined));
}

/** The properties of `resource` with their intrinsic functions resolved. */
export function evaluateProperties(resource: Pick<Resource, "Properties">, scope: TemplateScope): Values {
  const value = isObject(resource.Properties) ? evaluate(resource.Properties, scope) : {};
  return isTree(value) ? value : {};
}

/** True or false for the condition `name`; `undefined` if it hangs on what only AWS knows, or is not declared. */
export function conditionHolds(name: string, scope: TemplateScope): boolean | undefined {
  return named(name, scope, 0);
}

/** Longest chain of conditions, outputs and parameters that refer to each other. */
export const LONGEST_CHAIN = 100;

/** What was found out about the conditions of a scope; two that each ask twice for the next would take for ever. */
const CONDITIONS = new WeakMap<TemplateScope, Map<string, boolean | undefined>>();

function named(name: string, scope: TemplateScope, length: number): boolean | undefined {
  const known = CONDITIONS.get(scope) ?? new Map<string, boolean | undefined>();
  CONDITIONS.set(scope, known);
  const body = own(scope.template.Conditions, name);
  if (body === undefined || known.has(name) || length > LONGEST_CHAIN) return known.get(name);
  // A condition that names itself is an error CloudFormation reports; here it must only not loop.
  known.set(name, undefined);
  const held = holds(body, scope, length + 1);
  known.set(name, held);
  return held;
}

function holds(json: Json, scope: TemplateScope, length: number): boolean | undefined {
  if (!isObject(json)) return undefined;
  const [name = ""] = Object.keys(json);
  const argument = json[name] ?? null;
  if (name === "Condition") return typeof argument === "string" ? named(argument, scope, length) : undefined;
  const parts = Array.isArray(argument) ? (argument as readonly Json[]) : [];
  if (name === "Fn::Equals") return equal(evaluate(parts[0] ?? null, scope), evaluate(parts[1] ?? null, scope));
  const each = parts.map((part) => holds(part, scope, length));
  if (name === "Fn::Not") return each[0] === undefined ? undefined : !each[0];
  if (name === "Fn::And") return each.includes(false) ? false : each.includes(undefined) ? undefined : true;
  if (name === "Fn::Or") return each.includes(true) ? true : each.includes(undefined) ? undefined : false;
  return undefined;
}

function equal(left: Value | undefined, right: Value | undefined): boolean | undefined {
  // CloudFormation compares a parameter's text: the number 1 equals "1", true equals "true".
  const words = (value: Value | undefined) => (typeof value === "object" ? JSON.stringify(value) : String(value));
  if (isUnresolved(left)) return !isUnresolved(right) && left.not?.includes(words(right)) ? false : undefined;
  if (isUnresolved(right)) return equal(right, left);
  return words(left) === words(right);
}

function ref(id: string, scope: TemplateScope): Value | undefined {
  switch (id) {
    case "AWS::NoValue":
      return undefined;
    case "AWS::Region":
      return scope.region;
    case "AWS::AccountId":
      return scope.account ?? scope.taken?.(id) ?? UNKNOWN;
    case "AWS::StackName":
      return scope.stack;
    case "AWS::Partition":
      return partitionOf(scope.region);
    case "AWS::URLSuffix":
      return suffixOf(scope.region);
  }
  const parameter = own(scope.template.Parameters, id);
  if (parameter !== undefined) return short(parameterValue(id, parameter, scope));
  return own(scope.template.Resources, id) === undefined ? UNKNOWN : pointing(scope, id);
}

function parameterValue(
  id: string,
  parameter: { readonly Type: string; readonly Default?: Json },
  scope: TemplateScope,
): Value {
  const handed = scope.handed?.(id);
  if (isUnresolved(handed) || Array.isArray(handed)) return handed;
  const said = handed ?? own(scope.parameters, id) ?? parameter.Default;
  if (isStored(parameter)) {
    // The text of an SSM parameter is its name; unless another stack here writes it, the value is in the account.
    const kept = (name: Value | Json | undefined) =>
      name === undefined ? undefined : scope.stored?.(String(name), isStoredList(parameter));
    return kept(said) ?? kept(parameter.Default) ?? scope.taken?.(id) ?? UNKNOWN;
  }
  const given = said ?? scope.taken?.(id);
  const type = String(parameter.Type);
  if (given === undefined || isUnresolved(given as Value)) return (given as Value | undefined) ?? UNKNOWN;
  if (typeof given === "string" && (type === "CommaDelimitedList" || type.startsWith("List<")))
    return split(given, ",", (item) => item.trim());
  return type === "Number" && Number.isFinite(Number(given)) ? Number(given) : literal(given as Json);
}

type Intrinsic = (argument: Json, scope: TemplateScope) => Value | undefined;

const FUNCTIONS: { readonly [name: string]: Intrinsic } = {
  "Fn::GetAtt": (argument, scope) => {
    const [id, ...attribute] = typeof argument === "string" ? argument.split(".") : strings(argument);
    return id === undefined ? UNKNOWN : attributeOf(scope, id, attribute.join("."));
  },
  "Fn::If": (argument, scope) => {
    const [name, yes, no] = array(argument);
    const held = typeof name === "string" ? conditionHolds(name, scope) : undefined;
    return held === undefined ? UNKNOWN : evaluate((held ? yes : no) ?? null, scope);
  },
  "Fn::Sub": (argument, scope) => {
    const [text, names] = Array.isArray(argument) ? array(argument) : [argument];
    return typeof text === "string" ? substitute(text, isObject(names) ? names : {}, scope) : UNKNOWN;
  },
  "Fn::Join": (argument, scope) => {
    const [separator, list] = array(argument);
    const parts = evaluate(list ?? null, scope);
    return Array.isArray(parts) ? joined(parts, String(separator)) : UNKNOWN;
  },
  "Fn::Split": (argument, scope) => {
    const [separator, source] = array(argument);
    const text = evaluate(source ?? null, scope);
    return typeof text === "string" ? split(text, String(separator)) : UNKNOWN;
  },
  "Fn::Select": (argument, scope) => {
    const [index, list] = array(argument).map((part) => evaluate(part, scope));
    return Array.isArray(list) ? (list[Number(index)] ?? UNKNOWN) : UNKNOWN;
  },
  "Fn::FindInMap": (argument, scope) => {
    const [map, first, second, otherwise] = array(argument).map((part) => evaluate(part, scope));
    const row = own(own(scope.template.Mappings, String(map)), String(first));
    const found = own(row, String(second));
    if (found !== undefined) return literal(found);
    return isTree(otherwise) ? (otherwise.DefaultValue ?? UNKNOWN) : UNKNOWN;
  },
  "Fn::Length": (argument, scope) => {
    const list = evaluate(argument, scope);
    return Array.isArray(list) ? list.length : UNKNOWN;
  },
  // The blocks are AWS's arithmetic, but how many there are is written down.
  "Fn::Cidr": (argument, scope) => {
    const count = Number(evaluate(array(argument)[1] ?? null, scope));
    return count >= 1 && count <= 256 ? Array.from({ length: count }, () => UNKNOWN) : UNKNOWN;
  },
  "Fn::ImportValue": (argument, scope) => {
    const name = evaluate(argument, scope);
    return typeof name === "string" ? short(scope.imported?.(name) ?? UNKNOWN) : UNKNOWN;
  },
  "Fn::GetStackOutput": (argument, scope) => {
    const value = evaluate(argument, scope);
    if (!isTree(value) || typeof value.StackName !== "string" || typeof value.OutputName !== "string") return UNKNOWN;
    const region = typeof value.Region === "string" ? value.Region : scope.region;
    return short(scope.output?.(value.StackName, value.OutputName, region) ?? UNKNOWN);
  },
};

function substitute(text: string, names: JsonObject, scope: TemplateScope): Value {
  // Splitting by a captured group alternates literal text with the names inside ${…}.
  const parts = text.split(/\$\{([^{}]*)\}/).map((part, index): Value => {
    if (index % 2 === 0) return part;
    if (part.startsWith("!")) return `\${${part.slice(1)}}`;
    const given = own(names, part);
    if (given !== undefined) return evaluate(given, scope) ?? "";
    return (part.includes(".") ? attributeOf(scope, ...dotted(part)) : ref(part, scope)) ?? "";
  });
  return joined(
    parts.filter((part) => part !== ""),
    "",
  );
}

/** Bytes of a parameter's value (CloudFormation User Guide, "Understand CloudFormation quotas"): what refers to it grows. */
const LONGEST = 4096;

/** A value from elsewhere, unless it is longer than CloudFormation takes: thousands of places may refer to it. */
function short(value: Value): Value {
  return typeof value === "string" && value.length > LONGEST ? UNKNOWN : value;
}

/** Most parts of a text that is split: more than any list of AWS's has. */
const MOST_PARTS = 1000;

function split(text: string, separator: string, each = (part: string) => part): Value {
  const parts = text.split(separator, MOST_PARTS + 1);
  return parts.length > MOST_PARTS ? UNKNOWN : parts.map(each);
}

/** A value where there can be no functions: in Mappings, and as a parameter's default (Template Reference). */
function literal(json: Json): Value {
  const isKnown = (one: Json) => typeof one !== "object" && !(typeof one === "string" && one.includes("{{resolve:"));
  if (Array.isArray(json)) return (json as readonly Json[]).every(isKnown) ? (json as Value) : UNKNOWN;
  return isKnown(json) ? (json as Value) : UNKNOWN;
}

/** A join of one part alone is that part, so that a reference inside `Fn::Sub` still points at its resource. */
function joined(parts: readonly Value[], separator: string): Value {
  const [first] = parts;
  if (parts.length === 1 && first !== undefined) return first;
  const known = parts.every((part) => typeof part !== "object" || part === null);
  return known ? parts.map(String).join(separator) : UNKNOWN;
}

/** What `Fn::GetAtt` names: an output of a nested stack that is at hand, else what only AWS knows. */
function attributeOf(scope: TemplateScope, logicalId: string, attribute: string): Value {
  const output = /^Outputs\.(.+)$/.exec(attribute)?.[1];
  const found = output === undefined ? undefined : scope.nested?.(logicalId, output);
  return short(found ?? pointing(scope, logicalId, attribute));
}

function pointing(scope: TemplateScope, logicalId: string, attribute = ""): Unresolved {
  const target = { stack: scope.stack, region: scope.region, logicalId };
  return { [UNRESOLVED]: true, target: attribute === "" ? target : { ...target, attribute } };
}
