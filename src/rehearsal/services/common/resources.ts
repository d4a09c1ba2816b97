import type { JsonObject } from "../../../template/types.ts";
import { scopeOf } from "../../resources/handler.ts";
import { handlerOf } from "../../resources/handlers.ts";
import { deletionRefusal } from "../../rules/rules.ts";
import { putResource, removeResource, resourceAt, resourcesAt } from "../../state/resource-store.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { Scope, ServiceResource } from "../../state/state.ts";
import { AwsError } from "../../wire/error.ts";

/** All resources of a type in the caller's scope, or global ones. */
export function listResources(
  simulator: Simulator,
  call: { readonly scope: Scope },
  type: string,
): readonly ServiceResource[] {
  return resourcesAt(simulator.state, type, scopeOf(handlerOf(type), call.scope));
}

/** The resource of this id in the caller's scope. */
export function findResource(
  simulator: Simulator,
  call: { readonly scope: Scope },
  type: string,
  id: string,
): ServiceResource | undefined {
  return resourceAt(simulator.state, type, scopeOf(handlerOf(type), call.scope), id);
}

/** Creates a resource by a call of its service, with its CloudFormation properties. */
export function createResource(
  simulator: Simulator,
  { scope }: { readonly scope: Scope },
  made: {
    readonly type: string;
    readonly id: string;
    readonly properties: JsonObject;
    readonly tags?: { readonly [key: string]: string };
  },
): ServiceResource {
  const { type, id, properties, tags = {} } = made;
  const request = {
    simulator,
    scope,
    stack: { id: "", name: "" },
    logicalId: id,
    type,
    properties,
    tags,
    incarnation: simulator.state.serial,
  };
  simulator.state.serial += 1;
  const handler = handlerOf(type);
  const resource = putResource(simulator.state, {
    ...scopeOf(handler, scope),
    type,
    id,
    properties,
    attributes: handler?.attributes?.(request, id) ?? {},
    tags: { ...tags },
    created: simulator.state.now,
    state: {},
  });
  handler?.afterWrite?.(request, resource);
  return resource;
}

/** Deletes a resource by a call of its service, with the effects on others. */
export function deleteResource(simulator: Simulator, resource: ServiceResource): void {
  if (handlerOf(resource.type)?.afterDelete?.(simulator, resource) !== "kept")
    removeResource(simulator.state, resource);
}

/** Throws the service's error (`code`) if the resource cannot be deleted. */
export function checkDeletable(simulator: Simulator, resource: ServiceResource, code: string): void {
  const held = deletionRefusal(simulator, resource);
  if (held) throw new AwsError(code, held.refusal.message);
}

/** Whether the resource is available, not only created. */
export function isReady(simulator: Simulator, { state }: ServiceResource): boolean {
  return simulator.state.now >= Number(state.ready ?? 0);
}

/** Tags as a list, as most services show them. */
export function tagList(
  resource: Pick<ServiceResource, "tags">,
): readonly { readonly Key: string; readonly Value: string }[] {
  return Object.entries(resource.tags).map(([Key, Value]) => ({ Key, Value }));
}

/** The same from a call. */
export function tagsIn(list: readonly JsonObject[]): { readonly [key: string]: string } {
  return Object.fromEntries(
    list.map((tag) => [String(tag.Key ?? tag.key ?? tag.TagKey), String(tag.Value ?? tag.value ?? tag.TagValue ?? "")]),
  );
}

/** Adds a call's tags to a resource. */
export function addTags(resource: ServiceResource, list: readonly JsonObject[]): void {
  resource.tags = { ...resource.tags, ...tagsIn(list) };
}

/** Removes tags by their keys. */
export function removeTags(resource: ServiceResource, keys: readonly string[]): void {
  resource.tags = Object.fromEntries(Object.entries(resource.tags).filter(([key]) => !keys.includes(key)));
}

/** Seconds since 1970, as JSON services show times. */
export function seconds(milliseconds: number): number {
  return milliseconds / 1000;
}

/** The ARN of a resource: an attribute of it, or its id. */
export function arnOf(resource: ServiceResource): string {
  const found = Object.entries(resource.attributes).find(
    ([name, value]) => /arn$/i.test(name) && String(value).startsWith("arn:"),
  );
  if (resource.id.startsWith("arn:")) return resource.id;
  return found ? String(found[1]) : (ec2Arn(resource) ?? resource.id);
}

/** The ARN of an EC2 resource, whose attributes have the id only (Service Authorization Reference, "Amazon EC2"). */
function ec2Arn(resource: ServiceResource): string | undefined {
  if (!resource.type.startsWith("AWS::EC2::")) return undefined;
  const { kind, id } = ec2Name(resource);
  return /^[a-z]+-[0-9a-f]+$/.test(id) ? `arn:aws:ec2:${resource.region}:${resource.account}:${kind}/${id}` : undefined;
}

/** A resource's type and id in EC2's API (API Reference, "TagSpecification"). */
export function ec2Name({ type, id, attributes }: ServiceResource): { readonly kind: string; readonly id: string } {
  const name = type.split("::")[2] ?? "";
  const kind = EC2_NAMES[name] ?? name.replace(/([a-z])([A-Z])/g, "$1-$2").toLowerCase();
  return { kind, id: String(attributes.AllocationId ?? id) };
}

const EC2_NAMES: { readonly [type: string]: string } = {
  EIP: "elastic-ip",
  FlowLog: "vpc-flow-log",
  NatGateway: "natgateway",
  VPC: "vpc",
  VPCEndpoint: "vpc-endpoint",
};
