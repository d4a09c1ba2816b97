import type { Json, JsonObject } from "../../template/types.ts";
import { resourceAt } from "../state/resource-store.ts";
import type { Simulator } from "../state/simulator.ts";
import type { Deployment, StackOperation } from "../state/stack.ts";
import type { ServiceResource } from "../state/state.ts";

/** A rollback trigger: an alarm that rolls a stack's operations back. */
export type Trigger = { readonly arn: string; readonly type: string };

/** The triggers of a RollbackConfiguration, as a call sends it. */
export function triggersOf(configuration: Json | undefined): readonly Trigger[] {
  const triggers = (configuration as JsonObject | null | undefined)?.RollbackTriggers;
  if (!Array.isArray(triggers)) return [];
  return (triggers as readonly JsonObject[]).map(({ Arn, Type }) => ({ arn: String(Arn), type: String(Type) }));
}

function alarmOf(simulator: Simulator, { arn, type }: Trigger): ServiceResource | undefined {
  const [, , , region = "", account = "", , ...name] = arn.split(":");
  return resourceAt(simulator.state, type, { account, region }, name.join(":"));
}

/**
 * Why an operation with these triggers is rolled back: one is missing, or in state ALARM (User Guide, "Rollback
 * triggers").
 */
export function triggerBreach(simulator: Simulator, target: Deployment | undefined): string | undefined {
  const triggers = triggersOf(target?.rollback);
  const missing = triggers.filter((one) => !alarmOf(simulator, one)).map(({ arn }) => arn);
  if (missing.length > 0) return `The following rollback trigger(s) do not exist: [${missing.join(", ")}]. `;
  const loud = triggers.filter((one) => alarmOf(simulator, one)?.state.alarm === "ALARM").map(({ arn }) => arn);
  return loud.length > 0 ? `The following rollback trigger(s) went to ALARM state: [${loud.join(", ")}]. ` : undefined;
}

/** Monitoring time after all tasks have ended (milliseconds); none for a creation without triggers. */
export function monitoringTime({ creating, target }: StackOperation): number {
  if (creating && triggersOf(target?.rollback).length === 0) return 0;
  return Number(target?.rollback?.MonitoringTimeInMinutes ?? 0) * 60_000;
}

/** Stops the operations whose rollback triggers are in state ALARM. */
export function checkAlarms(simulator: Simulator): void {
  for (const { operation } of simulator.state.stacks) {
    if (operation?.stage !== "forward" || operation.alarm !== undefined) continue;
    const alarm = triggerBreach(simulator, operation.target);
    if (alarm === undefined) continue;
    operation.alarm = alarm;
    operation.expires = simulator.state.now;
  }
}
