import { remains } from "../plan/diff.ts";
import type { PlannedChange } from "../plan/plan.ts";
import { NESTED_STACK } from "../plan/stateful.ts";
import type { Template } from "../template/types.ts";
import { isEmpty } from "./change-set.ts";
import { changesOf } from "./changes.ts";
import type { ChangeSet, Cloud, StackRef, StackResource } from "./cloud.ts";

type ChangeSetReader = Pick<Cloud, "changeSet" | "resources" | "template">;

/**
 * What a change set of `stack` does, in the stacks nested in it too, as far as AWS was asked to look into them and
 * could ("Change sets for nested stacks"). `before` is the deployed template, if it has been read.
 */
export async function allChangesOf(
  cloud: ChangeSetReader,
  stack: StackRef,
  changeSet: ChangeSet,
  before?: Template,
): Promise<readonly PlannedChange[]> {
  const own = changesOf(changeSet, before ?? (isUntold(changeSet) ? await templateAt(cloud, stack) : undefined));
  const found: PlannedChange[] = [];
  for (const [index, change] of own.entries()) {
    const { physicalId, changeSet: inner } = changeSet.changes[index] ?? {};
    const at = physicalId === undefined ? undefined : { ...stack, name: physicalId };
    found.push(...(change.type === NESTED_STACK ? await lookInto(cloud, change, at, inner) : [change]));
  }
  return found;
}

/** Whether AWS does not say what becomes of something that goes or may go. */
function isUntold({ changes }: ChangeSet): boolean {
  return changes.some(
    ({ action, replacement, policy }) =>
      policy === undefined && (action === "Remove" || (action !== "Add" && (replacement ?? "False") !== "False")),
  );
}

async function lookInto(
  cloud: ChangeSetReader,
  change: PlannedChange,
  at: StackRef | undefined,
  inner: string | undefined,
): Promise<readonly PlannedChange[]> {
  if (at === undefined || change.action === "add") return [change];
  if (change.action !== "change") return withItsRemovals(cloud, change, at);
  const found = inner === undefined ? undefined : await cloud.changeSet(at, inner);
  if (found === undefined || (found.status !== "CREATE_COMPLETE" && !isEmpty(found))) return [change];
  return [{ ...change, inside: "seen" }, ...placed(change, await allChangesOf(cloud, at, found))];
}

/** A nested stack that goes, and what goes with it; nothing does where it is kept. */
async function withItsRemovals(
  cloud: ChangeSetReader,
  change: PlannedChange,
  at: StackRef,
): Promise<readonly PlannedChange[]> {
  if (change.kept) return [change];
  return [{ ...change, inside: "seen" }, ...placed(change, await removalsIn(cloud, at))];
}

/** False for a resource that was never made, is deleted, or was left to itself by a deletion: its stack has it no more. */
export function isThere({ status, physicalId }: StackResource): boolean {
  return physicalId !== "" && !/^DELETE_(COMPLETE|SKIPPED)$/.test(status);
}

/** Every resource of a stack and of those nested in it, as removals: what its deletion deletes. */
export async function removalsIn(cloud: ChangeSetReader, stack: StackRef): Promise<readonly PlannedChange[]> {
  const there = (await cloud.resources(stack)).filter(isThere);
  const template = there.length === 0 ? undefined : await templateAt(cloud, stack);
  const found: PlannedChange[] = [];
  for (const { logicalId, type, physicalId } of there) {
    const rest = remains(template?.Resources?.[logicalId], "remove");
    const change: PlannedChange = { logicalId, type, action: "remove", causes: [], ...rest };
    found.push(
      ...(type === NESTED_STACK ? await withItsRemovals(cloud, change, { ...stack, name: physicalId }) : [change]),
    );
  }
  return found;
}

/**
 * What the templates alone say of a stack's changes, and what AWS can tell of the stacks nested in it: those that go are
 * looked into, those that change are only once their templates are published.
 */
export async function withNested(
  cloud: ChangeSetReader,
  stack: StackRef,
  changes: readonly PlannedChange[],
): Promise<readonly PlannedChange[]> {
  if (!changes.some(({ type, action }) => type === NESTED_STACK && action !== "add")) return changes;
  const resources = await cloud.resources(stack);
  const found: PlannedChange[] = [];
  for (const change of changes) {
    const physicalId = resources.find(({ logicalId }) => logicalId === change.logicalId)?.physicalId;
    if (change.type !== NESTED_STACK) found.push(change);
    else if (change.action === "change") found.push({ ...change, inside: "later" });
    else if (change.action === "add" || !physicalId) found.push(change);
    else found.push(...(await withItsRemovals(cloud, change, { ...stack, name: physicalId })));
  }
  return found;
}

/** Changes as they are called from outside the nested stack that they happen in. */
function placed({ logicalId }: PlannedChange, changes: readonly PlannedChange[]): readonly PlannedChange[] {
  return changes.map((change) => ({ ...change, logicalId: `${logicalId}/${change.logicalId}` }));
}

/** The template a stack was last deployed from, for its policies; where it is not JSON none of them is known. */
async function templateAt(cloud: ChangeSetReader, stack: StackRef): Promise<Template | undefined> {
  try {
    return JSON.parse(await cloud.template(stack)) as Template;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
