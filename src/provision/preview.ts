import { isCallFailure, reasonOf } from "../errors.ts";
import type { DeployedTemplate } from "../plan/deployed.ts";
import {
  type Foreseen,
  NOT_MADE,
  type Plan,
  type PlannedChange,
  replacedIn,
  type Step,
  stackFor,
} from "../plan/plan.ts";
import { NESTED_STACK } from "../plan/stateful.ts";
import { isSound } from "../plan/status.ts";
import type { Stack } from "../synth/assembly.ts";
import { sameJson } from "../template/equal.ts";
import { type OutputRead, outputReads, readKey } from "../template/reads.ts";
import { referencesIn } from "../template/references.ts";
import { computed, fitsInline, hasNested, isEmpty, nestedRefusal, parametersFor } from "./change-set.ts";
import type { ChangeSet, StackRef } from "./cloud.ts";
import { type Engine, refOf } from "./engine.ts";
import { allChangesOf, removalsIn, withNested } from "./inside.ts";
import { planChangeSet, sweepStack } from "./recovery/change-sets.ts";
import { sideBySide } from "./side-by-side.ts";

type PreviewEngine = Pick<Engine, "cloud" | "clock" | "signal" | "token">;

/**
 * The plan with the changes AWS itself foresees for every stack that stands and differs, read from change sets that
 * are deleted again before this returns or throws. Where none can be made the step says why. What a removal takes away
 * is what stands, whatever the template says. Stacks that do not differ cost no call. Where AWS leaves what the templates
 * seem to replace (another text, the same value), `replan` plans anew by AWS's word, for whoever reads from it.
 */
export async function previewed(
  engine: PreviewEngine,
  plan: Plan,
  stacks: readonly Stack[],
  deployed: readonly DeployedTemplate[],
  replan?: (withPreviews: Plan) => Promise<Plan>,
): Promise<Plan> {
  const steps = await sideBySide(plan.steps, async (step) => {
    const [stack, existing] = [stackFor(stacks, step), stackFor(deployed, step)];
    if (step.action === "delete" && existing)
      return { ...step, changes: await removalsIn(engine.cloud, refTo(existing)) };
    if (step.action !== "update" || stack === undefined) return step;
    const obstacle = existing ? whyNoChangeSet(step, stack, existing, deployed) : "the stack is not there";
    if (existing === undefined || obstacle !== undefined) return byTemplates(engine, step, obstacle ?? "");
    return preview(engine, step, stack, existing);
  });
  const exact = { ...plan, steps };
  if (replan === undefined || !steps.some((step, index) => keepsReplaced(step, plan.steps[index]))) return exact;
  return previewed(engine, await replan(exact), stacks, deployed);
}

/** Whether AWS's change set leaves a resource that the templates seem to replace. */
function keepsReplaced(step: Step, { changes }: Pick<Step, "changes"> = { changes: [] }): boolean {
  if (step.foreseen?.by !== "change-set") return false;
  const moved = step.changes.filter(({ mayReplace }) => mayReplace).map(({ logicalId }) => logicalId);
  return replacedIn({ changes }).some((id) => !replacedIn(step).includes(id) && !moved.includes(id));
}

/** Why no change set can be made; `undefined` if nothing is known to hinder it. */
function whyNoChangeSet(
  { foreseen }: Step,
  stack: Stack,
  existing: DeployedTemplate,
  deployed: readonly DeployedTemplate[],
): string | undefined {
  if (!isSound(existing.status) && existing.status !== "UPDATE_ROLLBACK_COMPLETE") return `it is in ${existing.status}`;
  // To send it, it would have to be stored, and a plan leaves nothing behind.
  if (!fitsInline(stack)) return "its template is too large to be sent";
  if (foreseen?.by === "templates" && foreseen.why !== NOT_MADE) return foreseen.why;
  const isThere = ({ stack: name, output, region = stack.region }: OutputRead) =>
    deployed.some((one) => one.name === name && one.region === region && one.outputs[output] !== undefined);
  const missing = outputReads(stack.template).find((read) => !isThere(read));
  return missing && `${readKey(missing)}, which it reads, does not exist yet`;
}

const refTo = ({ id, region }: DeployedTemplate): StackRef => ({ name: id, region });

async function preview(engine: PreviewEngine, step: Step, stack: Stack, deployed: DeployedTemplate): Promise<Step> {
  const ref = refTo(deployed);
  let changeSet = "";
  let isMade = false;
  const make = async (nested: boolean): Promise<ChangeSet> => {
    changeSet = planChangeSet(engine.clock.now(), engine.token());
    isMade = false;
    const { tags } = stack;
    const template = { body: stack.body };
    const input = { stack: ref, changeSet, kind: "UPDATE", template, tags, token: changeSet } as const;
    await engine.cloud.createChangeSet({ ...input, ...parametersFor(stack, deployed), nested });
    isMade = true;
    return computed(engine, ref, changeSet);
  };
  try {
    await sweepStack(engine.cloud, ref, { now: engine.clock.now() });
    let found = await make(hasNested(stack));
    if (hasNested(stack) && nestedRefusal(found) !== undefined) {
      await engine.cloud.deleteChangeSet(ref, changeSet);
      found = await make(false);
    }
    if (isEmpty(found)) return { ...step, changes: [], foreseen: { by: "change-set" } };
    if (found.status !== "CREATE_COMPLETE")
      return await byTemplates(engine, step, `AWS refuses it: ${found.reason ?? found.status}`);
    const all = await allChangesOf(engine.cloud, ref, found, deployed.template);
    const changes = all.filter((change) => !isDynamicOnly(step, stack, deployed, change, all));
    return { ...step, changes: sorted(withUnpublished(stack, changes)), foreseen: { by: "change-set" } };
  } catch (error) {
    // Somebody else may be at work on the stack, or this may not be allowed: neither makes the plan impossible.
    if (engine.signal.aborted || !isCallFailure(error)) throw error;
    return await byTemplates(engine, step, reasonOf(error));
  } finally {
    const deleting = engine.cloud.deleteChangeSet(ref, changeSet);
    // A lost answer may have made it all the same; yet who may not make one may not delete one either.
    await (isMade ? deleting : deleting.catch(() => undefined));
  }
}

/**
 * Whether AWS names a change only because what it reads changes in its place: a value that a stack writes of its own
 * resources, in the same words as before, while none of them is replaced ("ResourceChangeDetail": Dynamic).
 */
function isDynamicOnly(
  { derived = [] }: Step,
  { template }: Stack,
  deployed: DeployedTemplate,
  { logicalId, action }: PlannedChange,
  all: readonly PlannedChange[],
): boolean {
  const [now, before] = [template.Resources[logicalId], deployed.template.Resources[logicalId]];
  const read = referencesIn(now?.Properties).map(({ name }) => name);
  return (
    action === "change" &&
    derived.includes(logicalId) &&
    sameJson(now ?? null, before ?? null) &&
    !all.some((other) => read.includes(other.logicalId) && (other.action !== "change" || other.mayReplace === true))
  );
}

/** A nested template that is one of the app's files is published only when the stack has its turn. */
function withUnpublished({ assetManifests }: Stack, changes: readonly PlannedChange[]): readonly PlannedChange[] {
  if (assetManifests.length === 0) return changes;
  return changes.map((change) =>
    change.type === NESTED_STACK && change.action === "change" && change.inside === undefined
      ? { ...change, inside: "later" }
      : change,
  );
}

async function byTemplates({ cloud }: PreviewEngine, step: Step, why: string): Promise<Step> {
  const templates: Foreseen = { by: "templates", why };
  return { ...step, changes: await withNested(cloud, refOf(step), step.changes), foreseen: templates };
}

const ORDER: readonly PlannedChange["action"][] = ["add", "change", "replace", "remove"];

/** By what is done and then by name: AWS's own order changes from one change set to the next. */
function sorted(changes: readonly PlannedChange[]): readonly PlannedChange[] {
  return changes.toSorted(
    (a, b) => ORDER.indexOf(a.action) - ORDER.indexOf(b.action) || a.logicalId.localeCompare(b.logicalId),
  );
}
