import { AstroError } from "../errors.ts";
import type { Estimate } from "./estimate.ts";
import type { Unpriced } from "./finding.ts";
import type { Usage } from "./usage.ts";
import { GEOGRAPHIES, USAGE_NAMES, type UsageName } from "./usage-names.ts";

/**
 * Stops with an AstroError("config") where `usage` names a resource that no environment has, one that several stacks of
 * an environment have, or a quantity that its type has not. An environment is given as its stacks.
 */
export function checkUsage(usage: Usage, environments: readonly (readonly NamedStack[])[]): void {
  for (const [id, quantities] of Object.entries(usage.resources)) {
    const found = environments.map((stacks) => stacks.flatMap((stack) => typesOf(id, stack)));
    const types = found.flat();
    const { at } = Object.values(quantities)[0] ?? {};
    if (types.length === 0)
      throw refused(at, `no resource has the logical id ${id}`, "use the logical ids of the templates");
    if (found.some((one) => one.length > 1))
      throw refused(at, `${id} is a logical id in several stacks`, `write the stack's name before it: STACK/${id}`);
    const known = types.flatMap((type) => Object.entries(USAGE_NAMES[type] ?? {}));
    const names = [...new Set(known.map(([name]) => name))].join(", ");
    for (const [name, one] of Object.entries(quantities)) {
      const usageName = known.find(([other]) => other === name)?.[1];
      if (usageName === undefined)
        throw refused(one.at, `${id} has no quantity ${name}`, `${types[0]} has ${names || "no usage to give"}`);
      if ((usageName.kind === "geography") !== (typeof one.value === "object"))
        throw refused(one.at, `${name} of ${id} is ${JSON.stringify(one.value)}`, shapeHint(usageName));
    }
  }
}

/**
 * Stops with an AstroError("config") where a quantity of the usage is on no bill: none of the estimates made with it asked
 * for it, and none names its resource among what has no price.
 */
export function checkAsked(estimates: readonly (Estimate & { readonly usage: Usage })[]): void {
  for (const usage of new Set(estimates.map((one) => one.usage))) {
    const made = estimates.filter((one) => one.usage === usage);
    for (const [id, quantities] of [...Object.entries(usage.resources), ["account", usage.account] as const]) {
      const named = (one: Unpriced) => one.resource === id || `${one.stack}/${one.resource}` === id;
      if (made.some(({ cost }) => cost.unpriced.some(named))) continue;
      const idle = Object.entries(quantities).find(([, one]) => !made.some(({ asked }) => asked.has(one)));
      if (idle === undefined) continue;
      const [name, { at }] = idle;
      throw refused(
        at,
        `${name} of ${id} is on no bill as the templates have it`,
        "take it out: its resource is not there, is not billed by it, or is billed by another quantity that the file gives",
      );
    }
  }
}

type NamedStack = {
  readonly name: string;
  readonly template: { readonly Resources: { readonly [id: string]: { readonly Type: string } } };
};

function typesOf(id: string, { name, template }: NamedStack): readonly string[] {
  const own = id.startsWith(`${name}/`) ? id.slice(name.length + 1) : id;
  const type = Object.hasOwn(template.Resources, own) ? template.Resources[own]?.Type : undefined;
  return type === undefined ? [] : [type];
}

const shapeHint = ({ kind, unit }: UsageName) => (kind === "geography" ? BY_GEOGRAPHY : `give a number (${unit})`);

/** How to give a quantity by geography. */
export const BY_GEOGRAPHY = `give a map such as {United States: 100, EU: 20}; geographies are ${GEOGRAPHIES.join(", ")}`;

/** The error of a usage file, `at` being the place in it. */
export function refused(at: string | undefined, message: string, hint: string): AstroError {
  return new AstroError("config", at === undefined ? message : `${at}: ${message}`, hint);
}
