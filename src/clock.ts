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
