import type { Clock } from "../clock.ts";
import type { Context } from "../context.ts";
import { AstroError } from "../errors.ts";
import type { Lock } from "../provision/cloud.ts";
import type { Emit } from "../provision/event.ts";
import { type EnvironmentLock, environmentLock } from "../provision/lock.ts";
import { jsonView } from "../view/json.ts";
import { logWords } from "../view/log-words.ts";
import { NOTHING_YET } from "../view/progress.ts";
import { themeOf } from "../view/theme.ts";
import { commandWith, type OperationOptions } from "./flags.ts";
import type { EnvironmentOperation } from "./open.ts";

/** One run of a command that changes an environment: its identity, and the lock that excludes other runs. */
export type LockSession = {
  readonly own: Pick<Lock, "run" | "who" | "host" | "process" | "operation">;
  readonly lock: EnvironmentLock;
  /** A fresh word that begins with the run's own, so that events tell whose operation they are of. */
  readonly token: () => string;
};

/**
 * Does `work` under the environment's lock, from reading what is deployed to the end, and releases the lock whatever
 * happens. Somebody else's lock is waited for with `wait` or where a person sits at the terminal; otherwise it is an
 * AstroError("locked"). Before the first bootstrap there is no lock table: then the engine takes the lock right after
 * it, and on the bootstrap itself CloudFormation lets only one operation in.
 */
export async function underLock<T>(
  context: Context,
  operation: EnvironmentOperation,
  flags: OperationOptions & { readonly wait: boolean },
  work: (session: LockSession) => Promise<T>,
): Promise<T> {
  const { target, site, who, header } = operation;
  const run = context.token();
  const own = { run, who, host: context.host, process: context.process, operation: header.command };
  const lock = environmentLock({
    cloud: target.cloud,
    clock: lockClock(context, target),
    signal: context.interruptible(),
    site,
    own,
    isGone: context.isGone,
    wait: flags.wait || (context.canAsk && !flags.json),
    waiting: commandWith(header.command, site.environment, { ...flags, wait: true }),
  });
  let count = 0;
  try {
    await interruptibly(context, () => target.running(() => lock.take(beforeAnyView(context, operation, flags.json))));
    return await work({ own, lock, token: () => `${run}-${++count}` });
  } finally {
    await lock.release();
  }
}

/**
 * The clock of the locks: AWS's, since two machines' own may be hours apart. Processes run in real time,
 * however fast the clock of a served rehearsal runs; in a rehearsal of one's own there is only its clock.
 */
export function lockClock(
  { clock: own }: Pick<Context, "clock">,
  { rehearsing, clock, cloud }: EnvironmentOperation["target"],
): Clock {
  if (rehearsing) return clock;
  const { ahead = () => 0 } = cloud;
  return { ...own, now: () => new Date(own.now().getTime() + ahead()) };
}

/** Milliseconds work has to put away what it made only to look: a change set, for example. */
const PATIENCE = 5000;

/** Does `work` that changes nothing, and leaves it once the person wants to leave and it does not end by itself. */
export async function interruptibly<T>(context: Context, work: () => Promise<T>): Promise<T> {
  const signal = context.interruptible();
  const over = new AbortController();
  const leave = async (): Promise<never> => {
    await new Promise((resolve) => {
      if (signal.aborted) resolve(undefined);
      else signal.addEventListener("abort", resolve, { once: true, signal: over.signal });
    });
    await context.clock.sleep(PATIENCE, over.signal);
    throw interrupted();
  };
  try {
    return await Promise.race([work(), leave()]);
  } catch (error) {
    throw signal.aborted && !(error instanceof AstroError) ? interrupted() : error;
  } finally {
    over.abort(new Error("over"));
  }
}

function interrupted(): AstroError {
  return new AstroError("interrupted", "nothing was changed", "run it again to start over");
}

/** Says what happens before there is a run to show: a JSON line, or words for a person. */
function beforeAnyView(context: Context, { header }: EnvironmentOperation, json: boolean): Emit {
  if (json) return jsonView(context.stdout).emit;
  const { say } = themeOf(context.stderr);
  return (event) => context.stderr.write(` ${say(logWords(event, NOTHING_YET, header) ?? "")}\n`);
}
