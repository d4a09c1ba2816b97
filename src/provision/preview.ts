import { AstroError, reasonOf } from "../errors.ts";
import type { DeployedTemplate } from "../plan/deployed.ts";
import type { Change, Foreseen, Plan, Step } from "../plan/plan.ts";
import { valuesOf } from "../plan/read-values.ts";
import { isSound } from "../plan/status.ts";
import type { Stack } from "../synth/assembly.ts";
import { outputReads, readKey } from "../template/reads.ts";
import { computed, fitsInline, isEmpty } from "./change-set.ts";
import { changesOf } from "./changes.ts";
import { type Engine, refOf } from "./engine.ts";
import { sideBySide } from "./side-by-side.ts";

/** Change sets made only to be read; whoever finds one knows that it may be deleted. */
const PREFIX = "astro-plan-";

/** Whether a change set is one of the plan whose tokens begin with `word`. */
export function isLookingOf(changeSet: string, word: string): boolean {
  return changeSet.startsWith(`${PREFIX}${word}-`);
}

type World = Pick<Engine, "cloud" | "clock" | "signal" | "token">;

/**
 * The plan with the changes AWS itself foresees for every stack that stands and differs, read from change sets that
 * are deleted again before this returns or throws. Where none can be made the step says why. Stacks that do not
 * differ cost no call.
 */
export async function previewed(world: World, plan: Plan, deployed: readonly DeployedTemplate[]): Promise<Plan> {
  const steps = await sideBySide(plan.steps, async (step) => {
    if (step.action !== "update" || step.source === undefined) return step;
    const standing = deployed.find(({ name, region }) => name === step.stack && region === step.region);
    const hindrance = standing ? hindranceTo(step.source, standing, deployed) : "the stack is not there";
    if (standing === undefined || hindrance !== undefined) return foreseen(step, hindrance ?? "");
    return preview(world, step, step.source, standing);
  });
  return { ...plan, steps };
}

/** Why no change set can be made; `undefined` if nothing is known to hinder it. */
function hindranceTo(
  stack: Stack,
  standing: DeployedTemplate,
  deployed: readonly DeployedTemplate[],
): string | undefined {
  if (!isSound(standing.status) && standing.status !== "UPDATE_ROLLBACK_COMPLETE") return `it is in ${standing.status}`;
  // To send it, it would have to be stored, and a plan leaves nothing behind.
  if (!fitsInline(stack)) return "its template is too large to be sent";
  const missing = outputReads(stack.template).find((read) => valuesOf([read], stack.region, deployed) === undefined);
  return missing && `${readKey(missing)}, which it reads, does not exist yet`;
}

async function preview(world: World, step: Step, stack: Stack, standing: DeployedTemplate): Promise<Step> {
  const ref = { ...refOf(step), name: standing.id };
  const changeSet = `${PREFIX}${world.token()}`;
  let isMade = false;
  try {
    await sweep(world, ref);
    const { tags } = stack;
    const template = { body: stack.body };
    await world.cloud.createChangeSet({ stack: ref, changeSet, kind: "UPDATE", template, tags, token: changeSet });
    isMade = true;
    const found = await computed(world, ref, changeSet);
    if (isEmpty(found)) return { ...step, changes: [], foreseen: { by: "change-set" } };
    if (found.status !== "CREATE_COMPLETE") return foreseen(step, `AWS refuses it: ${found.reason ?? found.status}`);
    return { ...step, changes: sorted(changesOf(found, standing.template)), foreseen: { by: "change-set" } };
  } catch (error) {
    // Somebody else may be at work on the stack, or this may not be allowed: neither makes the plan impossible.
    if (world.signal.aborted || !(error instanceof AstroError) || error.code !== "failed") throw error;
    return foreseen(step, reasonOf(error));
  } finally {
    const deleting = world.cloud.deleteChangeSet(ref, changeSet);
    // A lost answer may have made it all the same; yet who may not make one may not delete one either.
    await (isMade ? deleting : deleting.catch(() => undefined));
  }
}

/** Deletes what a plan that was killed left on a stack. */
async function sweep({ cloud }: World, ref: { readonly name: string; readonly region: string }): Promise<void> {
  for (const name of await cloud.changeSets(ref)) if (name.startsWith(PREFIX)) await cloud.deleteChangeSet(ref, name);
}

function foreseen(step: Step, why: string): Step {
  const templates: Foreseen = { by: "templates", why };
  return { ...step, foreseen: templates };
}

const ORDER: readonly Change["action"][] = ["add", "change", "replace", "remove"];

/** By what is done and then by name: AWS's own order changes from one change set to the next. */
function sorted(changes: readonly Change[]): readonly Change[] {
  return changes.toSorted(
    (a, b) => ORDER.indexOf(a.action) - ORDER.indexOf(b.action) || a.logicalId.localeCompare(b.logicalId),
  );
}
