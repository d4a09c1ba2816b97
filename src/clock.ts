/** Time as the engine knows it: the wall clock against AWS, a virtual one in a rehearsal. */
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
