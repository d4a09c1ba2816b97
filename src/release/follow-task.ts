import type { Clock } from "../clock.ts";
import { AstroError, isCallFailure } from "../errors.ts";
import { redact } from "../redact.ts";
import type { OneOffTask, TaskPlace, Tasks } from "./port-tasks.ts";

/** What following a task needs, and what it tells meanwhile. */
export type Following = {
  readonly tasks: Pick<Tasks, "oneOffTask" | "logPage">;
  readonly clock: Clock;
  /** Aborted to leave the task to itself. */
  readonly signal: AbortSignal;
  /** Told each line that the task writes, without what looks like a secret. */
  readonly line: (line: string) => void;
  /** Told ECS's word for where the task is whenever that is another one. */
  readonly status: (status: string) => void;
};

/** A task's end, and the last lines that it wrote. */
export type TaskEnd = { readonly task: OneOffTask; readonly last: readonly string[] };

/** Milliseconds between two looks, and those in which ECS may not know yet of a task that it has started. */
const LOOK = 2000;
const UNKNOWN = 60_000;

/** Lines that are kept, and looks in a row that bring none after which a stopped task has written all. */
const KEPT = 20;
const QUIET = 2;

/**
 * Follows a task to its end, its lines as they come: what it writes goes to the stream `prefix` of the place's log group.
 * Rejects with the signal's reason once that is aborted, and with AstroError("failed") where ECS does not know the task.
 */
export async function followTask(
  { tasks, clock, signal, line, status }: Following,
  place: TaskPlace,
  id: string,
  prefix: string | undefined,
): Promise<TaskEnd> {
  const log = logOf(tasks, place, id, prefix);
  const last: string[] = [];
  const hear = async () => {
    const lines = (await log()).map(redact);
    for (const one of lines) line(one);
    last.push(...lines);
    last.splice(0, Math.max(0, last.length - KEPT));
    return lines.length;
  };
  let seen = "";
  let unknown = 0;
  for (let quiet = 0; ; ) {
    signal.throwIfAborted();
    const task = await tasks.oneOffTask(place, id);
    if (task && task.status !== seen) status(task.status);
    seen = task?.status ?? seen;
    const heard = await hear();
    unknown = task ? 0 : unknown + LOOK;
    if (unknown > UNKNOWN) throw lost(place, id);
    if (task?.status === "STOPPED") {
      quiet = heard > 0 ? 0 : quiet + 1;
      if (quiet === QUIET || task.exitCode === undefined) return { task, last };
    }
    await clock.sleep(LOOK, signal);
  }
}

/** Reads what is new in the task's log; nothing where it has none, or where that may not be read. */
function logOf(
  tasks: Following["tasks"],
  { region, container, log }: TaskPlace,
  id: string,
  prefix = log?.prefix,
): () => Promise<readonly string[]> {
  let next: string | undefined;
  let isReadable = log !== undefined && prefix !== undefined;
  return async () => {
    if (!isReadable || log === undefined) return [];
    try {
      const page = await tasks.logPage(region, log.group, `${prefix}/${container}/${id}`, next);
      next = page.next ?? next;
      return page.lines;
    } catch (error) {
      if (!isCallFailure(error)) throw error;
      // The task matters more than what it says.
      isReadable = false;
      return [`its log cannot be read: ${error.message}`];
    }
  };
}

function lost({ cluster, region }: TaskPlace, id: string): AstroError {
  return new AstroError("failed", `ECS does not know the task ${id} any more`, {
    text: "look for it in the cluster's stopped tasks",
    command: ["aws", "ecs", "describe-tasks", "--cluster", cluster, "--tasks", id, "--region", region],
  });
}
