import type { TemplateDiff } from "@aws-cdk/cloudformation-diff";
import { reasonOf } from "../errors.ts";
import type { Template } from "../template/types.ts";

/** Thrown for templates that cannot be compared: one of them has a policy or a rule that is none. */
export class Incomparable extends Error {}

/** What AWS CDK's library makes of two templates' resources. It takes for granted that both are what AWS takes. */
export async function comparison(before: Template, after: Template): Promise<TemplateDiff> {
  const { fullDiff } = await import("@aws-cdk/cloudformation-diff");
  try {
    // Of other sections it takes names for its own that mean something to JavaScript.
    return fullDiff({ Resources: before.Resources }, { Resources: after.Resources });
  } catch (error) {
    throw new Incomparable(reasonOf(error), { cause: error });
  }
}
