import type { Step } from "../../plan/plan.ts";
import type { Cloud, StackRef } from "../cloud.ts";
import { type Run, refOf, tellOf } from "../engine.ts";
import { sideBySide } from "../side-by-side.ts";

/** How every change set of astro's is called; what is called otherwise is somebody else's, and stays. */
const OURS = "astro-";

/** One of a plan, made only to be read: when it was made, and the plan's own token. */
const OF_PLAN = /^astro-plan-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-(.+)$/;

/**
 * Milliseconds after which the change set of a plan that nobody here knows of counts as left behind. A plan needs its own
 * for a minute or two; the rest is for clocks that are set differently.
 */
const ABANDONED = 3_600_000;

/** The name of a change set that a run executes; `token` begins with the run's id. */
export function runChangeSet(token: string): string {
  return `${OURS}${token}`;
}

/** The name of one that a plan only reads; `token` begins with the plan's id. */
export function planChangeSet(now: Date, token: string): string {
  return `${OURS}plan-${now.toISOString().replace(/\.\d+|[-:]/g, "")}-${token}`;
}

/** True for a change set of astro's, whoever's run or plan it is of. */
export function isAstroChangeSet(name: string): boolean {
  return name.startsWith(OURS);
}

/** What is known of who needs change sets no more. */
export type Abandoned = {
  readonly now: Date;
  /** Ids of plans whose processes are gone. */
  readonly plans?: readonly string[];
  /** Set by who holds the environment's lock, and executes none at the moment: no run needs one of the stack then. */
  readonly runs?: true;
};

/** Whether a change set is left behind: never somebody else's, nor that of a plan which may still be reading it. */
export function isLeft(name: string, { now, plans = [], runs }: Abandoned): boolean {
  if (!isAstroChangeSet(name)) return false;
  const [, year, month, day, hour, minute, second, token = ""] = OF_PLAN.exec(name) ?? [];
  if (year === undefined) return runs === true;
  const made = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return plans.some((id) => token.startsWith(`${id}-`)) || now.getTime() - made > ABANDONED;
}

/** Deletes what is left behind on a stack, and nothing else; `found` is told before of how many there are. */
export async function sweepStack(
  cloud: Pick<Cloud, "changeSets" | "deleteChangeSet">,
  ref: StackRef,
  abandoned: Abandoned,
  found: (count: number) => void = () => {},
): Promise<void> {
  const left = (await cloud.changeSets(ref)).filter((name) => isLeft(name, abandoned));
  if (left.length > 0) found(left.length);
  for (const name of left) await cloud.deleteChangeSet(ref, name);
}

/** The same by a run that holds the environment's lock, and says so. */
export async function sweepStep(run: Run, step: Step): Promise<void> {
  await sweepStack(run.cloud, refOf(step), { now: run.clock.now(), runs: true }, (count) =>
    tellOf(run, step, "changeset.discarded", { count }),
  );
}

/** The same for every stack of a plan: after a run that was killed, nobody knows where it was. */
export async function sweepSteps(run: Run, steps: readonly Step[]): Promise<void> {
  await sideBySide(steps, (step) => sweepStep(run, step));
}

/**
 * Takes back a change set that will not be executed, and with `isNew` the empty stack in review that was made for it.
 * Never throws: it is called when something else has gone wrong.
 */
export async function discardChangeSet(run: Run, ref: StackRef, changeSet: string, isNew: boolean): Promise<void> {
  try {
    await run.cloud.deleteChangeSet(ref, changeSet);
    if (!isNew) return;
    const stack = await run.cloud.stack(ref);
    if (stack?.status !== "REVIEW_IN_PROGRESS" || (await run.cloud.changeSets(ref)).length > 0) return;
    await run.cloud.deleteStack({ name: stack.id, region: stack.region }, `astro-${run.token()}`);
  } catch {
    // The next run finds it and clears it away.
  }
}
