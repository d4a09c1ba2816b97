import { type Clock, secondsBetween } from "../../clock.ts";
import { AstroError, reasonOf } from "../../errors.ts";
import type { Site } from "../../plan/provision-plan.ts";
import { asAstroError } from "../../provision/engine.ts";
import { type Emit, type EventFacts, tell } from "../../provision/event.ts";
import type { ReleaseStep } from "../../provision/release-facts.ts";
import type { RunResult } from "../../provision/run.ts";

/** What a step tells once it is done. */
type Done = Omit<EventFacts["step.done"], "step" | "elapsedSeconds">;

/** Whom a release tells of its steps, and by which clock. */
export type StepReporter = { readonly clock: Clock; readonly emit: Emit; readonly site: Site };

/** Does one step of a release, and tells how it goes. Rejects as `work` does. */
export async function releaseStep<T>(
  reporter: StepReporter,
  step: ReleaseStep,
  about: Omit<EventFacts["step.started"], "step">,
  work: () => Promise<{ readonly value: T; readonly done: Done }>,
): Promise<T> {
  const start = reporter.clock.now();
  const elapsedSeconds = () => Math.round(secondsBetween(start, reporter.clock.now()) * 10) / 10;
  tell(reporter, { type: "step.started", step, ...about });
  try {
    const { value, done } = await work();
    tell(reporter, { type: "step.done", step, ...done, elapsedSeconds: elapsedSeconds() });
    return value;
  } catch (error) {
    const code = error instanceof AstroError ? error.code : "failed";
    const [reason = ""] = reasonOf(error).split("\n");
    tell(reporter, { type: "step.failed", step, code, reason, elapsedSeconds: elapsedSeconds() });
    throw error;
  }
}

/** A run that came to its end before any stack was to be changed, or without. */
export const NOTHING_ROLLED_OUT: RunResult = {
  outcome: "done",
  outputs: {},
  elapsedSeconds: 0,
  failed: [],
  thrown: [],
  finished: 0,
  changed: 0,
};

/** What is thrown in a release as its result; `interrupted` says what whoever left it leaves behind. */
export async function asResult(
  signals: { readonly signal: AbortSignal; readonly cancel: AbortSignal },
  interrupted: () => AstroError,
  work: () => Promise<RunResult>,
): Promise<RunResult> {
  try {
    return await work();
  } catch (error) {
    // A lost lock aborts too, and says why.
    const lost = signals.signal.reason instanceof AstroError ? signals.signal.reason : undefined;
    if (lost) return { ...NOTHING_ROLLED_OUT, outcome: "failed", error: lost };
    if (signals.signal.aborted) return { ...NOTHING_ROLLED_OUT, outcome: "interrupted", error: interrupted() };
    if (signals.cancel.aborted) {
      const words = "cancelled before anything was rolled out";
      const cancelled = new AstroError("cancelled", words, "to start over, run the same command again");
      return { ...NOTHING_ROLLED_OUT, outcome: "cancelled", error: cancelled };
    }
    return { ...NOTHING_ROLLED_OUT, outcome: "failed", error: asAstroError(error) };
  }
}
