import { referencesIn } from "../../template/references.ts";
import type { Json, JsonObject, Resource, Template } from "../../template/types.ts";
import { changedProperties, type PropertyChange, sameValue } from "../model/diff.ts";
import { isUnknown } from "../model/unknown.ts";
import { replacesWhen } from "../resources/conditional-replacement.ts";
import { deletionPolicyOf } from "../resources/default-policy.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ChangeDetail, Deployment, ResourceChange, SimulatedResource, SimulatedStack } from "../state/stack.ts";
import type { Resolver } from "../template/resolver.ts";
import { afterContext, beforeContext, removedContext } from "./change-contexts.ts";
import { type ChangeOutcome, changeDetails, followingDetails, metadataDetails } from "./change-details.ts";
import { isTaggable, propertiesIn } from "./resources.ts";

/** Whether a value is read from another stack's output. */
export function readsOutput(value: Json | undefined): boolean {
  return value !== undefined && JSON.stringify(value).includes('"Fn::GetStackOutput"');
}

/** The change that adds a resource. */
export function addition(logicalId: string, resource: Resource, wanted: JsonObject): ResourceChange {
  return {
    action: "Add",
    logicalId,
    type: resource.Type,
    scope: [],
    details: [],
    after: afterContext(resource, wanted),
  };
}

/** The change that removes a resource. */
export function removal(
  simulator: Simulator,
  stack: SimulatedStack,
  template: Template | undefined,
  resource: SimulatedResource,
): ResourceChange {
  const { logicalId, physicalId, type } = resource;
  const policy = deletionPolicyOf(resource);
  const policyAction = policy.startsWith("Retain") ? "Retain" : policy === "Snapshot" ? "Snapshot" : "Delete";
  const before = removedContext(simulator, stack, template, resource);
  return { action: "Remove", policyAction, logicalId, physicalId, type, scope: [], details: [], before };
}

type Pair = {
  readonly id: string;
  readonly resource: Resource;
  readonly existing: SimulatedResource;
  readonly wanted: JsonObject;
  readonly template: Template;
  readonly before: Template | undefined;
  /** The template's resolver in which attributes of resources updated in place are unknown. */
  readonly guess: Resolver;
  readonly outcomes: ReadonlyMap<string, ChangeOutcome>;
};

const AUTOMATIC: ChangeDetail = {
  attribute: "Properties",
  recreation: "Never",
  evaluation: "Dynamic",
  source: "Automatic",
};

/** The change from a resource's current to its wanted definition; `undefined` if none. */
export function modification(
  simulator: Simulator,
  stack: SimulatedStack,
  target: Deployment,
  pair: Pair,
): ResourceChange | undefined {
  const { existing, resource, wanted, id } = pair;
  const changed = changedProperties(simulator.model, existing.type, existing.properties, wanted);
  const details: ChangeDetail[] = [
    ...changed.flatMap((change) => changeDetails(stack, target, pair, settled(existing.type, change))),
    ...following(simulator, pair, changed),
    ...(sameValue(existing.metadata, resource.Metadata) ? [] : metadataDetails(stack, target, pair)),
    ...attributeDetails(existing, resource),
    ...tagDetails(simulator, stack, target, existing, changed),
  ];
  // A nested stack's template is not read before it is updated ("ResourceChangeDetail").
  if (details.length === 0 && existing.type === "AWS::CloudFormation::Stack") details.push(AUTOMATIC);
  if (details.length === 0) return undefined;
  // A value known only after deployment counts as changed (cloudformation-coverage-roadmap#2559: Replacement True).
  const anew = changed.some(({ name, replaces }) => replaces === "yes" && readsOutput(resource.Properties?.[name]));
  const replacement = anew ? "True" : replacementOf(details);
  const keeps = existing.updateReplacePolicy?.startsWith("Retain")
    ? "ReplaceAndRetain"
    : existing.updateReplacePolicy === "Snapshot"
      ? "ReplaceAndSnapshot"
      : "ReplaceAndDelete";
  return {
    action: "Modify",
    ...(replacement === "True" && { policyAction: keeps }),
    logicalId: id,
    physicalId: existing.physicalId,
    type: existing.type,
    replacement,
    scope: [...new Set(details.map(({ attribute }) => attribute))].sort(),
    details,
    before: beforeContext(existing),
    after: afterContext(resource, wanted),
  };
}

/** Details of properties that only change if an attribute that they read changes. */
function following(simulator: Simulator, pair: Pair, changed: readonly PropertyChange[]): readonly ChangeDetail[] {
  const { existing, resource, guess } = pair;
  const reads = referencesIn(resource.Properties).some(
    ({ name, attribute }) => attribute !== undefined && pair.outcomes.get(name) === "kept",
  );
  if (!reads) return [];
  return changedProperties(simulator.model, existing.type, existing.properties, propertiesIn(resource, guess))
    .filter(({ name }) => !changed.some((one) => one.name === name))
    .flatMap((change) => followingDetails(pair, change));
}

/** A conditional replacement whose condition is known is decided. */
function settled(type: string, change: PropertyChange): PropertyChange {
  if (change.replaces !== "maybe" || isUnknown(change.after)) return change;
  return replacesWhen(type, change) ? { ...change, replaces: "yes" } : change;
}

function replacementOf(details: readonly ChangeDetail[]): "True" | "False" | "Conditional" {
  if (details.some(({ recreation, evaluation }) => recreation === "Always" && evaluation === "Static")) return "True";
  const maybe = details.some(({ recreation }) => recreation === "Always" || recreation === "Conditionally");
  return maybe ? "Conditional" : "False";
}

function attributeDetails(existing: SimulatedResource, resource: Resource): readonly ChangeDetail[] {
  const pairs: readonly (readonly [string, Json | undefined, Json | undefined])[] = [
    ["DeletionPolicy", existing.deletionPolicy, resource.DeletionPolicy],
    ["UpdateReplacePolicy", existing.updateReplacePolicy, resource.UpdateReplacePolicy],
  ];
  return pairs
    .filter(([, before, after]) => !sameValue(before, after))
    .map(([attribute]) => ({ attribute, recreation: "Never", evaluation: "Static", source: "DirectModification" }));
}

function tagDetails(
  simulator: Simulator,
  stack: SimulatedStack,
  target: Deployment,
  existing: SimulatedResource,
  changed: readonly PropertyChange[],
): readonly ChangeDetail[] {
  const property = simulator.model.type(existing.type)?.tags?.property;
  const reported = changed.some(({ name }) => name === property);
  if (!isTaggable(simulator, existing.type) || reported || sameValue(stack.deployed?.tags, target.tags)) return [];
  return [{ attribute: "Tags", recreation: "Never", evaluation: "Static", source: "DirectModification" }];
}
