import { startReadyTasks } from "../../engine/advance.ts";
import { openCreate, openUpdate } from "../../engine/operations.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { SimulatedChangeSet } from "../../state/stack.ts";
import type { Scope } from "../../state/state.ts";
import { templateIn } from "../../template/parsed-templates.ts";
import { type Call, type CallResult, flag, needed, text } from "../../wire/call.ts";
import { AwsError, invalid } from "../../wire/error.ts";
import { storedNow } from "../external-values.ts";
import { stacksAt, theChangeSet } from "../find.ts";
import { liveResources } from "../live-resources.ts";
import { changeSetStatus } from "./change-sets.ts";
import { optionsOf, setMode } from "./deployment-mode.ts";
import { checkRoot, dropNested } from "./nested-change-sets.ts";
import { checkUpdatable } from "./stacks.ts";

export function executeChangeSet(simulator: Simulator, call: Call): CallResult {
  const { input, scope } = call;
  const [stackName, name] = [text(input, "StackName"), needed(input, "ChangeSetName")];
  const token = text(input, "ClientRequestToken");
  if (token !== undefined && alreadyDone(simulator, scope, stackName, name, token)) return {};
  const { stack, changeSet } = theChangeSet(simulator.state, scope, stackName, name);
  const { status, execution } = changeSetStatus(simulator, stack, changeSet);
  if (status !== "CREATE_COMPLETE" || execution !== "AVAILABLE") {
    const why = status === "CREATE_COMPLETE" ? `execution status of [${execution}]` : `status of [${status}]`;
    throw new AwsError(
      "InvalidChangeSetStatus",
      `ChangeSet [${changeSet.id}] cannot be executed in its current ${why}`,
    );
  }
  if (changeSet.type === "UPDATE") checkUpdatable(stack);
  else if (stack.status !== "REVIEW_IN_PROGRESS")
    throw invalid(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
  // API Reference, "ExecuteChangeSet", DisableRollback.
  if (input.DisableRollback !== undefined && changeSet.onStackFailure !== undefined)
    throw invalid("DisableRollback cannot be specified for a change set that was created with OnStackFailure.");
  checkRoot(changeSet);
  checkStored(simulator, stack, changeSet);
  // All of them: none applies to the stack any more ("Execute a change set").
  dropNested(simulator, stack.changeSets);
  stack.changeSets.length = 0;
  const byMode = optionsOf(changeSet.mode);
  const onFailure = flag(input, "DisableRollback") ? "DO_NOTHING" : (changeSet.onStackFailure ?? byMode.onFailure);
  const options = {
    ...byMode,
    onFailure,
    ...(flag(input, "RetainExceptOnCreate") && { retainExceptOnCreate: true as const }),
    ...(token !== undefined && { token }),
  };
  stack.updated = simulator.state.now;
  setMode(stack, changeSet.mode);
  if (changeSet.reverts) Object.assign(stack.resources, liveResources(simulator, stack));
  // Before the operation begins: one that fails at once clears it.
  stack.executed = changeSet.id;
  if (changeSet.type === "CREATE") openCreate(simulator, stack, changeSet.deployment, options);
  else openUpdate(simulator, stack, changeSet.deployment, options);
  startReadyTasks(simulator, stack);
  const operation = stack.operation?.id ?? stack.lastOperation ?? "";
  stack.executions = [...(stack.executions ?? []), { changeSet, operation }];
  return {};
}

/** The SSM parameters must still have the values that the change set was created with (aws-cdk#14467: the message). */
function checkStored(
  simulator: Simulator,
  scope: Scope,
  { deployment: { template, parameters, stored = {} } }: SimulatedChangeSet,
): void {
  const now = storedNow(simulator, scope, templateIn(simulator.blobs, template), parameters);
  const moved = Object.entries(stored).flatMap(([key, { stamp }]) => (now[key]?.stamp === stamp ? [] : [stamp]));
  if (moved.length > 0)
    throw invalid(
      `Parameters: [${moved.join(", ")}] last modified date does not match with the last modified date of the retrieved parameters.`,
    );
}

/** A retried call whose first answer was lost. */
function alreadyDone(
  simulator: Simulator,
  scope: Scope,
  stackName: string | undefined,
  name: string,
  token: string,
): boolean {
  const stacks = stacksAt(simulator.state, scope).filter(
    ({ tokens }) => tokens.includes(`create ${token}`) || tokens.includes(`update ${token}`),
  );
  return stacks.some((stack) => stack.executed === name || stack.name === stackName || stack.id === stackName);
}
