import type { Json, JsonObject } from "../../template/types.ts";
import type { Deployment, Operation } from "../cloudformation/stack.ts";
import type { Stage } from "../stage.ts";
import { thingAt } from "../things.ts";
import type { Thing } from "../world.ts";

/** An alarm that a stack's operations are undone for. */
export type Trigger = { readonly arn: string; readonly type: string };

/** The triggers of a RollbackConfiguration, as a call sends it. */
export function triggersOf(configuration: Json | undefined): readonly Trigger[] {
  const triggers = (configuration as JsonObject | null | undefined)?.RollbackTriggers;
  if (!Array.isArray(triggers)) return [];
  return (triggers as readonly JsonObject[]).map(({ Arn, Type }) => ({ arn: String(Arn), type: String(Type) }));
}

function alarmOf(stage: Stage, { arn, type }: Trigger): Thing | undefined {
  const [, , , region = "", account = "", , ...name] = arn.split(":");
  return thingAt(stage.world, type, { account, region }, name.join(":"));
}

/** Why an operation with these triggers has to be undone now: one is missing, or is an alarm (User Guide, "Rollback triggers"). */
export function breachOf(stage: Stage, target: Deployment | undefined): string | undefined {
  const triggers = triggersOf(target?.rollback);
  const missing = triggers.filter((one) => !alarmOf(stage, one)).map(({ arn }) => arn);
  if (missing.length > 0) return `The following rollback trigger(s) do not exist: [${missing.join(", ")}]. `;
  const loud = triggers.filter((one) => alarmOf(stage, one)?.state.alarm === "ALARM").map(({ arn }) => arn);
  return loud.length > 0 ? `The following rollback trigger(s) went to ALARM state: [${loud.join(", ")}]. ` : undefined;
}

/** How long the alarms are watched once all is done (milliseconds): a creation is over at once if there are none. */
export function watchFor({ creating, target }: Operation): number {
  if (creating && triggersOf(target?.rollback).length === 0) return 0;
  return Number(target?.rollback?.MonitoringTimeInMinutes ?? 0) * 60_000;
}

/** Lets operations that an alarm stops notice it now. */
export function noticeAlarms(stage: Stage): void {
  for (const { operation } of stage.world.stacks) {
    if (operation?.stage !== "forward" || operation.alarm !== undefined) continue;
    const alarm = breachOf(stage, operation.target);
    if (alarm === undefined) continue;
    operation.alarm = alarm;
    operation.expires = stage.world.now;
  }
}
