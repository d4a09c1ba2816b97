import type { Json } from "../../../template/types.ts";
import { triggersOf } from "../../engine/triggers.ts";
import { invalid } from "../../wire/error.ts";

/** Throws AWS's error for a rollback trigger that is not an alarm (API Reference, "RollbackTrigger"). */
export function checkTriggers(configuration: Json | undefined): void {
  for (const { arn, type } of triggersOf(configuration)) {
    if (type !== "AWS::CloudWatch::Alarm" && type !== "AWS::CloudWatch::CompositeAlarm")
      throw invalid("Rollback Trigger Type not supported");
    if (!/^arn:[^:]+:cloudwatch:[^:]*:[^:]*:alarm:.+$/.test(arn))
      throw invalid("RelativeId of a Rollback Trigger's ARN is incorrect");
  }
}
