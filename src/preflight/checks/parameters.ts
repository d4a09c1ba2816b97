import type { Check } from "../check.ts";
import { storedVerdicts } from "../stored.ts";

/**
 * Whether what the stacks read from Parameter Store is there, a CDK bootstrap's version among it: CloudFormation makes no
 * change set without it.
 */
export const PARAMETER_CHECK: Check = {
  code: "parameters",
  document: "AWS CloudFormation User Guide, SSM parameter types; AWS CDK Developer Guide, Bootstrap your environment",
  of: async ({ changing = [], stacks = [], values = new Map(), site }) =>
    storedVerdicts(changing, stacks, values, site.account),
};
