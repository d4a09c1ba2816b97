import type { PhaseRow, Progress, ResourceRow, StackRow } from "./progress.ts";

/** The resource of a running stack that will be ready last, as far as anybody can tell. */
export function waitedFor(stack: StackRow): ResourceRow | undefined {
  const moving = [...stack.resources.values()].filter(({ status }) => status.endsWith("_IN_PROGRESS"));
  return moving.sort((a, b) => readyAt(b) - readyAt(a) || a.since - b.since)[0];
}

/** Resources of a stack that have reached where they should be, in words: `4 of 6`; `4 done` if nobody knows of how many. */
export function settled({ resources, total }: StackRow): string {
  const amount = [...resources.values()].filter(({ status }) => /_(COMPLETE|SKIPPED)$/.test(status)).length;
  // An update may touch resources beside those whose change was foreseen.
  return total > 0 ? `${Math.min(amount, total)} of ${total}` : `${amount} done`;
}

/** True if what waits will not be started any more: the run is over, or a stack has failed. */
export function startsNoMore({ outcome, phases, before = [] }: Progress): boolean {
  if (before.some(({ state }) => state === "failed")) return true;
  return outcome !== undefined || phases.some(({ stacks }) => stacks.some(({ state }) => state === "failed"));
}

/** Seconds until the whole run is over; `undefined` where a phase still to come has no estimate. */
export function secondsLeft(progress: Progress, now: number): number | undefined {
  const running = progress.phases.filter(({ since, until }) => since !== undefined && until === undefined);
  const waiting = progress.phases.filter(({ since }) => since === undefined);
  // After a failure only what is under way goes on to its end.
  const failing = progress.phases.some(({ stacks }) => stacks.some(({ trouble }) => trouble !== undefined));
  if (progress.overlapSeconds !== undefined && progress.since !== undefined) {
    const all = failing ? 0 : remaining(progress.overlapSeconds, progress.since, now);
    return Math.max(all, ...running.map((phase) => slowest(phase, now)));
  }
  const parts = failing
    ? running.map((phase) => slowest(phase, now))
    : [...running.map((phase) => phaseSecondsLeft(phase, now)), ...waiting.map((phase) => phase.expectedSeconds)];
  return parts.reduce<number | undefined>(
    (sum, part) => (sum === undefined || part === undefined ? undefined : sum + part),
    0,
  );
}

function phaseSecondsLeft(phase: PhaseRow, now: number): number | undefined {
  const { expectedSeconds, since } = phase;
  if (expectedSeconds === undefined || since === undefined) return undefined;
  return Math.max(slowest(phase, now), remaining(expectedSeconds, since, now));
}

/** Seconds until the last of a phase's stacks now under way is done. */
function slowest({ stacks }: PhaseRow, now: number): number {
  const running = stacks.filter(({ state }) => state === "running");
  return Math.max(0, ...running.map(({ expectedSeconds = 0, since = now }) => remaining(expectedSeconds, since, now)));
}

function remaining(expectedSeconds: number, since: number, now: number): number {
  return expectedSeconds - (now - since) / 1000;
}

function readyAt({ since, expectedSeconds = 0 }: ResourceRow): number {
  return since + expectedSeconds * 1000;
}
