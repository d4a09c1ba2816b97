import type { Json, JsonObject, Resource, Template } from "../../template/types.ts";
import { isTaggable, propertiesIn, stands } from "../engine/making.ts";
import { changedProperties, type PropertyChange, same } from "../model/diff.ts";
import { replacesWhen } from "../resources/conditional.ts";
import type { Stage } from "../stage.ts";
import { dependenciesOf } from "../template/references.ts";
import { isUnknown } from "../template/unknown.ts";
import { invalid } from "../wire/error.ts";
import { changeDetails } from "./details.ts";
import { scopeOf } from "./scope.ts";
import type { Change, ChangeDetail, Deployment, Stack, StackResource } from "./stack.ts";
import { templateIn } from "./templates.ts";

/** What making the stack into `target` would do to each resource, and the properties each will have. */
export type Preview = {
  readonly changes: readonly Change[];
  readonly properties: ReadonlyMap<string, JsonObject>;
  /** Outputs differ although no resource does. */
  readonly outputsDiffer: boolean;
};

/** Works out a change set's content without changing anything; throws for what cannot be evaluated. */
export function previewOf(stage: Stage, stack: Stack, target: Deployment): Preview {
  const template = templateIn(stage.blobs, target.template);
  const before = stack.deployed && templateIn(stage.blobs, stack.deployed.template);
  const unsure = new Set<string>();
  const lookup = (id: string) => (stands(stack.resources[id]) && !unsure.has(id) ? stack.resources[id] : undefined);
  const scope = scopeOf(stage, stack, template, target, lookup);
  const there = (resource: Resource) => resource.Condition === undefined || scope.condition(resource.Condition);
  checkTypes(stack, template);
  const properties = new Map<string, JsonObject>();
  const changes = new Map<string, Change>();
  for (const id of inDependencyOrder(template)) {
    const resource = template.Resources[id];
    if (!resource || !there(resource)) continue;
    const wanted = propertiesIn(resource, scope);
    properties.set(id, wanted);
    const existing = stack.resources[id];
    const change = stands(existing)
      ? modification(stage, stack, target, { id, resource, existing, wanted, template, before, unsure })
      : addition(id, resource);
    if (change) changes.set(id, change);
    if (change && change.replacement !== "False") unsure.add(id);
  }
  const gone = Object.values(stack.resources).filter((one) => one.physicalId !== "" && !properties.has(one.logicalId));
  const ordered = Object.keys(template.Resources).flatMap((id) => changes.get(id) ?? []);
  return {
    changes: [...ordered, ...gone.map(removal)],
    properties,
    outputsDiffer: !same(before?.Outputs as Json | undefined, template.Outputs as Json | undefined),
  };
}

/** A logical id keeps its type for as long as its resource lives. */
function checkTypes(stack: Stack, template: Template): void {
  const other = Object.entries(template.Resources)
    .filter(([id, { Type }]) => stands(stack.resources[id]) && stack.resources[id].type !== Type)
    .map(([id]) => id);
  if (other.length > 0) {
    throw invalid(
      `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${other.join(", ")}]`,
    );
  }
}

function addition(logicalId: string, resource: Resource): Change {
  return { action: "Add", logicalId, type: resource.Type, scope: [], details: [] };
}

function removal({ logicalId, physicalId, type, deletionPolicy }: StackResource): Change {
  const policyAction = deletionPolicy?.startsWith("Retain")
    ? "Retain"
    : deletionPolicy === "Snapshot"
      ? "Snapshot"
      : "Delete";
  return { action: "Remove", policyAction, logicalId, physicalId, type, scope: [], details: [] };
}

type Pair = {
  readonly id: string;
  readonly resource: Resource;
  readonly existing: StackResource;
  readonly wanted: JsonObject;
  readonly template: Template;
  readonly before: Template | undefined;
  readonly unsure: ReadonlySet<string>;
};

function modification(stage: Stage, stack: Stack, target: Deployment, pair: Pair): Change | undefined {
  const { existing, resource, wanted, id } = pair;
  const changed = changedProperties(stage.model, existing.type, existing.properties, wanted);
  const details = [
    ...changed.flatMap((change) => changeDetails(stage, stack, target, pair, settled(existing.type, change))),
    ...attributeDetails(existing, resource),
    ...tagDetails(stage, stack, target, existing, changed),
  ];
  if (details.length === 0) return undefined;
  const replacement = replacementOf(details);
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
    scope: [...new Set(details.map(({ attribute }) => attribute))],
    details,
  };
}

/** A conditional change whose condition is known here is no longer conditional. */
function settled(type: string, change: PropertyChange): PropertyChange {
  if (change.replaces !== "maybe" || isUnknown(change.after)) return change;
  return replacesWhen(type, change) ? { ...change, replaces: "yes" } : change;
}

function replacementOf(details: readonly ChangeDetail[]): "True" | "False" | "Conditional" {
  if (details.some(({ recreation, evaluation }) => recreation === "Always" && evaluation === "Static")) return "True";
  const maybe = details.some(({ recreation }) => recreation === "Always" || recreation === "Conditionally");
  return maybe ? "Conditional" : "False";
}

function attributeDetails(existing: StackResource, resource: Resource): readonly ChangeDetail[] {
  const pairs: readonly (readonly [string, Json | undefined, Json | undefined])[] = [
    ["Metadata", existing.metadata, resource.Metadata],
    ["DeletionPolicy", existing.deletionPolicy, resource.DeletionPolicy],
    ["UpdateReplacePolicy", existing.updateReplacePolicy, resource.UpdateReplacePolicy],
  ];
  return pairs
    .filter(([, before, after]) => !same(before, after))
    .map(([attribute]) => ({ attribute, recreation: "Never", evaluation: "Static", source: "DirectModification" }));
}

function tagDetails(
  stage: Stage,
  stack: Stack,
  target: Deployment,
  existing: StackResource,
  changed: readonly PropertyChange[],
): readonly ChangeDetail[] {
  const property = stage.model.type(existing.type)?.tags?.property;
  const reported = changed.some(({ name }) => name === property);
  if (!isTaggable(stage, existing.type) || reported || same(stack.deployed?.tags, target.tags)) return [];
  return [{ attribute: "Tags", recreation: "Never", evaluation: "Static", source: "DirectModification" }];
}

/** Logical ids, each after what it depends on; the order of the template where that leaves a choice. */
export function inDependencyOrder(template: Template): readonly string[] {
  const done = new Set<string>();
  const visit = (id: string): void => {
    if (done.has(id)) return;
    done.add(id);
    const resource = template.Resources[id];
    if (resource) for (const other of dependenciesOf(template, resource)) visit(other);
    order.push(id);
  };
  const order: string[] = [];
  for (const id of Object.keys(template.Resources)) visit(id);
  return order;
}
