import type { JsonObject } from "../../../template/types.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { SimulatedChangeSet, SimulatedEvent, SimulatedStack } from "../../state/stack.ts";
import { type Call, type CallResult, needed, type ResultValue, text } from "../../wire/call.ts";
import { invalid } from "../../wire/error.ts";
import { written } from "../../wire/xml.ts";
import { missingInBrackets, theChangeSet, theStack } from "../find.ts";
import { iso, page } from "./pages.ts";

/** Events on one page (DescribeStackEvents answers at most this many). */
const PAGE = 100;

export function describeStackEvents(simulator: Simulator, call: Call): CallResult {
  const stack = theStack(simulator.state, call.scope, needed(call.input, "StackName"), missingInBrackets);
  // Counted from the oldest, so that a page does not change while new events are added.
  const token = text(call.input, "NextToken");
  const end = token === undefined ? stack.events.length : Number(Buffer.from(token, "base64url").toString("utf8"));
  if (!Number.isInteger(end) || end < 0) throw invalid("NextToken is invalid");
  const start = Math.max(0, end - PAGE);
  return {
    StackEvents: stack.events
      .slice(start, end)
      .toReversed()
      .map((event) => writtenEvent(stack, event)),
    NextToken: start > 0 ? Buffer.from(String(start)).toString("base64url") : undefined,
  };
}

/** Whoever follows a stack reads its last page again and again, and an event stays as it is. */
const writtenEvents = new WeakMap<SimulatedEvent, ResultValue>();

function writtenEvent(stack: SimulatedStack, event: SimulatedEvent): ResultValue {
  const found = writtenEvents.get(event) ?? written(eventOf(stack, event));
  writtenEvents.set(event, found);
  return found;
}

function eventOf(stack: SimulatedStack, event: SimulatedEvent): CallResult {
  return {
    StackId: stack.id,
    EventId: event.id,
    StackName: stack.name,
    OperationId: event.operation,
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.type,
    Timestamp: iso(event.at),
    ResourceStatus: event.status,
    ResourceStatusReason: event.reason,
    ResourceProperties: event.properties === undefined ? undefined : stack.told?.texts[event.properties],
    DetailedStatus: event.detailed,
    ClientRequestToken: event.token,
  };
}

export function describeEvents(simulator: Simulator, call: Call): CallResult {
  const { input, scope } = call;
  const [stackName, changeSetName, operationId] = ["StackName", "ChangeSetName", "OperationId"].map((name) =>
    text(input, name),
  );
  const failedOnly = String((input.Filters as JsonObject | undefined)?.FailedEvents) === "true";
  if (changeSetName !== undefined) {
    const { stack, changeSet } = theChangeSet(simulator.state, scope, stackName, changeSetName);
    return { OperationEvents: changeSet.findings.map((_, i) => findingOf(stack, changeSet, i)) };
  }
  const stack =
    stackName === undefined
      ? withOperation(simulator, operationId)
      : theStack(simulator.state, scope, stackName, missingInBrackets);
  const events = stack.events
    .filter((event) => operationId === undefined || event.operation === operationId)
    .toReversed();
  const chosen = events.filter((event) => !failedOnly || event.status.endsWith("_FAILED"));
  const { items, next } = page(chosen, text(input, "NextToken"));
  return { OperationEvents: items.map((event) => operationEventOf(stack, event)), NextToken: next };
}

function withOperation(simulator: Simulator, id: string | undefined): SimulatedStack {
  const stack = simulator.state.stacks.find(({ events }) => events.some(({ operation }) => operation === id));
  if (id === undefined || !stack) throw invalid("One of ChangeSetName, OperationId or StackName must be specified");
  return stack;
}

function operationEventOf(stack: SimulatedStack, event: SimulatedEvent): CallResult {
  const isStack = event.physicalId === stack.id;
  return {
    ...eventOf(stack, event),
    StackName: undefined,
    EventType: isStack ? "STACK_EVENT" : event.status.endsWith("_FAILED") ? "PROVISIONING_ERROR" : "PROGRESS_EVENT",
  };
}

function findingOf(stack: SimulatedStack, changeSet: SimulatedChangeSet, index: number): CallResult {
  const finding = changeSet.findings[index];
  return {
    EventId: `${changeSet.id.split("/").at(-1)}-${index}`,
    StackId: stack.id,
    OperationId: changeSet.id.split("/").at(-1),
    OperationType: "CREATE_CHANGESET",
    OperationStatus: "FAILED",
    EventType: "VALIDATION_ERROR",
    LogicalResourceId: finding?.logicalId,
    ResourceType: finding?.type,
    Timestamp: iso(changeSet.due),
    ValidationFailureMode: finding?.mode,
    ValidationName: finding?.validation.endsWith("PropertyValidation")
      ? "PROPERTY_VALIDATION"
      : "NAME_CONFLICT_VALIDATION",
    ValidationStatus: "FAILED",
    ValidationStatusReason: finding?.reason,
    ValidationPath: finding?.path,
  };
}
