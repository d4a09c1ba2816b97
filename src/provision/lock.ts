import { type Clock, secondsBetween } from "../clock.ts";
import { type CommandLine, command } from "../command-line.ts";
import { AstroError } from "../errors.ts";
import type { Site } from "../plan/provision-plan.ts";
import type { Cloud, Lock, LockHolder } from "./cloud.ts";
import { type Emit, tell } from "./event.ts";

/** Seconds between two heartbeats. */
export const HEARTBEAT = 30;

/** Seconds without one, three missed heartbeats, after which a lock is stale. */
export const SILENCE = 3 * HEARTBEAT;

/** Seconds after which a run that lost its lock changes nothing more: it confirms the lock with each heartbeat, and what it sent has arrived. */
const NOTICE = 1.5 * HEARTBEAT;

/** Seconds between two polls of another run's lock. */
const LOOK = 5;

/** What one run needs to have an environment to itself. */
export type LockContext = {
  readonly cloud: Cloud;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly site: Site;
  /** This run: everything but the times. */
  readonly own: Pick<Lock, "run" | "who" | "host" | "process" | "operation">;
  /** True if the process a lock names ran on this machine and has ended. */
  readonly isGone: (process: string) => boolean;
  /** Wait while another run holds the lock, rather than fail. */
  readonly wait: boolean;
  /** The command that waits for the lock. */
  readonly waiting: CommandLine;
};

/** One run's lock on its environment. */
export type EnvironmentLock = {
  /**
   * Takes the lock, waiting for it if told so. `none` means that there is no lock table yet; `taken-over` that an
   * earlier run left it behind. Throws AstroError("locked") that names the holder.
   */
  readonly take: (emit: Emit) => Promise<"taken" | "taken-over" | "none">;
  /** Aborted once another run has taken the lock over. */
  readonly lost: AbortSignal;
  /** Releases it; never throws, since a lock without heartbeats goes stale by itself. */
  readonly release: () => Promise<void>;
};

/** The environment's lock, not yet taken. Once acquired it sends a heartbeat every 30 seconds of the clock. */
export function environmentLock(context: LockContext): EnvironmentLock {
  const lost = new AbortController();
  let keeping: { readonly stop: () => Promise<void>; readonly taken: "taken" | "taken-over" } | undefined;
  return {
    take: async (emit) => {
      if (keeping) return keeping.taken;
      const taken = await acquire(context, emit);
      if (taken !== "none") keeping = { taken, stop: keepAlive(context, lost) };
      return taken;
    },
    lost: lost.signal,
    release: async () => {
      await keeping?.stop();
      keeping = undefined;
    },
  };
}

async function acquire(context: LockContext, emit: Emit): Promise<"taken" | "taken-over" | "none"> {
  const { cloud, clock, site, own, signal } = context;
  let watched: Watched | undefined;
  let over: Lock | undefined;
  let said = false;
  let waited = 0;
  while (true) {
    signal.throwIfAborted();
    const holder = await cloud.takeLock(site.region, ownLock(context), over);
    if (holder === undefined) return "none";
    if (holder.run === own.run) return over ? "taken-over" : "taken";
    const now = clock.now();
    if (watched?.holder.run !== holder.run || watched.holder.heartbeat !== holder.heartbeat) {
      if (!context.wait && watched?.holder.run === holder.run) throw lockedBy(holder, now, context.waiting);
      watched = { holder, since: now };
      waited = 0;
    }
    // Somebody may set this machine's clock meanwhile: what was slept through shows silence, and not the clock alone.
    const isLeft = waited >= NOTICE && isSilent(watched, now);
    const why = context.isGone(holder.process) ? "process-gone" : isLeft ? "no-heartbeat" : undefined;
    if (why !== undefined) {
      over = holder;
      tell({ ...context, emit }, { type: "lock.left", holder: holderOf(holder), why });
      continue;
    }
    over = undefined;
    if (!context.wait && !looksOld(holder, now)) throw lockedBy(holder, now, context.waiting);
    if (!said) tell({ ...context, emit }, { type: "lock.held", holder: holderOf(holder) });
    said = true;
    await clock.sleep(LOOK * 1000, signal);
    waited += LOOK;
  }
}

/** A holder, and when its last heartbeat was first seen. */
export type Watched = { readonly holder: Lock; readonly since: Date };

/**
 * Whether a holder has missed its heartbeats. Two machines' clocks may differ, so what a heartbeat says of itself only
 * shortens the wait: no lock is taken over that was not watched for longer than a heartbeat takes.
 */
export function isSilent({ holder, since }: Watched, now: Date): boolean {
  const watched = secondsBetween(since, now);
  return watched >= SILENCE || (watched >= NOTICE && looksOld(holder, now));
}

function looksOld(holder: Lock, now: Date): boolean {
  return secondsBetween(new Date(holder.heartbeat), now) >= SILENCE;
}

/**
 * Releases a stale lock of the run that `holder` names, and lets no other run have it before that run, should it be alive,
 * must have noticed. False if the run has not got it any more. Rejects with the signal's reason once it is aborted: the lock is
 * then silent, and the next run takes it over by itself.
 */
export async function forceRelease(
  { cloud, clock, signal, site, own, isGone }: Omit<LockContext, "wait" | "waiting">,
  holder: Lock,
): Promise<boolean> {
  const { region } = site;
  if (isGone(holder.process)) return cloud.dropLock(region, holder);
  // Whatever signs of life it has given since it was shown.
  for (let seen = await cloud.lock(region, holder.id); seen?.run === holder.run; ) {
    const now = clock.now().toISOString();
    // The process stays the holder's: while that may be alive, no run on its machine may count this lock as stale.
    const mine = { ...holder, ...own, process: holder.process, since: now, heartbeat: now };
    seen = await cloud.takeLock(region, mine, seen);
    if (seen?.run !== own.run) continue;
    await clock.sleep(NOTICE * 1000, signal);
    return cloud.dropLock(region, mine);
  }
  return false;
}

function keepAlive(context: LockContext, lost: AbortController): () => Promise<void> {
  const { cloud, clock, site } = context;
  const over = new AbortController();
  const beat = async () => {
    while (await slept(clock, over.signal)) {
      // A heartbeat that AWS did not take is only one missed.
      const kept = await cloud.keepLock(site.region, ownLock(context)).catch(() => true);
      if (kept) continue;
      const holder = await cloud.lock(site.region, idOf(site)).catch(() => undefined);
      lost.abort(lockLost(idOf(site), holder));
      return;
    }
  };
  const beating = beat();
  return async () => {
    over.abort();
    await beating;
    if (!lost.signal.aborted) await cloud.dropLock(site.region, ownLock(context)).catch(() => false);
  };
}

async function slept(clock: Clock, signal: AbortSignal): Promise<boolean> {
  try {
    await clock.sleep(HEARTBEAT * 1000, signal);
    return true;
  } catch {
    // Woken because the lock is given up.
    return false;
  }
}

function ownLock({ clock, site, own }: LockContext): Lock {
  const now = clock.now().toISOString();
  return { id: idOf(site), ...own, since: now, heartbeat: now };
}

/** What of a lock is worth showing. */
export function holderOf({ who, host, operation, since, heartbeat }: Lock): LockHolder {
  return { who, host, operation, since, heartbeat };
}

/** The key of an environment's item in the lock table. */
export function idOf({ project, environment }: Pick<Site, "project" | "environment">): string {
  return `${project}/${environment}`;
}

function lockedBy({ id, who, host, operation, since }: Lock, now: Date, waiting: CommandLine): AstroError {
  const minutes = Math.round(secondsBetween(new Date(since), now) / 60);
  const how = minutes < 1 ? "less than a minute ago" : `${minutes} ${minutes === 1 ? "minute" : "minutes"} ago`;
  return new AstroError("locked", `${id} is locked: ${who} on ${host} started astro ${operation} ${how} (${since})`, [
    { text: "wait for it", command: waiting },
    { text: "or follow that deployment", command: command`astro attach` },
    { text: "or, if that run no longer exists, release the lock", command: command`astro unlock` },
  ]);
}

/** Why a run that held the lock of `id` may change nothing more. */
export function lockLost(id: string, holder: Lock | undefined): AstroError {
  const who =
    holder === undefined ? "somebody released it with astro unlock" : `${holder.who} on ${holder.host} took it over`;
  return new AstroError("locked", `the lock on ${id} was lost: ${who}; the deployment continues in AWS`, {
    text: "make sure that nobody else works on it, then run the same command again: it goes on from here",
    command: command`astro status`,
  });
}

/** Why a run that has given its lock up may change nothing more. */
export function lockAbandoned(id: string): AstroError {
  const hint = {
    text: "see who works on it now, then run the same command: it goes on from here",
    command: command`astro status`,
  };
  return new AstroError("locked", `the lock on ${id} is released`, hint);
}
