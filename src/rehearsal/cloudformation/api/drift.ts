import type { Json, JsonObject } from "../../../template/types.ts";
import { stands, thingOf } from "../../engine/making.ts";
import { uuid } from "../../hash.ts";
import { same } from "../../model/diff.ts";
import type { Stage } from "../../stage.ts";
import { isCustom } from "../../template/validate.ts";
import { type Call, needed, type Result, text, texts } from "../../wire/call.ts";
import { invalid } from "../../wire/error.ts";
import { missingInBrackets, stacksAt, theStack } from "../find.ts";
import type { Stack, StackResource } from "../stack.ts";
import { iso, page } from "./pages.ts";

export function detectStackDrift(stage: Stage, call: Call): Result {
  const stack = theStack(stage.world, call.place, needed(call.input, "StackName"), missingInBrackets);
  if (stack.operation || !stack.deployed || stack.status === "DELETE_COMPLETE") {
    throw invalid(
      `Drift detection operations cannot be performed on stack [${stack.id}] while it is in the ${stack.status} state`,
    );
  }
  const wanted = texts(call.input, "LogicalResourceIds");
  const chosen = Object.values(stack.resources).filter(
    ({ logicalId }) => wanted.length === 0 || wanted.includes(logicalId),
  );
  for (const resource of chosen) look(stage, stack, resource);
  const drifted = Object.values(stack.resources).filter(
    ({ drift }) => drift?.status === "MODIFIED" || drift?.status === "DELETED",
  ).length;
  stage.world.serial += 1;
  const id = uuid(stage.world.seed, stack.id, "drift", stage.world.serial);
  stack.drift = { id, at: stage.world.now, status: drifted > 0 ? "DRIFTED" : "IN_SYNC", drifted };
  return { StackDriftDetectionId: id };
}

/** Compares what the stack wrote with what is there: only properties that the template gives, as AWS does. */
function look(stage: Stage, stack: Stack, resource: StackResource): void {
  if (!stands(resource)) return;
  const thing = thingOf(stage, stack, resource);
  const at = stage.world.now;
  if (isCustom(resource.type)) resource.drift = { status: "NOT_CHECKED", at };
  else if (!thing) resource.drift = { status: "DELETED", at };
  else {
    const actual = Object.fromEntries(
      Object.keys(resource.properties).flatMap((name) =>
        thing.properties[name] === undefined ? [] : [[name, thing.properties[name]]],
      ),
    );
    resource.drift = {
      status: same(resource.properties, actual) ? "IN_SYNC" : "MODIFIED",
      at,
      actual: actual as JsonObject,
    };
  }
}

export function describeStackDriftDetectionStatus(stage: Stage, call: Call): Result {
  const id = needed(call.input, "StackDriftDetectionId");
  const stack = stacksAt(stage.world, call.place).find(({ drift }) => drift?.id === id);
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

export function describeStackResourceDrifts(stage: Stage, call: Call): Result {
  const { input, place } = call;
  const stack = theStack(stage.world, place, needed(input, "StackName"), missingInBrackets);
  const filters = texts(input, "StackResourceDriftStatusFilters");
  const checked = Object.values(stack.resources).filter(
    ({ drift }) => drift !== undefined && (filters.length === 0 || filters.includes(drift.status)),
  );
  const { items, next } = page(checked, text(input, "NextToken"));
  return { StackResourceDrifts: items.map((resource) => driftOf(stack, resource)), NextToken: next };
}

export function detectStackResourceDrift(stage: Stage, call: Call): Result {
  const stack = theStack(stage.world, call.place, needed(call.input, "StackName"), missingInBrackets);
  const id = needed(call.input, "LogicalResourceId");
  const resource = stack.resources[id];
  if (!resource) throw invalid(`Resource ${id} does not exist for stack ${stack.name}`);
  look(stage, stack, resource);
  return { StackResourceDrift: driftOf(stack, resource) };
}

function driftOf(stack: Stack, resource: StackResource): Result {
  const { drift, properties } = resource;
  return {
    StackId: stack.id,
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.physicalId,
    ResourceType: resource.type,
    ExpectedProperties: JSON.stringify(properties),
    ActualProperties: drift?.actual === undefined ? undefined : JSON.stringify(drift.actual),
    PropertyDifferences: drift?.actual === undefined ? [] : differences(properties, drift.actual),
    StackResourceDriftStatus: drift?.status ?? "NOT_CHECKED",
    Timestamp: iso(drift?.at ?? resource.at),
  };
}

function differences(expected: JsonObject, actual: JsonObject): readonly Result[] {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(actual)])];
  return names
    .filter((name) => !same(expected[name], actual[name]))
    .map((name) => ({
      PropertyPath: `/${name}`,
      ExpectedValue: shown(expected[name]),
      ActualValue: shown(actual[name]),
      DifferenceType: expected[name] === undefined ? "ADD" : actual[name] === undefined ? "REMOVE" : "NOT_EQUAL",
    }));
}

const shown = (value: Json | undefined) => (typeof value === "string" ? value : JSON.stringify(value ?? null));
