import type { Context } from "../context.ts";
import { driftWords } from "../plan/drift.ts";
import type { Plan } from "../plan/plan.ts";
import { jsonView } from "../view/json.ts";
import type { Operation } from "./open.ts";

/** What moved since the stacks were deployed, and what becomes of it, as lines of JSON: who reads those sees no plan. */
export function tellDrift(context: Context, { target, site }: Operation, plan: Plan): void {
  const { emit } = jsonView(context.stdout);
  const facts = { at: target.clock.now().toISOString(), environment: site.environment };
  for (const { stack, drift = [], unseen } of plan.steps) {
    for (const one of drift) {
      const message = `moved: ${one.logicalId} of ${stack}: ${driftWords(one)}`;
      emit({ type: "run.noticed", message, ...facts });
    }
    if (unseen !== undefined)
      emit({ type: "run.noticed", message: `moved: not known of ${stack}: ${unseen}`, ...facts });
  }
}
