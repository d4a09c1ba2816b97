import {
  conditionHolds,
  evaluateProperties,
  isUnresolved,
  type Scope,
  type Value,
  type Values,
} from "../template/evaluate.ts";
import { linkedScopes, type NamedTemplate } from "../template/linked.ts";
import type { Json, Resource } from "../template/types.ts";
import type { Located } from "./finding.ts";

/** A stack to be priced. */
export type PricedStack = NamedTemplate;

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
  const scopes = linkedScopes(stacks);
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
