import { secondsBetween } from "../clock.ts";
import { isCallFailure } from "../errors.ts";
import { type Step, stackFor } from "../plan/plan.ts";
import { isMoving } from "../plan/status.ts";
import type { StackEvent, StackRef } from "./cloud.ts";
import { type Run, tellOf } from "./engine.ts";
import { tell } from "./event.ts";
import { type Ending, operationReader } from "./operation-reader.ts";
import { isOfStack } from "./stack-events.ts";
import { certificateNeeds } from "./wanted-records.ts";
import type { ServiceVerdict } from "./workload/verdict.ts";
import { watchWorkload } from "./workload/watch.ts";

/** How an operation that was watched ended. */
export type WatchedEnding = Ending & {
  /** Why a service of it can never be stable; AWS was told to stop, or stopped by itself. */
  readonly verdict?: ServiceVerdict;
};

/** Polls that show nothing new after which the stack itself is asked: its end may have come before watching began. */
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
): Promise<WatchedEnding> {
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
): Promise<WatchedEnding> {
  let seen = after;
  let news = run.clock.now();
  let quiet = 0;
  const reader = operationReader(step, stackFor(run.stacks, step)?.template, run.secondsFor);
  const waitsFor = certificateNeeds(run, step);
  const workload = watchWorkload(run, step);
  for (const event of past) {
    reader.take(event);
    workload.note(event);
  }
  let verdict: ServiceVerdict | undefined;
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
      const fact = reader.take(event);
      if (fact === undefined) {
        if (/ROLLBACK|DELETE/.test(event.status)) workload.forget();
        continue;
      }
      tell(run, { type: "resource.changed", ...fact });
      workload.note(event);
      const needs = waitsFor(event);
      if (needs?.records) tellOf(run, step, "dns.needed", { records: needs.records });
      if (needs?.nameServers) tellOf(run, step, "nameservers.needed", { nameServers: needs.nameServers });
    }
    if (verdict === undefined) {
      verdict = await workload.look();
      if (verdict) workload.forget();
      if (verdict && (await cancelFailing(run, step, verdict, turn))) turn = undefined;
    }
    const ending = events.some(isOfStack) ? reader.ending() : undefined;
    if (ending) return { ...ending, ...(verdict && { verdict }) };
    quiet = events.length > 0 ? 0 : quiet + 1;
    if (quiet > 0 && quiet % QUIET === 0) {
      const status = (await run.cloud.stack(ref))?.status ?? "DELETE_COMPLETE";
      if (!isMoving(status)) return { ...reader.endedAs(status), ...(verdict && { verdict }) };
    }
    if (events.length > 0) news = run.clock.now();
    const next = run.poll.next(secondsBetween(news, run.clock.now()));
    await pause(run, Math.min(next, Math.max(1, workload.due() ?? next)), turn !== undefined);
  }
}

/** Tells that a service will never be stable, and cancels the operation if that is for us to do; whether it was. */
async function cancelFailing(
  run: Run,
  step: Step,
  verdict: ServiceVerdict,
  turnBack: (() => Promise<void>) | undefined,
): Promise<boolean> {
  if (verdict.isOver || !turnBack) return false;
  const { resource, resourceType, code, reason, log } = verdict;
  const stops = verdict.stops.map((at) => at.toISOString());
  tellOf(run, step, "stack.failing", { resource, resourceType, code, reason, stops, log });
  try {
    await turnBack();
  } catch (error) {
    // The operation ended at the same moment; its events say how.
    if (!isCallFailure(error)) throw error;
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
