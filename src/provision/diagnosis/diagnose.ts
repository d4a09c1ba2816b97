import type { CommandLine } from "../../command-line.ts";
import { AstroError, reasonOf } from "../../errors.ts";
import type { Step } from "../../plan/plan.ts";
import type { Site } from "../../plan/provision-plan.ts";
import { completedHints } from "../commands.ts";
import type { FailedStack } from "../event.ts";
import { StackFailure } from "../stack-failure.ts";
import { OF_CALLS } from "./calls.ts";
import type { Diagnoses, Diagnosis, Facts, FailureCode, TaskCode } from "./code.ts";
import { OF_ENGINE } from "./engine.ts";
import { OF_EVENTS } from "./events.ts";
import { reasonCode, saysMissing } from "./reasons.ts";

/** What every kind of failure means, but for those of tasks: whoever looks at the tasks knows more. */
export const DIAGNOSES: Diagnoses<Exclude<FailureCode, TaskCode>> = { ...OF_CALLS, ...OF_EVENTS, ...OF_ENGINE };

/** Where a failure happened, and the command that goes on from there. */
type Place = Pick<Facts, "template"> & { readonly step: Step; readonly site: Site; readonly again: CommandLine };

/** What is known of a stack that failed, by what was thrown: its kind, what it means and what to do about it. */
export function failedStack(
  thrown: unknown,
  { step, site, again, template }: Place,
  elapsedSeconds: number,
): FailedStack {
  const failure = thrown instanceof StackFailure ? thrown : asFailure(thrown);
  const { status, source, call, resource, stuck, log } = failure;
  const reason = failure.message;
  const code = codeOf(failure);
  const { hints } = failure;
  const facts: Facts = { status, source, reason, ...resource, stuck, call, hints, again, step, site, template };
  const found = diagnosisOf(code, facts);
  const cause = failure.means ?? found.cause;
  return {
    phase: step.phase,
    stack: step.stack,
    status,
    source,
    code,
    reason,
    ...(call !== undefined && { call }),
    ...(cause !== undefined && { cause }),
    hints: completedHints(found.hints, again),
    elapsedSeconds,
    ...resource,
    ...(stuck.length > 0 && { stuck }),
    ...(log.length > 0 && { log }),
  };
}

/** What a failure of this kind means; of a kind that is none of the table's, what whoever found it says. */
export function diagnosisOf(code: FailureCode, facts: Facts): Diagnosis {
  const found = Object.hasOwn(DIAGNOSES, code) ? DIAGNOSES[code as keyof typeof DIAGNOSES] : { hints: facts.hints };
  return typeof found === "function" ? found(facts) : found;
}

/** An error that is not CloudFormation's word on the stack. */
function asFailure(thrown: unknown): StackFailure {
  if (!(thrown instanceof AstroError)) return new StackFailure({ reason: reasonOf(thrown), cause: thrown });
  const { code, message, hints, refusal } = thrown;
  if (refusal === undefined) return new StackFailure({ code, reason: message, hints, cause: thrown });
  const { call, words } = refusal;
  // What has no code of its own AWS's words may tell more of.
  const known = code === "failed" ? {} : { code };
  return new StackFailure({ source: "aws", ...known, reason: words, call, hints, cause: thrown });
}

/** The kind of a failure: what the engine found, else what state the stack is in, else what AWS's words tell. */
function codeOf({ code, status, message, resource, stuck, source }: StackFailure): FailureCode {
  if (code !== undefined) return code;
  const isGone = resource !== undefined && status.startsWith("UPDATE_") && saysMissing(message);
  if (stuck.length > 0 && status === "UPDATE_ROLLBACK_FAILED")
    return isGone ? "rollback-resource-gone" : "rollback-stuck";
  if (stuck.length > 0 && status === "DELETE_FAILED") return "deletion-stuck";
  if (isGone) return "changed-by-hand";
  return (source === "aws" ? reasonCode(message, resource?.resourceType) : undefined) ?? "failed";
}
