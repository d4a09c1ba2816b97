import { dependenciesOf } from "../../template/references.ts";
import { currentResolver } from "../cloudformation/resources.ts";
import { uuid } from "../state/hash.ts";
import type { Simulator } from "../state/simulator.ts";
import type { Deployment, ResourceTask, SimulatedStack, StackOperation } from "../state/stack.ts";
import type { Scope } from "../state/state.ts";
import { deletions } from "./deletions.ts";
import { assignFaults, plannedChanges } from "./planned-faults.ts";
import { enterStage } from "./stages.ts";
import { triggerBreach } from "./triggers.ts";

export type StackOperationOptions = {
  readonly token?: string;
  readonly onFailure?: StackOperation["onFailure"];
  readonly express?: true;
  readonly policyDuringUpdate?: string;
  readonly policyAfter?: string;
  readonly retainExceptOnCreate?: true;
  /** Why the operation fails before it changes anything. */
  readonly stopped?: string | undefined;
};

/** The id that the next stack of this name will have. */
export function nextId({ state }: Simulator, { account, region }: Scope, name: string): string {
  const earlier = state.stacks.filter((one) => one.name === name && one.account === account && one.region === region);
  const id = uuid(state.seed, account, region, name, earlier.length);
  return `arn:aws:cloudformation:${region}:${account}:stack/${name}/${id}`;
}

/** A new stack without a status yet; the caller sets its first. */
export function addStack(simulator: Simulator, scope: Scope, name: string): SimulatedStack {
  const { state } = simulator;
  const stack: SimulatedStack = {
    id: nextId(simulator, scope, name),
    name,
    ...scope,
    status: "",
    created: state.now,
    disableRollback: false,
    terminationProtection: false,
    resources: {},
    incarnations: {},
    outputs: [],
    events: [],
    changeSets: [],
    tokens: [],
  };
  state.stacks.push(stack);
  return stack;
}

/** Gives a new stack the operation that creates it; `startReadyTasks` starts its tasks, here and below. */
export function openCreate(
  simulator: Simulator,
  stack: SimulatedStack,
  target: Deployment,
  given: StackOperationOptions,
): void {
  const options = { ...given, stopped: given.stopped ?? triggerBreach(simulator, target)?.trim() };
  const operation = newOperation(simulator, stack, "create", options, {
    target,
    creating: true,
    ...(target.timeoutMinutes !== undefined && { expires: simulator.state.now + target.timeoutMinutes * 60_000 }),
  });
  // Set from the start: DescribeStacks shows parameters and tags of a stack in creation.
  stack.deployed = target;
  openForward(simulator, stack, operation, target);
}

/** Gives a stack the operation that updates it to `target`. */
export function openUpdate(
  simulator: Simulator,
  stack: SimulatedStack,
  target: Deployment,
  given: StackOperationOptions,
): void {
  const options = { ...given, stopped: given.stopped ?? triggerBreach(simulator, target)?.trim() };
  const { parked } = stack;
  const operation = newOperation(simulator, stack, "update", options, { target, creating: false });
  // An update that was not rolled back is rolled back together with this one.
  if (parked && stack.status === "UPDATE_FAILED") {
    Object.assign(operation.before, parked.before);
    operation.made.push(...parked.made);
    operation.superseded.push(...parked.superseded);
  }
  delete stack.parked;
  stack.updated = simulator.state.now;
  openForward(simulator, stack, operation, target);
}

/** The forward stage of a creation or update: a task for each resource, none if the operation fails at once. */
function openForward(simulator: Simulator, stack: SimulatedStack, operation: StackOperation, target: Deployment): void {
  const isStopped = operation.stopped !== undefined;
  stack.disableRollback = operation.onFailure === "DO_NOTHING";
  if (!isStopped) assignFaults(simulator, operation, plannedChanges(simulator, stack, target));
  openOperation(
    simulator,
    stack,
    operation,
    "forward",
    isStopped ? [] : puts(simulator, stack, target),
    "User Initiated",
  );
}

/**
 * Gives a stack the operation that deletes it; `retain` lists resources to keep, `forced` leaves behind what cannot be
 * deleted.
 */
export function openDelete(
  simulator: Simulator,
  stack: SimulatedStack,
  options: StackOperationOptions & { readonly retain?: readonly string[]; readonly forced?: boolean },
): void {
  const operation = newOperation(simulator, stack, "delete", options, {
    creating: true,
    retain: options.retain ?? [],
    ...(options.forced && { forced: true }),
  });
  delete stack.parked;
  stack.deleted = simulator.state.now;
  const deletion = Object.values(stack.resources);
  assignFaults(
    simulator,
    operation,
    deletion.map(({ logicalId, type }) => ({ logicalId, type, on: "delete" as const })),
  );
  openOperation(simulator, stack, operation, "delete", deletions(deletion), "User Initiated");
}

type Further = Partial<StackOperation> & { readonly creating: boolean };

/** An operation without tasks. */
export function newOperation(
  simulator: Simulator,
  stack: SimulatedStack,
  kind: StackOperation["kind"],
  options: StackOperationOptions,
  further: Further,
): StackOperation {
  return {
    id: uuid(simulator.state.seed, stack.id, "operation", stack.events.length),
    kind,
    stage: "forward",
    tasks: {},
    before: {},
    made: [],
    superseded: [],
    retain: [],
    skip: [],
    onFailure: options.onFailure ?? "ROLLBACK",
    troubles: {},
    failed: { create: [], update: [], delete: [] },
    ...(options.express && { express: true as const }),
    ...(options.token !== undefined && { token: options.token }),
    ...(options.retainExceptOnCreate && { retainExceptOnCreate: true as const }),
    ...(options.policyDuringUpdate !== undefined && { policyDuringUpdate: options.policyDuringUpdate }),
    ...(options.policyAfter !== undefined && { policyAfter: options.policyAfter }),
    ...(options.stopped !== undefined && { stopped: `${options.stopped} Rollback requested by user.` }),
    ...further,
  };
}

/** Makes the operation the stack's; it enters a stage with these tasks. */
export function openOperation(
  simulator: Simulator,
  stack: SimulatedStack,
  operation: StackOperation,
  at: StackOperation["stage"],
  tasks: readonly ResourceTask[],
  reason?: string,
): void {
  stack.operation = operation;
  if (operation.token !== undefined) stack.tokens.push(`${operation.kind} ${operation.token}`);
  enterStage(simulator, stack, operation, at, tasks, reason);
}

/** A task for each resource of the template whose condition holds, with its dependencies. */
function puts(simulator: Simulator, stack: SimulatedStack, target: Deployment): readonly ResourceTask[] {
  const { template, resolver } = currentResolver(simulator, stack, target);
  const there = Object.entries(template.Resources).filter(
    ([, { Condition }]) => Condition === undefined || resolver.condition(Condition),
  );
  return there.map(([logicalId, resource]) => ({
    logicalId,
    kind: "put",
    needs: dependenciesOf(template, resource),
    state: "waiting",
  }));
}
