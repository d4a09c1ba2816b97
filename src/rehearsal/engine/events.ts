import { publish } from "../services/deliveries.ts";
import { uuid } from "../state/hash.ts";
import type { SimulatedEvent, SimulatedResource, SimulatedStack } from "../state/stack.ts";
import type { State } from "../state/state.ts";

/** Sets the stack's status and adds the event. */
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

/** Sets a resource's status and adds the event to its stack. */
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

/** Adds a resource's event without setting its status, also for one that was replaced. */
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

/** The index of the resource's properties in the stack's recorded texts; stored once as long as they do not change. */
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
 * Events of the cleanup after an update have no properties, and ids of another form (localstack's test_change_set_ref,
 * recorded 2025-04-08, and twelve more cases).
 */
function isCleanup({ operation }: SimulatedStack, { status }: Words): boolean {
  return status.startsWith("DELETE") && operation?.stage.endsWith("cleanup") === true;
}

/** Adds an event to a stack, at the current time. */
export function writeEvent(state: State, stack: SimulatedStack, words: Words): void {
  // No two at the same time, so that sorting by time keeps their order.
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

/**
 * An event as it is published to the stack's notification topics (localstack's test_notifications, validated, the date
 * is not recorded).
 */
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
