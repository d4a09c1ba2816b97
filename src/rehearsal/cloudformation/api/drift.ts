import { isObject } from "../../../template/json.ts";
import type { Json } from "../../../template/types.ts";
import { sameValue } from "../../model/diff.ts";
import { uuid } from "../../state/hash.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { SimulatedResource, SimulatedStack } from "../../state/stack.ts";
import { isCustom } from "../../template/validate.ts";
import { type Call, type CallResult, needed, text, texts } from "../../wire/call.ts";
import { invalid } from "../../wire/error.ts";
import { missingInBrackets, stacksAt, theStack } from "../find.ts";
import { liveProperties } from "../live-resources.ts";
import { exists, serviceResourceOf } from "../resources.ts";
import { iso, page } from "./pages.ts";

export function detectStackDrift(simulator: Simulator, call: Call): CallResult {
  const stack = theStack(simulator.state, call.scope, needed(call.input, "StackName"), missingInBrackets);
  if (stack.operation || !stack.deployed || stack.status === "DELETE_COMPLETE") {
    throw invalid(
      `Drift detection operations cannot be performed on stack [${stack.id}] while it is in the ${stack.status} state`,
    );
  }
  const wanted = texts(call.input, "LogicalResourceIds");
  const chosen = Object.values(stack.resources).filter(
    ({ logicalId }) => wanted.length === 0 || wanted.includes(logicalId),
  );
  for (const resource of chosen) look(simulator, stack, resource);
  const drifted = Object.values(stack.resources).filter(
    ({ drift }) => drift?.status === "MODIFIED" || drift?.status === "DELETED",
  ).length;
  simulator.state.serial += 1;
  const id = uuid(simulator.state.seed, stack.id, "drift", simulator.state.serial);
  stack.drift = { id, at: simulator.state.now, status: drifted > 0 ? "DRIFTED" : "IN_SYNC", drifted };
  return { StackDriftDetectionId: id };
}

/** Compares the stack's resources with the live ones: only properties that the template sets, as AWS does. */
function look(simulator: Simulator, stack: SimulatedStack, resource: SimulatedResource): void {
  if (!exists(resource) || !isChecked(resource)) return;
  const item = serviceResourceOf(simulator, stack, resource);
  const at = simulator.state.now;
  if (!item) {
    resource.drift = { status: "DELETED", at };
    return;
  }
  const actual = liveProperties(simulator, stack, resource, item);
  resource.drift = { status: sameValue(resource.properties, actual) ? "IN_SYNC" : "MODIFIED", at, actual };
}

/**
 * Whether drift is detected on resources of this type: not on custom resources, nor on CloudFormation's own, of which a
 * nested stack has its drift detected by itself ("Detect unmanaged configuration changes … with drift detection").
 */
const isChecked = ({ type }: Pick<SimulatedResource, "type">) =>
  !isCustom(type) && !type.startsWith("AWS::CloudFormation::");

export function describeStackDriftDetectionStatus(simulator: Simulator, call: Call): CallResult {
  const id = needed(call.input, "StackDriftDetectionId");
  const stack = stacksAt(simulator.state, call.scope).find(({ drift }) => drift?.id === id);
  if (!stack?.drift) throw invalid(`Stack drift detection id ${id} does not exist`);
  return {
    StackId: stack.id,
    StackDriftDetectionId: id,
    StackDriftStatus: stack.drift.status,
    DetectionStatus: "DETECTION_COMPLETE",
    DriftedStackResourceCount: stack.drift.drifted,
    Timestamp: iso(stack.drift.at),
  };
}

export function describeStackResourceDrifts(simulator: Simulator, call: Call): CallResult {
  const { input, scope } = call;
  const stack = theStack(simulator.state, scope, needed(input, "StackName"), missingInBrackets);
  const filters = texts(input, "StackResourceDriftStatusFilters");
  const checked = Object.values(stack.resources).filter(
    ({ drift }) => drift !== undefined && (filters.length === 0 || filters.includes(drift.status)),
  );
  const { items, next } = page(checked, text(input, "NextToken"));
  return { StackResourceDrifts: items.map((resource) => driftOf(stack, resource)), NextToken: next };
}

export function detectStackResourceDrift(simulator: Simulator, call: Call): CallResult {
  const stack = theStack(simulator.state, call.scope, needed(call.input, "StackName"), missingInBrackets);
  const id = needed(call.input, "LogicalResourceId");
  const resource = stack.resources[id];
  if (!resource) throw invalid(`Resource ${id} does not exist for stack ${stack.name}`);
  if (!isChecked(resource)) throw invalid(`Drift detection is not supported for resource type ${resource.type}`);
  look(simulator, stack, resource);
  return { StackResourceDrift: driftOf(stack, resource) };
}

function driftOf(stack: SimulatedStack, resource: SimulatedResource): CallResult {
  const { drift, properties } = resource;
  return {
    StackId: stack.id,
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.physicalId,
    ResourceType: resource.type,
    // A deleted resource has no properties to compare ("StackResourceDrift").
    ExpectedProperties: drift?.actual === undefined ? undefined : JSON.stringify(properties),
    ActualProperties: drift?.actual === undefined ? undefined : JSON.stringify(drift.actual),
    PropertyDifferences: drift?.actual === undefined ? [] : differences(properties, drift.actual),
    StackResourceDriftStatus: drift?.status ?? "NOT_CHECKED",
    Timestamp: iso(drift?.at ?? resource.at),
  };
}

/** Each value that differs, by its path ("PropertyDifference"). */
function differences(expected: Json | undefined, actual: Json | undefined, path = ""): readonly CallResult[] {
  if (sameValue(expected, actual)) return [];
  if (isObject(expected) && isObject(actual)) {
    const names = [...new Set([...Object.keys(expected), ...Object.keys(actual)])];
    return names.flatMap((name) => differences(expected[name], actual[name], `${path}/${name}`));
  }
  if (Array.isArray(expected) && Array.isArray(actual)) return inLists(expected, actual, path);
  return [
    {
      PropertyPath: path,
      ExpectedValue: shown(expected),
      ActualValue: shown(actual),
      DifferenceType: expected === undefined ? "ADD" : actual === undefined ? "REMOVE" : "NOT_EQUAL",
    },
  ];
}

/** Lists of equal length are compared item by item; of others, the items that only one of them has. */
function inLists(expected: readonly Json[], actual: readonly Json[], path: string): readonly CallResult[] {
  if (expected.length === actual.length)
    return expected.flatMap((item, i) => differences(item, actual[i], `${path}/${i}`));
  const missing = (list: readonly Json[], other: readonly Json[]) =>
    [...list.entries()].filter(([, item]) => !other.some((one) => sameValue(one, item)));
  return [
    ...missing(expected, actual).flatMap(([i, item]) => differences(item, undefined, `${path}/${i}`)),
    ...missing(actual, expected).flatMap(([i, item]) => differences(undefined, item, `${path}/${i}`)),
  ];
}

const shown = (value: Json | undefined) => (typeof value === "string" ? value : JSON.stringify(value ?? null));
