import {
  conditionHolds,
  evaluateProperties,
  isUnresolved,
  LONGEST_CHAIN,
  type TemplateScope,
  type Value,
  type Values,
} from "../template/evaluate.ts";
import { type AssumedValue, linkedScopes, type NamedTemplate } from "../template/linked.ts";
import type { Json, Resource } from "../template/types.ts";
import { canBeGiven, undecidedIn } from "../template/undecided.ts";
import type { LocatedResource } from "./finding.ts";

/** A stack to be priced. */
export type PricedStack = NamedTemplate;

/** Every resource of an environment that exists under its templates' conditions, and how they find each other. */
export type ResourceGraph = {
  readonly resources: readonly LocatedResource[];
  /** Entries of the templates that only CloudFormation can turn into resources (`Fn::ForEach`). */
  readonly unread: readonly { readonly stack: string; readonly id: string }[];
  readonly find: (value: Value | undefined) => LocatedResource | undefined;
  readonly ofType: (...types: readonly string[]) => readonly LocatedResource[];
};

/** Reads `stacks` together, so that references reach across them; what is undecided is as `taken` says. */
export function surroundingsOf(stacks: readonly PricedStack[], taken?: AssumedValue): ResourceGraph {
  const scopes = linkedScopes(stacks, undefined, taken);
  const around: Around = { stacks, scopes };
  const resources = scopes.flatMap((scope, index) => located(scope, stacks[index], around));
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

type Around = { readonly stacks: readonly PricedStack[]; readonly scopes: readonly TemplateScope[] };

function located(scope: TemplateScope, stack: PricedStack | undefined, around: Around): readonly LocatedResource[] {
  const shared = scope.template.Metadata?.["astro:phase"] === "bootstrap";
  const outside = existence(stack, around, 0);
  if (outside === "never") return [];
  return entries(scope).flatMap(([id, resource]) => {
    if (!isResource(resource)) return [];
    const { Condition } = resource;
    const held = typeof Condition === "string" ? conditionHolds(Condition, scope) : true;
    if (held === false) return [];
    const open = held === undefined ? String(Condition) : outside;
    const hangsOn = (property: string) => {
      const names = undecidedIn(resource.Properties?.[property], scope);
      return [...names].filter((name) => canBeGiven(name, scope));
    };
    let values: Values | undefined;
    const properties = () => {
      values ??= evaluateProperties(resource, scope);
      return values;
    };
    const { stack, region } = scope;
    return [{ stack, region, id, resource, shared, properties, hangsOn, ...(open !== undefined && { open }) }];
  });
}

/** Whether a nested stack is there at all: `never`, always (`undefined`), or the name of the condition that is open. */
function existence(stack: PricedStack | undefined, around: Around, depth: number): string | undefined {
  const parent = around.scopes.findIndex((one) => one.stack === stack?.within?.stack && one.region === stack.region);
  const scope = around.scopes[parent];
  if (stack?.within === undefined || scope === undefined || depth > LONGEST_CHAIN) return undefined;
  const { Condition } = scope.template.Resources[stack.within.logicalId] ?? {};
  const held = typeof Condition === "string" ? conditionHolds(Condition, scope) : true;
  if (held === false) return "never";
  return held === undefined ? Condition : existence(around.stacks[parent], around, depth + 1);
}

function entries(scope: TemplateScope): readonly (readonly [string, Json | Resource])[] {
  return Object.entries(scope.template.Resources ?? {});
}

function isResource(value: Json | Resource): value is Resource {
  return typeof value === "object" && value !== null && "Type" in value && typeof value.Type === "string";
}
