import {
  conditionHolds,
  evaluate,
  evaluateProperties,
  isUnresolved,
  type Scope,
  type Value,
  type Values,
} from "../template/evaluate.ts";
import type { Json, Resource, Template } from "../template/types.ts";
import type { Located } from "./finding.ts";

/** A stack to be priced. */
export type PricedStack = { readonly name: string; readonly region: string; readonly template: Template };

/** Every resource of an environment that exists under its templates' conditions, and how they find each other. */
export type Surroundings = {
  readonly resources: readonly Located[];
  /** Entries of the templates that only CloudFormation can turn into resources (`Fn::ForEach`). */
  readonly unread: readonly { readonly stack: string; readonly id: string }[];
  readonly find: (value: Value | undefined) => Located | undefined;
  readonly ofType: (...types: readonly string[]) => readonly Located[];
};

/** Reads `stacks` together, so that references reach across them. */
export function surroundingsOf(stacks: readonly PricedStack[]): Surroundings {
  const scopes = linked(stacks);
  const resources = scopes.flatMap(located);
  const byAddress = new Map(resources.map((one) => [`${one.region}/${one.stack}/${one.id}`, one]));
  return {
    resources,
    unread: scopes.flatMap((scope) =>
      entries(scope).flatMap(([id, it]) => (isResource(it) ? [] : [{ stack: scope.stack, id }])),
    ),
    find: (value) => {
      const target = isUnresolved(value) ? value.target : undefined;
      return target && byAddress.get(`${target.region}/${target.stack}/${target.logicalId}`);
    },
    ofType: (...types) => resources.filter(({ resource }) => types.includes(resource.Type)),
  };
}

/** The stacks' scopes, each able to read the others' outputs and exports. */
function linked(stacks: readonly PricedStack[]): readonly Scope[] {
  const busy = new Set<string>();
  const output = (stack: string, name: string, region: string): Value | undefined => {
    const scope = scopes.find((one) => one.stack === stack && one.region === region);
    const found = scope?.template.Outputs?.[name];
    const address = `${region}/${stack}/${name}`;
    // Outputs that name each other in a circle have no value; they must only not loop.
    if (scope === undefined || found === undefined || busy.has(address)) return undefined;
    busy.add(address);
    const value = evaluate(found.Value, scope);
    busy.delete(address);
    return value;
  };
  const exports = new Map<string, readonly [stack: string, name: string, region: string]>();
  const imported = (name: string) => {
    const found = exports.get(name);
    return found && output(...found);
  };
  const scopes = stacks.map(
    ({ name, region, template }): Scope => ({ template, stack: name, region, output, imported }),
  );
  for (const scope of scopes)
    for (const [name, { Export }] of Object.entries(scope.template.Outputs ?? {})) {
      const exported = Export === undefined ? undefined : evaluate(Export.Name, scope);
      if (typeof exported === "string") exports.set(exported, [scope.stack, name, scope.region]);
    }
  return scopes;
}

function located(scope: Scope): readonly Located[] {
  const shared = scope.template.Metadata?.["astro:phase"] === "bootstrap";
  return entries(scope).flatMap(([id, resource]) => {
    if (!isResource(resource)) return [];
    const { Condition } = resource;
    if (typeof Condition === "string" && conditionHolds(Condition, scope) === false) return [];
    let values: Values | undefined;
    const properties = () => {
      values ??= evaluateProperties(resource, scope);
      return values;
    };
    return [{ stack: scope.stack, region: scope.region, id, resource, shared, properties }];
  });
}

function entries(scope: Scope): readonly (readonly [string, Json | Resource])[] {
  return Object.entries(scope.template.Resources ?? {});
}

function isResource(value: Json | Resource): value is Resource {
  return typeof value === "object" && value !== null && "Type" in value && typeof value.Type === "string";
}
