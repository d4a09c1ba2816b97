import { type Clock, secondsBetween } from "../clock.ts";
import { PHASES, type Phase } from "../config/phases.ts";
import { AstroError, type ErrorCode } from "../errors.ts";
import type { DeployedStack } from "../plan/deployed.ts";
import { checkDigests } from "../plan/digest.ts";
import { expectedPhaseSeconds, expectedPlanSeconds, expectedSeconds } from "../plan/expect.ts";
import { type Plan, type Step, stackFor } from "../plan/plan.ts";
import type { StoredValues } from "../plan/stored-values.ts";
import type { Stack } from "../synth/assembly.ts";
import { apply, isSettled } from "./apply.ts";
import { failedStack } from "./diagnosis/diagnose.ts";
import { againOf, asAstroError, Cancelled, type Engine, type Run, refOf, stackKey } from "./engine.ts";
import { ensureLock } from "./ensure-lock.ts";
import { type FailedStack, type RunOutcome, type StackOutcome, tell } from "./event.ts";
import { shownOutputs } from "./outputs.ts";
import { patience, patient } from "./patience.ts";
import { newPollInterval } from "./poll-interval.ts";
import { removeStack } from "./remove.ts";
import { groupsOf, inTurn } from "./schedule.ts";
import { StackFailure } from "./stack-failure.ts";

export type Known = { readonly deployed: readonly DeployedStack[]; readonly values: StoredValues };
export type RunResult = {
  readonly outcome: RunOutcome;
  readonly outputs: { readonly [name: string]: string };
  readonly elapsedSeconds: number;
  /** The stacks that failed, in the order they did. */
  readonly failed: readonly FailedStack[];
  /** What was thrown where a stack failed of something else than CloudFormation's word on it. */
  readonly thrown: readonly unknown[];
  /** Stacks that are as the plan wants them. */
  readonly finished: number;
  /** How many of those were not so before. */
  readonly changed: number;
  /** What ended the run as a whole, lost credentials for one; AWS continues the operations in progress. */
  readonly error?: AstroError;
};

/** How a step ended; an AstroError ends the run as a whole. */
type StepEnd = StackOutcome | "interrupted" | FailedStack | AstroError;

/** What no other stack can escape either. */
const ENDS_THE_RUN: readonly ErrorCode[] = [
  "credentials",
  "wrong-account",
  "locked",
  "declined",
  "not-ours",
  "unreachable",
];

/**
 * Carries out a plan with the assembly it was made from, in its order, and tells of it by events. A failure lets its
 * neighbours finish, starts nothing more and returns `failed`; an abort of the signal leaves AWS to it and returns
 * `interrupted`. Throws AstroError("failed"), before anything is begun, for an assembly that is another one.
 */
export async function carryOut(plan: Plan, stacks: readonly Stack[], engine: Engine, known: Known): Promise<RunResult> {
  await checkDigests(plan, stacks);
  const start = engine.clock.now();
  const patiently = patience(engine, (reason, retrySeconds) =>
    tell({ ...engine, site: plan }, { type: "network.lost", reason, retrySeconds }),
  );
  const { lock } = engine;
  const run: Run = {
    ...engine,
    cloud: patient(engine.cloud, patiently),
    // The taking alone: whether the lock is still this run's must be known at once.
    ...(lock && { lock: { ...lock, take: (emit) => patiently(() => lock.take(emit)) } }),
    site: plan,
    stacks,
    direction: plan.direction,
    deployed: new Map(known.deployed.map((stack) => [stackKey(stack), stack])),
    values: known.values,
    touched: new Set(),
    drifted: new Set(engine.revertDrift ? known.deployed.map(stackKey) : []),
    poll: newPollInterval(engine.cloud.throttled),
  };
  tell(run, {
    type: "run.started",
    plan,
    phaseSeconds: Object.fromEntries(
      PHASES.map((phase) => [phase, expectedPhaseSeconds(plan, stacks, phase, run.secondsFor)]),
    ),
    ...(plan.order === "overlap" && { overlapSeconds: expectedPlanSeconds(plan, stacks, run.secondsFor) }),
  });
  let error: AstroError | undefined;
  const ends = new Map<Step, StepEnd>();
  const failed: FailedStack[] = [];
  const thrown: unknown[] = [];
  const begun = new Set<Phase>();
  const work = async (step: Step) => {
    const peers = plan.steps.filter(({ phase }) => phase === step.phase);
    if (!begun.has(step.phase)) {
      begun.add(step.phase);
      tell(run, { type: "phase.started", phase: step.phase, stacks: peers.map((peer) => peer.stack) });
    }
    const end = await runStep(run, step, thrown);
    ends.set(step, end);
    if (end instanceof AstroError) error ??= end;
    else if (typeof end === "object") failed.push(end);
    if (!peers.every((peer) => isGood(ends.get(peer)))) return end;
    if (!error) tell(run, { type: "phase.done", phase: step.phase });
    return end;
  };
  const goesOn = () => !isOver(run) && error === undefined && failed.length === 0;
  error = await ensureLock(run, plan);
  for (const phases of groupsOf(plan)) {
    if (!goesOn()) break;
    const steps = plan.steps.filter((step) => phases.includes(step.phase));
    await inTurn(steps, work, isGood, goesOn);
    if (phases.includes("bootstrap") && goesOn()) error = await ensureLock(run, plan, true);
  }
  if (run.lock?.lost.aborted) error = asAstroError(run.lock.lost.reason);
  const outcomes = [...ends.values()].filter(isGood);
  const finished = outcomes.length;
  const changed = outcomes.filter((outcome) => outcome !== "unchanged").length;
  const outcome: RunOutcome =
    failed.length > 0 || error
      ? "failed"
      : run.signal.aborted
        ? "interrupted"
        : run.cancel?.aborted
          ? "cancelled"
          : "done";
  const outputs = plan.direction === "provision" ? shownOutputs(plan, stacks, run.deployed) : {};
  return {
    outcome,
    outputs,
    elapsedSeconds: secondsBetween(start, run.clock.now()),
    failed,
    thrown,
    finished,
    changed,
    ...(error && { error }),
  };
}

/** True if nothing more is to be started, because the user interrupted or cancelled. */
function isOver(run: Run): boolean {
  return run.signal.aborted || run.cancel?.aborted === true;
}

function isGood(end: StepEnd | undefined): end is StackOutcome {
  return typeof end === "string" && end !== "interrupted";
}

/** Runs one step; an AstroError ends the whole run. */
async function runStep(run: Run, step: Step, thrown: unknown[]): Promise<StepEnd> {
  const { phase, stack } = step;
  const start = run.clock.now();
  try {
    const outcome = await outcomeOf(run, step);
    tell(run, { type: "stack.done", phase, stack, outcome, elapsedSeconds: since(start, run.clock) });
    return outcome;
  } catch (error) {
    if (run.signal.aborted) return "interrupted";
    if (error instanceof Cancelled) {
      tell(run, { type: "stack.done", phase, stack, outcome: "cancelled", elapsedSeconds: since(start, run.clock) });
      return "interrupted";
    }
    if (error instanceof AstroError && ENDS_THE_RUN.includes(error.code)) return error;
    if (!(error instanceof StackFailure)) thrown.push(error);
    const facts = failedStack(
      error,
      { step, site: run.site, again: againOf(run), template: stackFor(run.stacks, step)?.template },
      since(start, run.clock),
    );
    tell(run, { type: "stack.failed", ...facts });
    return facts;
  }
}

async function outcomeOf(run: Run, step: Step): Promise<StackOutcome> {
  if (await isSettled(run, step)) return "unchanged";
  const { phase, stack } = step;
  const action = step.action === "unchanged" ? "check" : step.action;
  tell(run, {
    type: "stack.started",
    phase,
    stack,
    action,
    resources: step.changes.length,
    expectedSeconds: expectedSeconds(step, run.stacks, run.secondsFor),
  });
  if (step.action === "delete") {
    const outcome = await removeStack(run, step);
    run.deployed.delete(stackKey(refOf(step)));
    return outcome;
  }
  const source = stackFor(run.stacks, step);
  if (source === undefined) throw new StackFailure({ reason: "the assembly has no such stack" });
  return apply(run, step, source);
}

function since(start: Date, clock: Clock): number {
  return secondsBetween(start, clock.now());
}
