import type { StackOutcome } from "../provision/event.ts";
import { count, duration, roughDuration } from "./format.ts";
import { secondsLeft, settled, startsNoMore, waitedFor } from "./outlook.ts";
import type { Progress, StackRow, Trouble } from "./progress.ts";
import type { Span } from "./row.ts";
import type { Theme } from "./theme.ts";
import { doing, operationWord, resourceName, shortStack } from "./words.ts";

/** True where a line has no room for all its words. */
export function isNarrow(theme: Theme): boolean {
  return theme.width < 60;
}

/** Whether what has not begun ever will. */
export function waitingWord(progress: Progress): string {
  return startsNoMore(progress) ? "not started" : "waiting";
}

/** `created`, with the number of resources where that says anything. */
export function doneWords(outcome: StackOutcome, resources: number): string {
  return outcome === "unchanged" || outcome === "cancelled" || resources === 0
    ? outcome
    : `${outcome}  ${count(resources, "resource")}`;
}

/** What a moving stack waits for: `DBInstance (RDS): creating`, and `2m 01s of ~10m` on the right. */
export function runningWords(
  theme: Theme,
  progress: Progress,
  stack: StackRow,
  now: number,
): readonly [words: readonly Span[], right: string] {
  const elapsed = (now - (stack.since ?? now)) / 1000;
  if (progress.outcome !== undefined) return [["still running at AWS"], duration(elapsed)];
  if (stack.trouble)
    return [[[stack.action === "delete" ? "failing" : "rolling back", theme.paint.red]], duration(elapsed)];
  if (stack.action === "check") return [["checking"], duration(elapsed)];
  const done = settled(stack);
  const resource = waitedFor(stack);
  if (!resource) return [[done, `  ${operationWord(stack.action)}`], ofExpected(theme, elapsed, stack.expectedSeconds)];
  const seconds = (now - resource.since) / 1000;
  const late = resource.expectedSeconds !== undefined && seconds > resource.expectedSeconds * LATE;
  const words: readonly Span[] = [done, `  ${resourceName(resource.type)}: `];
  const how: Span = late ? ["slower than usual", theme.paint.yellow] : doing(resource.status);
  return [[...words, how], ofExpected(theme, seconds, resource.expectedSeconds)];
}

/** An estimate may be off by half before it is worth a word. */
const LATE = 1.5;

/** How long the run has taken, and how long it still will: `6m 12s, ~9m left`. */
export function overall(progress: Progress, since: number, now: number): string {
  const elapsed = duration(((progress.until ?? now) - since) / 1000);
  const left = progress.outcome === undefined ? secondsLeft(progress, now) : undefined;
  return left === undefined || left < 1 ? elapsed : `${elapsed}, ${roughDuration(left)} left`;
}

/** `2m 01s of ~10m`; on a narrow screen what it is matters more than how long it may take. */
export function ofExpected(theme: Theme, seconds: number, expectedSeconds: number | undefined): string {
  return expectedSeconds === undefined || expectedSeconds < 1 || isNarrow(theme)
    ? duration(seconds)
    : `${duration(seconds)} of ${roughDuration(expectedSeconds)}`;
}

/** `created  network, 41 resources`, or how many stacks went which way. */
export function summary(progress: Progress, stacks: readonly StackRow[]): string {
  const outcomes = [...new Set(stacks.map((stack) => stack.outcome ?? "unchanged"))];
  const moved = stacks.filter((stack) => stack.outcome !== "unchanged");
  const resources = moved.reduce((sum, stack) => sum + stack.total, 0);
  const [only] = stacks;
  const who =
    only && stacks.length === 1
      ? shortStack(only.stack, progress.project, progress.environment)
      : count(stacks.length, "stack");
  const what = resources > 0 ? `, ${count(resources, "resource")}` : "";
  if (outcomes.length === 1) return `${outcomes[0]}  ${who}${what}`;
  const each = outcomes.map((outcome) => `${stacks.filter((stack) => stack.outcome === outcome).length} ${outcome}`);
  return `${each.join(", ")}${what}`;
}

/** What broke and why, in one line. */
export function failingWords({ resourceType, resource, reason }: Trouble): string {
  const who = resourceType === undefined ? resource : resourceName(resourceType);
  return who === undefined ? reason : `${who}: ${reason}`;
}

/** The short names of `stacks`, in their order. */
export function stackNames({ project, environment }: Progress, stacks: readonly StackRow[]): string {
  return stacks.map(({ stack }) => shortStack(stack, project, environment)).join(", ");
}
