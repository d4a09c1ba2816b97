import { dependenciesOf } from "../../template/references.ts";
import type { Json, JsonObject, Resource, Template } from "../../template/types.ts";
import { sameValue } from "../model/diff.ts";
import { isUnknown, UNKNOWN } from "../model/unknown.ts";
import type { Simulator } from "../state/simulator.ts";
import type { Deployment, ResourceChange, SimulatedResource, SimulatedStack } from "../state/stack.ts";
import { templateIn } from "../template/parsed-templates.ts";
import { resolveValue } from "../template/resolve.ts";
import type { Resolver } from "../template/resolver.ts";
import { RefusedChange, Unresolvable } from "../wire/error.ts";
import type { ChangeOutcome } from "./change-details.ts";
import { isSecretReference } from "./external-values.ts";
import { outputText } from "./outputs.ts";
import { checkValues } from "./parameter-values.ts";
import { addition, modification, readsOutput, removal } from "./resource-changes.ts";
import { exists, metadataIn, policiesIn, propertiesIn } from "./resources.ts";
import { checkSecure } from "./secure-strings.ts";
import { resolverOf } from "./stack-resolver.ts";

/** What deploying `target` to the stack would do to each resource, and the properties each will have. */
export type Preview = {
  /** Why not all property values are known. */
  readonly warning?: string;
  readonly changes: readonly ResourceChange[];
  readonly properties: ReadonlyMap<string, JsonObject>;
  /** Outputs differ although no resource does. */
  readonly outputsDiffer: boolean;
};

/** /** How a change set is computed. */
type Looking = {
  /**
   * To be displayed: a missing export is a value not known yet (localstack's
   * test_describe_change_set_import_non_existent_export, recorded 2025-08-05).
   */
  readonly told?: boolean;
  /** Compared with the live resources (drift-aware). */
  readonly reverts?: boolean;
};

/**
 * Computes a change set's content without changing anything; throws for what cannot be evaluated. The value of
 * `Fn::GetStackOutput` is known only during deployment (aws-cdk#38829); where a property's text is unchanged AWS sees
 * no change, unless it compares with live resources (cloudformation-coverage-roadmap#2559).
 */
export function previewOf(
  simulator: Simulator,
  stack: SimulatedStack,
  target: Deployment,
  { told = false, reverts = false }: Looking = {},
): Preview {
  const template = templateIn(simulator.blobs, target.template);
  const before = stack.deployed && templateIn(simulator.blobs, stack.deployed.template);
  const outcomes = new Map<string, ChangeOutcome>();
  const lookup = (id: string) => asKnown(stack.resources[id], outcomes.get(id));
  const names = resolverOf(simulator, stack, template, target, lookup);
  const warnings: string[] = [];
  const known = told ? lenient(names, (words) => warnings.push(words)) : names;
  const resolver: Resolver = {
    ...known,
    // An attribute that the type does not have is noticed when it is read.
    attribute: (id, name) => {
      try {
        return known.attribute(id, name);
      } catch {
        return UNKNOWN;
      }
    },
    dynamic: (text) => (isSecretReference(text) ? text : known.dynamic(text)),
    stackOutput: (reference) => {
      known.stackOutput(reference);
      return UNKNOWN;
    },
  };
  const guess: Resolver = {
    ...resolver,
    attribute: (id, name) => (outcomes.get(id) === "kept" ? UNKNOWN : resolver.attribute(id, name)),
  };
  checkSecure(template);
  checkValues(simulator, stack, template, target);
  const there = (resource: Resource) => resource.Condition === undefined || resolver.condition(resource.Condition);
  checkTypes(stack, template);
  const properties = new Map<string, JsonObject>();
  const changes = new Map<string, ResourceChange>();
  const failing: string[] = [];
  for (const id of inDependencyOrder(template)) {
    const resource = template.Resources[id];
    if (!resource || !there(resource)) continue;
    const had = warnings.length;
    const evaluated = propertiesIn(resource, resolver);
    if (warnings.length > had)
      failing.push(`ChangeSet creation failed for resource [${id}] because: ${warnings.at(-1)}`);
    const existing = stack.resources[id];
    const wanted =
      existing && !reverts ? withUnresolvedOutputs(evaluated, existing, resource, before?.Resources[id]) : evaluated;
    properties.set(id, wanted);
    const { Metadata: _, DeletionPolicy: _deletion, UpdateReplacePolicy: _replacement, ...rest } = resource;
    const metadata = metadataIn(resource, resolver);
    const settledResource = {
      ...rest,
      ...policiesIn(resource, resolver),
      ...(metadata !== undefined && { Metadata: metadata }),
    };
    const change = exists(existing)
      ? modification(simulator, stack, target, {
          id,
          resource: settledResource,
          existing,
          wanted,
          guess,
          template,
          before,
          outcomes,
        })
      : addition(id, settledResource, wanted);
    if (change) changes.set(id, change);
    if (change) outcomes.set(id, OUTCOMES[change.replacement ?? "none"]);
  }
  const gone = Object.values(stack.resources).filter((one) => one.physicalId !== "" && !properties.has(one.logicalId));
  const ordered = Object.keys(template.Resources).flatMap((id) => changes.get(id) ?? []);
  return {
    changes: [...ordered, ...gone.map((one) => removal(simulator, stack, before, one))],
    properties,
    outputsDiffer: outputsDiffer(stack, before, template, resolver),
    ...(failing.length > 0 && { warning: `${INCOMPLETE} ${failing.join(" ")}` }),
  };
}

const INCOMPLETE = "[WARN] --include-property-values option can return incomplete ChangeSet data because:";

/** A resolver to which a missing export is a value not known yet. */
function lenient(resolver: Resolver, warn: (words: string) => void): Resolver {
  return {
    ...resolver,
    incomplete: warn,
    imported: (name) => {
      try {
        return resolver.imported(name);
      } catch (error) {
        if (!(error instanceof Unresolvable)) throw error;
        warn(error.message.replace(/ found\.$/, ""));
        return UNKNOWN;
      }
    },
  };
}

/** The properties, those that read other stacks' outputs and whose text is unchanged left as they are. */
function withUnresolvedOutputs(
  wanted: JsonObject,
  existing: SimulatedResource,
  { Properties = {} }: Resource,
  before: Resource | undefined,
): JsonObject {
  const entries = Object.entries(wanted).map(([name, value]) => {
    const isUnseen = readsOutput(Properties[name]) && sameValue(Properties[name], before?.Properties?.[name]);
    return [name, isUnseen ? (existing.properties[name] ?? value) : value] as const;
  });
  return Object.fromEntries(entries);
}

const OUTCOMES = { none: "added", False: "kept", Conditional: "maybe", True: "replaced" } as const;

/** A resource as far as it is known before the change: nothing of a new one, or one that may be replaced. */
function asKnown(
  resource: SimulatedResource | undefined,
  outcome: ChangeOutcome | undefined,
): SimulatedResource | undefined {
  return exists(resource) && (outcome === undefined || outcome === "kept") ? resource : undefined;
}

/** Whether the outputs' text or values differ. */
function outputsDiffer(
  stack: SimulatedStack,
  before: Template | undefined,
  template: Template,
  resolver: Resolver,
): boolean {
  const shown = Object.entries(template.Outputs ?? {}).filter(
    ([, { Condition }]) => Condition === undefined || resolver.condition(Condition),
  );
  const inOutputs: Resolver = { ...resolver, block: "Outputs" };
  const values = shown.map(([key, { Value }]) => [key, outputText(resolveValue(Value, inOutputs))] as const);
  if (!sameValue(before?.Outputs as Json | undefined, template.Outputs as Json | undefined)) return true;
  const now = new Map(stack.outputs.map(({ key, value }) => [key, value]));
  return now.size !== values.length || values.some(([key, value]) => !isUnknown(value) && now.get(key) !== value);
}

/** A resource's type cannot be changed. */
function checkTypes(stack: SimulatedStack, template: Template): void {
  const other = Object.entries(template.Resources)
    .filter(([id, { Type }]) => exists(stack.resources[id]) && stack.resources[id].type !== Type)
    .map(([id]) => id);
  if (other.length > 0) {
    throw new RefusedChange(
      `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${other.join(", ")}]`,
    );
  }
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
