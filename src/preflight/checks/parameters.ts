import type { Check } from "../check.ts";
import { storedVerdicts, unsetVerdicts } from "../stored.ts";

/**
 * Whether the stacks' parameters have values: each has a default, or is in Parameter Store, a CDK bootstrap's version among
 * them. CloudFormation makes no change set without.
 */
export const PARAMETER_CHECK: Check = {
  code: "parameters",
  document: "AWS CloudFormation User Guide, SSM parameter types; AWS CDK Developer Guide, Bootstrap your environment",
  of: async ({ changing = [], stacks = [], values = new Map(), site }) => [
    ...unsetVerdicts(changing),
    ...storedVerdicts(changing, stacks, values, site.account),
  ],
};
