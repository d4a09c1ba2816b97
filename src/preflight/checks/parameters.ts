import type { PreflightCheck } from "../check.ts";
import { storedVerdicts } from "../stored.ts";

/**
 * Whether what the stacks' parameters read is in Parameter Store, a CDK bootstrap's version among it. CloudFormation makes no
 * change set without.
 */
export const PARAMETER_CHECK: PreflightCheck = {
  code: "parameters",
  document: "AWS CloudFormation User Guide, SSM parameter types; AWS CDK Developer Guide, Bootstrap your environment",
  of: async ({ changing = [], stacks = [], values = new Map(), site }) =>
    storedVerdicts(changing, stacks, values, site.account),
};
