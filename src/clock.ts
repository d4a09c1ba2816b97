/** Time as the engine knows it: the wall clock against AWS, a simulated one in a rehearsal. */
export type Clock = {
  readonly now: () => Date;
  /** Waits `milliseconds` of this clock's time; rejects with the signal's reason once it is aborted. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
};

/** Seconds from `from` to `to`, never negative. */
export function secondsBetween(from: Date, to: Date): number {
  return Math.max(0, (to.getTime() - from.getTime()) / 1000);
}

/** A clock that runs `speed` times as fast as `clock`, from now on. */
export function fasterClock(clock: Clock, speed: number): Clock {
  const origin = clock.now().getTime();
  return {
    now: () => new Date(origin + (clock.now().getTime() - origin) * speed),
    sleep: (milliseconds, signal) => clock.sleep(milliseconds / speed, signal),
  };
}

/** A moment by two clocks, in milliseconds: one that nobody sets, and one that goes on while the machine sleeps. */
export type Moment = { readonly steady: number; readonly wall: number };

/** Milliseconds by which two clocks of one machine may come apart without one of them having been set. */
const APART = 1000;

/** The moment it is. */
export function momentNow(): Moment {
  return { steady: performance.now(), wall: Date.now() };
}

/**
 * Milliseconds from `from` to `to`, by the clock that tells more; infinite if the wall clock was set back, since nobody
 * knows then how long the machine slept.
 */
export function millisecondsBetween(from: Moment, to: Moment): number {
  const [steady, wall] = [to.steady - from.steady, to.wall - from.wall];
  return wall < steady - APART ? Number.POSITIVE_INFINITY : Math.max(steady, wall);
}

/** The day it is by `clock`, in UTC: ISO 8601, `2026-02-01` for one. */
export function dayOf(clock: Clock): string {
  return clock.now().toISOString().slice(0, "2026-02-01".length);
}

/** `40 s`, `12 min`, `2 h`: how long something lasts, no more exact than need be. */
export function roughly(seconds: number): string {
  if (seconds < 100) return `${Math.round(seconds)} s`;
  if (seconds < 100 * 60) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}
