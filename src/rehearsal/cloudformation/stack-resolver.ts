import { partitionOf, suffixOf } from "../../template/partition.ts";
import type { Json, JsonObject, Parameter, Template } from "../../template/types.ts";
import { UNKNOWN } from "../model/unknown.ts";
import { attributeOf, handlerOf } from "../resources/handlers.ts";
import { zonesOf } from "../state/regions.ts";
import type { Simulator } from "../state/simulator.ts";
import type { Deployment, SimulatedResource, SimulatedStack } from "../state/stack.ts";
import type { Scope } from "../state/state.ts";
import { isFromSsm, parameterValue } from "../template/parameters.ts";
import { resolveValue } from "../template/resolve.ts";
import type { Resolver } from "../template/resolver.ts";
import { invalid } from "../wire/error.ts";
import { dynamicValue, imported, stackOutput, storedValue } from "./external-values.ts";

/** The value of a resource for `Ref` and `Fn::GetAtt`; `undefined` where it does not exist yet. */
export type Lookup = (
  logicalId: string,
) => Pick<SimulatedResource, "physicalId" | "attributes" | "type" | "properties"> | undefined;

/** The resolver of a stack's template; what `lookup` does not know is UNKNOWN. */
export function resolverOf(
  simulator: Simulator,
  stack: Pick<SimulatedStack, "id" | "name" | "account" | "region">,
  template: Template,
  deployment: Deployment,
  lookup: Lookup,
): Resolver {
  const memory = new Map<string, boolean>();
  const resolver: Resolver = {
    ref: (name) =>
      parameter(simulator, stack, template, deployment, name) ?? pseudo(stack, deployment, name) ?? resource(name),
    attribute: (id, name) => {
      if (!Object.hasOwn(template.Resources, id)) return undefined;
      const found = lookup(id);
      if (found === undefined) return UNKNOWN;
      const { account, region } = stack;
      return (
        handlerOf(found.type)?.liveAttribute?.(simulator, { account, region }, found.physicalId, name) ??
        attributeOf(simulator.model, stack, found, name)
      );
    },
    condition: (name) => {
      const known = memory.get(name);
      if (known !== undefined) return known;
      const definition = template.Conditions?.[name];
      if (definition === undefined) throw invalid(`Template error: unresolved condition dependency: ${name}`);
      const value = resolveValue(definition, resolver);
      memory.set(name, value === true || value === "true");
      return value === true || value === "true";
    },
    mapping: (map, first, second) => {
      const level = (template.Mappings?.[map] as JsonObject | undefined)?.[first] as JsonObject | undefined;
      return level?.[second];
    },
    zones: zonesOf,
    imported: (name) => imported(simulator, stack, name),
    stackOutput: (reference) => stackOutput(simulator, stack, reference),
    dynamic: (text) => dynamicValue(simulator, stack, text),
  };
  const resource = (name: string): Json | undefined => {
    const definition = template.Resources[name];
    if (!definition || (definition.Condition !== undefined && !resolver.condition(definition.Condition)))
      return undefined;
    return lookup(name)?.physicalId ?? UNKNOWN;
  };
  return resolver;
}

/** How a NoEcho parameter's value is displayed (Template Reference, "Parameters": NoEcho). */
export const MASK = "****";

/** Whether a template's parameter is NoEcho. */
export function isSecret(parameter: Parameter | undefined): boolean {
  return String(parameter?.NoEcho) === "true";
}

/** The same resolver with NoEcho parameters masked; conditions are evaluated with the real values. */
export function maskingResolver(resolver: Resolver, { Parameters }: Template): Resolver {
  return { ...resolver, ref: (name) => (isSecret(Parameters?.[name]) ? MASK : resolver.ref(name)) };
}

function parameter(
  simulator: Simulator,
  scope: Scope,
  template: Template,
  deployment: Deployment,
  name: string,
): Json | undefined {
  const declared = template.Parameters?.[name];
  const text = deployment.parameters[name];
  if (!declared || text === undefined) return undefined;
  return parameterValue(
    declared,
    isFromSsm(declared) ? storedValue(simulator, scope, deployment, name, declared) : text,
  );
}

function pseudo(
  stack: Pick<SimulatedStack, "id" | "name" | "account" | "region">,
  deployment: Deployment,
  name: string,
): Json | undefined {
  switch (name) {
    case "AWS::AccountId":
      return stack.account;
    case "AWS::Region":
      return stack.region;
    case "AWS::Partition":
      return partitionOf(stack.region);
    case "AWS::URLSuffix":
      return suffixOf(stack.region);
    case "AWS::StackName":
      return stack.name;
    case "AWS::StackId":
      return stack.id;
    case "AWS::NotificationARNs":
      return [...deployment.notifications];
    default:
      return undefined;
  }
}
