import type { Step } from "../../plan/plan.ts";
import type { StackRef } from "../cloud.ts";
import { type Run, refOf, tellOf } from "../engine.ts";
import { sideBySide } from "../side-by-side.ts";

/** Deletes the change sets that killed runs of astro left on a stack; somebody else's stay. */
export async function dropLeftChangeSets(run: Run, step: Step): Promise<void> {
  const ref = refOf(step);
  const left = (await run.cloud.changeSets(ref)).filter((name) => name.startsWith("astro-"));
  if (left.length === 0) return;
  tellOf(run, step, "changeset.discarded", { count: left.length });
  for (const name of left) await run.cloud.deleteChangeSet(ref, name);
}

/** The same for every stack of a plan: after a run that was killed, nobody knows where it was. */
export async function sweep(run: Run, steps: readonly Step[]): Promise<void> {
  await sideBySide(steps, (step) => dropLeftChangeSets(run, step));
}

/**
 * Takes back a change set that will not be executed, and with `isNew` the empty stack in review that was made for it.
 * Never throws: it is called when something else has gone wrong.
 */
export async function withdraw(run: Run, ref: StackRef, changeSet: string, isNew: boolean): Promise<void> {
  try {
    await run.cloud.deleteChangeSet(ref, changeSet);
    if (!isNew) return;
    const stack = await run.cloud.stack(ref);
    if (stack?.status !== "REVIEW_IN_PROGRESS" || (await run.cloud.changeSets(ref)).length > 0) return;
    await run.cloud.deleteStack({ name: stack.id, region: stack.region }, `astro-${run.token()}`);
  } catch {
    // The next run finds it and clears it away.
  }
}
