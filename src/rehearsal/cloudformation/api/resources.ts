import type { Simulator } from "../../state/simulator.ts";
import type { SimulatedResource, SimulatedStack } from "../../state/stack.ts";
import { type Call, type CallResult, needed, text } from "../../wire/call.ts";
import { invalid } from "../../wire/error.ts";
import { stacksAt, theStack } from "../find.ts";
import { iso, page } from "./pages.ts";

export function listStackResources(simulator: Simulator, call: Call): CallResult {
  const stack = theStack(simulator.state, call.scope, needed(call.input, "StackName"));
  const { items, next } = page(resourcesOf(stack), text(call.input, "NextToken"));
  return {
    StackResourceSummaries: items.map((resource) => ({
      ...commonOf(resource),
      LastUpdatedTimestamp: iso(resource.at),
    })),
    NextToken: next,
  };
}

/** Resources that DescribeStackResources shows at most; ListStackResources shows all (API Reference). */
const MOST = 100;

export function describeStackResources(simulator: Simulator, call: Call): CallResult {
  const { input, scope } = call;
  const physical = text(input, "PhysicalResourceId");
  // API Reference, "DescribeStackResources", StackName.
  if (physical !== undefined && text(input, "StackName") !== undefined)
    throw invalid("Only one of StackName and PhysicalResourceId can be specified.");
  const stack =
    physical === undefined
      ? theStack(simulator.state, scope, text(input, "StackName"))
      : owner(simulator, call, physical);
  const logical = text(input, "LogicalResourceId");
  const found = resourcesOf(stack).filter(({ logicalId }) => logical === undefined || logicalId === logical);
  return {
    StackResources: found.slice(0, MOST).map((resource) => ({
      ...commonOf(resource),
      StackId: stack.id,
      StackName: stack.name,
      Timestamp: iso(resource.at),
    })),
  };
}

export function describeStackResource(simulator: Simulator, call: Call): CallResult {
  const named = needed(call.input, "StackName");
  const stack = theStack(simulator.state, call.scope, named, (name) => `Stack '${name}' does not exist`);
  const id = needed(call.input, "LogicalResourceId");
  const resource = stack.resources[id];
  if (!resource) throw invalid(`Resource ${id} does not exist for stack ${named}`);
  return {
    StackResourceDetail: {
      ...commonOf(resource),
      StackId: stack.id,
      StackName: stack.name,
      LastUpdatedTimestamp: iso(resource.at),
      // Present even if the template has none (localstack's test_resources, recorded 2025-10-16).
      Metadata: JSON.stringify(resource.metadata ?? {}),
    },
  };
}

function owner(simulator: Simulator, call: Call, physicalId: string): SimulatedStack {
  const stack = stacksAt(simulator.state, call.scope).findLast(
    (one) =>
      one.status !== "DELETE_COMPLETE" &&
      Object.values(one.resources).some((resource) => resource.physicalId === physicalId),
  );
  if (!stack) throw invalid(`Stack for ${physicalId} does not exist`);
  return stack;
}

/** A stack's resources in the order in which they were first made. */
const resourcesOf = (stack: SimulatedStack) => Object.values(stack.resources);

function commonOf(resource: SimulatedResource): CallResult {
  return {
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.physicalId === "" ? undefined : resource.physicalId,
    ResourceType: resource.type,
    ResourceStatus: resource.status,
    ResourceStatusReason: resource.reason,
    DriftInformation: {
      StackResourceDriftStatus: resource.drift?.status ?? "NOT_CHECKED",
      ...(resource.drift && { LastCheckTimestamp: iso(resource.drift.at) }),
    },
  };
}
