import {
  conditionHolds,
  evaluateProperties,
  isUnresolved,
  type TemplateScope,
  type Value,
  type Values,
} from "../template/evaluate.ts";
import { linkedScopes, type NamedTemplate } from "../template/linked.ts";
import type { Json, Resource } from "../template/types.ts";
import { findingOf, type RuleFinding, ruleFindings } from "./finding.ts";
import type { Other, RuleSubject } from "./rule.ts";
import { rulesOn } from "./rules.ts";
import { STACK_RULES } from "./stack-limits.ts";

/** A template to be checked; with `body`, its text as it will be sent, the size is checked too. */
export type CheckedTemplate = NamedTemplate & { readonly body?: string };

/** A resource that certainly exists, or (`false`) may exist: its condition depends on values that only AWS knows. */
type Placed = { readonly other: Other; readonly sure: boolean };

/**
 * All that AWS would refuse in these templates, read together: references are followed from one stack to another.
 * Values that only AWS knows are never findings.
 */
export function checkTemplates(stacks: readonly CheckedTemplate[], account?: string): readonly RuleFinding[] {
  const scopes = linkedScopes(stacks, account);
  const placed = scopes.flatMap(resourcesOf);
  const onStacks = scopes.flatMap((scope, index) =>
    STACK_RULES.flatMap((rule) => {
      const fault = rule.check({ scope, body: stacks[index]?.body, before: scopes.slice(0, index) });
      return fault ? [findingOf(rule, fault, { stack: scope.stack, region: scope.region })] : [];
    }),
  );
  const around = surroundings(placed);
  const onResources = placed.flatMap(({ other, sure }) => {
    const rules = rulesOn(other.type);
    if (!sure || rules.length === 0 || isOpen(other.written)) return [];
    return ruleFindings({ ...other, ...around(other), ...(account !== undefined && { account }) }, rules);
  });
  return [...onStacks, ...onResources];
}

function surroundings(placed: readonly Placed[]): (self: Other) => Pick<RuleSubject, "find" | "all" | "before"> {
  const byAddress = new Map(placed.map(({ other }) => [`${other.region}/${other.stack}/${other.id}`, other]));
  const byType = new Map<string, Placed[]>();
  for (const one of placed) byType.set(one.other.type, [...(byType.get(one.other.type) ?? []), one]);
  const find = (value: Value | undefined, ...types: readonly string[]) => {
    const target = isUnresolved(value) ? value.target : undefined;
    const found = target && byAddress.get(`${target.region}/${target.stack}/${target.logicalId}`);
    return found && (types.length === 0 || types.includes(found.type)) ? found : undefined;
  };
  return (self) => {
    const ofType = (type: string) => byType.get(type) ?? [];
    return {
      find,
      all: (type) => ofType(type).flatMap(({ other }) => (other === self ? [] : [other])),
      before: (type) => {
        const all = ofType(type);
        const own = all.findIndex(({ other }) => other === self);
        return all.slice(0, own < 0 ? all.length : own).flatMap(({ other, sure }) => (sure ? [other] : []));
      },
    };
  };
}

/** The resources of a stack; none if the template has a macro. */
function resourcesOf(scope: TemplateScope): readonly Placed[] {
  const { template } = scope;
  const transforms = [template.Transform ?? []].flat() as readonly Json[];
  if (transforms.some((name) => name !== "AWS::LanguageExtensions")) return [];
  return Object.entries(template.Resources ?? {}).flatMap(([id, resource]) => {
    if (typeof resource !== "object" || resource === null || typeof resource.Type !== "string") return [];
    const { Condition } = resource;
    const held = typeof Condition === "string" ? conditionHolds(Condition, scope) : true;
    return held === false ? [] : [{ other: otherOf(scope, id, resource), sure: held === true }];
  });
}

function otherOf(scope: TemplateScope, id: string, resource: Resource): Other {
  let values: Values | undefined;
  return {
    type: resource.Type,
    stack: scope.stack,
    region: scope.region,
    id,
    written: resource.Properties ?? {},
    // Most are never looked at.
    get properties() {
      values ??= evaluateProperties(resource, scope);
      return values;
    },
  };
}

/** Whether a macro or a snippet adds properties that are not in the template. */
function isOpen(written: Other["written"]): boolean {
  return Object.keys(written).some((name) => name.startsWith("Fn::"));
}
