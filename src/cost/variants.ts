import { evaluate, isUnresolved, noneOf, type TemplateScope, type Value } from "../template/evaluate.ts";
import { isObject } from "../template/json.ts";
import { type AssumedValue, linkedScopes, type NamedTemplate } from "../template/linked.ts";
import type { Json, Resource } from "../template/types.ts";
import { undecidedFor, undecidedIn } from "../template/undecided.ts";
import { isFree } from "./free-types.ts";

/** One combination of undecided values: by name, in words (`Env=prod`), and what is taken for it. */
export type Variant = { readonly choices: ReadonlyMap<string, string>; readonly taken: AssumedValue };

/** More ways than these are not priced: each is a whole estimate. */
const MOST_WAYS = 64;
/** Values of one name that are tried. */
const MOST_VALUES = 12;

/**
 * The ways in which the prices of `stacks` may come out: one for every combination of the values that a parameter
 * without a value can have by its template (those it allows, is compared with, or is looked up by in a mapping; and one
 * that is none of them, where it may be any). One way where nothing is open.
 */
export function variantsOf(stacks: readonly NamedTemplate[]): readonly Variant[] {
  const scopes = linkedScopes(stacks);
  const several = new Set(stacks.map(({ name }) => name)).size > 1;
  const opens = scopes.flatMap((scope) => opensIn(scope, several));
  const chosen: Open[] = [];
  let count = 1;
  for (const one of opens.toSorted((a, b) => a.values.length - b.values.length)) {
    if (count * one.values.length > MOST_WAYS) continue;
    count *= one.values.length;
    chosen.push(one);
  }
  const combinations = chosen.reduce<readonly (readonly Choice[])[]>(
    (ways, open) => ways.flatMap((way) => open.values.map((value) => [...way, { open, value }])),
    [[]],
  );
  return combinations.map((choices) => ({
    choices: new Map(choices.map(({ open, value }) => [open.words, wordsOf(open.words, value)])),
    taken: (stack, id) =>
      choices.find(({ open }) => open.id === id && open.stack === stack.name && open.region === stack.region)?.value,
  }));
}

/** A name without a value, and the values that are tried for it. */
type Open = {
  readonly stack: string;
  readonly region: string;
  readonly id: string;
  readonly words: string;
  readonly values: readonly Value[];
};
type Choice = { readonly open: Open; readonly value: Value };

function wordsOf(name: string, value: Value): string {
  return isUnresolved(value) ? `${name} none of ${value.not?.join(", ")}` : `${name}=${String(value)}`;
}

function opensIn(scope: TemplateScope, several: boolean): readonly Open[] {
  const billed = Object.values(scope.template.Resources).filter(
    (one) => typeof one?.Type === "string" && !isFree(one.Type),
  );
  const names = new Set(billed.flatMap((resource) => [...undecidedOf(resource, scope)]));
  return [...names].flatMap((id) => {
    const values = valuesOf(id, scope);
    const words = several ? `${scope.stack}:${id}` : id;
    return values.length < 2 ? [] : [{ stack: scope.stack, region: scope.region, id, words, values }];
  });
}

function undecidedOf({ Condition, Properties }: Resource, scope: TemplateScope): ReadonlySet<string> {
  const whether = typeof Condition === "string" ? undecidedFor(Condition, scope) : [];
  return new Set([...whether, ...undecidedIn(Properties, scope)]);
}

/** What a name without a value may be, as far as its template tells. */
function valuesOf(id: string, scope: TemplateScope): readonly Value[] {
  const { Parameters = {}, Conditions = {}, Resources } = scope.template;
  const allowed = Object.hasOwn(Parameters, id) ? (Parameters[id]?.AllowedValues ?? []) : [];
  if (allowed.length > 0) return allowed.length > MOST_VALUES ? [] : allowed.filter((one) => typeof one !== "object");
  const compared = [...new Set(comparedIn(Conditions, id, scope))];
  const keys = [...new Set(keysIn([Conditions, Resources as Json], id, scope))];
  const named = [...new Set([...compared, ...keys])];
  if (named.length === 0 || named.length > MOST_VALUES) return [];
  // What is only looked up in a mapping must be one of its keys.
  return keys.length > 0 ? named : [...named, noneOf(named)];
}

const isRef = (json: Json | undefined, id: string) => isObject(json) && json.Ref === id;

function comparedIn(json: Json, id: string, scope: TemplateScope): readonly string[] {
  if (Array.isArray(json)) return (json as readonly Json[]).flatMap((item) => comparedIn(item, id, scope));
  if (!isObject(json)) return [];
  const sides = json["Fn::Equals"];
  if (!Array.isArray(sides)) return Object.values(json).flatMap((item) => comparedIn(item, id, scope));
  const [left, right] = sides as readonly Json[];
  const other = isRef(left, id) ? right : isRef(right, id) ? left : undefined;
  const value = other === undefined ? undefined : evaluate(other, scope);
  return value === undefined || typeof value === "object" ? [] : [String(value)];
}

function keysIn(json: Json, id: string, scope: TemplateScope): readonly string[] {
  if (Array.isArray(json)) return (json as readonly Json[]).flatMap((item) => keysIn(item, id, scope));
  if (!isObject(json)) return [];
  const lookup = json["Fn::FindInMap"];
  const [map, first] = Array.isArray(lookup) ? (lookup as readonly Json[]) : [];
  const { Mappings = {} } = scope.template;
  const mapping = typeof map === "string" && Object.hasOwn(Mappings, map) ? Mappings[map] : undefined;
  const own = isRef(first, id) && isObject(mapping) ? Object.keys(mapping) : [];
  return [...own, ...Object.values(json).flatMap((item) => keysIn(item, id, scope))];
}
