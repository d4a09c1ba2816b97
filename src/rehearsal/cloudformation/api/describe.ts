import { withSecrets } from "../../resources/secrets.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { Deployment, SimulatedStack, StackOperation } from "../../state/stack.ts";
import { isFromSsm } from "../../template/parameters.ts";
import { templateIn } from "../../template/parsed-templates.ts";
import { type Call, type CallResult, needed, text, texts } from "../../wire/call.ts";
import { invalid } from "../../wire/error.ts";
import { storedValue } from "../external-values.ts";
import { stacksAt, theStack } from "../find.ts";
import { isSecret, MASK } from "../stack-resolver.ts";
import { shownMode } from "./deployment-mode.ts";
import { iso, page, pairs, someOf } from "./pages.ts";
import { isProtected } from "./protection.ts";

export function describeStacks(simulator: Simulator, call: Call): CallResult {
  const name = text(call.input, "StackName");
  if (name !== undefined && name !== "")
    return { Stacks: [stackOf(simulator, theStack(simulator.state, call.scope, name))] };
  const live = stacksAt(simulator.state, call.scope)
    .filter(({ status }) => status !== "DELETE_COMPLETE")
    .toReversed();
  const { items, next } = page(live, text(call.input, "NextToken"));
  return { Stacks: items.map((stack) => stackOf(simulator, stack)), NextToken: next };
}

function stackOf(simulator: Simulator, stack: SimulatedStack): CallResult {
  const { deployed } = stack;
  // An update's tags and topics are shown from its beginning (localstack's test_update_stack, recorded 2022-11-21).
  const { stage: at, target } = stack.operation ?? {};
  const coming = (at === "forward" ? target : undefined) ?? deployed;
  const description = deployed && templateIn(simulator.blobs, deployed.template).Description;
  return {
    StackId: stack.id,
    StackName: stack.name,
    ChangeSetId: stack.executed,
    Description: description,
    Parameters: someOf(deployed ? parametersOf(simulator, stack, deployed) : []),
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
        // A property with a secret's value shows the value, not the reference (localstack's
        // test_resolve_secretsmanager, 2024-07-18).
        OutputValue: withSecrets(simulator, stack, value),
        Description: description,
        ExportName: exportName,
      })),
    ),
    RoleARN: deployed?.role,
    ParentId: stack.parent,
    RootId: stack.root,
    Tags: pairs(coming?.tags ?? {}, "Key", "Value"),
    EnableTerminationProtection: stack.status === "DELETE_COMPLETE" ? undefined : isProtected(simulator, stack),
    LastOperations: lastOf(stack),
    DriftInformation: {
      StackDriftStatus: stack.drift?.status ?? "NOT_CHECKED",
      ...(stack.drift && { LastCheckTimestamp: iso(stack.drift.at) }),
    },
  };
}

/** The latest operation and what it is (API Reference, "OperationEntry"; localstack's test_change_set_mappings, recorded 2026). */
function lastOf({ operation, lastOperation, lastKind }: SimulatedStack): CallResult[string] {
  const [id, kind] = operation ? [operation.id, operation.kind] : [lastOperation, lastKind];
  return id === undefined || kind === undefined ? undefined : [{ OperationType: OPERATIONS[kind], OperationId: id }];
}

const OPERATIONS: { readonly [kind in StackOperation["kind"]]: string } = {
  continue: "CONTINUE_ROLLBACK",
  create: "CREATE_STACK",
  delete: "DELETE_STACK",
  rollback: "ROLLBACK",
  update: "UPDATE_STACK",
};

/** A deployment's parameters as they are displayed: NoEcho ones masked, SSM ones with their resolved values. */
export function parametersOf(
  simulator: Simulator,
  stack: SimulatedStack,
  deployment: Deployment,
): readonly CallResult[] {
  const { template, parameters } = deployment;
  const declared = templateIn(simulator.blobs, template).Parameters ?? {};
  return Object.entries(parameters).map(([key, value]) => {
    const parameter = declared[key];
    const resolved =
      parameter && isFromSsm(parameter)
        ? quietly(() => storedValue(simulator, stack, deployment, key, parameter))
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
    // The SSM parameter was deleted since.
    return undefined;
  }
}

export function listStacks(simulator: Simulator, call: Call): CallResult {
  const wanted = texts(call.input, "StackStatusFilter");
  const found = stacksAt(simulator.state, call.scope)
    .filter(({ status }) => wanted.length === 0 || wanted.includes(status))
    .toReversed();
  const { items, next } = page(found, text(call.input, "NextToken"));
  return {
    StackSummaries: items.map((stack) => ({
      StackId: stack.id,
      StackName: stack.name,
      TemplateDescription: stack.deployed && templateIn(simulator.blobs, stack.deployed.template).Description,
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

export function describeAccountLimits(): CallResult {
  return {
    AccountLimits: [
      { Name: "StackLimit", Value: 2000 },
      { Name: "StackOutputsLimit", Value: 200 },
      { Name: "ConcurrentResourcesLimit", Value: 2500 },
    ],
  };
}

export function estimateTemplateCost(_: Simulator, call: Call): CallResult {
  if (needed(call.input, "TemplateBody") === "") throw invalid("Template body is empty");
  return { Url: "http://calculator.s3.amazonaws.com/calc5.html" };
}
