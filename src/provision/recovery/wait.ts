import type { DeployedStack } from "../../plan/deployed.ts";
import type { Step } from "../../plan/plan.ts";
import { type Run, tellOf } from "../engine.ts";
import { isOfStack, lastOperation } from "../stack-events.ts";
import { turnBack } from "../turn-back.ts";
import { watch } from "../watch.ts";

/** Waits for an operation that somebody else, or an earlier run, has begun; tells who began it as far as AWS says. */
export async function waitForOther(run: Run, step: Step, found: DeployedStack): Promise<void> {
  const ref = { name: found.id, region: found.region };
  const events = await run.cloud.recentEvents(ref);
  const token = events.findLast(isOfStack)?.token;
  const begunBy = beginnerOf(token);
  tellOf(run, step, "stack.waiting", { status: found.status, begunBy, ...(token !== undefined && { token }) });
  // What an earlier run of this environment has begun is ours to turn back; the bootstrap may be another's.
  const turn = begunBy === "astro" && step.phase !== "bootstrap" ? () => turnBack(run, step, ref) : undefined;
  // From before the newest event: it may be the end that is waited for.
  await watch(run, step, ref, events.at(-2)?.id, turn, lastOperation(events)?.events);
}

/** CloudFormation names no person, but hands on the token of the call (DescribeStackEvents, ClientRequestToken). */
function beginnerOf(token = ""): "astro" | "console" | "other" {
  if (token.startsWith("astro-")) return "astro";
  return token.startsWith("Console-") ? "console" : "other";
}
