import type { JsonObject, Resource, Template } from "../../template/types.ts";
import type { Simulator } from "../state/simulator.ts";
import type { SimulatedResource, SimulatedStack } from "../state/stack.ts";
import { propertiesIn } from "./resources.ts";
import { resolverOf } from "./stack-resolver.ts";

/** A resource's AfterContext in DescribeChangeSet: its properties, and what else of its definition can change. */
export function afterContext(
  { Metadata, DeletionPolicy, UpdateReplacePolicy }: Partial<Resource>,
  Properties: JsonObject,
): string {
  const attributes = { Metadata, DeletionPolicy, UpdateReplacePolicy };
  return JSON.stringify({ Properties, ...attributes });
}

/** The BeforeContext of an existing resource. */
export function beforeContext({
  metadata,
  deletionPolicy,
  updateReplacePolicy,
  properties,
}: SimulatedResource): string {
  const attributes = {
    ...(metadata !== undefined && { Metadata: metadata }),
    ...(deletionPolicy !== undefined && { DeletionPolicy: deletionPolicy }),
    ...(updateReplacePolicy !== undefined && { UpdateReplacePolicy: updateReplacePolicy }),
  };
  return afterContext(attributes, properties);
}

/**
 * The same of a resource that is removed: what it reads of other resources is left out (localstack's
 * test_stack_deletion_order, recorded 2025-08-01, test_change_set_ref's test_resource_deletion, recorded 2025-04-08).
 */
export function removedContext(
  simulator: Simulator,
  stack: SimulatedStack,
  before: Template | undefined,
  resource: SimulatedResource,
): string {
  const definition = before?.Resources[resource.logicalId];
  if (!before || !definition || !stack.deployed) return beforeContext(resource);
  try {
    const resolver = resolverOf(simulator, stack, before, stack.deployed, () => undefined);
    return beforeContext({ ...resource, properties: propertiesIn(definition, resolver) });
  } catch {
    // Its old template cannot be evaluated any more.
    return beforeContext(resource);
  }
}
