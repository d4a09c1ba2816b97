import type { Stack } from "../synth/assembly.ts";
import { evaluate, evaluateProperties, isUnresolved, type Scope, type Value } from "../template/evaluate.ts";
import { madeUp, NAMELESS, NAMINGS, type Named, PARTS } from "./naming.ts";
import { ANY_ACCOUNT, arnIn, type Place } from "./where.ts";

export type Templated = Pick<Stack, "name" | "region" | "template">;

/** A resource of the templates, and where IAM finds it. */
export type Thing = Omit<Named, "behind"> & {
  readonly type: string;
  readonly region: string;
  /** ARNs that no other environment's things have; none of a nameless thing, nor of a part of another one. */
  readonly arns: readonly string[];
  /** Where a thing lies that AWS gives an id. */
  readonly lies: readonly string[];
  /** True if its name is one that only AWS will know. */
  readonly isUnknown: boolean;
};

/** Every resource of the templates, with what the templates alone say of it. */
export function thingsOf(stacks: readonly Templated[], place: Place): readonly Thing[] {
  const account = place.account === "*" ? ANY_ACCOUNT : place.account;
  const scopeOf = (stack: Templated): Scope => ({
    template: stack.template,
    stack: stack.name,
    region: stack.region,
    account,
    output: (name, output, region) => {
      const other = stacks.find((one) => one.name === name && one.region === region);
      const value = other?.template.Outputs?.[output]?.Value;
      return other === undefined || value === undefined ? undefined : evaluate(value, scopeOf(other));
    },
  });
  const found = stacks.flatMap((stack) =>
    Object.entries(stack.template.Resources).map(([id, resource]) => ({
      stack: stack.name,
      region: stack.region,
      id,
      type: resource.Type,
      properties: evaluateProperties(resource, scopeOf(stack)),
    })),
  );
  const behind = (value: Value | undefined): string => {
    if (!isUnresolved(value)) return typeof value === "string" ? (value.split("/").at(-1) ?? "*") : "*";
    const of = found.find(({ stack, id }) => stack === value.target?.stack && id === value.target.logicalId);
    return of === undefined ? "*" : (nameOf(of) ?? "*");
  };
  return found.map((one) => {
    const naming = NAMINGS[one.type];
    const name = nameOf(one);
    const named = { ...one, behind: (property: string) => behind(one.properties[property]) };
    const arns = naming === undefined || name === undefined ? [] : naming.arns(name, named);
    const lies = arns.length > 0 || PARTS.has(one.type) ? [] : (NAMELESS[one.type] ?? []);
    const there = (patterns: readonly string[]) => patterns.map((pattern) => arnIn(one.region, pattern, place));
    const isUnknown = naming?.name !== undefined && isUnresolved(one.properties[naming.name]);
    return { ...one, arns: isUnknown ? [] : there(arns), lies: isUnknown ? [] : there(lies), isUnknown };
  });
}

/** The name a thing has or is given; `undefined` for one whose name says nothing of its stack, or is not known. */
function nameOf(one: Pick<Named, "stack" | "id" | "properties"> & { readonly type: string }): string | undefined {
  const naming = NAMINGS[one.type];
  if (naming === undefined) return undefined;
  const given = naming.name === undefined ? undefined : one.properties[naming.name];
  if (given !== undefined) return typeof given === "string" ? given : undefined;
  return naming.nameless === true ? undefined : madeUp(one, naming);
}
