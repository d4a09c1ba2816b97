import { between, fits } from "../checks.ts";
import type { Rule } from "../rule.ts";

const REFERENCE = "CloudFormation Template Reference, AWS::CloudFormation::WaitCondition";

/** Seconds a wait condition may wait: twelve hours. */
const MOST = 43_200;

const NESTED = "AWS CloudFormation Template Reference, AWS::CloudFormation::Stack";

/** CloudFormation's own: nested stacks, and resources that wait for signals. */
export const SIGNAL_RULES: readonly Rule[] = [
  {
    // A file beside the template, or s3://: `aws cloudformation package` was left out (aws/aws-cli#3200, #2314).
    id: "nested-template-address",
    types: ["AWS::CloudFormation::Stack"],
    document: `${NESTED} (TemplateURL: it must start with https://, and the template lies in S3)`,
    check: fits("TemplateURL", /^https?:\/\//, () => "TemplateURL must be a supported URL."),
  },
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
