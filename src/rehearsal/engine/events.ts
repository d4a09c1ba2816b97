import { publish } from "../services/deliveries.ts";
import { uuid } from "../state/hash.ts";
import type { SimulatedEvent, SimulatedResource, SimulatedStack } from "../state/stack.ts";
import type { State } from "../state/state.ts";

/** Puts the stack into a state and says so in its history. */
export function setStackStatus(state: State, stack: SimulatedStack, status: string, reason?: string): void {
  stack.status = status;
  delete stack.detailed;
  delete stack.reason;
  if (reason !== undefined) stack.reason = reason;
  writeEvent(state, stack, {
    logicalId: stack.name,
    physicalId: stack.id,
    type: "AWS::CloudFormation::Stack",
    status,
    ...(reason !== undefined && { reason }),
  });
}

/** Puts a resource into a state and says so in its stack's history. */
export function setResourceStatus(
  state: State,
  stack: SimulatedStack,
  resource: SimulatedResource,
  status: string,
  reason?: string,
): void {
  resource.status = status;
  resource.at = state.now;
  delete resource.reason;
  delete resource.configured;
  if (reason !== undefined) resource.reason = reason;
  writeResourceEvent(state, stack, resource, status, reason);
}

/** The same line of history for something that is no longer the stack's own resource. */
export function writeResourceEvent(
  state: State,
  stack: SimulatedStack,
  resource: SimulatedResource,
  status: string,
  reason?: string,
): void {
  writeEvent(state, stack, {
    logicalId: resource.logicalId,
    physicalId: resource.physicalId,
    type: resource.type,
    status,
    ...(reason !== undefined && { reason }),
    properties: recordedProperties(stack, resource),
  });
}

/** Which of the stack's told texts the resource's properties are; kept once as long as they do not change. */
function recordedProperties(
  stack: SimulatedStack,
  resource: Pick<SimulatedResource, "logicalId" | "properties" | "told">,
): number {
  stack.told ??= { texts: [], last: {} };
  const { texts, last } = stack.told;
  const { logicalId } = resource;
  const text = JSON.stringify(resource.told ?? resource.properties);
  const before = last[logicalId];
  if (before !== undefined && texts[before] === text) return before;
  last[logicalId] = texts.length;
  return texts.push(text) - 1;
}

type Words = Pick<
  SimulatedEvent,
  "logicalId" | "physicalId" | "type" | "status" | "reason" | "detailed" | "properties"
>;

/**
 * What is deleted once an update is complete is told without its properties, under ids of another kind (localstack's
 * test_change_set_ref, recorded 2025-04-08, and twelve more cases).
 */
function isCleanup({ operation }: SimulatedStack, { status }: Words): boolean {
  return status.startsWith("DELETE") && operation?.stage.endsWith("cleanup") === true;
}

/** Adds one line to a stack's history, at this moment. */
export function writeEvent(state: State, stack: SimulatedStack, words: Words): void {
  // Never two at one time, so that a reader who sorts by time gets them in order.
  const at = Math.max(state.now, (stack.events.at(-1)?.at ?? 0) + 1);
  const isStack = words.physicalId === stack.id;
  const unique = () => uuid(state.seed, stack.id, "event", stack.events.length);
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
  const event: SimulatedEvent = {
    id,
    at,
    ...(resource && properties === undefined && !cleaned && { properties: recordedProperties(stack, resource) }),
    ...others,
    ...(properties !== undefined && !cleaned && { properties }),
    ...(token !== undefined && { token }),
    ...(operation !== undefined && { operation }),
  };
  stack.events.push(event);
  const { notifications = [] } = stack.operation?.target ?? stack.deployed ?? {};
  for (const topic of notifications)
    publish(state, topic, notificationText(stack, event), "AWS CloudFormation Notification");
}

/** A line of history as its stack's topics are told (localstack's test_notifications, validated on a day that is not kept). */
function notificationText(stack: SimulatedStack, event: SimulatedEvent): string {
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
