import { startReadyTasks } from "../../engine/advance.ts";
import { setStackStatus } from "../../engine/events.ts";
import { cancelRunning } from "../../engine/fail.ts";
import { addStack, nextId, openCreate, openDelete, openUpdate } from "../../engine/operations.ts";
import { endOperation } from "../../engine/stages.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { SimulatedStack, StackOperation } from "../../state/stack.ts";
import { type Call, type CallResult, flag, needed, text, texts } from "../../wire/call.ts";
import { AwsError, invalid, Unresolvable } from "../../wire/error.ts";
import { missingInBrackets, stackCalled, theStack } from "../find.ts";
import { hasChanges } from "../has-changes.ts";
import { importersOf } from "../imports.ts";
import { previewOf } from "../preview.ts";
import { isRepeated } from "../request-tokens.ts";
import { checkRole, deploymentOf } from "./deployment.ts";
import { deploymentModeOf, optionsOf, setMode } from "./deployment-mode.ts";
import { isProtected, policyOf } from "./protection.ts";

/** States from which a stack can be updated. */
const UPDATABLE = new Set([
  "CREATE_COMPLETE",
  "CREATE_FAILED",
  "IMPORT_COMPLETE",
  "IMPORT_ROLLBACK_COMPLETE",
  "UPDATE_COMPLETE",
  "UPDATE_FAILED",
  "UPDATE_ROLLBACK_COMPLETE",
]);

/** Throws AWS's refusal if the stack cannot be updated in the state it is in. */
export function checkUpdatable(stack: SimulatedStack): void {
  if (!UPDATABLE.has(stack.status))
    throw invalid(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
  if (stack.status === "CREATE_FAILED" && stack.givenUp)
    throw invalid(
      "This stack cannot be updated from [CREATE_FAILED] state because it contains [on-failure: DO_NOTHING]. Please use disable-rollback option instead during stack creation.",
    );
}

export function createStack(simulator: Simulator, call: Call): CallResult {
  const { input, scope } = call;
  const name = needed(input, "StackName");
  const token = text(input, "ClientRequestToken");
  const there = stackCalled(simulator.state, scope, name);
  if (there && token !== undefined && there.tokens.includes(`create ${token}`)) return { StackId: there.id };
  // A stack in review can be created; its change sets become obsolete (localstack's test_create_while_in_review,
  // 2023-11-22).
  if (there && there.status !== "REVIEW_IN_PROGRESS")
    throw new AwsError("AlreadyExistsException", `Stack [${name}] already exists`);
  const onFailure = text(input, "OnFailure");
  if (onFailure !== undefined && input.DisableRollback !== undefined)
    throw invalid("Either DisableRollback or OnFailure can be specified, not both.");
  const mode = deploymentModeOf(call);
  const target = deploymentOf(simulator, call, undefined);
  const stopped = unresolvable(() => {
    previewOf(simulator, draftStack(simulator, call, name), target);
  });
  const stack = there ?? addStack(simulator, scope, name);
  for (const changeSet of stack.changeSets) changeSet.obsolete = true;
  stack.terminationProtection = flag(input, "EnableTerminationProtection");
  if (onFailure === "DO_NOTHING") stack.givenUp = true;
  const policy = policyOf(simulator, call, "StackPolicyBody", "StackPolicyURL");
  if (policy !== undefined) stack.policy = policy;
  const byMode = optionsOf(mode);
  setMode(stack, mode);
  openCreate(simulator, stack, target, {
    ...byMode,
    stopped,
    onFailure:
      (onFailure as StackOperation["onFailure"] | undefined) ??
      (flag(input, "DisableRollback") ? "DO_NOTHING" : byMode.onFailure),
    ...(flag(input, "RetainExceptOnCreate") && { retainExceptOnCreate: true }),
    ...(token !== undefined && { token }),
  });
  startReadyTasks(simulator, stack);
  return begun(stack);
}

/** The answer of a call that began an operation. */
function begun(stack: SimulatedStack): CallResult {
  return { StackId: stack.id, OperationId: stack.operation?.id ?? stack.lastOperation };
}

/** Why the operation will fail at once although the call is accepted: a missing export, a missing secret. */
function unresolvable(work: () => void): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof Unresolvable) return error.message;
    throw error;
  }
}

/** A stack that does not exist yet, to preview its creation. */
export function draftStack(simulator: Simulator, call: Call, name: string): SimulatedStack {
  const none = { status: "", created: 0, disableRollback: false, terminationProtection: false };
  const empty = { resources: {}, incarnations: {}, outputs: [], events: [], changeSets: [], tokens: [] };
  return { id: nextId(simulator, call.scope, name), name, ...call.scope, ...none, ...empty };
}

export function updateStack(simulator: Simulator, call: Call): CallResult {
  const { input, scope } = call;
  const stack = theStack(simulator.state, scope, needed(input, "StackName"), missingInBrackets);
  const token = text(input, "ClientRequestToken");
  if (isRepeated(stack, token, "update")) return { StackId: stack.id };
  checkUpdatable(stack);
  const byMode = optionsOf(deploymentModeOf(call));
  const target = deploymentOf(simulator, call, stack);
  const stopped = unresolvable(() => {
    if (!hasChanges(simulator, stack, target)) throw invalid("No updates are to be performed.");
  });
  // It applies to later updates only (localstack's test_set_policy_with_update_operation, recorded 2022-11-17).
  const policy = policyOf(simulator, call, "StackPolicyBody", "StackPolicyURL");
  const during = policyOf(simulator, call, "StackPolicyDuringUpdateBody", "StackPolicyDuringUpdateURL");
  setMode(stack, deploymentModeOf(call));
  openUpdate(simulator, stack, target, {
    ...byMode,
    stopped,
    onFailure: flag(input, "DisableRollback") ? "DO_NOTHING" : byMode.onFailure,
    ...(flag(input, "RetainExceptOnCreate") && { retainExceptOnCreate: true }),
    ...(token !== undefined && { token }),
    ...(policy !== undefined && { policyAfter: policy }),
    ...(during !== undefined && { policyDuringUpdate: during }),
  });
  startReadyTasks(simulator, stack);
  for (const changeSet of stack.changeSets) changeSet.obsolete = true;
  // The stack was updated without a change set (localstack's test_no_echo_parameter, recorded 2025-08-15).
  delete stack.executed;
  return begun(stack);
}

export function deleteStack(simulator: Simulator, call: Call): CallResult {
  const { input, scope } = call;
  const name = needed(input, "StackName");
  const stack = stackCalled(simulator.state, scope, name);
  const token = text(input, "ClientRequestToken");
  if (!stack || stack.status === "DELETE_COMPLETE" || stack.status === "DELETE_IN_PROGRESS") return {};
  if (isRepeated(stack, token, "delete")) return {};
  if (isProtected(simulator, stack))
    throw invalid(`Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`);
  checkRole(simulator, call, text(input, "RoleARN"));
  const retain = texts(input, "RetainResources");
  if (retain.length > 0 && stack.status !== "DELETE_FAILED") {
    throw invalid(
      `Invalid operation on stack [${stack.id}]. Specify resources to retain only when the stack is in the DELETE_FAILED state.`,
    );
  }
  const forced = text(input, "DeletionMode") === "FORCE_DELETE_STACK";
  if (forced && stack.status !== "DELETE_FAILED") {
    throw invalid(
      `Invalid operation on stack [${stack.id}]. You can activate DeletionMode FORCE_DELETE_STACK in a delete stack operation only when the stack is in the DELETE_FAILED state.`,
    );
  }
  if (retain.some((id) => !stack.resources[id] || stack.resources[id].status === "DELETE_COMPLETE")) {
    throw invalid(
      "The specified resources to retain must be in a valid state. Do not specify resources that are in the DELETE_COMPLETE state.",
    );
  }
  if (/^UPDATE.*_IN_PROGRESS$/.test(stack.status))
    throw invalid(`Stack [${stack.id}] cannot be deleted while in status ${stack.status}`);
  if (stack.status === "REVIEW_IN_PROGRESS") {
    stack.changeSets.length = 0;
    stack.deleted = simulator.state.now;
    setStackStatus(simulator.state, stack, "DELETE_IN_PROGRESS", "User Initiated");
    endOperation(simulator, stack, "DELETE_COMPLETE");
    return {};
  }
  const inUse = exportInUse(simulator, stack);
  if (inUse) {
    // The stack does not fail: its status is as before, with the reason.
    const before = stack.status;
    setStackStatus(simulator.state, stack, "DELETE_IN_PROGRESS", "User Initiated");
    setStackStatus(simulator.state, stack, before, inUse);
    return {};
  }
  const mode = deploymentModeOf(call);
  if (stack.operation) cancelRunning(simulator, stack, stack.operation);
  openDelete(simulator, stack, {
    retain,
    ...(mode?.express && { express: true }),
    forced,
    ...(token !== undefined && { token }),
  });
  startReadyTasks(simulator, stack);
  return {};
}

/** Why the stack cannot be deleted: an export that other stacks import. */
function exportInUse(simulator: Simulator, stack: SimulatedStack): string | undefined {
  for (const { exportName } of stack.outputs) {
    const users = exportName === undefined ? [] : importersOf(simulator, stack, exportName).map(({ name }) => name);
    if (users.length > 0) return `Export ${exportName} cannot be deleted as it is in use by ${users.join(" and ")}`;
  }
  return undefined;
}
