import type { Simulator } from "../../state/simulator.ts";
import type { ChangeDetail, ResourceChange, SimulatedChangeSet, SimulatedStack } from "../../state/stack.ts";
import { type Call, type CallResult, flag, needed, text } from "../../wire/call.ts";
import { missingInBrackets, theChangeSet, theStack } from "../find.ts";
import { changeSetStatus } from "./change-sets.ts";
import { shownMode } from "./deployment-mode.ts";
import { parametersOf } from "./describe.ts";
import { iso, page, pairs, someOf } from "./pages.ts";

export function describeChangeSet(simulator: Simulator, call: Call): CallResult {
  const { input, scope } = call;
  const { stack, changeSet } = theChangeSet(
    simulator.state,
    scope,
    text(input, "StackName"),
    needed(input, "ChangeSetName"),
  );
  const { deployment } = changeSet;
  const { status, execution } = changeSetStatus(simulator, stack, changeSet);
  const ready = status === "CREATE_COMPLETE";
  const withValues = flag(input, "IncludePropertyValues");
  const told = changeSet.changes.flatMap((change) => toldOf(change, withValues)).toSorted(byLogicalId);
  const { items, next } = page(ready ? told : [], text(input, "NextToken"));
  return {
    ...heads(simulator, stack, changeSet),
    ...(ready && withValues && changeSet.warning !== undefined && { StatusReason: changeSet.warning }),
    Parameters: someOf(parametersOf(simulator, stack, deployment)),
    ExecutionStatus: execution,
    NotificationARNs: [...deployment.notifications],
    RollbackConfiguration: deployment.rollback ?? {},
    DeploymentConfig: shownMode(changeSet),
    Capabilities: [...deployment.capabilities],
    Tags: someOf(pairs(deployment.tags, "Key", "Value")),
    Changes: items.map((change) => changeOf(change, withValues)),
    NextToken: next,
    OnStackFailure: changeSet.onStackFailure,
    ImportExistingResources: deployment.adopts,
  };
}

function heads(simulator: Simulator, stack: SimulatedStack, changeSet: SimulatedChangeSet): CallResult {
  const { status } = changeSetStatus(simulator, stack, changeSet);
  return {
    ChangeSetId: changeSet.id,
    ChangeSetName: changeSet.name,
    StackId: stack.id,
    StackName: stack.name,
    Description: changeSet.description,
    CreationTime: iso(changeSet.created),
    Status: status,
    StatusReason: status === "FAILED" ? changeSet.failure : undefined,
    IncludeNestedStacks: changeSet.nested ?? false,
    ParentChangeSetId: changeSet.parent,
    RootChangeSetId: changeSet.root,
  };
}

export function listChangeSets(simulator: Simulator, call: Call): CallResult {
  const stack = theStack(simulator.state, call.scope, needed(call.input, "StackName"), missingInBrackets);
  const { items, next } = page(stack.changeSets, text(call.input, "NextToken"));
  return {
    Summaries: items.map((one) => ({
      ...heads(simulator, stack, one),
      ExecutionStatus: changeSetStatus(simulator, stack, one).execution,
    })),
    NextToken: next,
  };
}

/**
 * The order of changes: by logical id, a longer one before what it begins with (localstack's test_cdk_bootstrap_redeploy,
 * recorded 2025-08-07).
 */
function byLogicalId({ logicalId: a }: ResourceChange, { logicalId: b }: ResourceChange): number {
  if (a.startsWith(b) || b.startsWith(a)) return b.length - a.length;
  return a < b ? -1 : 1;
}

/** A change with the details that this request shows; nothing if none is left. */
function toldOf(change: ResourceChange, withValues: boolean): readonly ResourceChange[] {
  const details = change.details.filter(({ only }) => only === undefined || (only === "values") === withValues);
  return details.length === 0 && change.details.length > 0 ? [] : [{ ...change, details }];
}

function changeOf(change: ResourceChange, withValues: boolean): CallResult {
  return {
    Type: "Resource",
    ResourceChange: {
      PolicyAction: change.policyAction,
      Action: change.action,
      LogicalResourceId: change.logicalId,
      PhysicalResourceId: change.physicalId,
      ResourceType: change.type,
      Replacement: change.replacement,
      ResourceDriftStatus: change.drift,
      Scope: [...change.scope],
      ChangeSetId: change.changeSet,
      Details: change.details.map((detail) => detailOf(detail, withValues)),
      ...(withValues && { BeforeContext: change.before, AfterContext: change.after }),
    },
  };
}

function detailOf(detail: ChangeDetail, withValues: boolean): CallResult {
  return {
    Target: {
      Attribute: detail.attribute,
      Name: detail.name,
      RequiresRecreation: detail.recreation,
      ...(withValues && {
        Path: detail.path,
        BeforeValue: detail.before,
        AfterValue: detail.after,
        AttributeChangeType: detail.changeType,
      }),
    },
    Evaluation: detail.evaluation,
    ChangeSource: detail.source,
    CausingEntity: detail.cause,
  };
}
