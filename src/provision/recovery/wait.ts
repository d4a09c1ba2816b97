import type { DeployedStack } from "../../plan/deployed.ts";
import type { Step } from "../../plan/plan.ts";
import type { StackEvent } from "../cloud.ts";
import { notice, type Run } from "../engine.ts";
import { isOfStack, lastOperation } from "../stack-events.ts";
import { turnBack } from "../turn-back.ts";
import { watch } from "../watch.ts";

/** Waits for an operation that somebody else, or an earlier run, has begun; says whose it is as far as AWS tells. */
export async function waitForOther(run: Run, step: Step, found: DeployedStack): Promise<void> {
  const ref = { name: found.id, region: found.region };
  const events = await run.cloud.recentEvents(ref);
  notice(run, step, `${found.status}: ${whose(events)}; waiting for it`);
  // What an earlier run of this environment has begun is ours to turn back; the bootstrap may be another's.
  const turn = isOurs(events) && step.phase !== "bootstrap" ? () => turnBack(run, step, ref) : undefined;
  // From before the newest event: it may be the end that is waited for.
  await watch(run, step, ref, events.at(-2)?.id, turn, lastOperation(events)?.events);
}

const isOurs = (events: readonly StackEvent[]) => events.findLast(isOfStack)?.token?.startsWith("astro-") ?? false;

/** CloudFormation names no person, but hands on the token of the call (DescribeStackEvents, ClientRequestToken). */
function whose(events: readonly StackEvent[]): string {
  const token = events.findLast(isOfStack)?.token;
  if (token === undefined) return "begun by somebody else";
  if (isOurs(events)) return "begun by an earlier run of astro";
  return token.startsWith("Console-")
    ? "begun by somebody in the AWS console"
    : `begun by somebody else (token ${token})`;
}
