import type { Step } from "../../plan/plan.ts";
import type { Stack } from "../../synth/assembly.ts";
import { type Run, refOf, tellOf } from "../engine.ts";
import { givenName, isClearable } from "../leftover.ts";

/**
 * Deletes what has the names of resources that the run may clear, so that the stack can create them. What the
 * stack itself holds is left alone.
 */
export async function clearLeftovers(run: Run, step: Step, stack: Stack): Promise<void> {
  const wanted = (run.recoveryOptions?.clear ?? []).flatMap((logicalId) => {
    const { template, name: own, region } = stack;
    const type = template.Resources[logicalId]?.Type ?? "";
    const name = givenName(logicalId, { template, stack: own, region, account: run.site.account });
    return name !== undefined && isClearable(type) ? [{ logicalId, type, name }] : [];
  });
  if (wanted.length === 0) return;
  const own = await run.cloud.resources(refOf(step));
  for (const { logicalId, type, name } of wanted) {
    if (own.some((one) => one.logicalId === logicalId && one.status !== "DELETE_COMPLETE")) continue;
    tellOf(run, step, "leftover.deleting", { resource: logicalId, resourceType: type, name });
    await run.cloud.clearLeftover(run.site, step.region, type, name);
  }
}
