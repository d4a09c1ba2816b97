import type { Json, Template } from "../../template/types.ts";
import { isUnknown } from "../model/unknown.ts";
import type { Simulator } from "../state/simulator.ts";
import type { Deployment, SimulatedStack } from "../state/stack.ts";
import type { Scope } from "../state/state.ts";
import { templateIn } from "../template/parsed-templates.ts";
import { resolveValue } from "../template/resolve.ts";
import { stacksAt } from "./find.ts";
import { resolverOf } from "./stack-resolver.ts";

/** Live stacks whose deployed template imports the export. */
export function importersOf(simulator: Simulator, scope: Scope, exportName: string): readonly SimulatedStack[] {
  return stacksAt(simulator.state, scope).filter((stack) => {
    if (stack.status === "DELETE_COMPLETE") return false;
    const deployments = [stack.deployed, stack.operation?.target].filter((one) => one !== undefined);
    return deployments.some((deployment) => importedBy(simulator, stack, deployment).includes(exportName));
  });
}

/** Names of the exports that a deployment imports. */
function importedBy(simulator: Simulator, stack: SimulatedStack, deployment: Deployment): readonly string[] {
  const template = templateIn(simulator.blobs, deployment.template);
  const imports = importsIn(template);
  if (imports.length === 0) return [];
  const resolver = resolverOf(simulator, stack, template, deployment, () => undefined);
  return imports
    .map((name) => resolveValue(name, resolver))
    .filter((name): name is string => typeof name === "string" && !isUnknown(name));
}

function importsIn(template: Template): readonly Json[] {
  const found: Json[] = [];
  const walk = (value: Json | undefined): void => {
    if (value === null || typeof value !== "object") return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === "Fn::ImportValue") found.push(inner);
      walk(inner);
    }
  };
  walk(template.Resources as unknown as Json);
  walk((template.Outputs ?? {}) as unknown as Json);
  return found;
}
