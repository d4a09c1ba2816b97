import type { Stack } from "../synth/assembly.ts";
import {
  evaluate,
  evaluateProperties,
  isUnresolved,
  type TemplateScope,
  type Value,
  type Values,
} from "../template/evaluate.ts";
import { itemsOf, storedWrites } from "../template/stored.ts";
import type { Resource } from "../template/types.ts";
import { madeUp, NAMELESS, NAMINGS, type Named, PARTS, REFERRED_BY_NAME } from "./naming.ts";
import { ANY_ACCOUNT, arnIn, type PolicyScope } from "./where.ts";

export type Templated = Pick<Stack, "name" | "region" | "template">;

/** A resource of the templates, and where IAM finds it. */
export type PolicyResource = Omit<Named, "behind"> & {
  readonly type: string;
  readonly region: string;
  /** ARNs that no other environment's resources have; none of a nameless thing, nor of a part of another one. */
  readonly arns: readonly string[];
  /** Where a thing lies that AWS gives an id. */
  readonly lies: readonly string[];
  /** True if its name is one that only AWS will know. */
  readonly isUnknown: boolean;
};

type Found = Omit<PolicyResource, "arns" | "lies" | "isUnknown"> & { readonly resource: Resource };

/** From stack to stack, no further: outputs may lead in circles. */
const MOST_STEPS = 8;

/** Every resource of the templates, with what the templates alone say of it. */
export function policyResources(stacks: readonly Templated[], place: PolicyScope): readonly PolicyResource[] {
  const account = place.account === "*" ? ANY_ACCOUNT : place.account;
  // What stacks hand on to each other by Parameter Store: the cluster of another stack's service, for one.
  const kept = new Map(
    stacks.flatMap((stack) =>
      storedWrites(stack.template).map(
        ({ name, value }) => [`${stack.region} ${String(name)}`, { stack, value }] as const,
      ),
    ),
  );
  const scopeOf = (stack: Templated, steps = 0): TemplateScope => ({
    template: stack.template,
    stack: stack.name,
    region: stack.region,
    account,
    output: (name, output, region) => {
      const other = stacks.find((one) => one.name === name && one.region === region);
      const value = other?.template.Outputs?.[output]?.Value;
      if (other === undefined || value === undefined || steps === MOST_STEPS) return undefined;
      return evaluate(value, scopeOf(other, steps + 1));
    },
    stored: (path, list) => {
      const write = kept.get(`${stack.region} ${path}`);
      if (write === undefined || steps === MOST_STEPS) return undefined;
      return evaluate(list ? itemsOf(write.value) : write.value, scopeOf(write.stack, steps + 1));
    },
  });
  const found = stacks.flatMap((stack) => {
    const plain = Object.entries(stack.template.Resources).map(([id, resource]) => ({
      stack: stack.name,
      region: stack.region,
      id,
      type: resource.Type,
      properties: evaluateProperties(resource, scopeOf(stack)),
      resource,
    }));
    const named = scopeOf({ ...stack, template: withNames(stack, plain) });
    return plain.map((one) => (isUnknown(one) ? { ...one, properties: knowing(one, named) } : one));
  });
  const behind = (value: Value | undefined): string => {
    if (!isUnresolved(value)) return typeof value === "string" ? (value.split("/").at(-1) ?? "*") : "*";
    const of = found.find(({ stack, id }) => stack === value.target?.stack && id === value.target.logicalId);
    return of === undefined ? "*" : (nameOf(of) ?? "*");
  };
  return found.map(({ resource: _, ...one }) => {
    const name = nameOf(one);
    const named = { ...one, behind: (property: string) => behind(one.properties[property]) };
    const arns = name === undefined ? [] : (NAMINGS[one.type]?.arns(name, named) ?? []);
    const lies = arns.length > 0 || isUnknown(one) || PARTS.has(one.type) ? [] : (NAMELESS[one.type] ?? []);
    const there = (patterns: readonly string[]) => patterns.map((pattern) => arnIn(one.region, pattern, place));
    return { ...one, arns: there(arns), lies: there(lies), isUnknown: isUnknown(one) };
  });
}

/** The name a thing has or is given; `undefined` for one whose name says nothing of its stack, or is not known. */
function nameOf(one: Pick<Found, "stack" | "id" | "type" | "properties">): string | undefined {
  const naming = NAMINGS[one.type];
  if (naming === undefined) return undefined;
  const given = givenName(one);
  if (given !== undefined) return typeof given === "string" ? given : undefined;
  return naming.nameless === true ? undefined : madeUp(one, naming);
}

function givenName({ type, properties }: Pick<Found, "type" | "properties">): Value | undefined {
  const property = NAMINGS[type]?.name;
  return property === undefined ? undefined : properties[property];
}

function isUnknown(one: Pick<Found, "type" | "properties">): boolean {
  return isUnresolved(givenName(one));
}

/** The template in which a reference to what has a name is that name: names made of it are then known as well. */
function withNames({ template }: Templated, found: readonly Found[]): Templated["template"] {
  const names = found
    .filter(({ type }) => REFERRED_BY_NAME.test(type))
    .map((one) => [one.id, nameOf(one)] as const)
    .flatMap(([id, name]) => (name === undefined ? [] : [[id, { Type: "String", Default: name }] as const]));
  return { ...template, Parameters: { ...template.Parameters, ...Object.fromEntries(names) } };
}

function knowing({ type, properties, resource }: Found, scope: TemplateScope): Values {
  const property = NAMINGS[type]?.name;
  const made = property === undefined ? undefined : evaluateProperties(resource, scope)[property];
  return property === undefined || made === undefined ? properties : { ...properties, [property]: made };
}
