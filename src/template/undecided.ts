import { conditionHolds, evaluate, isUnresolved, type TemplateScope } from "./evaluate.ts";
import { isObject } from "./json.ts";
import { referencesIn } from "./references.ts";
import { isStored } from "./stored.ts";
import type { Json, JsonObject } from "./types.ts";

/** The one pseudo parameter that only an account decides. */
const ACCOUNT = "AWS::AccountId";

/**
 * What decides `json` and has no value: parameters by their names, and `AWS::AccountId`. Of a choice (`Fn::If`) both sides
 * count while its condition is open, and what the condition hangs on counts with them.
 */
export function undecidedIn(json: Json | undefined, scope: TemplateScope): ReadonlySet<string> {
  const found = new Set<string>();
  collect(json ?? null, scope, found, new Set());
  return found;
}

/** The same for what a condition hangs on; nothing if it is decided, or not declared. */
export function undecidedFor(condition: string, scope: TemplateScope): ReadonlySet<string> {
  const found = new Set<string>();
  hanging(condition, scope, found, new Set());
  return found;
}

function collect(json: Json, scope: TemplateScope, found: Set<string>, seen: Set<string>): void {
  if (Array.isArray(json)) for (const item of json as readonly Json[]) collect(item, scope, found, seen);
  if (!isObject(json)) return;
  const [first, second] = Object.entries(json);
  if (first !== undefined && second === undefined) {
    const [name, argument] = first;
    if (name === "Ref" || name === "Fn::Sub")
      for (const one of referencesIn(json)) if (one.attribute === undefined) open(one.name, scope, found);
    if (name === "Condition" && typeof argument === "string") hanging(argument, scope, found, seen);
    if (name === "Fn::If" && Array.isArray(argument)) {
      choice(argument as readonly Json[], scope, found, seen);
      return;
    }
  }
  for (const inner of Object.values(json)) collect(inner, scope, found, seen);
}

function choice(parts: readonly Json[], scope: TemplateScope, found: Set<string>, seen: Set<string>): void {
  const [name, yes = null, no = null] = parts;
  const held = typeof name === "string" ? conditionHolds(name, scope) : undefined;
  if (typeof name === "string") hanging(name, scope, found, seen);
  if (held !== false) collect(yes, scope, found, seen);
  if (held !== true) collect(no, scope, found, seen);
}

function hanging(name: string, scope: TemplateScope, found: Set<string>, seen: Set<string>): void {
  const body = bodyOf(name, scope.template.Conditions);
  if (seen.has(name) || body === undefined || conditionHolds(name, scope) !== undefined) return;
  seen.add(name);
  collect(body, scope, found, seen);
}

function bodyOf(name: string, conditions: JsonObject | undefined): Json | undefined {
  return conditions !== undefined && Object.hasOwn(conditions, name) ? conditions[name] : undefined;
}

function open(name: string, scope: TemplateScope, found: Set<string>): void {
  const parameters = scope.template.Parameters ?? {};
  if (name !== ACCOUNT && !Object.hasOwn(parameters, name)) return;
  if (isUnresolved(evaluate({ Ref: name }, scope))) found.add(name);
}

/** True for a parameter whose value somebody can give: not one that is read in Parameter Store. */
export function canBeGiven(name: string, scope: TemplateScope): boolean {
  const parameters = scope.template.Parameters ?? {};
  const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  return parameter !== undefined && !isStored(parameter);
}
