import { evaluate, LONGEST_CHAIN, type TemplateScope, type Value } from "./evaluate.ts";
import { isObject } from "./json.ts";
import { itemsOf, storedWrites } from "./stored.ts";
import type { Json, Template } from "./types.ts";

/** A stack and its template. */
export type NamedTemplate = {
  readonly name: string;
  readonly region: string;
  readonly template: Template;
  /** Values of its parameters, asterisks for NoEcho parameters; those left out have their defaults. */
  readonly parameters?: { readonly [id: string]: string };
  /** The stack that it is nested in, and its logical id there. */
  readonly within?: { readonly stack: string; readonly logicalId: string };
};

/** The assumed value of a parameter of `stack`, or of `AWS::AccountId`, without a given one. */
export type AssumedValue = (stack: NamedTemplate, id: string) => Value | undefined;

/** What DescribeStacks shows in place of a NoEcho parameter's value. */
const HIDDEN = /^\*+$/;

/**
 * The stacks' scopes, each able to read the others' outputs (`Fn::GetStackOutput`), exports (`Fn::ImportValue`) and what
 * they keep in Parameter Store.
 */
export function linkedScopes(
  stacks: readonly NamedTemplate[],
  account?: string,
  taken?: AssumedValue,
): readonly TemplateScope[] {
  const busy = new Set<string>();
  const known = new Map<string, Value | undefined>();
  const once = (address: string, find: () => Value | undefined): Value | undefined => {
    if (known.has(address)) return known.get(address);
    // Values that name each other in a circle have none; they must only not loop.
    if (busy.has(address) || busy.size > LONGEST_CHAIN) return undefined;
    busy.add(address);
    const value = find();
    busy.delete(address);
    known.set(address, value);
    return value;
  };
  const output = (stack: string, name: string, region: string): Value | undefined => {
    const scope = scopes.find((one) => one.stack === stack && one.region === region);
    const found = scope?.template.Outputs?.[name];
    return scope && found && once(`${region}/${stack}/${name}`, () => evaluate(found.Value, scope));
  };
  /** By region and name: whose it is, and what is written. */
  const writes = new Map<string, readonly [scope: TemplateScope, value: Json]>();
  const stored = (path: string, list: boolean, region: string): Value | undefined => {
    const address = `${region}:${path}`;
    const [scope, value = null] = writes.get(address) ?? [];
    return scope && once(`${address}:${list}`, () => evaluate(list ? itemsOf(value) : value, scope));
  };
  const exports = new Map<string, readonly [stack: string, name: string]>();
  const handed = ({ name, region, within }: NamedTemplate, id: string): Value | undefined => {
    const parent = scopes.find((one) => one.stack === within?.stack && one.region === region);
    const value = within && parent?.template.Resources[within.logicalId]?.Properties?.Parameters;
    if (parent === undefined || !isObject(value) || !Object.hasOwn(value, id)) return undefined;
    return once(`${region}/${name}/handed/${id}`, () => evaluate(value[id] ?? null, parent));
  };
  const nested = (stack: NamedTemplate, logicalId: string, name: string): Value | undefined => {
    const inner = stacks.find(({ within }) => within?.stack === stack.name && within?.logicalId === logicalId);
    return inner && output(inner.name, name, inner.region);
  };
  const scopes = stacks.map((stack): TemplateScope => {
    const { name, region, template, parameters = {} } = stack;
    return {
      template,
      stack: name,
      region,
      output,
      parameters: Object.fromEntries(Object.entries(parameters).filter(([, value]) => !HIDDEN.test(value))),
      nested: (logicalId, output) => nested(stack, logicalId, output),
      ...(stack.within && { handed: (id) => handed(stack, id) }),
      ...(taken && { taken: (id) => taken(stack, id) }),
      // Exports and Parameter Store are a region's own.
      stored: (path, list) => stored(path, list, region),
      imported: (exported) => {
        const found = exports.get(`${region}/${exported}`);
        return found && output(...found, region);
      },
      ...(account !== undefined && { account }),
    };
  });
  for (const scope of scopes)
    for (const [name, { Export }] of Object.entries(scope.template.Outputs ?? {})) {
      const exported = Export === undefined ? undefined : evaluate(Export.Name, scope);
      if (typeof exported === "string") exports.set(`${scope.region}/${exported}`, [scope.stack, name]);
    }
  for (const scope of scopes)
    for (const { name, value } of storedWrites(scope.template)) {
      const path = name === undefined ? undefined : evaluate(name, scope);
      if (typeof path === "string") writes.set(`${scope.region}:${path}`, [scope, value]);
    }
  // What was asked for before every export was known may have another answer now.
  known.clear();
  return scopes;
}
