import { isLike } from "../../../rules/values.ts";
import type { JsonObject } from "../../../template/types.ts";
import { resourcesAt } from "../../state/resource-store.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { Scope, ServiceResource } from "../../state/state.ts";
import { type Call, type CallResult, type Input, type ResultValue, structures, texts } from "../../wire/call.ts";
import { AwsError } from "../../wire/error.ts";
import { tagsIn } from "../common/resources.ts";

/** What a describe call shows of a resource, and its values for filters. */
type View = {
  readonly shown: CallResult;
  readonly filters: { readonly [name: string]: ResultValue };
};

/** A describe call: all resources of a type, shown by `view`, selected by ids and filters. */
export type LookUp = {
  readonly type: string;
  /** The parameter with the ids, and the error for a missing id. */
  readonly ids: string;
  readonly missing: string;
  /** The answer's list element. */
  readonly list: string;
  readonly view: (resource: ServiceResource, simulator: Simulator) => View;
  /** Default resources of the type. */
  readonly others?: (simulator: Simulator, scope: Scope) => readonly ServiceResource[];
};

/** Answers a describe call. */
export function lookUp({
  type,
  ids,
  missing,
  list,
  view,
  others,
}: LookUp): (simulator: Simulator, call: Call) => CallResult {
  return (simulator, { input, scope }) => {
    const resources = [...resourcesAt(simulator.state, type, scope), ...(others?.(simulator, scope) ?? [])];
    const all = resources.map((resource) => ({ ...view(resource, simulator), resource }));
    const wanted = texts(input, ids);
    const lost = wanted.find((id) => !all.some(({ resource }) => resource.id === id));
    if (lost !== undefined && missing === "InvalidKeyPair.NotFound")
      throw new AwsError(missing, `The key pair '${lost}' does not exist`);
    if (lost !== undefined) throw new AwsError(missing, `The ${nounOf(missing)} '${lost}' does not exist`);
    const chosen = all.filter(({ resource }) => wanted.length === 0 || wanted.includes(resource.id));
    const kept = chosen.filter((one) => passes(input, { ...one.filters, ...tagFilters(one.resource) }));
    return { [list]: kept.map(({ shown, resource }) => ({ ...shown, tagSet: tagSet(resource) })) };
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

function tagFilters({ tags }: ServiceResource): { readonly [name: string]: ResultValue } {
  const byKey = Object.entries(tags).map(([key, value]) => [`tag:${key}`, value]);
  return { ...Object.fromEntries(byKey), "tag-key": Object.keys(tags) };
}

/** A call's TagSpecifications. */
export function tagsOf({ input }: Call): ServiceResource["tags"] {
  return Object.assign(
    {},
    ...structures(input, "TagSpecification").map((one) => tagsIn((one.Tag ?? []) as readonly JsonObject[])),
  );
}

/** Tags as EC2 shows them. */
export function tagSet({ tags }: ServiceResource): ResultValue {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
}
