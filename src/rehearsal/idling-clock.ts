import { type SimulatedClock, steadyClock } from "./simulated-clock.ts";

/** Real milliseconds without a changing request after which external clients count as waiting. */
const IDLE = 20;

/**
 * The same where the next event is a client's timeout: the client gets a moment to act. The longer one where the
 * timeout is longer, so that a client that polls once a second sees what waits for it.
 */
const MOMENT = 1000;
const PATIENCE = 3000;

/** Real milliseconds of jumps after which requests are served again. */
const SPELL = 5;

/** The next pending event: when, and whether it is only a timeout. */
type Pending = { readonly due: number; readonly expires: boolean };

/** Simulated milliseconds that pass with a read-only request while nothing is pending, if no real time counts. */
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
 * The same for external clients: time jumps to the next `pending` event once no changing request has come for a moment.
 * Polling does not delay it.
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
  /** Jumps as long as allowed; returns the real milliseconds until it may jump again, if anything is pending. */
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
  const enter = () => {
    busy += 1;
    return () => {
      busy -= 1;
    };
  };
  return {
    clock: { now: () => new Date(now()), sleep: steady.clock.sleep },
    now,
    busy: enter,
    local: enter,
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
