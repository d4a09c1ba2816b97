import { type Clock, secondsBetween } from "../clock.ts";
import { PHASES } from "../config/phases.ts";
import { AstroError, type ErrorCode, reasonOf } from "../errors.ts";
import type { DeployedStack } from "../plan/deployed.ts";
import { expectedPhaseSeconds, expectedSeconds } from "../plan/expect.ts";
import type { Plan, Step } from "../plan/plan.ts";
import type { ReadRecord } from "../plan/read-values.ts";
import { sameJson } from "../template/equal.ts";
import { apply, isSettled } from "./apply.ts";
import { type Engine, type Run, refOf, StackFailure, standingKey, tell } from "./engine.ts";
import type { EventBody, RunOutcome, StackOutcome } from "./event.ts";
import { shownOutputs } from "./outputs.ts";
import { saveRecord } from "./record.ts";
import { remove } from "./remove.ts";

/** What is known of a stack that failed. */
export type FailedStack = Omit<Extract<EventBody, { readonly type: "stack.failed" }>, "type">;

export type Known = { readonly deployed: readonly DeployedStack[]; readonly record: ReadRecord };
export type Result = {
  readonly outcome: RunOutcome;
  readonly outputs: { readonly [name: string]: string };
  readonly elapsedSeconds: number;
  /** The stacks that failed, in the order they did. */
  readonly failed: readonly FailedStack[];
  /** Stacks that are as the plan wants them. */
  readonly finished: number;
  /** How many of those were not so before. */
  readonly changed: number;
  /** What ended the run as a whole, lost credentials for one; the stacks at work are left to AWS. */
  readonly error?: AstroError;
};

type PhaseEnd = Pick<Result, "failed" | "finished" | "changed" | "error">;

/** What no other stack can escape either. */
const ENDS_THE_RUN: readonly ErrorCode[] = ["credentials", "wrong-account"];

/** Stacks at work at one time: more would meet CloudFormation's request rate and gain nothing. */
const SIDE_BY_SIDE = 8;

/**
 * Carries out a plan, phase after phase, and tells of it by events. A failure lets its neighbours finish, starts
 * nothing more and returns `failed`; an abort of the signal leaves AWS at work and returns `interrupted`.
 */
export async function carryOut(plan: Plan, engine: Engine, known: Known): Promise<Result> {
  const start = engine.clock.now();
  const run: Run = {
    ...engine,
    site: plan,
    standing: new Map(known.deployed.map((stack) => [standingKey(stack), stack])),
    record: new Map(Object.entries(known.record)),
  };
  tell(run, {
    type: "run.started",
    plan,
    phaseSeconds: Object.fromEntries(PHASES.map((phase) => [phase, expectedPhaseSeconds(plan, phase)])),
  });
  const failed: FailedStack[] = [];
  let finished = 0;
  let changed = 0;
  let saved = known.record;
  let error: AstroError | undefined;
  const phases = plan.direction === "provision" ? PHASES : [...PHASES].reverse();
  for (const phase of phases) {
    const steps = plan.steps.filter((step) => step.phase === phase);
    if (steps.length === 0) continue;
    tell(run, { type: "phase.started", phase, stacks: steps.map((step) => step.stack) });
    const ended = await runPhase(run, steps);
    failed.push(...ended.failed);
    finished += ended.finished;
    changed += ended.changed;
    error = ended.error ?? (await keep(run, saved));
    saved = Object.fromEntries(run.record);
    if (run.signal.aborted || failed.length > 0 || error) break;
    tell(run, { type: "phase.done", phase });
  }
  const outcome: RunOutcome = failed.length > 0 || error ? "failed" : run.signal.aborted ? "interrupted" : "done";
  const outputs = plan.direction === "provision" ? shownOutputs(plan, run.standing) : {};
  return {
    outcome,
    outputs,
    elapsedSeconds: secondsBetween(start, run.clock.now()),
    failed,
    finished,
    changed,
    ...(error && { error }),
  };
}

/** Keeps what the stacks were deployed with, if that is news; an error of AWS is returned, not thrown. */
async function keep(run: Run, before: ReadRecord): Promise<AstroError | undefined> {
  if (sameJson(Object.fromEntries(run.record), before)) return undefined;
  try {
    await saveRecord(run);
    return undefined;
  } catch (error) {
    return asAstroError(error);
  }
}

/** Starts each stack as soon as those it needs are done; tells how many are done and which failed. */
async function runPhase(run: Run, steps: readonly Step[]): Promise<PhaseEnd> {
  const waiting = new Set(steps);
  const done = new Map<string, StackOutcome>();
  const failed: FailedStack[] = [];
  let error: AstroError | undefined;
  const working = new Map<Step, Promise<void>>();
  const here = new Set(steps.map((step) => step.stack));
  const isReady = (step: Step) => step.needs.every((need) => !here.has(need) || need === step.stack || done.has(need));
  const begin = (step: Step) => {
    waiting.delete(step);
    const work = runStep(run, step).then((end) => {
      working.delete(step);
      if (end instanceof AstroError) error ??= end;
      else if (typeof end === "object") failed.push(end);
      else if (end !== "interrupted") done.set(step.stack, end);
    });
    working.set(step, work);
  };
  while (true) {
    const room = SIDE_BY_SIDE - working.size;
    if (failed.length === 0 && error === undefined && !run.signal.aborted)
      [...waiting].filter(isReady).slice(0, room).forEach(begin);
    if (working.size === 0) {
      const changed = [...done.values()].filter((outcome) => outcome !== "unchanged").length;
      return { failed, finished: done.size, changed, ...(error && { error }) };
    }
    await Promise.race(working.values());
  }
}

/** Runs one step; an AstroError stands for something that ends the whole run. */
async function runStep(run: Run, step: Step): Promise<StackOutcome | "interrupted" | FailedStack | AstroError> {
  const { phase, stack } = step;
  const start = run.clock.now();
  try {
    const outcome = await outcomeOf(run, step);
    tell(run, { type: "stack.done", phase, stack, outcome, elapsedSeconds: since(start, run.clock) });
    return outcome;
  } catch (error) {
    if (run.signal.aborted) return "interrupted";
    if (error instanceof AstroError && ENDS_THE_RUN.includes(error.code)) return error;
    const failure = error instanceof StackFailure ? error : new StackFailure("UNKNOWN", reasonOf(error));
    const facts: FailedStack = {
      phase,
      stack,
      status: failure.status,
      reason: failure.message,
      elapsedSeconds: since(start, run.clock),
      ...failure.resource,
    };
    tell(run, { type: "stack.failed", ...facts });
    return facts;
  }
}

async function outcomeOf(run: Run, step: Step): Promise<StackOutcome> {
  if (isSettled(run, step)) return "unchanged";
  const { phase, stack } = step;
  const action = step.action === "unchanged" ? "check" : step.action;
  tell(run, {
    type: "stack.started",
    phase,
    stack,
    action,
    resources: step.changes.length,
    expectedSeconds: expectedSeconds(step),
  });
  if (step.action === "delete") {
    const outcome = await remove(run, step);
    run.standing.delete(standingKey(refOf(step)));
    run.record.delete(stack);
    return outcome;
  }
  if (step.source === undefined) throw new StackFailure("UNKNOWN", "the plan holds no template for it");
  return apply(run, step, step.source);
}

function since(start: Date, clock: Clock): number {
  return secondsBetween(start, clock.now());
}

function asAstroError(error: unknown): AstroError {
  if (error instanceof AstroError) return error;
  return new AstroError("failed", reasonOf(error), "run the same command again: it goes on from here", error);
}
