import { fits } from "../checks.ts";
import type { Rule } from "../rule.ts";

const RULE = "AWS::Events::Rule";
const PUT = "Amazon EventBridge API Reference, PutRule";

/** `rate(1 minute)`, `rate(5 minutes)`: one has the singular; `cron(…)` has six fields. */
const SCHEDULE = /^(rate\((1 (minute|hour|day)|([2-9]|[1-9]\d+) (minutes|hours|days))\)|cron\(\S+( \S+){5}\))$/;

/** Rules of event buses. */
export const EVENT_RULES: readonly Rule[] = [
  {
    id: "event-rule-trigger",
    types: [RULE],
    document: `${PUT} (EventPattern, ScheduleExpression)`,
    check: ({ properties: { EventPattern, ScheduleExpression } }) =>
      EventPattern === undefined && ScheduleExpression === undefined
        ? {
            property: "ScheduleExpression",
            message: "Parameter(s) EventPattern or ScheduleExpression must be specified.",
          }
        : undefined,
  },
  {
    id: "event-rule-schedule",
    types: [RULE],
    document: "Amazon EventBridge User Guide, Setting a schedule pattern for scheduled rules",
    check: fits("ScheduleExpression", SCHEDULE, () => "Parameter ScheduleExpression is not valid."),
  },
];
