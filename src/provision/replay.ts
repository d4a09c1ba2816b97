import { secondsBetween } from "../clock.ts";
import type { CommandLine } from "../command-line.ts";
import { PHASES, type Phase } from "../config/phases.ts";
import { expectedPhaseSeconds, expectedSeconds } from "../plan/expect.ts";
import { type Step, stackFor } from "../plan/plan.ts";
import { isSound } from "../plan/status.ts";
import type { StackEvent, StackRef } from "./cloud.ts";
import { failedStack } from "./diagnosis/diagnose.ts";
import type { Emit, EventBody, FailedStack, StackOutcome } from "./event.ts";
import { type OperationReader, operationReader } from "./operation-reader.ts";
import type { RunResult } from "./run.ts";
import type { RunHistory } from "./run-history.ts";
import type { PastOperation } from "./stack-events.ts";
import { inItsWords, StackFailure } from "./stack-failure.ts";

/** One stack of a run that is told again, and how far. */
export type StackReplay = {
  readonly step: Step;
  readonly ref: StackRef;
  readonly operation: PastOperation;
  /** Id of the last event that was told. */
  seen: string | undefined;
  /** Reads its events; there once the first one was told. */
  reader?: OperationReader;
  state: "new" | "open" | "over";
};

/** Tells a run by its stacks' events as the engine would have told it, each with the time it happened at. */
export type Replay = {
  readonly begin: () => void;
  /** Tells events of several stacks, in the order in which they happened. */
  readonly tell: (news: readonly (readonly [track: StackReplay, event: StackEvent])[]) => void;
  /** What the events add up to; `isLeft` if the user stopped following before the end. */
  readonly result: (outputs: RunResult["outputs"], isLeft: boolean) => RunResult;
};

const OUTCOMES: { readonly [action in PastOperation["action"]]: StackOutcome } = {
  create: "created",
  update: "updated",
  delete: "removed",
};

/** The replay of one run; `again` is the command that goes on from where it failed. */
export function replay(emit: Emit, { plan, begun, ended, deployed }: RunHistory, again: CommandLine): Replay {
  const phases = (plan.direction === "provision" ? PHASES : PHASES.toReversed()).filter((phase) =>
    plan.steps.some((step) => step.phase === phase),
  );
  const started = new Set<Phase>();
  const done = new Map<Step, StackOutcome>();
  const failed: FailedStack[] = [];
  let latest = begun;

  const say = (at: Date, body: EventBody) => {
    if (at > latest) latest = at;
    emit({ ...body, at: at.toISOString(), environment: plan.environment });
  };
  const stepsOf = (phase: Phase) => plan.steps.filter((step) => step.phase === phase);
  const end = (at: Date, step: Step, outcome: StackOutcome, elapsedSeconds: number) => {
    const { phase, stack } = step;
    done.set(step, outcome);
    say(at, { type: "stack.done", phase, stack, outcome, elapsedSeconds });
    if (stepsOf(phase).every((one) => done.has(one))) say(at, { type: "phase.done", phase });
  };
  /** A phase begins, and with it are told the stacks that the run did not touch, and those that are gone without a trace. */
  const start = (at: Date, phase: Phase, untouched: (step: Step) => boolean) => {
    if (started.has(phase)) return;
    for (const earlier of phases.slice(0, phases.indexOf(phase))) {
      if (stepsOf(earlier).every(untouched)) start(at, earlier, untouched);
    }
    started.add(phase);
    say(at, { type: "phase.started", phase, stacks: stepsOf(phase).map(({ stack }) => stack) });
    for (const step of stepsOf(phase).filter(untouched)) {
      end(at, step, step.action === "delete" ? "removed" : "unchanged", 0);
    }
  };

  const tracked = new Set<Step>();
  const isUntouched = (step: Step) =>
    !tracked.has(step) &&
    (step.action === "unchanged" || (step.action === "delete" && stackFor(deployed, step) === undefined));

  const open = (track: StackReplay, at: Date) => {
    const { step, operation } = track;
    const { phase, stack, resources } = step;
    const { action } = operation;
    start(at, phase, isUntouched);
    say(at, {
      type: "stack.started",
      phase,
      stack,
      action,
      resources,
      expectedSeconds: expectedSeconds({ ...step, action }, deployed),
    });
    track.state = "open";
  };
  const close = (track: StackReplay, event: StackEvent) => {
    const { step, operation, reader } = track;
    const { status = event.status, culprit, reason } = reader?.ending() ?? {};
    const elapsedSeconds = secondsBetween(operation.begun, event.at);
    track.state = "over";
    // A creation that ends deleted was cancelled, or deleted by somebody.
    const good = status === "DELETE_COMPLETE" ? operation.action === "delete" : isSound(status);
    if (good) {
      end(event.at, step, OUTCOMES[operation.action], elapsedSeconds);
      return;
    }
    const failure = new StackFailure({
      status,
      ...inItsWords(culprit?.reason ?? reason, `the stack ended as ${status}`),
      resource: culprit && { resource: culprit.logicalId, resourceType: culprit.type },
    });
    const facts = failedStack(
      failure,
      { step, site: plan, again, template: stackFor(deployed, step)?.template },
      elapsedSeconds,
    );
    failed.push(facts);
    say(event.at, { type: "stack.failed", ...facts });
  };
  const one = (track: StackReplay, event: StackEvent) => {
    if (track.state === "over") return;
    track.seen = event.id;
    if (track.state === "new") open(track, event.at);
    track.reader ??= operationReader(track.step, stackFor(deployed, track.step)?.template);
    const fact = track.reader.take(event);
    if (fact !== undefined) say(event.at, { type: "resource.changed", ...fact });
    else if (track.reader.ending()) close(track, event);
  };

  return {
    begin: () => {
      const phaseSeconds = Object.fromEntries(
        phases.map((phase) => [phase, expectedPhaseSeconds(plan, deployed, phase)]),
      );
      say(begun, { type: "run.started", plan, phaseSeconds });
    },
    tell: (news) => {
      for (const [track] of news) tracked.add(track.step);
      const inOrder = news.toSorted(([, a], [, b]) => a.at.getTime() - b.at.getTime());
      for (const [track, event] of inOrder) one(track, event);
    },
    result: (outputs, isLeft) => {
      if (!isLeft && failed.length === 0) {
        for (const phase of phases) if (stepsOf(phase).every(isUntouched)) start(latest, phase, isUntouched);
      }
      const isWhole = plan.steps.every((step) => done.has(step));
      return {
        outcome: failed.length > 0 ? "failed" : isWhole && !isLeft ? "done" : "interrupted",
        outputs,
        elapsedSeconds: secondsBetween(begun, ended ?? latest),
        failed,
        thrown: [],
        finished: done.size,
        changed: [...done.values()].filter((outcome) => outcome !== "unchanged").length,
      };
    },
  };
}
