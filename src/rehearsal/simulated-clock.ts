import type { Clock } from "../clock.ts";

/** A virtual clock, and the means by which it learns who is at work. */
export type SimulatedClock = {
  readonly clock: Clock;
  /** Virtual milliseconds since 1970. */
  readonly now: () => number;
  /** Counts somebody as at work until the returned function is called. */
  readonly busy: () => () => void;
  /** Tells that what is pending in the state may have changed. */
  readonly stateChanged: () => void;
  /** Tells that somebody only looked. */
  readonly stateRead: () => void;
  /** Tells that a client of whom only requests are seen waits for what comes at this time. */
  readonly waitUntil: (time: number) => void;
  readonly close: () => void;
};

/** Rejects as an aborted wait does. */
function abortion(signal: AbortSignal): unknown {
  return signal.reason ?? new DOMException("This operation was aborted", "AbortError");
}

/** Time that runs `speed` times as fast as the real one, from `start` on. */
export function steadyClock(start: number, speed: number): SimulatedClock {
  const origin = performance.now();
  const timers = new Set<NodeJS.Timeout>();
  const now = () => Math.floor(start + (performance.now() - origin) * speed);
  const sleep = (milliseconds: number, signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      if (signal?.aborted) {
        reject(abortion(signal));
        return;
      }
      const wake = now() + milliseconds;
      let timer: NodeJS.Timeout;
      const wait = () => {
        timer = setTimeout(check, Math.max(0, (wake - now()) / speed));
        timers.add(timer);
      };
      const check = () => {
        timers.delete(timer);
        // A timer may fire a moment early, which is long at a high speed.
        if (now() < wake) {
          wait();
          return;
        }
        signal?.removeEventListener("abort", onAbort);
        resolve();
      };
      const onAbort = () => {
        clearTimeout(timer);
        timers.delete(timer);
        reject(signal && abortion(signal));
      };
      wait();
      signal?.addEventListener("abort", onAbort, { once: true });
    });
  return {
    clock: { now: () => new Date(now()), sleep },
    now,
    busy: () => () => undefined,
    stateChanged: () => undefined,
    stateRead: () => undefined,
    waitUntil: () => undefined,
    close: () => {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

type Sleeper = { readonly wake: number; readonly resolve: () => void };

/** Turns of the event loop without a sign of life after which everybody counts as waiting. */
const QUIET_TURNS = 4;

/**
 * Time that stands still while anybody is at work and jumps to the next waking as soon as everybody sleeps, so that
 * a run takes no longer than its work. `close` leaves sleepers asleep.
 */
export function jumpingClock(start: number): SimulatedClock {
  let time = start;
  let busy = 0;
  let signs = 0;
  let watching = false;
  let closed = false;
  const sleepers = new Set<Sleeper>();

  const consider = (seen: number, turns: number): void => {
    if (closed || busy > 0 || sleepers.size === 0) {
      watching = false;
    } else if (seen !== signs) {
      setImmediate(consider, signs, 0);
    } else if (turns < QUIET_TURNS) {
      setImmediate(consider, seen, turns + 1);
    } else {
      watching = false;
      jump();
    }
  };
  const watch = () => {
    signs += 1;
    if (watching || busy > 0 || sleepers.size === 0) return;
    watching = true;
    setImmediate(consider, signs, 0);
  };
  const jump = () => {
    time = Math.max(time, Math.min(...[...sleepers].map(({ wake }) => wake)));
    for (const sleeper of [...sleepers].filter(({ wake }) => wake <= time)) {
      sleepers.delete(sleeper);
      sleeper.resolve();
    }
    watch();
  };
  const sleep = (milliseconds: number, signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      if (signal?.aborted) return reject(abortion(signal));
      const onAbort = () => {
        sleepers.delete(sleeper);
        reject(signal && abortion(signal));
      };
      const sleeper: Sleeper = {
        wake: time + Math.max(0, Math.ceil(milliseconds)),
        resolve: () => {
          signal?.removeEventListener("abort", onAbort);
          resolve();
        },
      };
      sleepers.add(sleeper);
      signal?.addEventListener("abort", onAbort, { once: true });
      watch();
    });
  const enter = () => {
    busy += 1;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      busy -= 1;
      watch();
    };
  };
  return {
    clock: { now: () => new Date(time), sleep },
    now: () => time,
    busy: enter,
    stateChanged: watch,
    stateRead: () => undefined,
    waitUntil: () => undefined,
    close: () => {
      closed = true;
    },
  };
}

/** Real milliseconds without a change asked for, after which clients that we cannot see count as waiting. */
const IDLE = 20;

/**
 * The same, where the next thing to happen is that a client's time runs out: it gets a moment to do its part. The
 * longer one where it has longer: somebody who looks once a second has to see what it is that waits.
 */
const MOMENT = 1000;
const PATIENCE = 3000;

/** Real milliseconds of jumps after which requests get a chance to be heard. */
const SPELL = 5;

/** What is pending in the state: when, and whether it is only that somebody's time runs out. */
type Pending = { readonly due: number; readonly expires: boolean };

/** Virtual milliseconds that pass with a look at a state in which nothing is pending, where no real time counts. */
const LOOK = 1000;

type PendingWork = {
  readonly pending: () => Pending | undefined;
  readonly reach: (time: number) => void;
  /** Real milliseconds; PATIENCE if absent. */
  readonly patience?: number;
  /** No real time counts: the same calls come at the same times. */
  readonly exact?: boolean;
};

/**
 * The same for clients of whom only requests are seen: time jumps to the next event that is `pending` once no change
 * was asked for for a moment. Their polling does not hold it up.
 */
export function idlingClock(
  start: number,
  { pending, reach, patience = PATIENCE, exact = false }: PendingWork,
): SimulatedClock {
  const real = performance.now();
  let ahead = 0;
  let busy = 0;
  let stirred = real;
  let timer: NodeJS.Timeout | undefined;
  const now = () => Math.floor(start + ahead + (exact ? 0 : performance.now() - real));
  /** Jumps on while it may; real milliseconds until it may again, if anything is pending then. */
  const jumpOn = (): number | undefined => {
    const until = performance.now() + SPELL;
    while (busy === 0) {
      const next = pending();
      if (!next) return undefined;
      const moment = Math.min(patience, Math.max(MOMENT, next.due - now()));
      const early = next.expires && next.due > now() ? stirred + moment - performance.now() : 0;
      if (early > 0) return Math.min(early, next.due - now());
      ahead += Math.max(0, next.due - now());
      reach(now());
      if (performance.now() > until) return 1;
    }
    return IDLE;
  };
  const jump = (): void => {
    const wait = jumpOn();
    if (wait !== undefined) again(wait);
  };
  const again = (milliseconds: number): void => {
    clearTimeout(timer);
    timer = setTimeout(jump, milliseconds);
  };
  const stir = (): void => {
    stirred = performance.now();
    again(IDLE);
  };
  const steady = steadyClock(start, 1);
  return {
    clock: { now: () => new Date(now()), sleep: steady.clock.sleep },
    now,
    busy: () => {
      busy += 1;
      return () => {
        busy -= 1;
      };
    },
    stateChanged: stir,
    stateRead: () => {
      if (exact && pending() === undefined) ahead += LOOK;
    },
    waitUntil: (time) => {
      ahead += Math.max(0, time - now());
    },
    close: () => {
      clearTimeout(timer);
      steady.close();
    },
  };
}
