import { isObject } from "../../template/json.ts";
import type { Json } from "../../template/types.ts";
import { exportsAt } from "../cloudformation/find.ts";
import { importersOf } from "../cloudformation/imports.ts";
import type { Deployment, Stack, StackOutput } from "../cloudformation/stack.ts";
import type { Stage } from "../stage.ts";
import { evaluate, type Scope } from "../template/evaluate.ts";
import { invalid } from "../wire/error.ts";
import { currentScope } from "./making.ts";

/** The outputs of a deployment, worked out; throws where one cannot be, or an export is taken or in use. */
export function outputsOf(stage: Stage, stack: Stack, target: Deployment): StackOutput[] {
  const { template, scope } = currentScope(stage, stack, target);
  const outputs = Object.entries(template.Outputs ?? {})
    .filter(([, { Condition }]) => Condition === undefined || scope.condition(Condition))
    .map(([key, output]): StackOutput => {
      const exportName = output.Export && evaluate(output.Export.Name, scope);
      return {
        key,
        value: outputText(outputValue(key, output.Value, scope)),
        ...(output.Description !== undefined && { description: output.Description }),
        ...(exportName !== undefined && { exportName: outputText(exportName) }),
      };
    });
  checkExports(stage, stack, outputs);
  return outputs;
}

/** What an output comes to; an attribute that a type never had is told with its place (localstack's test_invalid_getatt_fails, recorded 2023-08-01). */
function outputValue(key: string, value: Json, scope: Scope): Json | undefined {
  try {
    return evaluate(value, scope);
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

function checkExports(stage: Stage, stack: Stack, outputs: readonly StackOutput[]): void {
  const others = exportsAt(stage.world, stack).filter((one) => one.stack.id !== stack.id);
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
    const users = importersOf(stage, stack, old.exportName).map(({ name }) => name);
    if (users.length > 0)
      throw invalid(
        `Export ${old.exportName} cannot be ${now ? "updated" : "deleted"} as it is in use by ${users.join(" and ")}`,
      );
  }
}
