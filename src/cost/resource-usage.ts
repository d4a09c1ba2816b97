import type { LocatedResource, ResourceUsage } from "./finding.ts";
import type { Quantity, Usage, UsageInput } from "./usage.ts";
import { USAGE_NAMES, type UsageName } from "./usage-names.ts";

/** A quantity that was not given, and its default. */
export type AssumedQuantity = {
  readonly id: string;
  readonly name: string;
  readonly from: UsageName;
  readonly quantity: number;
};

/** Who is told of defaults that were taken, and of what a usage file gives that was asked for. */
export type Watch = {
  readonly taken: (one: AssumedQuantity) => void;
  readonly asked: (one: UsageInput[string]) => void;
};

/**
 * The usage of one resource; each default it hands out is told to `watch`. What environments share (the bootstrap) is
 * idle unless a file says otherwise, so that an environment costs the same with it and without.
 */
export function usageOf(
  usage: Usage,
  { stack, id, resource, shared }: LocatedResource,
  geography: string,
  watch: Watch,
): ResourceUsage {
  const given = usage.resources[`${stack}/${id}`] ?? usage.resources[id] ?? {};
  const names = USAGE_NAMES[resource.Type] ?? {};
  return shared
    ? quantities({ ...usage, otherwise: "zero" }, given, id, names, geography, { ...watch, taken: () => {} })
    : quantities(usage, given, id, names, geography, watch);
}

/** The usage of what `names` lists, for the resource (or the account) called `id`. */
export function quantities(
  usage: Usage,
  given: UsageInput,
  id: string,
  names: { readonly [name: string]: UsageName },
  geography: string,
  { taken, asked }: Watch,
): ResourceUsage {
  const said = (name: string): Quantity | undefined => {
    const found = Object.hasOwn(given, name) ? given[name] : undefined;
    if (found !== undefined) asked(found);
    return found?.value;
  };
  const otherwise = (name: string): number => {
    const from = names[name];
    if (from === undefined) return 0;
    if (from.fromTemplate) return from.typical;
    const quantity = usage.otherwise === "typical" ? from.typical : 0;
    taken({ id, name, from, quantity });
    return quantity;
  };
  const plain = (name: string) => {
    const value = said(name);
    return typeof value === "number" ? value : undefined;
  };
  return {
    typical: usage.otherwise === "typical",
    given: plain,
    get: (name) => plain(name) ?? otherwise(name),
    byGeography: (name) => {
      const value = said(name);
      return typeof value === "object" ? Object.entries(value) : [[geography, otherwise(name)]];
    },
  };
}

/** The defaults that were taken for quantities: a sentence a kind of resource, or one a resource where it is zero. */
export function sentences(taken: readonly AssumedQuantity[], otherwise: Usage["otherwise"]): readonly string[] {
  if (otherwise === "typical")
    return [...new Set(taken.map(({ from, quantity }) => `${amount(quantity)} ${from.unit} ${from.where}`))];
  const ids = [...new Set(taken.map(({ id }) => id))];
  const names = (of: string) => [...new Set(taken.filter(({ id }) => id === of).map(({ name }) => name))].join(", ");
  return ids.map((id) => `${id}: ${names(id)} not given, taken as zero`);
}

/** With a comma every three digits; asking the runtime for its locale would cost the wizard 20 ms. */
const amount = (quantity: number) => String(quantity).replace(/\B(?=(\d{3})+$)/g, ",");
