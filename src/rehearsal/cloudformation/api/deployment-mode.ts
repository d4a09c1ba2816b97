import { isObject } from "../../../template/json.ts";
import type { DeploymentMode, SimulatedStack, StackOperation } from "../../state/stack.ts";
import { type Call, type CallResult, flag, text } from "../../wire/call.ts";
import { invalid } from "../../wire/error.ts";

/** The DeploymentConfig of a call, with its defaults: express mode does not roll back by default. */
export function deploymentModeOf({ input }: Pick<Call, "input">): DeploymentMode | undefined {
  const { DeploymentConfig: config } = input;
  if (!isObject(config)) return undefined;
  const mode = text(config, "Mode") ?? "STANDARD";
  if (mode !== "STANDARD" && mode !== "EXPRESS") {
    throw invalid(
      `1 validation error detected: Value '${mode}' at 'deploymentConfig.mode' failed to satisfy constraint: Member must satisfy enum value set: [STANDARD, EXPRESS]`,
    );
  }
  const express = mode === "EXPRESS";
  return { express, disableRollback: config.DisableRollback === undefined ? express : flag(config, "DisableRollback") };
}

/** A mode's defaults for an operation. */
export function optionsOf(mode: DeploymentMode | undefined): {
  readonly express?: true;
  readonly onFailure: StackOperation["onFailure"];
} {
  return { ...(mode?.express && { express: true }), onFailure: mode?.disableRollback ? "DO_NOTHING" : "ROLLBACK" };
}

/** Records the stack's deployment mode. */
export function setMode(stack: SimulatedStack, mode: DeploymentMode | undefined): void {
  delete stack.mode;
  if (mode) stack.mode = mode;
}

/** The same as the API shows it. */
export function shownMode({ mode }: Pick<SimulatedStack, "mode">): CallResult | undefined {
  return mode && { Mode: mode.express ? "EXPRESS" : "STANDARD", DisableRollback: mode.disableRollback };
}
