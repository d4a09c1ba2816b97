import type { Stack, StackEvent, StackResource } from "../cloudformation/stack.ts";
import { uuid } from "../hash.ts";
import { publish } from "../services/deliveries.ts";
import type { World } from "../world.ts";

/** Puts the stack into a state and says so in its history. */
export function setStack(world: World, stack: Stack, status: string, reason?: string): void {
  stack.status = status;
  delete stack.detailed;
  delete stack.reason;
  if (reason !== undefined) stack.reason = reason;
  write(world, stack, {
    logicalId: stack.name,
    physicalId: stack.id,
    type: "AWS::CloudFormation::Stack",
    status,
    ...(reason !== undefined && { reason }),
  });
}

/** Puts a resource into a state and says so in its stack's history. */
export function setResource(
  world: World,
  stack: Stack,
  resource: StackResource,
  status: string,
  reason?: string,
): void {
  resource.status = status;
  resource.at = world.now;
  delete resource.reason;
  delete resource.configured;
  if (reason !== undefined) resource.reason = reason;
  note(world, stack, resource, status, reason);
}

/** The same line of history for something that is no longer the stack's own resource. */
export function note(world: World, stack: Stack, resource: StackResource, status: string, reason?: string): void {
  write(world, stack, {
    logicalId: resource.logicalId,
    physicalId: resource.physicalId,
    type: resource.type,
    status,
    ...(reason !== undefined && { reason }),
    properties: told(stack, resource),
  });
}

/** Which of the stack's told texts the resource's properties are; kept once as long as they do not change. */
function told(stack: Stack, resource: Pick<StackResource, "logicalId" | "properties" | "told">): number {
  stack.told ??= { texts: [], last: {} };
  const { texts, last } = stack.told;
  const { logicalId } = resource;
  const text = JSON.stringify(resource.told ?? resource.properties);
  const before = last[logicalId];
  if (before !== undefined && texts[before] === text) return before;
  last[logicalId] = texts.length;
  return texts.push(text) - 1;
}

type Words = Pick<StackEvent, "logicalId" | "physicalId" | "type" | "status" | "reason" | "detailed" | "properties">;

/**
 * What is deleted once an update is complete is told without its properties, under ids of another kind (localstack's
 * test_change_set_ref, recorded 2025-04-08, and twelve more cases).
 */
function isCleanup({ operation }: Stack, { status }: Words): boolean {
  return status.startsWith("DELETE") && operation?.stage.endsWith("cleanup") === true;
}

/** Adds one line to a stack's history, at this moment. */
export function write(world: World, stack: Stack, words: Words): void {
  // Never two at one time, so that a reader who sorts by time gets them in order.
  const at = Math.max(world.now, (stack.events.at(-1)?.at ?? 0) + 1);
  const isStack = words.physicalId === stack.id;
  const unique = () => uuid(world.seed, stack.id, "event", stack.events.length);
  const cleaned = isCleanup(stack, words);
  const id = isStack
    ? unique()
    : cleaned
      ? `${words.logicalId}-${unique()}`
      : `${words.logicalId}-${words.status}-${new Date(at).toISOString()}`;
  const { properties, ...others } = words;
  const token = stack.operation?.token;
  const operation = stack.operation?.id ?? stack.lastOperation;
  const resource = isStack ? undefined : stack.resources[words.logicalId];
  const event: StackEvent = {
    id,
    at,
    ...(resource && properties === undefined && !cleaned && { properties: told(stack, resource) }),
    ...others,
    ...(properties !== undefined && !cleaned && { properties }),
    ...(token !== undefined && { token }),
    ...(operation !== undefined && { operation }),
  };
  stack.events.push(event);
  const { notifications = [] } = stack.operation?.target ?? stack.deployed ?? {};
  for (const topic of notifications) publish(world, topic, notice(stack, event), "AWS CloudFormation Notification");
}

/** A line of history as its stack's topics are told (localstack's test_notifications, validated on a day that is not kept). */
function notice(stack: Stack, event: StackEvent): string {
  const { id, at, logicalId, physicalId, type, status, reason = "", token = "null", properties } = event;
  const lines = {
    StackId: stack.id,
    Timestamp: new Date(at).toISOString(),
    EventId: id,
    LogicalResourceId: logicalId,
    Namespace: stack.account,
    PhysicalResourceId: physicalId,
    ResourceProperties: (properties === undefined ? undefined : stack.told?.texts[properties]) ?? "null",
    ResourceStatus: status,
    ResourceStatusReason: reason,
    ResourceType: type,
    StackName: stack.name,
    ClientRequestToken: token,
  };
  return Object.entries(lines)
    .map(([name, value]) => `${name}='${value}'\n`)
    .join("");
}
