import type { Json, Template } from "../../template/types.ts";
import type { Stage } from "../stage.ts";
import { evaluate } from "../template/evaluate.ts";
import { isUnknown } from "../template/unknown.ts";
import type { Place } from "../world.ts";
import { stacksAt } from "./find.ts";
import { scopeOf } from "./scope.ts";
import type { Deployment, Stack } from "./stack.ts";
import { templateIn } from "./templates.ts";

/** Live stacks whose deployed template imports the export. */
export function importersOf(stage: Stage, place: Place, exportName: string): readonly Stack[] {
  return stacksAt(stage.world, place).filter((stack) => {
    if (stack.status === "DELETE_COMPLETE") return false;
    const deployments = [stack.deployed, stack.operation?.target].filter((one) => one !== undefined);
    return deployments.some((deployment) => importedBy(stage, stack, deployment).includes(exportName));
  });
}

/** Names of the exports that a deployment imports. */
function importedBy(stage: Stage, stack: Stack, deployment: Deployment): readonly string[] {
  const template = templateIn(stage.blobs, deployment.template);
  const imports = importsIn(template);
  if (imports.length === 0) return [];
  const scope = scopeOf(stage, stack, template, deployment, () => undefined);
  return imports
    .map((name) => evaluate(name, scope))
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
