import type { Context } from "../context.ts";
import { driftWords } from "../plan/drift.ts";
import type { Plan } from "../plan/plan.ts";
import { jsonView } from "../view/json.ts";
import { renderNotices } from "../view/notices.ts";
import type { EnvironmentOperation } from "./open.ts";

/** The notices of a plan's screen as JSON lines. */
export function tellNotices(
  context: Context,
  { target, site }: EnvironmentOperation,
  messages: readonly string[],
): void {
  const { emit } = jsonView(context.stdout);
  const facts = { at: target.clock.now().toISOString(), environment: site.environment };
  for (const message of messages) emit({ type: "run.noticed", message, ...facts });
}

/** Prints what was added to the simulated account automatically. */
export function noteGiven({ stderr }: Context, given: readonly string[] = []): void {
  if (given.length > 0) stderr.write(renderNotices(given, stderr));
}

/** Drift since the stacks were deployed, and what becomes of it, one sentence each. */
export function movedWords({ steps }: Plan): readonly string[] {
  return steps.flatMap(({ stack, drift = [], unseen }) => [
    ...drift.map((one) => `drift: ${one.logicalId} of ${stack}: ${driftWords(one)}`),
    ...(unseen === undefined ? [] : [`drift: not known for ${stack}: ${unseen}`]),
  ]);
}
