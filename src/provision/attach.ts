import { type Clock, secondsBetween } from "../clock.ts";
import type { CommandLine } from "../command-line.ts";
import type { DeployedStack } from "../plan/deployed.ts";
import { type Step, stackFor } from "../plan/plan.ts";
import type { Cloud, StackEvent } from "./cloud.ts";
import { stackKey } from "./engine.ts";
import type { Emit } from "./event.ts";
import { idOf, isSilent, type Watched } from "./lock.ts";
import { everyStack } from "./look.ts";
import { shownOutputs } from "./outputs.ts";
import { newPollInterval } from "./poll-interval.ts";
import { replay, type StackReplay } from "./replay.ts";
import type { RunResult } from "./run.ts";
import type { RunHistory } from "./run-history.ts";
import { sideBySide } from "./side-by-side.ts";
import { lastOperation, type PastOperation } from "./stack-events.ts";

/** What following a run needs; nothing of it changes anything. */
export type Watching = {
  readonly cloud: Cloud;
  readonly clock: Clock;
  /** The clock by which runs keep their locks alive. */
  readonly lockClock: Clock;
  readonly emit: Emit;
  readonly signal: AbortSignal;
  /** The command that goes on from where the run failed, flags and all. */
  readonly again: CommandLine;
};

/**
 * Follows a finished or running deployment by its stacks' events alone: what has happened at once, what comes as
 * it comes, each with its own time. Ends when CloudFormation is done and that run, if it is on record, holds the lock no
 * more; an abort of the signal ends it with `interrupted`.
 */
export async function followRun(
  { cloud, clock, lockClock, emit, signal, again }: Watching,
  history: RunHistory,
): Promise<RunResult> {
  const { plan } = history;
  const replayed = replay(emit, history, again);
  const interval = newPollInterval(cloud.throttled);
  const isHeld = holding(cloud, lockClock, history);
  const regions = [...new Set(plan.steps.map((step) => step.region))];
  replayed.begin();
  const first = plan.steps.flatMap((step) => {
    const operation = history.operations.get(stackKey({ name: step.stack, region: step.region }));
    return operation ? [trackOf(step, operation)] : [];
  });
  replayed.tell(first.flatMap(unreplayed));
  const tracks = [...first];
  const marks = new Map<string, string>();
  let deployed: readonly DeployedStack[] = [];
  let news = clock.now();
  while (!signal.aborted) {
    deployed = await everyStack(cloud, regions);
    const fresh = await begunSince(cloud, history, tracks, moved(deployed, marks));
    const open = tracks.filter(({ state }) => state === "open");
    const more = await sideBySide(open, async (track) => paired(track, await cloud.events(track.ref, track.seen)));
    tracks.push(...fresh);
    const all = [...fresh.flatMap(unreplayed), ...more.flat()];
    if (all.length > 0) news = clock.now();
    replayed.tell(all);
    if (!tracks.some(({ state }) => state === "open") && all.length === 0 && !(history.isRecorded && (await isHeld())))
      break;
    await clock.sleep(interval.next(secondsBetween(news, clock.now())) * 1000, signal).catch(() => undefined);
  }
  const map = new Map(deployed.map((stack) => [stackKey(stack), stack]));
  return replayed.result(
    plan.direction === "provision" ? shownOutputs(plan, history.deployed, map) : {},
    signal.aborted,
  );
}

type TrackedEvent = readonly [StackReplay, StackEvent];

function paired(track: StackReplay, events: readonly StackEvent[]): readonly TrackedEvent[] {
  return events.map((event) => [track, event] as const);
}

function unreplayed(track: StackReplay): readonly TrackedEvent[] {
  return paired(track, track.operation.events);
}

function trackOf(step: Step, operation: PastOperation): StackReplay {
  // By its ARN: what is deleted meanwhile has no other name.
  const id = operation.events[0]?.physicalId ?? step.stack;
  return { step, ref: { name: id, region: step.region }, operation, seen: undefined, state: "new" };
}

/** Those of the stacks that are not as they were when this was last asked. */
function moved(deployed: readonly DeployedStack[], marks: Map<string, string>): readonly DeployedStack[] {
  return deployed.filter((stack) => {
    const [key, mark] = [stackKey(stack), `${stack.id} ${stack.status} ${stack.updatedAt?.getTime()}`];
    const isSame = marks.get(key) === mark;
    marks.set(key, mark);
    return !isSame;
  });
}

/** Stacks that the run has come to since the last look. */
async function begunSince(
  cloud: Cloud,
  { plan, run }: RunHistory,
  tracks: readonly StackReplay[],
  deployed: readonly DeployedStack[],
): Promise<readonly StackReplay[]> {
  const waiting = plan.steps.flatMap((step) => {
    const stack = stackFor(deployed, step);
    const isKnown = step.action === "unchanged" || tracks.some((track) => track.step === step);
    return stack && !isKnown && stack.status !== "REVIEW_IN_PROGRESS" ? [{ step, stack }] : [];
  });
  const looked = await sideBySide(waiting, async ({ step, stack }) => {
    const operation = lastOperation(await cloud.events({ name: stack.id, region: stack.region }));
    return operation && operation.run === run ? [trackOf(step, operation)] : [];
  });
  return looked.flat();
}

/** Whether the run holds the environment's lock and gives signs of life: between two stacks nothing else tells of it. */
function holding(cloud: Cloud, clock: Clock, { plan, run }: RunHistory): () => Promise<boolean> {
  let watched: Watched | undefined;
  return async () => {
    const holder = run === undefined ? undefined : await cloud.lock(plan.region, idOf(plan));
    if (holder?.run !== run || holder === undefined) return false;
    if (watched?.holder.heartbeat !== holder.heartbeat) watched = { holder, since: clock.now() };
    return !isSilent(watched, clock.now());
  };
}
