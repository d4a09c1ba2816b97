import type { Context } from "../context.ts";
import type { Plan } from "../plan/plan.ts";
import type { EventBody } from "../provision/event.ts";
import { jsonView } from "../view/json.ts";
import { renderNotices } from "../view/notices.ts";
import type { EnvironmentOperation } from "./open.ts";

/** Tells what a plan's screen says beside the plan as lines of JSON: whoever reads those sees no screen. */
export function tellFacts(
  context: Context,
  { target, site }: EnvironmentOperation,
  bodies: readonly EventBody[],
): void {
  const { emit } = jsonView(context.stdout);
  const facts = { at: target.clock.now().toISOString(), environment: site.environment };
  for (const body of bodies) emit({ ...body, ...facts });
}

/** Prints what was added to the simulated account automatically. */
export function noteGiven({ stderr }: Context, given: readonly string[] = []): void {
  if (given.length > 0) stderr.write(renderNotices(given, stderr));
}

/** What changed outside of CloudFormation since the stacks were deployed, and what the plan makes of it. */
export function driftFacts({ steps }: Plan): readonly EventBody[] {
  return steps.flatMap(({ stack, drift = [], unseen }): readonly EventBody[] => [
    ...drift.map(
      ({ logicalId, type, value, live, given, becomes, may, refused }): EventBody => ({
        type: "drift.found",
        stack,
        resource: logicalId,
        resourceType: type,
        value,
        live,
        ...(given !== undefined && { deployed: given }),
        ...(becomes !== undefined && { becomes }),
        ...(may && { may }),
        ...(refused !== undefined && { refused }),
      }),
    ),
    ...(unseen === undefined ? [] : [{ type: "drift.unknown", stack, reason: unseen } as const]),
  ]);
}
