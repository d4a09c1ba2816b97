import { between } from "../checks.ts";
import type { Rule } from "../rule.ts";

const REFERENCE = "CloudFormation Template Reference, AWS::CloudFormation::WaitCondition";

/** Seconds a wait condition may wait: twelve hours. */
const MOST = 43_200;

/** Resources that wait for signals. */
export const SIGNAL_RULES: readonly Rule[] = [
  {
    id: "wait-condition-timeout",
    types: ["AWS::CloudFormation::WaitCondition"],
    document: `${REFERENCE} (Timeout)`,
    approximate: true,
    check: between(
      "Timeout",
      0,
      MOST,
      (timeout) => `WaitCondition timeout ${timeout} is not between 0 and ${MOST} seconds`,
    ),
  },
];
