import type { Json, JsonObject, Resource, Template } from "../../template/types.ts";
import { type HandlerRequest, scopeOf } from "../resources/handler.ts";
import { handlerOf } from "../resources/handlers.ts";
import { resourceAt } from "../state/resource-store.ts";
import type { Simulator } from "../state/simulator.ts";
import type { Deployment, SimulatedResource, SimulatedStack } from "../state/stack.ts";
import type { ServiceResource } from "../state/state.ts";
import { templateIn } from "../template/parsed-templates.ts";
import { resolveValue } from "../template/resolve.ts";
import type { Resolver } from "../template/resolver.ts";
import { isSecret, type Lookup, MASK, maskingResolver, resolverOf } from "./stack-resolver.ts";

/** Statuses of resources that exist and can be referred to. */
const EXISTING =
  /^(CREATE|UPDATE|IMPORT)_COMPLETE$|^UPDATE_FAILED$|^UPDATE_IN_PROGRESS$|^(UPDATE_)?ROLLBACK_|^DELETE_FAILED$/;

/** Whether the resource exists as far as its stack knows. */
export function exists(resource: SimulatedResource | undefined): resource is SimulatedResource {
  return (
    resource !== undefined &&
    resource.physicalId !== "" &&
    (resource.configured === true || EXISTING.test(resource.status))
  );
}

/** A deployment's template and its resolver, with the stack's current resources. */
export function currentResolver(
  simulator: Simulator,
  stack: SimulatedStack,
  deployment: Deployment,
): { readonly template: Template; readonly resolver: Resolver } {
  const template = templateIn(simulator.blobs, deployment.template);
  const lookup: Lookup = (id) => (exists(stack.resources[id]) ? stack.resources[id] : undefined);
  return { template, resolver: resolverOf(simulator, stack, template, deployment, lookup) };
}

/** A resource's resolved properties. */
export function propertiesIn(resource: Resource, resolver: Resolver): JsonObject {
  return (resolveValue(resource.Properties ?? {}, resolver) ?? {}) as JsonObject;
}

/**
 * A resource's resolved DeletionPolicy and UpdateReplacePolicy: AWS takes functions here without any transform
 * (localstack's test_deletion_policy_with_retain, recorded 2026-01-23).
 */
export function policiesIn(
  { DeletionPolicy, UpdateReplacePolicy }: Pick<Resource, "DeletionPolicy" | "UpdateReplacePolicy">,
  resolver: Resolver,
): { readonly DeletionPolicy?: string; readonly UpdateReplacePolicy?: string } {
  const [deletion, replacement] = [DeletionPolicy, UpdateReplacePolicy].map((policy) =>
    policy === undefined ? undefined : resolveValue(policy, resolver),
  );
  return {
    ...(deletion !== undefined && { DeletionPolicy: String(deletion) }),
    ...(replacement !== undefined && { UpdateReplacePolicy: String(replacement) }),
  };
}

/** A resource's resolved metadata; its template text where it cannot be resolved. */
export function metadataIn({ Metadata }: Pick<Resource, "Metadata">, resolver: Resolver): JsonObject | undefined {
  if (Metadata === undefined) return undefined;
  try {
    return resolveValue(Metadata, resolver) as JsonObject | undefined;
  } catch {
    return Metadata;
  }
}

/**
 * A resource's properties as its events show them: NoEcho parameters masked, and a whole property where masking leaves
 * it without a value; `undefined` if the template has no such parameter.
 */
export function maskedPropertiesIn(resource: Resource, template: Template, resolver: Resolver): JsonObject | undefined {
  if (!Object.values(template.Parameters ?? {}).some(isSecret)) return undefined;
  const hiding = maskingResolver(resolver, template);
  const told = Object.entries(resource.Properties ?? {}).map(([name, value]) => {
    try {
      return [name, resolveValue(value, hiding)] as const;
    } catch {
      // Such as an item of a list that is the secret.
      return [name, MASK] as const;
    }
  });
  return Object.fromEntries(told.filter((one): one is readonly [string, Json] => one[1] !== undefined));
}

/** The request with which a resource's handler creates or updates it. */
export function handlerRequestFor(
  simulator: Simulator,
  stack: SimulatedStack,
  resource: SimulatedResource,
  deployment: Deployment,
): HandlerRequest {
  const { logicalId, type, properties, incarnation } = resource;
  const current = resource.physicalId === "" ? undefined : serviceResourceOf(simulator, stack, resource);
  return {
    simulator,
    scope: { account: stack.account, region: stack.region },
    stack: { id: stack.id, name: stack.name },
    logicalId,
    type,
    properties,
    tags: tagsFor(simulator, stack, resource, deployment),
    incarnation,
    ...(current && { current }),
  };
}

/** The live resource of a stack's resource; `undefined` if it was deleted. */
export function serviceResourceOf(
  simulator: Simulator,
  stack: SimulatedStack,
  resource: Pick<SimulatedResource, "type" | "physicalId" | "key">,
): ServiceResource | undefined {
  return resourceAt(
    simulator.state,
    resource.type,
    scopeOf(handlerOf(resource.type), stack),
    resource.key ?? resource.physicalId,
  );
}

/** Whether stack tags reach resources of this type. */
export function isTaggable(simulator: Simulator, type: string): boolean {
  return simulator.model.type(type)?.tags !== undefined;
}

/**
 * Types whose resources do not show CloudFormation's own tags (localstack's
 * test_resolve_transitive_placeholders_in_strings, recorded 2024-06-18, test_default_name_for_table, recorded
 * 2025-10-13, aws_iam_user's test_parity, recorded 2023-06-29, and test_cfn_lambda_sqs_source, recorded 2025-08-27,
 * whose role has none).
 */
const WITHOUT: ReadonlySet<string> = new Set([
  "AWS::DynamoDB::Table",
  "AWS::EC2::KeyPair",
  "AWS::EC2::PrefixList",
  "AWS::IAM::Role",
  "AWS::IAM::User",
  "AWS::SQS::Queue",
]);

/**
 * A resource's tags: the stack's, its own, and those that CloudFormation adds ("Resource tag" of the API reference).
 */
function tagsFor(
  simulator: Simulator,
  stack: SimulatedStack,
  resource: SimulatedResource,
  deployment: Deployment,
): HandlerRequest["tags"] {
  const tags = simulator.model.type(resource.type)?.tags;
  if (!tags) return {};
  const own = { ...deployment.tags, ...ownTags(resource.properties[tags.property]) };
  if (WITHOUT.has(resource.type)) return own;
  return {
    ...own,
    "aws:cloudformation:stack-id": stack.id,
    "aws:cloudformation:stack-name": stack.name,
    "aws:cloudformation:logical-id": resource.logicalId,
  };
}

/** Tags of a property, a list or a map. */
export function ownTags(value: Json | undefined): { readonly [key: string]: string } {
  if (Array.isArray(value)) {
    return Object.fromEntries(
      (value as readonly JsonObject[]).map(({ Key, Value }) => [String(Key), String(Value ?? "")]),
    );
  }
  if (value === null || value === undefined || typeof value !== "object") return {};
  return Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)]));
}
