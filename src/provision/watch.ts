import type { Step } from "../plan/plan.ts";
import { isMoving } from "../plan/status.ts";
import { type Operation, secondsFor } from "../template/durations.ts";
import type { StackEvent, StackRef } from "./cloud.ts";
import { type Run, tell } from "./engine.ts";

/** How an operation on a stack ended. */
export type Ending = {
  /** The stack's final status; `DELETE_COMPLETE` for one that is gone. */
  readonly status: string;
  /** The first resource that failed of itself, not because another one did. */
  readonly culprit?: StackEvent;
  readonly reason?: string;
};

/** Seconds between two looks: quick while things move, slower on long waits, so that AWS does not throttle us. */
const QUICKEST = 2;
const SLOWEST = 8;
const SLOWER = 1.4;

/** AWS's words for a resource that stops only because a sibling failed. */
const CANCELLED = /cancelled$/i;

/**
 * Follows a stack until CloudFormation is done with it, emitting each resource's change. `ref.name` must be the ARN
 * for a removal, since a deleted stack has no other name. Rejects with the signal's reason once it is aborted.
 */
export async function watch(run: Run, step: Step, ref: StackRef, after: string | undefined): Promise<Ending> {
  let seen = after;
  let wait = QUICKEST;
  let culprit: StackEvent | undefined;
  while (true) {
    run.signal.throwIfAborted();
    const events = await run.cloud.events(ref, seen);
    seen = events.at(-1)?.id ?? seen;
    for (const event of events) {
      if (isOfStack(event)) continue;
      report(run, step, event);
      if (event.status.endsWith("_FAILED") && !CANCELLED.test(event.reason ?? "")) culprit ??= event;
    }
    const last = events.findLast(isOfStack);
    if (last && !isMoving(last.status)) {
      const reason =
        events.find((event) => isOfStack(event) && /FAILED|ROLLBACK/.test(event.status))?.reason ?? last.reason;
      return { status: last.status, ...(culprit && { culprit }), ...(reason !== undefined && { reason }) };
    }
    wait = events.length > 0 ? QUICKEST : Math.min(SLOWEST, wait * SLOWER);
    await run.clock.sleep(wait * 1000, run.signal);
  }
}

/** Id of a stack's newest event: where watching what comes next begins. */
export async function newestEvent(run: Run, ref: StackRef): Promise<string | undefined> {
  return (await run.cloud.recentEvents(ref)).at(-1)?.id;
}

function isOfStack(event: StackEvent): boolean {
  return event.type === "AWS::CloudFormation::Stack" && event.physicalId.includes(`:stack/${event.logicalId}/`);
}

function report(run: Run, step: Step, event: StackEvent): void {
  const resource = step.source?.template.Resources[event.logicalId] ?? { Type: event.type };
  const operation = OPERATIONS.find((word) => event.status === `${word.toUpperCase()}_IN_PROGRESS`);
  tell(run, {
    type: "resource.changed",
    phase: step.phase,
    stack: step.stack,
    resource: event.logicalId,
    resourceType: event.type,
    status: event.status,
    ...(event.reason !== undefined && { reason: event.reason }),
    ...(operation && { expectedSeconds: secondsFor(resource, operation) }),
  });
}

const OPERATIONS: readonly Operation[] = ["create", "update", "delete"];
