import type { Context } from "../context.ts";
import { AstroError, exitCodeOf } from "../errors.ts";
import type { Plan } from "../plan/plan.ts";
import { diagnose } from "../provision/diagnosis.ts";
import { carryOut, type Known, type Result } from "../provision/run.ts";
import { renderFailure } from "../view/failure.ts";
import type { View } from "../view/view.ts";
import type { Operation } from "./open.ts";

/** Carries a plan out before the eyes of `view`, and tells it how it ended. */
export async function conduct(
  context: Context,
  { target, header }: Operation,
  plan: Plan,
  known: Known,
  view: View,
  kept: readonly string[] = [],
): Promise<Result> {
  const started = context.clock.now();
  try {
    const result = await carryOut(
      plan,
      {
        cloud: target.cloud,
        clock: target.clock,
        emit: view.emit,
        signal: context.interruptible(),
        token: context.token,
      },
      known,
    );
    view.emit({
      type: "result",
      at: target.clock.now().toISOString(),
      environment: plan.environment,
      outcome: result.outcome,
      outputs: result.outputs,
      elapsedSeconds: Math.round((context.clock.now().getTime() - started.getTime()) / 100) / 10,
      ...(header.rehearsal && { simulatedSeconds: Math.round(result.elapsedSeconds) }),
      ...(kept.length > 0 && { kept }),
    });
    return result;
  } finally {
    await view.close();
  }
}

/** The view that fits: JSON lines, a live screen, or a plain log where nobody can see one redrawn. */
export async function openView(context: Context, json: boolean, { header, target }: Operation): Promise<View> {
  if (json) return (await import("../view/json.ts")).jsonView(context.stdout);
  if (context.stderr.interactive)
    return (await import("../view/live.ts")).liveView(context.stderr, target.clock, header);
  return (await import("../view/log.ts")).logView(context.stderr, target.clock, header);
}

/**
 * Says how a run ended, last on the screen, and returns the exit code. `again` is the command that goes on from here,
 * `good` the words for a run that went well. Throws AstroError for what ended the run as a whole.
 */
export async function settle(
  context: Context,
  { header }: Operation,
  plan: Plan,
  result: Result,
  again: string,
  good: () => string,
  json: boolean,
): Promise<number> {
  if (result.error) throw result.error;
  if (result.outcome === "interrupted") {
    throw new AstroError(
      "interrupted",
      "stopped watching; AWS goes on with what it has begun",
      `go on with:  ${again}`,
    );
  }
  const [first, ...others] = result.failed.map((failed) => ({ ...failed, ...adviceOn(failed, plan.environment) }));
  if (first === undefined) {
    if (!json) context.stdout.write(good());
    return 0;
  }
  const { finished } = result;
  const notStarted = plan.steps.length - finished - result.failed.length;
  const report = { header, project: plan.project, failed: [first, ...others] as const, finished, notStarted, again };
  context.stderr.write(renderFailure(report, context.stderr));
  return exitCodeOf("stacks-failed");
}

/** What a failure means, its commands written for this environment. */
function adviceOn(failed: Parameters<typeof diagnose>[0], environment: string): Partial<ReturnType<typeof diagnose>> {
  const found = diagnose(failed);
  return found && { ...found, advice: found.advice.replaceAll("--env ENV", `--env ${environment}`) };
}
