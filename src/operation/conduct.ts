import type { CommandLine } from "../command-line.ts";
import type { Context } from "../context.ts";
import { AstroError, exitCodeOf } from "../errors.ts";
import type { Location } from "../plan/elsewhere.ts";
import type { Kept } from "../plan/kept.ts";
import type { Plan } from "../plan/plan.ts";
import { completed } from "../provision/commands.ts";
import type { Engine } from "../provision/engine.ts";
import { type Emit, tell } from "../provision/event.ts";
import { recorder } from "../provision/recorder.ts";
import { carryOut, type Known, type RunResult } from "../provision/run.ts";
import type { Stack } from "../synth/assembly.ts";
import { renderTrace } from "../view/error.ts";
import { renderFailure } from "../view/failure.ts";
import type { View } from "../view/view.ts";
import { interruption } from "./interrupt.ts";
import { remembering } from "./memory.ts";
import type { EnvironmentOperation } from "./open.ts";
import { type Probe, probesOf, whenReady } from "./readiness.ts";
import type { LockSession } from "./session.ts";
import { stopwatch } from "./timings.ts";

/** What a run needs beside its plan. */
type Conducting = {
  readonly session: LockSession;
  readonly plan: Plan;
  /** The stacks that its steps deploy. */
  readonly stacks: readonly Stack[];
  readonly known: Known;
  readonly view: View;
  /** What is remembered of other environments although it is no more; without it nothing is remembered anew. */
  readonly gone?: readonly Location[];
  /** What is done around carrying plans out, where there is more to do than that. */
  readonly work?: (conducted: Conducted) => Promise<RunResult>;
  /** Aborted to leave what is in progress to AWS. */
  readonly leave?: AbortSignal;
  /** What a removal leaves behind on purpose. */
  readonly kept?: readonly Kept[];
  /** What else the engine is given. */
  readonly engine?: Pick<Engine, "again" | "gate" | "recoveryOptions" | "revertDrift" | "secondsFor">;
};

/** What whoever works around plans is given. */
export type Conducted = {
  readonly emit: Emit;
  /** Aborted once whoever deploys leaves, or the lock is lost. */
  readonly signal: AbortSignal;
  /** Aborted to take back what is in progress. */
  readonly cancel: AbortSignal;
  readonly carry: (plan: Plan, stacks: readonly Stack[]) => Promise<RunResult>;
};

/** Carries a plan out before the eyes of `view`, and tells it how it ended. */
export async function conduct(
  context: Context,
  operation: EnvironmentOperation,
  { session, plan, stacks, known, view, gone, kept = [], engine, work, leave }: Conducting,
): Promise<RunResult> {
  const { target, header, site } = operation;
  const started = context.clock.now();
  const watch = stopwatch(operation, stacks);
  const { lock, own, token } = session;
  const recording = recorder(target.cloud, site, own);
  const interrupt = interruption(context, view);
  const unwritable = (file: string, reason: string) =>
    tell({ clock: target.clock, emit: view.emit, site }, { type: "memory.unwritable", file, reason });
  const memory = gone && remembering(operation, plan, { deployed: known.deployed, gone }, unwritable);
  const emit: Emit = (event) => {
    interrupt.emit(event);
    recording.emit(event);
    watch.emit(event);
    memory?.emit(event);
  };
  try {
    return await target.running(async () => {
      const signal = AbortSignal.any([interrupt.signal, lock.lost, ...(leave ? [leave] : [])]);
      const { cancel, ask } = interrupt;
      const world = {
        cloud: target.cloud,
        clock: target.clock,
        emit,
        signal,
        cancel,
        token,
        lock,
        ...(ask && { ask }),
      };
      // What express mode does not wait for a release has to know.
      const express = operation.environment.express && work === undefined;
      const carry: Conducted["carry"] = (plan, stacks) =>
        carryOut(plan, stacks, { ...world, ...engine, express }, known);
      const result = work
        ? await work({ emit, signal, cancel, carry })
        : await ready(context, operation, plan, await carry(plan, stacks), emit, interrupt.signal);
      await interrupt.close();
      memory?.close(result.outcome);
      emit({
        type: "result",
        at: target.clock.now().toISOString(),
        environment: plan.environment,
        outcome: result.outcome,
        outputs: result.outputs,
        elapsedSeconds: Math.round((context.clock.now().getTime() - started.getTime()) / 100) / 10,
        ...(header.rehearsal && { simulatedSeconds: Math.round(result.elapsedSeconds) }),
        ...(kept.length > 0 && { kept }),
      });
      await recording.close();
      // What express mode does not wait for says nothing of how long it takes.
      if (!operation.environment.express) await watch.save();
      return result;
    });
  } finally {
    await interrupt.close();
    await view.close();
  }
}

/** What became of a run in express mode, once the environment works: CloudFormation itself did not wait for that. */
async function ready(
  context: Context,
  { environment, target }: EnvironmentOperation,
  plan: Plan,
  result: RunResult,
  emit: Emit,
  signal: AbortSignal,
): Promise<RunResult> {
  if (!environment.express || plan.direction === "destroy" || result.outcome !== "done" || target.rehearsing)
    return result;
  const probes = probesOf(result.outputs, environment);
  const waiting = (probes: readonly Probe[]) => {
    const endpoints = probes.map(({ what: name, url }) => ({ name, url }));
    tell({ clock: target.clock, emit, site: plan }, { type: "endpoints.waiting", endpoints });
  };
  const error = await whenReady({ clock: target.clock, get: target.get ?? context.get, signal }, probes, waiting);
  if (signal.aborted) return { ...result, outcome: "interrupted" };
  return error ? { ...result, outcome: "failed", error } : result;
}

/** The view that fits: JSON lines, a live screen, or a plain log where nobody can see one redrawn. */
export async function openView(
  context: Context,
  json: boolean,
  { header, target }: EnvironmentOperation,
): Promise<View> {
  if (json) return (await import("../view/json.ts")).jsonView(context.stdout);
  if (context.stderr.interactive)
    return (await import("../view/live.ts")).liveView(context.stderr, target.clock, header);
  return (await import("../view/log.ts")).logView(context.stderr, target.clock, header);
}

/**
 * Says how a run ended, last on the screen, and returns the exit code. `again` is the command that goes on from here,
 * `good` the words for a run that went well. Throws AstroError for what ended the run as a whole.
 */
export async function reportOutcome(
  context: Context,
  { header }: EnvironmentOperation,
  plan: Pick<Plan, "project"> & { readonly steps: readonly unknown[] },
  result: RunResult,
  again: CommandLine,
  good: () => string,
  json: boolean,
): Promise<number> {
  if (result.error) throw result.error;
  if (result.outcome === "interrupted") {
    throw new AstroError("interrupted", "detached, the deployment continues in AWS", [
      { text: "follow it with", command: completed(["astro", "attach"], again) },
      { text: "or go on with", command: again },
    ]);
  }
  if (result.outcome === "cancelled") {
    const words = "rolled back; the stacks that were done before stay deployed";
    throw new AstroError("cancelled", words, { text: "to start over, run", command: again });
  }
  const [first, ...others] = result.failed;
  if (first === undefined) {
    if (!json) context.stdout.write(good());
    return 0;
  }
  const { finished } = result;
  const notStarted = plan.steps.length - finished - result.failed.length;
  const report = { header, project: plan.project, failed: [first, ...others] as const, finished, notStarted, again };
  context.stderr.write(renderFailure(report, context.stderr));
  if (context.debug) for (const thrown of result.thrown) context.stderr.write(renderTrace(thrown));
  return exitCodeOf("stacks-failed");
}
