import type { Stage } from "../../stage.ts";
import { isFromSsm } from "../../template/parameters.ts";
import { type Call, needed, type Result, text, texts } from "../../wire/call.ts";
import { invalid } from "../../wire/error.ts";
import { stacksAt, theStack } from "../find.ts";
import { storedValue } from "../outside.ts";
import { isSecret, MASK } from "../scope.ts";
import type { Deployment, Operation, Stack } from "../stack.ts";
import { templateIn } from "../templates.ts";
import { shownMode } from "./deployment-mode.ts";
import { iso, page, pairs, someOf } from "./pages.ts";
import { isProtected } from "./protection.ts";

export function describeStacks(stage: Stage, call: Call): Result {
  const name = text(call.input, "StackName");
  if (name !== undefined && name !== "") return { Stacks: [stackOf(stage, theStack(stage.world, call.place, name))] };
  const live = stacksAt(stage.world, call.place)
    .filter(({ status }) => status !== "DELETE_COMPLETE")
    .toReversed();
  const { items, next } = page(live, text(call.input, "NextToken"));
  return { Stacks: items.map((stack) => stackOf(stage, stack)), NextToken: next };
}

function stackOf(stage: Stage, stack: Stack): Result {
  const { deployed } = stack;
  // An update's tags and topics are told from its beginning (localstack's test_update_stack, recorded 2022-11-21).
  const { stage: at, target } = stack.operation ?? {};
  const coming = (at === "forward" ? target : undefined) ?? deployed;
  const description = deployed && templateIn(stage.blobs, deployed.template).Description;
  return {
    StackId: stack.id,
    StackName: stack.name,
    ChangeSetId: stack.executed,
    Description: description,
    Parameters: someOf(deployed ? parametersOf(stage, stack, deployed) : []),
    CreationTime: iso(stack.created),
    DeletionTime: stack.deleted === undefined ? undefined : iso(stack.deleted),
    LastUpdatedTime: stack.updated === undefined ? undefined : iso(stack.updated),
    RollbackConfiguration: deployed?.rollback ?? {},
    StackStatus: stack.status,
    StackStatusReason: stack.reason,
    DetailedStatus: stack.detailed,
    DisableRollback: stack.disableRollback,
    DeploymentConfig: shownMode(stack),
    NotificationARNs: [...(coming?.notifications ?? [])],
    TimeoutInMinutes: deployed?.timeoutMinutes,
    Capabilities: someOf([...(deployed?.capabilities ?? [])]),
    Outputs: someOf(
      stack.outputs.map(({ key, value, description, exportName }) => ({
        OutputKey: key,
        OutputValue: value,
        Description: description,
        ExportName: exportName,
      })),
    ),
    RoleARN: deployed?.role,
    ParentId: stack.parent,
    RootId: stack.root,
    Tags: pairs(coming?.tags ?? {}, "Key", "Value"),
    EnableTerminationProtection: stack.status === "DELETE_COMPLETE" ? undefined : isProtected(stage, stack),
    LastOperations: lastOf(stack),
    DriftInformation: {
      StackDriftStatus: stack.drift?.status ?? "NOT_CHECKED",
      ...(stack.drift && { LastCheckTimestamp: iso(stack.drift.at) }),
    },
  };
}

/** The latest operation and what it is (API Reference, "OperationEntry"; localstack's test_change_set_mappings, recorded 2026). */
function lastOf({ operation, lastOperation, lastKind }: Stack): Result[string] {
  const [id, kind] = operation ? [operation.id, operation.kind] : [lastOperation, lastKind];
  return id === undefined || kind === undefined ? undefined : [{ OperationType: OPERATIONS[kind], OperationId: id }];
}

const OPERATIONS: { readonly [kind in Operation["kind"]]: string } = {
  continue: "CONTINUE_ROLLBACK",
  create: "CREATE_STACK",
  delete: "DELETE_STACK",
  rollback: "ROLLBACK",
  update: "UPDATE_STACK",
};

/** A deployment's parameters as they are shown: secret ones masked, SSM ones with what they stand for. */
export function parametersOf(stage: Stage, stack: Stack, deployment: Deployment): readonly Result[] {
  const { template, parameters } = deployment;
  const declared = templateIn(stage.blobs, template).Parameters ?? {};
  return Object.entries(parameters).map(([key, value]) => {
    const parameter = declared[key];
    const resolved =
      parameter && isFromSsm(parameter)
        ? quietly(() => storedValue(stage, stack, deployment, key, parameter))
        : undefined;
    return {
      ParameterKey: key,
      ParameterValue: isSecret(parameter) ? MASK : value,
      ResolvedValue: resolved,
    };
  });
}

function quietly(read: () => string): string | undefined {
  try {
    return read();
  } catch {
    // The SSM parameter is gone since: the stack goes on without it.
    return undefined;
  }
}

export function listStacks(stage: Stage, call: Call): Result {
  const wanted = texts(call.input, "StackStatusFilter");
  const found = stacksAt(stage.world, call.place)
    .filter(({ status }) => wanted.length === 0 || wanted.includes(status))
    .toReversed();
  const { items, next } = page(found, text(call.input, "NextToken"));
  return {
    StackSummaries: items.map((stack) => ({
      StackId: stack.id,
      StackName: stack.name,
      TemplateDescription: stack.deployed && templateIn(stage.blobs, stack.deployed.template).Description,
      CreationTime: iso(stack.created),
      LastUpdatedTime: stack.updated === undefined ? undefined : iso(stack.updated),
      DeletionTime: stack.deleted === undefined ? undefined : iso(stack.deleted),
      StackStatus: stack.status,
      StackStatusReason: stack.reason,
      ParentId: stack.parent,
      RootId: stack.root,
      DriftInformation: { StackDriftStatus: stack.drift?.status ?? "NOT_CHECKED" },
    })),
    NextToken: next,
  };
}

export function describeAccountLimits(): Result {
  return {
    AccountLimits: [
      { Name: "StackLimit", Value: 2000 },
      { Name: "StackOutputsLimit", Value: 200 },
      { Name: "ConcurrentResourcesLimit", Value: 2500 },
    ],
  };
}

export function estimateTemplateCost(_: Stage, call: Call): Result {
  if (needed(call.input, "TemplateBody") === "") throw invalid("Template body is empty");
  return { Url: "http://calculator.s3.amazonaws.com/calc5.html" };
}
