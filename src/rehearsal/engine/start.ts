import { dependenciesOf } from "../../template/references.ts";
import type { Deployment, Operation, Stack, Task } from "../cloudformation/stack.ts";
import { uuid } from "../hash.ts";
import type { Stage } from "../stage.ts";
import type { Place } from "../world.ts";
import { settle } from "./advance.ts";
import { deletions } from "./deletions.ts";
import { currentScope } from "./making.ts";
import { enter } from "./stages.ts";
import { breachOf } from "./triggers.ts";
import { foresee, plannedChanges } from "./troubles.ts";

export type Wishes = {
  readonly token?: string;
  readonly onFailure?: Operation["onFailure"];
  readonly express?: true;
  readonly policyDuringUpdate?: string;
  readonly policyAfter?: string;
  readonly retainExceptOnCreate?: true;
  /** Why the operation must fail before it touches anything. */
  readonly stopped?: string | undefined;
};

/** The id that the next stack of this name will have. */
export function nextId({ world }: Stage, { account, region }: Place, name: string): string {
  const earlier = world.stacks.filter((one) => one.name === name && one.account === account && one.region === region);
  const id = uuid(world.seed, account, region, name, earlier.length);
  return `arn:aws:cloudformation:${region}:${account}:stack/${name}/${id}`;
}

/** A new stack, in no state yet; the caller enters its first. */
export function addStack(stage: Stage, place: Place, name: string): Stack {
  const { world } = stage;
  const stack: Stack = {
    id: nextId(stage, place, name),
    name,
    ...place,
    status: "",
    created: world.now,
    disableRollback: false,
    terminationProtection: false,
    resources: {},
    incarnations: {},
    outputs: [],
    events: [],
    changeSets: [],
    tokens: [],
  };
  world.stacks.push(stack);
  return stack;
}

/** Starts to make a stack from nothing. */
export function startCreate(stage: Stage, stack: Stack, target: Deployment, given: Wishes): void {
  const wishes = { ...given, stopped: given.stopped ?? breachOf(stage, target)?.trim() };
  const operation = newOperation(stage, stack, "create", wishes, {
    target,
    creating: true,
    ...(target.timeoutMinutes !== undefined && { expires: stage.world.now + target.timeoutMinutes * 60_000 }),
  });
  stack.disableRollback = wishes.onFailure === "DO_NOTHING";
  // Known from the start, as DescribeStacks shows parameters and tags of a stack that is still being made.
  stack.deployed = target;
  if (!wishes.stopped) foresee(stage, operation, plannedChanges(stage, stack, target));
  run(stage, stack, operation, "forward", wishes.stopped ? [] : puts(stage, stack, target), "User Initiated");
}

/** Starts to change a stack into what `target` says. */
export function startUpdate(stage: Stage, stack: Stack, target: Deployment, given: Wishes): void {
  const wishes = { ...given, stopped: given.stopped ?? breachOf(stage, target)?.trim() };
  const { parked } = stack;
  const operation = newOperation(stage, stack, "update", wishes, { target, creating: false });
  // An update that was not rolled back is undone together with this one.
  if (parked && stack.status === "UPDATE_FAILED") {
    Object.assign(operation.before, parked.before);
    operation.made.push(...parked.made);
    operation.superseded.push(...parked.superseded);
  }
  delete stack.parked;
  stack.disableRollback = wishes.onFailure === "DO_NOTHING";
  stack.updated = stage.world.now;
  if (!wishes.stopped) foresee(stage, operation, plannedChanges(stage, stack, target));
  run(stage, stack, operation, "forward", wishes.stopped ? [] : puts(stage, stack, target), "User Initiated");
}

/** Starts to delete a stack; `retain` stays where it is, `forced` leaves behind what cannot be deleted. */
export function startDelete(
  stage: Stage,
  stack: Stack,
  wishes: Wishes & { readonly retain?: readonly string[]; readonly forced?: boolean },
): void {
  const operation = newOperation(stage, stack, "delete", wishes, {
    creating: true,
    retain: wishes.retain ?? [],
    ...(wishes.forced && { forced: true }),
  });
  delete stack.parked;
  stack.deleted = stage.world.now;
  const doomed = Object.values(stack.resources);
  foresee(
    stage,
    operation,
    doomed.map(({ logicalId, type }) => ({ logicalId, type, on: "delete" as const })),
  );
  run(stage, stack, operation, "delete", deletions(doomed), "User Initiated");
}

type Further = Partial<Operation> & { readonly creating: boolean };

/** An operation with nothing to do yet. */
export function newOperation(
  stage: Stage,
  stack: Stack,
  kind: Operation["kind"],
  wishes: Wishes,
  further: Further,
): Operation {
  return {
    id: uuid(stage.world.seed, stack.id, "operation", stack.events.length),
    kind,
    stage: "forward",
    tasks: {},
    before: {},
    made: [],
    superseded: [],
    retain: [],
    skip: [],
    onFailure: wishes.onFailure ?? "ROLLBACK",
    troubles: {},
    failed: { create: [], update: [], delete: [] },
    ...(wishes.express && { express: true as const }),
    ...(wishes.token !== undefined && { token: wishes.token }),
    ...(wishes.retainExceptOnCreate && { retainExceptOnCreate: true as const }),
    ...(wishes.policyDuringUpdate !== undefined && { policyDuringUpdate: wishes.policyDuringUpdate }),
    ...(wishes.policyAfter !== undefined && { policyAfter: wishes.policyAfter }),
    ...(wishes.stopped !== undefined && { stopped: `${wishes.stopped} Rollback requested by user.` }),
    ...further,
  };
}

/** Makes the operation the stack's, and begins its first tasks. */
export function run(
  stage: Stage,
  stack: Stack,
  operation: Operation,
  at: Operation["stage"],
  tasks: readonly Task[],
  reason?: string,
): void {
  stack.operation = operation;
  if (operation.token !== undefined) stack.tokens.push(`${operation.kind} ${operation.token}`);
  enter(stage, stack, operation, at, tasks, reason);
  settle(stage, stack);
}

/** One task a resource of the template whose condition holds, each after what it needs. */
function puts(stage: Stage, stack: Stack, target: Deployment): readonly Task[] {
  const { template, scope } = currentScope(stage, stack, target);
  const there = Object.entries(template.Resources).filter(
    ([, { Condition }]) => Condition === undefined || scope.condition(Condition),
  );
  return there.map(([logicalId, resource]) => ({
    logicalId,
    kind: "put",
    needs: dependenciesOf(template, resource),
    state: "waiting",
  }));
}
