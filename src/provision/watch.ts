import { secondsBetween } from "../clock.ts";
import { AstroError } from "../errors.ts";
import type { Step } from "../plan/plan.ts";
import { isMoving } from "../plan/status.ts";
import { secondsFor } from "../template/durations.ts";
import type { StackEvent, StackRef } from "./cloud.ts";
import { declaredIn, notice, type Run } from "./engine.ts";
import { tell } from "./event.ts";
import { failedOfItself, isOfStack, operationIn } from "./stack-events.ts";
import { certificateWords } from "./wanted-records.ts";
import type { ServiceVerdict } from "./workload/verdict.ts";
import { watchWorkload } from "./workload/watch.ts";

/** How an operation on a stack ended. */
export type Ending = {
  /** The stack's final status; `DELETE_COMPLETE` for one that is gone. */
  readonly status: string;
  /** The first resource that failed of itself, not because another one did. */
  readonly culprit?: StackEvent;
  readonly reason?: string;
  /** Why a service of it can never be steady; AWS was told to stop, or stopped by itself. */
  readonly verdict?: ServiceVerdict;
};

/** Looks that show nothing new after which the stack itself is asked: its end may have come before watching began. */
const QUIET = 8;

/**
 * Follows a stack until CloudFormation is done with it, emitting each resource's change. `ref.name` must be the ARN:
 * a stack that is deleted meanwhile has no other name. `turnBack` is called once if the run is cancelled, or if a
 * service of the stack will never work; `past` is what the operation's events told before. Rejects with the signal's
 * reason once it is aborted.
 */
export async function watch(
  run: Run,
  step: Step,
  ref: StackRef,
  after: string | undefined,
  turnBack?: () => Promise<void>,
  past: readonly StackEvent[] = [],
): Promise<Ending> {
  const leave = run.poll.enter();
  try {
    return await follow(run, step, ref, after, turnBack, past);
  } finally {
    leave();
  }
}

async function follow(
  run: Run,
  step: Step,
  ref: StackRef,
  after: string | undefined,
  turnBack: (() => Promise<void>) | undefined,
  past: readonly StackEvent[],
): Promise<Ending> {
  let seen = after;
  let news = run.clock.now();
  let quiet = 0;
  const begun = new Map<string, Date>();
  const waitsFor = certificateWords(run, step);
  const workload = watchWorkload(run, step);
  for (const event of past) workload.note(event);
  let verdict: ServiceVerdict | undefined;
  let culprit: StackEvent | undefined;
  let turn = turnBack;
  while (true) {
    run.signal.throwIfAborted();
    if (run.cancel?.aborted && turn) {
      await turn();
      turn = undefined;
    }
    const events = await run.cloud.events(ref, seen);
    seen = events.at(-1)?.id ?? seen;
    for (const event of events) {
      if (isOfStack(event)) {
        if (/ROLLBACK|DELETE/.test(event.status)) workload.forget();
        continue;
      }
      report(run, step, event, begun);
      workload.note(event);
      const words = waitsFor(event);
      if (words !== undefined) notice(run, step, words);
      if (failedOfItself(event)) culprit ??= event;
    }
    if (verdict === undefined) {
      verdict = await workload.look();
      if (verdict) workload.forget();
      if (verdict && (await condemned(run, step, verdict, turn))) turn = undefined;
    }
    const last = events.findLast(isOfStack);
    if (last && !isMoving(last.status)) {
      const reason =
        events.find((event) => isOfStack(event) && /FAILED|ROLLBACK/.test(event.status))?.reason ?? last.reason;
      const { status } = last;
      return {
        status,
        ...(culprit && { culprit }),
        ...(reason !== undefined && { reason }),
        ...(verdict && { verdict }),
      };
    }
    quiet = events.length > 0 ? 0 : quiet + 1;
    if (quiet > 0 && quiet % QUIET === 0) {
      const status = (await run.cloud.stack(ref))?.status ?? "DELETE_COMPLETE";
      if (!isMoving(status)) return { status, ...(culprit && { culprit }), ...(verdict && { verdict }) };
    }
    if (events.length > 0) news = run.clock.now();
    const next = run.poll.next(secondsBetween(news, run.clock.now()));
    await pause(run, Math.min(next, Math.max(1, workload.due() ?? next)), turn !== undefined);
  }
}

/** Says that a service will never work, and turns its stack back if that is for us to do; whether it was. */
async function condemned(
  run: Run,
  step: Step,
  verdict: ServiceVerdict,
  turnBack: (() => Promise<void>) | undefined,
): Promise<boolean> {
  if (verdict.isOver || !turnBack) return false;
  const { phase, stack } = step;
  const { resource, resourceType, reason, log } = verdict;
  const stops = verdict.stops.map((at) => at.toISOString());
  tell(run, { type: "stack.condemned", phase, stack, resource, resourceType, reason, stops, log });
  try {
    await turnBack();
  } catch (error) {
    // It came to its end at the same moment; its events say which.
    if (!(error instanceof AstroError && error.code === "failed")) throw error;
  }
  return true;
}

/** Sleeps; a wish to cancel is heard at once. */
async function pause(run: Run, seconds: number, cancellable: boolean): Promise<void> {
  const signals = cancellable && run.cancel ? [run.signal, run.cancel] : [run.signal];
  try {
    await run.clock.sleep(seconds * 1000, AbortSignal.any(signals));
  } catch (error) {
    if (run.signal.aborted || !run.cancel?.aborted) throw error;
  }
}

/** Id of a stack's newest event: where watching what comes next begins. */
export async function newestEvent(run: Run, ref: StackRef): Promise<string | undefined> {
  return (await run.cloud.recentEvents(ref)).at(-1)?.id;
}

/** Tells of a resource's change; `begun` remembers when AWS began with each. */
function report(run: Run, step: Step, event: StackEvent, begun: Map<string, Date>): void {
  const resource = declaredIn(run, step, event);
  const operation = operationIn(event.status, "IN_PROGRESS");
  const since = begun.get(event.logicalId);
  if (operation && since === undefined) begun.set(event.logicalId, event.at);
  if (!event.status.endsWith("_IN_PROGRESS")) begun.delete(event.logicalId);
  const isOver = operationIn(event.status, "COMPLETE") !== undefined;
  const seconds = run.secondsFor ?? secondsFor;
  tell(run, {
    type: "resource.changed",
    phase: step.phase,
    stack: step.stack,
    resource: event.logicalId,
    resourceType: event.type,
    status: event.status,
    ...(event.reason !== undefined && { reason: event.reason }),
    ...(operation && { expectedSeconds: seconds(resource, operation) }),
    ...(isOver && since && { elapsedSeconds: secondsBetween(since, event.at) }),
  });
}
