import type { Json, JsonObject } from "../../../template/types.ts";
import { invalid } from "../../wire/error.ts";

/** Throws AWS's refusal of a rollback trigger that is no alarm (API Reference, "RollbackTrigger"). */
export function checkTriggers(configuration: Json | undefined): void {
  for (const { Arn, Type } of triggersOf(configuration)) {
    if (Type !== "AWS::CloudWatch::Alarm" && Type !== "AWS::CloudWatch::CompositeAlarm")
      throw invalid("Rollback Trigger Type not supported");
    if (!/^arn:[^:]+:cloudwatch:[^:]*:[^:]*:alarm:.+$/.test(String(Arn)))
      throw invalid("RelativeId of a Rollback Trigger's ARN is incorrect");
  }
}

function triggersOf(configuration: Json | undefined): readonly JsonObject[] {
  const triggers = (configuration as JsonObject | null | undefined)?.RollbackTriggers;
  return Array.isArray(triggers) ? (triggers as readonly JsonObject[]) : [];
}
