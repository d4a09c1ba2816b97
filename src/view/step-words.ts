import { shellLine } from "../command-line.ts";
import type { EventOf } from "../provision/event.ts";
import { count } from "./format.ts";
import { oneLine } from "./text.ts";

type StepEvent = EventOf<"step.started" | "step.output" | "step.progress" | "step.done" | "step.failed">;

/** What a step of a release says of itself, or has done, in a few words. */
export function stepSaid(event: StepEvent): string {
  switch (event.type) {
    case "step.started":
      return event.command ? shellLine(event.command) : (event.builder ?? "");
    case "step.output":
      return oneLine(event.line);
    case "step.progress": {
      const { status, done, of } = event;
      if (status === undefined) return `${done ?? 0} of ${of ?? 0}`;
      // What is built has no task.
      return event.step === "build" ? status.toLowerCase() : `its task is ${status.toLowerCase()}`;
    }
    case "step.failed":
      return oneLine(event.reason);
    default:
      return doneSaid(event);
  }
}

function doneSaid({ outcome, tag, digest, exitCode, sent, placed }: EventOf<"step.done">): string {
  const facts = [
    ...(outcome === "unchanged" ? ["unchanged"] : []),
    ...(tag === undefined ? [] : [tag]),
    ...(digest === undefined ? [] : [shortDigest(digest)]),
    ...(exitCode === undefined ? [] : [`exit code ${exitCode}`]),
    ...(sent === undefined ? [] : [`${count(sent, "file")} sent`]),
    ...(placed === undefined ? [] : [`${placed} put in place`]),
  ];
  return facts.length === 0 ? "done" : facts.join(", ");
}

/** An image's digest, as much of it as tells it from others of one's own. */
export function shortDigest(digest: string): string {
  return digest.replace(/^(.*@)?(sha256:[0-9a-f]{12})[0-9a-f]*$/, "$2");
}
