import type { Event, EventOf, RunOutcome } from "../provision/event.ts";
import { failedOfItself, isFull } from "../provision/stack-events.ts";
import { noticeLines } from "./event-words.ts";
import { count, duration, roughDuration } from "./format.ts";
import { stageWords } from "./header.ts";
import { settled, waitedFor } from "./outlook.ts";
import type { Progress, StackRow } from "./progress.ts";
import { stepSaid } from "./step-words.ts";
import { oneLine } from "./text.ts";
import type { Header } from "./view.ts";
import { doing, operationWord, resourceWords, shortStack } from "./words.ts";

/** An event in a log's words; `undefined` for one a reader of a log can do without. `progress` is what it led to. */
export function logWords(event: Event, progress: Progress, header: Header): string | undefined {
  switch (event.type) {
    case "run.started": {
      // A release has begun before its roll-out does.
      if (progress.before) return undefined;
      const where = [`astro ${header.command}`, header.environment, header.region, stageWords(header)];
      return `${where.join(" · ")}: ${count(event.plan.steps.length, "stack")}`;
    }
    case "release.started": {
      const where = [`astro ${header.command}`, header.environment, header.region, stageWords(header)];
      return `${where.join(" · ")}: release ${event.number}: ${event.steps.join(", ")}`;
    }
    case "step.started":
      return `↻ started${said(event)}`;
    case "step.output":
      return event.line;
    case "step.progress":
      return event.status === undefined ? undefined : stepSaid(event);
    case "step.done":
      return `✔ ${stepSaid(event)} in ${duration(event.elapsedSeconds)}`;
    case "step.failed":
      return `✖ failed after ${duration(event.elapsedSeconds)}: ${stepSaid(event)}`;
    case "phase.started": {
      const names = event.stacks.map((stack) => shortStack(stack, progress.project, progress.environment));
      return `↻ started: ${names.join(", ")}`;
    }
    case "phase.done": {
      const since = progress.phases.find(({ phase }) => phase === event.phase)?.since ?? Date.parse(event.at);
      return `✔ done in ${duration((Date.parse(event.at) - since) / 1000)}`;
    }
    case "stack.started": {
      if (event.action === "check") return undefined;
      const about = event.expectedSeconds >= 1 ? `, ${roughDuration(event.expectedSeconds)}` : "";
      return `↻ ${operationWord(event.action)} ${count(event.resources, "resource")}${about}`;
    }
    case "resource.changed": {
      if (isFull(event)) return `${resourceWords(event.resource, event.resourceType)} is not empty`;
      if (!failedOfItself(event)) return undefined;
      return `✖ failed: ${resourceWords(event.resource, event.resourceType)}: ${oneLine(event.reason ?? event.status)}`;
    }
    case "stack.failing": {
      const tasks = count(event.stops.length, "task");
      return `✖ failing: ${event.resource}: ${tasks} failed with the same error: ${oneLine(event.reason)}`;
    }
    case "stack.done":
      if (event.outcome === "cancelled") return `cancelled after ${duration(event.elapsedSeconds)}`;
      return event.outcome === "unchanged" ? "✔ unchanged" : `✔ ${event.outcome} in ${duration(event.elapsedSeconds)}`;
    case "stack.failed": {
      const who = event.resource ?? event.status;
      return `✖ failed after ${duration(event.elapsedSeconds)}: ${who}: ${oneLine(event.reason)}`;
    }
    case "result": {
      const took = duration(event.simulatedSeconds ?? event.elapsedSeconds);
      return `${OUTCOMES[event.outcome]} after ${took}${event.simulatedSeconds === undefined ? "" : ", simulated"}`;
    }
    default:
      return noticeLines(event)?.join(" ");
  }
}

function said(event: EventOf<"step.started">): string {
  const words = stepSaid(event);
  return words === "" ? "" : `: ${words}`;
}

const OUTCOMES: { readonly [outcome in RunOutcome]: string } = {
  done: "✔ done",
  failed: "✖ failed",
  interrupted: "detached, the deployment continues in AWS,",
  cancelled: "cancelled, rolled back",
};

/** What a stack that says nothing waits for. */
export function waitingWords(stack: StackRow, now: number): string {
  const resource = waitedFor(stack);
  const done = `(${settled(stack)})`;
  if (!resource) return `↻ waiting, ${duration((now - (stack.since ?? now)) / 1000)} ${done}`;
  const expected = resource.expectedSeconds === undefined ? "" : ` of ${roughDuration(resource.expectedSeconds)}`;
  const waited = `${duration((now - resource.since) / 1000)}${expected}`;
  return `↻ waiting for ${resourceWords(resource.resource, resource.type)}: ${doing(resource.status)}, ${waited} ${done}`;
}
