import { secondsBetween } from "../clock.ts";
import type { Step } from "../plan/plan.ts";
import { isMoving } from "../plan/status.ts";
import { type SecondsFor, secondsFor } from "../template/durations.ts";
import type { Template } from "../template/types.ts";
import type { StackEvent } from "./cloud.ts";
import type { EventFacts } from "./event.ts";
import { failedOfItself, isOfStack, operationIn } from "./stack-events.ts";

/** How an operation on a stack ended. */
export type Ending = {
  /** The stack's final status; `DELETE_COMPLETE` for one that is gone. */
  readonly status: string;
  /**
   * The resource that failed of itself, not because another one did: the first one, but the last of a rollback that failed,
   * as that is what keeps the stack where it is.
   */
  readonly culprit?: StackEvent;
  /** AWS's words for the first thing that went wrong with the stack, or for its end. */
  readonly reason?: string;
};

/** Reads CloudFormation's events of one operation on a stack, each once and the oldest first, into facts of ours. */
export type OperationReader = {
  /** What an event tells of a resource; `undefined` for one of the stack itself. */
  readonly take: (event: StackEvent) => EventFacts["resource.changed"] | undefined;
  /** How the operation ended, once an event has said so. */
  readonly ending: () => Ending | undefined;
  /** The same for a stack that was found in a final status without an event that says so. */
  readonly endedAs: (status: string) => Ending;
};

/**
 * The reader of a step's operation: of a run's own, of one that is followed, and of one that is told again. `template` is
 * what the step deploys, as far as it is known: the seconds that a resource takes depend on it.
 */
export function operationReader(
  { phase, stack }: Pick<Step, "phase" | "stack">,
  template: Template | undefined,
  seconds: SecondsFor = secondsFor,
): OperationReader {
  const begun = new Map<string, Date>();
  let [first, last]: [first?: StackEvent, last?: StackEvent] = [];
  let trouble: string | undefined;
  let end: StackEvent | undefined;
  const endedAs = (status: string, reason = trouble): Ending => {
    const culprit = status === "UPDATE_ROLLBACK_FAILED" ? last : first;
    return { status, ...(culprit && { culprit }), ...(reason !== undefined && { reason }) };
  };
  return {
    take: (event) => {
      const { logicalId: resource, type: resourceType, status, reason } = event;
      if (isOfStack(event)) {
        if (/FAILED|ROLLBACK/.test(status)) trouble ??= reason;
        end = isMoving(status) ? undefined : event;
        return undefined;
      }
      if (failedOfItself(event)) [first, last] = [first ?? event, event];
      const operation = operationIn(status, "IN_PROGRESS");
      const since = begun.get(resource);
      if (operation && since === undefined) begun.set(resource, event.at);
      if (!status.endsWith("_IN_PROGRESS")) begun.delete(resource);
      const isOver = operationIn(status, "COMPLETE") !== undefined;
      const shape = template?.Resources[resource] ?? { Type: resourceType };
      return {
        phase,
        stack,
        resource,
        resourceType,
        status,
        ...(reason !== undefined && { reason }),
        ...(operation && { expectedSeconds: seconds(shape, operation) }),
        ...(isOver && since && { elapsedSeconds: secondsBetween(since, event.at) }),
      };
    },
    ending: () => end && endedAs(end.status, trouble ?? end.reason),
    endedAs,
  };
}
