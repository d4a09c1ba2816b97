import { isLike } from "../../../rules/values.ts";
import type { Stage } from "../../stage.ts";
import { thingsAt } from "../../things.ts";
import { type Call, type Input, type Result, type ResultValue, structures, texts } from "../../wire/call.ts";
import { AwsError } from "../../wire/error.ts";
import type { Place, Thing } from "../../world.ts";

/** What a look-up shows of a thing, and the values that its filters go by. */
type View = {
  readonly shown: Result;
  readonly filters: { readonly [name: string]: ResultValue };
};

/** A look-up: all things of a type, seen through `view`, chosen by ids and filters. */
export type LookUp = {
  readonly type: string;
  /** The parameter that holds ids, and the error for an id that is not there. */
  readonly ids: string;
  readonly missing: string;
  /** The answer's list element. */
  readonly list: string;
  readonly view: (thing: Thing, stage: Stage) => View;
  /** Others of the type that no template makes. */
  readonly others?: (stage: Stage, place: Place) => readonly Thing[];
};

/** Answers a look-up. */
export function lookUp({ type, ids, missing, list, view, others }: LookUp): (stage: Stage, call: Call) => Result {
  return (stage, { input, place }) => {
    const things = [...thingsAt(stage.world, type, place), ...(others?.(stage, place) ?? [])];
    const all = things.map((thing) => ({ ...view(thing, stage), thing }));
    const wanted = texts(input, ids);
    const lost = wanted.find((id) => !all.some(({ thing }) => thing.id === id));
    if (lost !== undefined && missing === "InvalidKeyPair.NotFound")
      throw new AwsError(missing, `The key pair '${lost}' does not exist`);
    if (lost !== undefined) throw new AwsError(missing, `The ${nounOf(missing)} '${lost}' does not exist`);
    const chosen = all.filter(({ thing }) => wanted.length === 0 || wanted.includes(thing.id));
    const kept = chosen.filter((one) => passes(input, { ...one.filters, ...tagFilters(one.thing) }));
    return { [list]: kept.map(({ shown, thing }) => ({ ...shown, tagSet: tagSet(thing) })) };
  };
}

/** `subnet ID` of `InvalidSubnetID.NotFound`, as EC2's messages have it. */
function nounOf(code: string): string {
  const noun = code.replace(/^Invalid/, "").split(".")[0] ?? "";
  return noun.replace(/(ID|Id)$/, " ID").replace(/^./, (letter) => letter.toLowerCase());
}

/** EC2's `Filter.N`: every filter must match one of its values, in which `*` and `?` stand for anything. */
export function passes(input: Input, values: { readonly [name: string]: ResultValue }): boolean {
  return structures(input, "Filter").every((filter) => {
    const wanted = (Array.isArray(filter.Value) ? filter.Value : []).map(String);
    const value = values[String(filter.Name)];
    const found = (Array.isArray(value) ? value : [value]).map(String);
    return wanted.some((pattern) => found.some((one) => isLike(one, pattern)));
  });
}

function tagFilters({ tags }: Thing): { readonly [name: string]: ResultValue } {
  const byKey = Object.entries(tags).map(([key, value]) => [`tag:${key}`, value]);
  return { ...Object.fromEntries(byKey), "tag-key": Object.keys(tags) };
}

/** Tags as EC2 shows them. */
function tagSet({ tags }: Thing): ResultValue {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}
