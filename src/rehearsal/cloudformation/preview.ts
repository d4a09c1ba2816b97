import { dependenciesOf, referencesIn } from "../../template/references.ts";
import type { Json, JsonObject, Resource, Template } from "../../template/types.ts";
import { isTaggable, metadataIn, policiesIn, propertiesIn, stands } from "../engine/making.ts";
import { outputText } from "../engine/outputs.ts";
import { changedProperties, type PropertyChange, same } from "../model/diff.ts";
import { replacesWhen } from "../resources/conditional.ts";
import { deletionPolicyOf } from "../resources/default-policy.ts";
import type { Stage } from "../stage.ts";
import { evaluate, type Scope } from "../template/evaluate.ts";
import { isUnknown, UNKNOWN } from "../template/unknown.ts";
import { RefusedChange, Unresolvable } from "../wire/error.ts";
import { contextBefore, contextOf, contextOfRemoved } from "./contexts.ts";
import { changeDetails, type Fate, followingDetails, metadataDetails } from "./details.ts";
import { isOfSecret } from "./outside.ts";
import { scopeOf } from "./scope.ts";
import { checkSecure } from "./secure.ts";
import type { Change, ChangeDetail, Deployment, Stack, StackResource } from "./stack.ts";
import { templateIn } from "./templates.ts";
import { checkValues } from "./values.ts";

/** What making the stack into `target` would do to each resource, and the properties each will have. */
export type Preview = {
  /** Why property values cannot all be told. */
  readonly warning?: string;
  readonly changes: readonly Change[];
  readonly properties: ReadonlyMap<string, JsonObject>;
  /** Outputs differ although no resource does. */
  readonly outputsDiffer: boolean;
};

/**
/** For whom and against what a change set is worked out. */
type Looking = {
  /** For who is shown it: what is missing is not known yet (localstack's test_describe_change_set_import_non_existent_export, recorded 2025-08-05). */
  readonly told?: boolean;
  /** Against what is really there. */
  readonly reverts?: boolean;
};

/**
 * Works out a change set's content without changing anything; throws for what cannot be evaluated. What
 * `Fn::GetStackOutput` comes to is known only while the change is made (aws-cdk#38829); where a property's text is the
 * same AWS sees no change, unless it compares with what is really there (cloudformation-coverage-roadmap#2559).
 */
export function previewOf(
  stage: Stage,
  stack: Stack,
  target: Deployment,
  { told = false, reverts = false }: Looking = {},
): Preview {
  const template = templateIn(stage.blobs, target.template);
  const before = stack.deployed && templateIn(stage.blobs, stack.deployed.template);
  const fates = new Map<string, Fate>();
  const lookup = (id: string) => asKnown(stack.resources[id], fates.get(id));
  const names = scopeOf(stage, stack, template, target, lookup);
  const warnings: string[] = [];
  const known = told ? forgiving(names, (words) => warnings.push(words)) : names;
  const scope: Scope = {
    ...known,
    dynamic: (text) => (isOfSecret(text) ? text : known.dynamic(text)),
    stackOutput: (reference) => {
      known.stackOutput(reference);
      return UNKNOWN;
    },
  };
  const guess: Scope = {
    ...scope,
    attribute: (id, name) => (fates.get(id) === "kept" ? UNKNOWN : scope.attribute(id, name)),
  };
  checkSecure(template);
  checkValues(stage, stack, template, target);
  const there = (resource: Resource) => resource.Condition === undefined || scope.condition(resource.Condition);
  checkTypes(stack, template);
  const properties = new Map<string, JsonObject>();
  const changes = new Map<string, Change>();
  const failing: string[] = [];
  for (const id of inDependencyOrder(template)) {
    const resource = template.Resources[id];
    if (!resource || !there(resource)) continue;
    const had = warnings.length;
    const evaluated = propertiesIn(resource, scope);
    if (warnings.length > had)
      failing.push(`ChangeSet creation failed for resource [${id}] because: ${warnings.at(-1)}`);
    const existing = stack.resources[id];
    const wanted = existing && !reverts ? withUnseen(evaluated, existing, resource, before?.Resources[id]) : evaluated;
    properties.set(id, wanted);
    const { Metadata: _, DeletionPolicy: _deletion, UpdateReplacePolicy: _replacement, ...rest } = resource;
    const metadata = metadataIn(resource, scope);
    const settledResource = {
      ...rest,
      ...policiesIn(resource, scope),
      ...(metadata !== undefined && { Metadata: metadata }),
    };
    const change = stands(existing)
      ? modification(stage, stack, target, {
          id,
          resource: settledResource,
          existing,
          wanted,
          guess,
          template,
          before,
          fates,
        })
      : addition(id, settledResource, wanted);
    if (change) changes.set(id, change);
    if (change) fates.set(id, FATES[change.replacement ?? "none"]);
  }
  const gone = Object.values(stack.resources).filter((one) => one.physicalId !== "" && !properties.has(one.logicalId));
  const ordered = Object.keys(template.Resources).flatMap((id) => changes.get(id) ?? []);
  return {
    changes: [...ordered, ...gone.map((one) => removal(stage, stack, before, one))],
    properties,
    outputsDiffer: outputsDiffer(stack, before, template, scope),
    ...(failing.length > 0 && { warning: `${INCOMPLETE} ${failing.join(" ")}` }),
  };
}

const INCOMPLETE = "[WARN] --include-property-values option can return incomplete ChangeSet data because:";

/** Names of which a missing export is one that is known later. */
function forgiving(scope: Scope, warn: (words: string) => void): Scope {
  return {
    ...scope,
    incomplete: warn,
    imported: (name) => {
      try {
        return scope.imported(name);
      } catch (error) {
        if (!(error instanceof Unresolvable)) throw error;
        warn(error.message.replace(/ found\.$/, ""));
        return UNKNOWN;
      }
    },
  };
}

/** The properties, with those left as they stand that read other stacks' outputs and are written as before. */
function withUnseen(
  wanted: JsonObject,
  existing: StackResource,
  { Properties = {} }: Resource,
  before: Resource | undefined,
): JsonObject {
  const entries = Object.entries(wanted).map(([name, value]) => {
    const isUnseen = readsOutput(Properties[name]) && same(Properties[name], before?.Properties?.[name]);
    return [name, isUnseen ? (existing.properties[name] ?? value) : value] as const;
  });
  return Object.fromEntries(entries);
}

/** Whether a value is read from another stack's output. */
function readsOutput(value: Json | undefined): boolean {
  return value !== undefined && JSON.stringify(value).includes('"Fn::GetStackOutput"');
}

const FATES = { none: "added", False: "kept", Conditional: "maybe", True: "replaced" } as const;

/** A resource as far as it is known before the change: nothing of one that is new, or may be. */
function asKnown(resource: StackResource | undefined, fate: Fate | undefined): StackResource | undefined {
  return stands(resource) && (fate === undefined || fate === "kept") ? resource : undefined;
}

/** Whether outputs are written otherwise, or come to something else. */
function outputsDiffer(stack: Stack, before: Template | undefined, template: Template, scope: Scope): boolean {
  const shown = Object.entries(template.Outputs ?? {}).filter(
    ([, { Condition }]) => Condition === undefined || scope.condition(Condition),
  );
  const inOutputs: Scope = { ...scope, block: "Outputs" };
  const values = shown.map(([key, { Value }]) => [key, outputText(evaluate(Value, inOutputs))] as const);
  if (!same(before?.Outputs as Json | undefined, template.Outputs as Json | undefined)) return true;
  const now = new Map(stack.outputs.map(({ key, value }) => [key, value]));
  return now.size !== values.length || values.some(([key, value]) => !isUnknown(value) && now.get(key) !== value);
}

/** A logical id keeps its type for as long as its resource lives. */
function checkTypes(stack: Stack, template: Template): void {
  const other = Object.entries(template.Resources)
    .filter(([id, { Type }]) => stands(stack.resources[id]) && stack.resources[id].type !== Type)
    .map(([id]) => id);
  if (other.length > 0) {
    throw new RefusedChange(
      `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${other.join(", ")}]`,
    );
  }
}

function addition(logicalId: string, resource: Resource, wanted: JsonObject): Change {
  return {
    action: "Add",
    logicalId,
    type: resource.Type,
    scope: [],
    details: [],
    after: contextOf(resource, wanted),
  };
}

function removal(stage: Stage, stack: Stack, template: Template | undefined, resource: StackResource): Change {
  const { logicalId, physicalId, type } = resource;
  const policy = deletionPolicyOf(resource);
  const policyAction = policy.startsWith("Retain") ? "Retain" : policy === "Snapshot" ? "Snapshot" : "Delete";
  const before = contextOfRemoved(stage, stack, template, resource);
  return { action: "Remove", policyAction, logicalId, physicalId, type, scope: [], details: [], before };
}

type Pair = {
  readonly id: string;
  readonly resource: Resource;
  readonly existing: StackResource;
  readonly wanted: JsonObject;
  readonly template: Template;
  readonly before: Template | undefined;
  /** The names of the template, but for what may follow from changes in place. */
  readonly guess: Scope;
  readonly fates: ReadonlyMap<string, Fate>;
};

const AUTOMATIC: ChangeDetail = {
  attribute: "Properties",
  recreation: "Never",
  evaluation: "Dynamic",
  source: "Automatic",
};

function modification(stage: Stage, stack: Stack, target: Deployment, pair: Pair): Change | undefined {
  const { existing, resource, wanted, id } = pair;
  const changed = changedProperties(stage.model, existing.type, existing.properties, wanted);
  const details: ChangeDetail[] = [
    ...changed.flatMap((change) => changeDetails(stack, target, pair, settled(existing.type, change))),
    ...following(stage, pair, changed),
    ...(same(existing.metadata, resource.Metadata) ? [] : metadataDetails(stack, target, pair)),
    ...attributeDetails(existing, resource),
    ...tagDetails(stage, stack, target, existing, changed),
  ];
  // What a nested stack's template says by now is not looked at before it is updated ("ResourceChangeDetail").
  if (details.length === 0 && existing.type === "AWS::CloudFormation::Stack") details.push(AUTOMATIC);
  if (details.length === 0) return undefined;
  // What is known only later is taken for another value (cloudformation-coverage-roadmap#2559: Replacement True).
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
    before: contextBefore(existing),
    after: contextOf(resource, wanted),
  };
}

/** Details of properties that stay what they are unless an attribute that they read is another after the change. */
function following(stage: Stage, pair: Pair, changed: readonly PropertyChange[]): readonly ChangeDetail[] {
  const { existing, resource, guess } = pair;
  const reads = referencesIn(resource.Properties).some(
    ({ name, attribute }) => attribute !== undefined && pair.fates.get(name) === "kept",
  );
  if (!reads) return [];
  return changedProperties(stage.model, existing.type, existing.properties, propertiesIn(resource, guess))
    .filter(({ name }) => !changed.some((one) => one.name === name))
    .flatMap((change) => followingDetails(pair, change));
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
