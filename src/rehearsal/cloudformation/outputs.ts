import { isObject } from "../../template/json.ts";
import type { Json } from "../../template/types.ts";
import type { Simulator } from "../state/simulator.ts";
import type { Deployment, SimulatedStack, StackOutput } from "../state/stack.ts";
import { resolveValue } from "../template/resolve.ts";
import type { Resolver } from "../template/resolver.ts";
import { invalid } from "../wire/error.ts";
import { exportsAt } from "./find.ts";
import { importersOf } from "./imports.ts";
import { currentResolver } from "./resources.ts";

/** The resolved outputs of a deployment; throws if one cannot be resolved, or an export is taken or in use. */
export function outputsOf(simulator: Simulator, stack: SimulatedStack, target: Deployment): StackOutput[] {
  const { template, resolver } = currentResolver(simulator, stack, target);
  const outputs = Object.entries(template.Outputs ?? {})
    .filter(([, { Condition }]) => Condition === undefined || resolver.condition(Condition))
    .map(([key, output]): StackOutput => {
      const exportName = output.Export && resolveValue(output.Export.Name, resolver);
      return {
        key,
        value: outputText(outputValue(key, output.Value, resolver)),
        ...(output.Description !== undefined && { description: output.Description }),
        ...(exportName !== undefined && { exportName: outputText(exportName) }),
      };
    });
  checkExports(simulator, stack, outputs);
  return outputs;
}

/**
 * An output's resolved value; the error for an unknown attribute names the place (localstack's
 * test_invalid_getatt_fails, recorded 2023-08-01).
 */
function outputValue(key: string, value: Json, resolver: Resolver): Json | undefined {
  try {
    return resolveValue(value, resolver);
  } catch (error) {
    const words = error instanceof Error ? error.message : "";
    if (!words.startsWith("Resource type ") || !isObject(value) || value["Fn::GetAtt"] === undefined) throw error;
    throw invalid(`[Error] /Outputs/${key}/Value/Fn::GetAtt: ${words}`);
  }
}

/** An output's value as text. */
export function outputText(value: Json | undefined): string {
  if (Array.isArray(value)) return value.map(String).join(",");
  return value !== null && typeof value === "object" ? JSON.stringify(value) : String(value ?? "");
}

function checkExports(simulator: Simulator, stack: SimulatedStack, outputs: readonly StackOutput[]): void {
  const others = exportsAt(simulator.state, stack).filter((one) => one.stack.id !== stack.id);
  const names = outputs.flatMap(({ exportName }) => exportName ?? []);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined)
    throw invalid(`Export with name ${twice} is already exported by stack ${stack.name}. Rollback requested by user.`);
  for (const { exportName } of outputs) {
    const taken = exportName !== undefined && others.find((one) => one.exportName === exportName);
    if (taken)
      throw invalid(
        `Export with name ${exportName} is already exported by stack ${taken.stack.name}. Rollback requested by user.`,
      );
  }
  for (const old of stack.outputs) {
    if (old.exportName === undefined) continue;
    const now = outputs.find(({ exportName }) => exportName === old.exportName);
    if (now?.value === old.value) continue;
    const users = importersOf(simulator, stack, old.exportName).map(({ name }) => name);
    if (users.length > 0)
      throw invalid(
        `Export ${old.exportName} cannot be ${now ? "updated" : "deleted"} as it is in use by ${users.join(" and ")}`,
      );
  }
}
