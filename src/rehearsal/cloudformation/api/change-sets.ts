import { setStackStatus } from "../../engine/events.ts";
import { addStack } from "../../engine/operations.ts";
import { sameValue } from "../../model/diff.ts";
import { uuid } from "../../state/hash.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { Deployment, SimulatedChangeSet, SimulatedStack, StackOperation } from "../../state/stack.ts";
import type { Scope } from "../../state/state.ts";
import { type Call, type CallResult, flag, needed, text } from "../../wire/call.ts";
import { AwsError, invalid, Unresolvable } from "../../wire/error.ts";
import { missingInBrackets, stackCalled, theChangeSet, theStack } from "../find.ts";
import { liveResources } from "../live-resources.ts";
import { previewOf } from "../preview.ts";
import { exists } from "../resources.ts";
import { type ChangeSetDraft, draftOf } from "./change-set-draft.ts";
import { deploymentOf } from "./deployment.ts";
import { deploymentModeOf } from "./deployment-mode.ts";
import { checkRoot, dropNested, withNested } from "./nested-change-sets.ts";
import { checkUpdatable, draftStack } from "./stacks.ts";

/** CloudFormation takes a few seconds to create a change set. */
const SECONDS = 3;

export function createChangeSet(simulator: Simulator, call: Call): CallResult {
  const { input, scope } = call;
  const [stackName, name] = [needed(input, "StackName"), needed(input, "ChangeSetName")];
  const type = text(input, "ChangeSetType") ?? "UPDATE";
  if (type === "IMPORT") throw invalid("ChangeSetType IMPORT is not simulated, only CREATE and UPDATE");
  const there = stackCalled(simulator.state, scope, stackName);
  const token = text(input, "ClientToken");
  const same = there?.changeSets.find((one) => one.name === name);
  if (there && same && token !== undefined && same.token === token) return { Id: same.id, StackId: there.id };
  checkStackFor(there, type, stackName, name);
  if (same)
    throw new AwsError(
      "AlreadyExistsException",
      same.token === token
        ? `ChangeSet ${name} already exists`
        : `ChangeSet ${name} cannot be created due to a mismatch with existing attribute ClientToken`,
    );
  if (type !== "CREATE" && text(input, "OnStackFailure") === "DELETE")
    throw invalid("OnStackFailure DELETE can only be specified for a change set of type CREATE.");
  const deployment = deploymentOf(simulator, call, there);
  if (!there) checkEvaluates(simulator, draftStack(simulator, call, stackName), deployment);
  const stack = there ?? underReview(simulator, scope, stackName);
  const changeSet = build(simulator, call, stack, deployment, { name, type: type as SimulatedChangeSet["type"] });
  stack.changeSets.push(changeSet);
  return { Id: changeSet.id, StackId: stack.id };
}

/** Throws the errors of the call, before a stack in review is created. */
function checkEvaluates(simulator: Simulator, stack: SimulatedStack, deployment: Deployment): void {
  try {
    previewOf(simulator, stack, deployment, { told: true });
  } catch (error) {
    if (!(error instanceof Unresolvable)) throw error;
  }
}

function build(
  simulator: Simulator,
  call: Call,
  stack: SimulatedStack,
  deployment: Deployment,
  about: Pick<SimulatedChangeSet, "name" | "type">,
): SimulatedChangeSet {
  const { input, scope } = call;
  const { now, seed } = simulator.state;
  simulator.state.serial += 1;
  const id = uuid(seed, stack.id, "change set", about.name, stack.events.length, stack.changeSets.length, now);
  const description = text(input, "Description");
  const onStackFailure = text(input, "OnStackFailure") as StackOperation["onFailure"] | undefined;
  const token = text(input, "ClientToken");
  const mode = deploymentModeOf(call);
  const reverts = text(input, "DeploymentMode") === "REVERT_DRIFT";
  const against = reverts ? { ...stack, resources: liveResources(simulator, stack) } : stack;
  const validate = !flag(input, "DisableValidation");
  const made: SimulatedChangeSet = {
    ...about,
    id: `arn:aws:cloudformation:${scope.region}:${scope.account}:changeSet/${about.name}/${id}`,
    created: now,
    due: now + SECONDS * 1000,
    deployment,
    ...withDrift(draftOf(simulator, against, deployment, { validate, reverts }), stack, reverts ? against : undefined),
    ...(description !== undefined && { description }),
    ...(onStackFailure !== undefined && { onStackFailure }),
    ...(mode && { mode }),
    ...(reverts && { reverts }),
    ...(token !== undefined && { token }),
  };
  return flag(input, "IncludeNestedStacks") ? withNested(simulator, against, made, { validate, reverts }) : made;
}

/**
 * The changes with the drift status of each existing resource (API Reference, "ResourceChange": ResourceDriftStatus).
 */
function withDrift(
  draft: ChangeSetDraft,
  { resources }: SimulatedStack,
  real: SimulatedStack | undefined,
): ChangeSetDraft {
  if (real === undefined) return draft;
  const changes = draft.changes.map((change) => {
    const [made, now] = [resources[change.logicalId], real.resources[change.logicalId]];
    if (!exists(made)) return change;
    const drift = !exists(now) ? "DELETED" : sameValue(made.properties, now.properties) ? "IN_SYNC" : "MODIFIED";
    return { ...change, drift } as const;
  });
  return { ...draft, changes };
}

function checkStackFor(stack: SimulatedStack | undefined, type: string, stackName: string, name: string): void {
  if (type === "CREATE") {
    if (!stack) return;
    if (stack.status !== "REVIEW_IN_PROGRESS") {
      throw invalid(`Stack [${stackName}] already exists and cannot be created again with the changeSet [${name}].`);
    }
    return;
  }
  if (!stack) throw invalid(missingInBrackets(stackName));
  checkUpdatable(stack);
}

function underReview(simulator: Simulator, scope: Scope, name: string): SimulatedStack {
  const stack = addStack(simulator, scope, name);
  setStackStatus(simulator.state, stack, "REVIEW_IN_PROGRESS", "User Initiated");
  return stack;
}

/** A change set's current statuses. */
export function changeSetStatus(
  simulator: Simulator,
  stack: SimulatedStack,
  changeSet: SimulatedChangeSet,
): { readonly status: string; readonly execution: string } {
  if (simulator.state.now < changeSet.due) return { status: "CREATE_IN_PROGRESS", execution: "UNAVAILABLE" };
  if (changeSet.failure !== undefined) return { status: "FAILED", execution: "UNAVAILABLE" };
  return { status: "CREATE_COMPLETE", execution: executionOf(stack, changeSet) };
}

function executionOf(stack: SimulatedStack, changeSet: SimulatedChangeSet): string {
  const execution = stack.executions?.find((one) => one.changeSet.id === changeSet.id);
  if (!execution) return changeSet.obsolete ? "OBSOLETE" : "AVAILABLE";
  if (stack.operation?.id === execution.operation) return "EXECUTE_IN_PROGRESS";
  const ending = stack.events.findLast(
    ({ operation, physicalId }) => operation === execution.operation && physicalId === stack.id,
  );
  return /FAILED|ROLLBACK/.test(ending?.status ?? "") ? "EXECUTE_FAILED" : "EXECUTE_COMPLETE";
}

export function deleteChangeSet(simulator: Simulator, call: Call): CallResult {
  const [stackName, name] = [text(call.input, "StackName"), needed(call.input, "ChangeSetName")];
  if (!name.startsWith("arn:") && stackName !== undefined)
    theStack(simulator.state, call.scope, stackName, missingInBrackets);
  const found = find(simulator, call, stackName, name);
  if (found && changeSetStatus(simulator, found.stack, found.changeSet).execution === "EXECUTE_IN_PROGRESS")
    throw new AwsError(
      "InvalidChangeSetStatus",
      `ChangeSet [${found.changeSet.id}] cannot be deleted in its current execution status of [EXECUTE_IN_PROGRESS]`,
    );
  if (found) {
    checkRoot(found.changeSet);
    dropNested(simulator, [found.changeSet]);
  }
  const at = found?.stack.changeSets.indexOf(found.changeSet) ?? -1;
  if (at >= 0) found?.stack.changeSets.splice(at, 1);
  return {};
}

/** Deleting what is not there succeeds. */
function find(simulator: Simulator, call: Call, stackName: string | undefined, name: string) {
  try {
    return theChangeSet(simulator.state, call.scope, stackName, name);
  } catch (error) {
    if (error instanceof AwsError && error.code === "ChangeSetNotFound") return undefined;
    throw error;
  }
}
