import type { Clock } from "../../src/clock.ts";

/** A clock that jumps: whoever sleeps wakes at once, and the time it slept has passed. */
export function fakeClock(start = new Date("2026-01-05T10:00:00Z")): Clock {
  let now = start.getTime();
  return {
    now: () => new Date(now),
    sleep: async (milliseconds, signal) => {
      signal?.throwIfAborted();
      const wake = now + milliseconds;
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
      now = Math.max(now, wake);
    },
  };
}
