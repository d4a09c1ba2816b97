import { nestedDeployment } from "../../engine/nested.ts";
import { uuid } from "../../state/hash.ts";
import type { Simulator } from "../../state/simulator.ts";
import { NESTED, type ResourceChange, type SimulatedChangeSet, type SimulatedStack } from "../../state/stack.ts";
import { AwsError, invalid } from "../../wire/error.ts";
import { stackCalled } from "../find.ts";
import { sameTags } from "../has-changes.ts";
import { previewOf } from "../preview.ts";
import { type Drafting, draftOf, EMPTY } from "./change-set-draft.ts";

/**
 * The change set with a nested one for each nested stack that it changes, stored with that stack (User Guide, "Change
 * sets for nested stacks"). If one of them fails, the whole fails (aws-sam-cli#2406: the message). New nested stacks
 * get none here, as there is nothing to compare them with.
 */
export function withNested(
  simulator: Simulator,
  stack: SimulatedStack,
  changeSet: SimulatedChangeSet,
  drafting: Drafting,
): SimulatedChangeSet {
  const made: SimulatedChangeSet = { ...changeSet, nested: true };
  if (made.failure !== undefined) return made;
  const { properties, outputsDiffer } = previewOf(simulator, stack, made.deployment);
  const changes: ResourceChange[] = [];
  for (const change of made.changes) {
    const child = change.type === NESTED && change.action === "Modify" ? childOf(simulator, stack, change) : undefined;
    if (child === undefined) {
      changes.push(change);
      continue;
    }
    const inner = innerOf(simulator, stack, made, change, child, properties.get(change.logicalId) ?? {}, drafting);
    // Its parent only triggered a re-read of its template.
    if (inner.failure === EMPTY && change.details.every(({ source }) => source === "Automatic")) continue;
    child.changeSets.push(inner);
    if (inner.failure !== undefined && inner.failure !== EMPTY) {
      return {
        ...made,
        changes: [],
        failure: `Nested change set ${inner.id} was not successfully created: Currently in FAILED.`,
      };
    }
    changes.push({ ...change, changeSet: inner.id });
  }
  const isEmpty = changes.length === 0 && !outputsDiffer && sameTags(stack, made.deployment);
  return { ...made, changes, ...(isEmpty && { failure: EMPTY }) };
}

const childOf = (simulator: Simulator, parent: SimulatedStack, { physicalId = "" }: ResourceChange) =>
  stackCalled(simulator.state, parent, physicalId);

function innerOf(
  simulator: Simulator,
  parent: SimulatedStack,
  outer: SimulatedChangeSet,
  { logicalId }: ResourceChange,
  child: SimulatedStack,
  properties: Parameters<typeof nestedDeployment>[2],
  drafting: Drafting,
): SimulatedChangeSet {
  const { created, due, deployment, root = outer.id } = outer;
  const name = `${outer.name}-${logicalId}`.slice(0, 128);
  const id = uuid(simulator.state.seed, child.id, "change set", name, child.changeSets.length, created);
  const about = {
    id: `arn:aws:cloudformation:${child.region}:${child.account}:changeSet/${name}/${id}`,
    name,
    type: "UPDATE",
    created,
    due,
    nested: true,
    parent: outer.id,
    root,
  } as const;
  try {
    const wanted = nestedDeployment(simulator, parent, properties, deployment);
    const inner = { ...about, deployment: wanted, ...draftOf(simulator, child, wanted, drafting) };
    return withNested(simulator, child, inner, drafting);
  } catch (error) {
    if (!(error instanceof AwsError) || child.deployed === undefined) throw error;
    return { ...about, deployment: child.deployed, changes: [], findings: [], failure: error.message };
  }
}

/** Throws for an operation that only the root change set allows. */
export function checkRoot({ root, name }: SimulatedChangeSet): void {
  if (root !== undefined) throw invalid(`ChangeSet [${name}] is nested: use its root change set [${root}].`);
}

/** Deletes the nested change sets of these. */
export function dropNested({ state }: Simulator, roots: readonly SimulatedChangeSet[]): void {
  const ids = roots.map(({ id }) => id);
  for (const { changeSets } of state.stacks) {
    const rest = changeSets.filter(({ root }) => root === undefined || !ids.includes(root));
    if (rest.length < changeSets.length) changeSets.splice(0, changeSets.length, ...rest);
  }
}
