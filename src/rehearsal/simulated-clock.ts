import type { Clock } from "../clock.ts";

/** A simulated clock, and the means by which it learns who is working. */
export type SimulatedClock = {
  readonly clock: Clock;
  /** Simulated milliseconds since 1970. */
  readonly now: () => number;
  /** Counts a client as working until the returned function is called. */
  readonly busy: () => () => void;
  /**
   * Until the returned function is called a client does what takes this machine's own time: no simulated time passes that
   * a steady clock's speed would make of it.
   */
  readonly local: () => () => void;
  /** Signals that the state's pending events may have changed. */
  readonly stateChanged: () => void;
  /** Signals a read-only request. */
  readonly stateRead: () => void;
  /** Signals that an external client waits for the event at this time. */
  readonly waitUntil: (time: number) => void;
  readonly close: () => void;
};

/** Rejects as an aborted wait does. */
function abortion(signal: AbortSignal): unknown {
  return signal.reason ?? new DOMException("This operation was aborted", "AbortError");
}

/** Time that runs `speed` times as fast as the real one, from `start` on; as fast as it while a client works locally. */
export function steadyClock(start: number, speed: number): SimulatedClock {
  let [since, at, rate] = [start, performance.now(), speed];
  let working = 0;
  const timers = new Set<NodeJS.Timeout>();
  const sleepers = new Set<() => void>();
  const exact = () => since + (performance.now() - at) * rate;
  const now = () => Math.floor(exact());
  const runAt = (next: number) => {
    if (next === rate) return;
    [since, at, rate] = [exact(), performance.now(), next];
    for (const again of [...sleepers]) again();
  };
  const sleep = (milliseconds: number, signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      if (signal?.aborted) {
        reject(abortion(signal));
        return;
      }
      const wake = now() + milliseconds;
      let timer: NodeJS.Timeout;
      const wait = () => {
        timer = setTimeout(check, Math.max(0, (wake - now()) / rate));
        timers.add(timer);
      };
      const again = () => {
        clearTimeout(timer);
        timers.delete(timer);
        wait();
      };
      const check = () => {
        timers.delete(timer);
        // A timer may fire slightly early, which is much simulated time at a high speed.
        if (now() < wake) {
          wait();
          return;
        }
        sleepers.delete(again);
        signal?.removeEventListener("abort", onAbort);
        resolve();
      };
      const onAbort = () => {
        clearTimeout(timer);
        timers.delete(timer);
        sleepers.delete(again);
        reject(signal && abortion(signal));
      };
      wait();
      sleepers.add(again);
      signal?.addEventListener("abort", onAbort, { once: true });
    });
  return {
    clock: { now: () => new Date(now()), sleep },
    now,
    busy: () => () => undefined,
    local: () => {
      working += 1;
      runAt(1);
      let left = false;
      return () => {
        if (left) return;
        left = true;
        working -= 1;
        if (working === 0) runAt(speed);
      };
    },
    stateChanged: () => undefined,
    stateRead: () => undefined,
    waitUntil: () => undefined,
    close: () => {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

type Sleeper = { readonly wake: number; readonly resolve: () => void };

/** Event-loop turns without activity after which all clients count as waiting. */
const QUIET_TURNS = 4;

/**
 * Time stands still while any client is working and jumps to the next timer once all of them sleep, so that a run takes
 * no longer than its work. `close` never wakes those that sleep.
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
    local: enter,
    stateChanged: watch,
    stateRead: () => undefined,
    waitUntil: () => undefined,
    close: () => {
      closed = true;
    },
  };
}
