import type { Context } from "../context.ts";
import { driftWords } from "../plan/drift.ts";
import type { Plan } from "../plan/plan.ts";
import { jsonView } from "../view/json.ts";
import type { Operation } from "./open.ts";

/** Says what a plan's screen says beside the plan, as lines of JSON: who reads those sees no screen. */
export function tellNotices(context: Context, { target, site }: Operation, messages: readonly string[]): void {
  const { emit } = jsonView(context.stdout);
  const facts = { at: target.clock.now().toISOString(), environment: site.environment };
  for (const message of messages) emit({ type: "run.noticed", message, ...facts });
}

/** What moved since the stacks were deployed, and what becomes of it, one sentence each. */
export function movedWords({ steps }: Plan): readonly string[] {
  return steps.flatMap(({ stack, drift = [], unseen }) => [
    ...drift.map((one) => `moved: ${one.logicalId} of ${stack}: ${driftWords(one)}`),
    ...(unseen === undefined ? [] : [`moved: not known of ${stack}: ${unseen}`]),
  ]);
}
