import type { CommandLine } from "../command-line.ts";
import { AstroError } from "../errors.ts";
import { type Following, followTask, type TaskEnd } from "./follow-task.ts";
import type { TaskPlace, Tasks } from "./port-tasks.ts";

/** What a migration is: a command of an image, for one release. */
export type Migration = {
  readonly image: string;
  readonly command: CommandLine;
  /** The release's number. */
  readonly release: number;
  readonly tags: { readonly [key: string]: string };
};

/** How a migration ended; `found` if an earlier run of the same release had brought it to its end already. */
export type MigrationEnd = TaskEnd & { readonly found: boolean };

type Migrating = Omit<Following, "tasks"> & {
  readonly tasks: Tasks;
  /** Aborted to stop the task, which then ends as one that failed. */
  readonly cancel?: AbortSignal | undefined;
  /** Told of another release's migration, which is waited for. */
  readonly waiting: (startedBy: string) => void;
};

/** The prefix of what migrations write, in the service's own log group. */
export const MIGRATION_LOG = "migrate";

/** Milliseconds between two looks for a task that another call of the same token started, and how many there are. */
const AGAIN = 3000;
const TRIES = 20;

/** Hexadecimal digits of an image's digest that name it among a release's. */
const DIGITS = 12;

/**
 * Runs the migration of a release in a task of its own, once: one that an earlier run of the release started is followed, one
 * that came to a good end is not repeated, and another release's is waited for. The task has the service's network, roles
 * and secrets. Rejects as `followTask` does; the task goes on then.
 */
export async function runMigration(by: Migrating, place: TaskPlace, migration: Migration): Promise<MigrationEnd> {
  const { tasks, clock, signal } = by;
  const family = `${place.cluster}-migrate`;
  const name = startedByOf(migration);
  for (let tries = 0; tries < TRIES; tries++) {
    const running = await tasks.tasksOfFamily(place, family, "RUNNING");
    const own = running.find(({ startedBy }) => startedBy === name);
    if (own) return { ...(await follow(by, place, own.id)), found: false };
    const [other] = running;
    if (other) {
      by.waiting(other.startedBy);
      await followTask({ ...by, line: () => undefined, status: () => undefined }, place, other.id, MIGRATION_LOG);
    }
    const stopped = (await tasks.tasksOfFamily(place, family, "STOPPED")).filter(({ startedBy }) => startedBy === name);
    const good = stopped.find(({ exitCode }) => exitCode === 0);
    if (good) return { task: good, last: [], found: true };
    signal.throwIfAborted();
    const { image, command, tags } = migration;
    const definition = await tasks.registerTask(place, { family, image, command, prefix: MIGRATION_LOG, tags });
    // What an earlier run asked for, whose answer was lost, is not asked for twice.
    const id = await tasks.startTask(place, { definition, startedBy: name, token: `${name}-${stopped.length}` });
    if (id !== undefined) {
      const end = await follow(by, place, id);
      await tasks.deregisterTask(place.region, definition);
      return { ...end, found: false };
    }
    await clock.sleep(AGAIN, signal);
  }
  throw new AstroError("conflict", "another run has started this migration, and ECS does not show it", {
    text: "wait a minute, then run the same command again",
  });
}

/** The name of a release's migration, by which another run of it knows it. */
function startedByOf({ release, image }: Migration): string {
  const digest = image.split("@sha256:")[1] ?? image.replaceAll(/[^\w-]/g, "-");
  return `astro-${release}-${digest.slice(0, DIGITS)}`;
}

async function follow(by: Migrating, place: TaskPlace, id: string): Promise<TaskEnd> {
  const { tasks, cancel } = by;
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= tasks.stopTask(place, id, "cancelled by whoever deploys").catch(() => undefined);
  };
  if (cancel?.aborted) stop();
  cancel?.addEventListener("abort", stop, { once: true });
  try {
    return await followTask(by, place, id, MIGRATION_LOG);
  } finally {
    cancel?.removeEventListener("abort", stop);
    await stopping;
  }
}

/** Why a task did not do what it was to do, in a few words; `undefined` for one that did. */
export function taskFailure({ task }: TaskEnd): string | undefined {
  if (task.exitCode === 0) return undefined;
  if (task.exitCode !== undefined) return `ended with exit code ${task.exitCode}`;
  return `did not start: ${task.reason ?? "ECS gives no reason"}`;
}
