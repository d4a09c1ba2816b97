import { evaluate, isTree, type Value, type Values } from "../template/evaluate.ts";
import type { JsonObject } from "../template/types.ts";
import { type RuleFinding, ruleFindings } from "./finding.ts";
import type { Other } from "./rule.ts";
import { rulesOn } from "./rules.ts";
import { asText } from "./values.ts";

/** A resource about to be created or updated, all its properties resolved. */
export type Resolved = {
  readonly type: string;
  readonly stack: string;
  readonly region: string;
  readonly account?: string;
  /** Its logical id. */
  readonly id: string;
  readonly properties: JsonObject;
};

/** An existing resource. Its properties may have values that AWS chose, such as a subnet's zone. */
export type ExistingResource = { readonly id: string; readonly region: string; readonly properties: JsonObject };

/** The existing resources. */
export type Others = {
  /** One of a type by a reference: its physical id, its ARN, its name. */
  readonly find: (type: string, known: string) => ExistingResource | undefined;
  /** All of a type in the same account and region, without the checked resource. */
  readonly all: (type: string) => readonly ExistingResource[];
};

/** All that AWS would refuse in a resource beyond its type's schema; AWS reports the first. */
export function checkResource(resolved: Resolved, others: Others): readonly RuleFinding[] {
  const rules = rulesOn(resolved.type);
  if (rules.length === 0) return [];
  const { type, stack, region, account, id, properties } = resolved;
  const otherOf = (of: string, existing: ExistingResource): Other => ({
    type: of,
    stack,
    region: existing.region,
    id: existing.id,
    properties: valuesOf(existing.properties),
    written: existing.properties,
  });
  const all = (of: string) => others.all(of).map((existing) => otherOf(of, existing));
  const find = (value: Value | undefined, ...types: readonly string[]) => {
    const known = asText(value);
    for (const of of known === undefined ? [] : types) {
      const existing = others.find(of, String(known));
      if (existing) return otherOf(of, existing);
    }
    return undefined;
  };
  const self = { type, stack, region, id, properties: valuesOf(properties), written: properties };
  return ruleFindings({ ...self, find, all, before: all, ...(account !== undefined && { account }) }, rules);
}

/** An unresolved dynamic reference is an unknown value to the rules. */
function valuesOf(properties: JsonObject): Values {
  const value = evaluate(properties, { template: { Resources: {} }, stack: "", region: "" });
  return isTree(value) ? value : {};
}
