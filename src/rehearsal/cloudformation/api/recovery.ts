import { startReadyTasks } from "../../engine/advance.ts";
import { deletions } from "../../engine/deletions.ts";
import { setStackStatus } from "../../engine/events.ts";
import { cancelRunning } from "../../engine/fail.ts";
import { newOperation, openOperation } from "../../engine/operations.ts";
import { beginUpdateRollback, endOperation } from "../../engine/stages.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { ResourceTask, SimulatedStack, StackOperation } from "../../state/stack.ts";
import { type Call, type CallResult, needed, text, texts } from "../../wire/call.ts";
import { invalid } from "../../wire/error.ts";
import { missingInBrackets, theStack } from "../find.ts";

export function cancelUpdateStack(simulator: Simulator, call: Call): CallResult {
  const stack = theStack(simulator.state, call.scope, needed(call.input, "StackName"), missingInBrackets);
  const { operation } = stack;
  if (!operation || stack.status !== "UPDATE_IN_PROGRESS") {
    throw invalid("CancelUpdateStack cannot be called from current stack status");
  }
  const token = text(call.input, "ClientRequestToken");
  const { token: _, ...rest } = operation;
  // The following events carry this call's token.
  const undone = { ...rest, ...(token !== undefined && { token }) };
  cancelRunning(simulator, stack, operation);
  stack.operation = undone;
  if (token !== undefined) stack.tokens.push(`cancel ${token}`);
  beginUpdateRollback(simulator, stack, undone, "User Initiated");
  startReadyTasks(simulator, stack);
  return {};
}

export function continueUpdateRollback(simulator: Simulator, call: Call): CallResult {
  const stack = theStack(simulator.state, call.scope, needed(call.input, "StackName"), missingInBrackets);
  const { parked } = stack;
  if (stack.status !== "UPDATE_ROLLBACK_FAILED" || !parked) {
    // AWS's message has the operation's internal name.
    throw invalid("RollbackUpdatedStack cannot be called from current stack status");
  }
  const skip = texts(call.input, "ResourcesToSkip");
  const failed = Object.values(parked.tasks)
    .filter(({ state }) => state === "failed")
    .map(({ logicalId }) => logicalId);
  const others = skip.filter((id) => !failed.includes(id));
  if (others.length > 0) {
    throw invalid(
      `Resources to skip [${others.join(", ")}] are not in a state that can be skipped: only resources that failed to roll back can be skipped`,
    );
  }
  const left = Object.values(parked.tasks).filter(({ state }) => state !== "done");
  const ids = new Set(left.map(({ logicalId }) => logicalId));
  const tasks = left.map(
    ({ logicalId, kind, needs }): ResourceTask => ({
      logicalId,
      kind,
      needs: needs.filter((id) => ids.has(id)),
      state: "waiting",
    }),
  );
  resume(simulator, stack, { ...parked, kind: "continue", skip }, tasks, text(call.input, "ClientRequestToken"));
  return {};
}

function resume(
  simulator: Simulator,
  stack: SimulatedStack,
  operation: StackOperation,
  tasks: readonly ResourceTask[],
  token: string | undefined,
): void {
  delete stack.parked;
  const { token: _, ...rest } = operation;
  const again = {
    ...rest,
    id: newOperation(simulator, stack, operation.kind, {}, { creating: operation.creating }).id,
    ...(token !== undefined && { token }),
  };
  openOperation(simulator, stack, again, "rollback", tasks, "User Initiated");
  startReadyTasks(simulator, stack);
}

export function rollbackStack(simulator: Simulator, call: Call): CallResult {
  const stack = theStack(simulator.state, call.scope, needed(call.input, "StackName"), missingInBrackets);
  const token = text(call.input, "ClientRequestToken");
  const { parked } = stack;
  if (stack.status === "CREATE_FAILED") {
    delete stack.parked;
    const operation = newOperation(simulator, stack, "rollback", token === undefined ? {} : { token }, {
      creating: true,
    });
    openOperation(simulator, stack, operation, "rollback", deletions(Object.values(stack.resources)), "User Initiated");
    startReadyTasks(simulator, stack);
    return { StackId: stack.id };
  }
  if (stack.status === "UPDATE_FAILED" && parked) {
    delete stack.parked;
    const { token: _, ...rest } = parked;
    stack.operation = { ...rest, kind: "rollback", ...(token !== undefined && { token }) };
    beginUpdateRollback(simulator, stack, stack.operation, "User Initiated");
    startReadyTasks(simulator, stack);
    return { StackId: stack.id };
  }
  // There is nothing to roll back: the stack is in its last stable state.
  if (/^(CREATE|UPDATE|UPDATE_ROLLBACK)_COMPLETE$/.test(stack.status)) {
    setStackStatus(simulator.state, stack, "UPDATE_ROLLBACK_IN_PROGRESS", "User Initiated");
    endOperation(simulator, stack, "UPDATE_ROLLBACK_COMPLETE");
    return { StackId: stack.id };
  }
  throw invalid(`Stack:${stack.id} is in ${stack.status} state and can not be rolled back.`);
}
