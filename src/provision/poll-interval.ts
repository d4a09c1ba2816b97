/** Looks at stacks' events a minute, all stacks of a run together: well below CloudFormation's request rate. */
const BUDGET = 120;

/** Seconds between two looks at one stack: quick while things move, slower on long waits. */
const QUICKEST = 2;
const SLOWEST = 10;

/** Of the time a stack has said nothing, what may pass until its end is seen: little of what it has taken anyway. */
const SHARE = 0.025;

/** Times slower after each look that AWS throttled, at most so many times, and how fast that is forgotten. */
const SLOWER = 2;
const MOST = 8;
const FORGET = 0.8;

/** How often a run looks at its stacks. */
export type PollInterval = {
  /** Takes one more stack into the budget, until the returned function is called. */
  readonly enter: () => () => void;
  /** Seconds to wait before the next look at a stack that has said nothing for `quiet` seconds. */
  readonly next: (quiet: number) => number;
};

/** A run's pace; `throttled` is how many calls AWS has throttled so far. */
export function newPollInterval(throttled: () => number = () => 0): PollInterval {
  let stacks = 0;
  let slowness = 1;
  let seen = throttled();
  return {
    enter: () => {
      stacks += 1;
      let left = false;
      return () => {
        if (!left) stacks -= 1;
        left = true;
      };
    },
    next: (quiet) => {
      const now = throttled();
      slowness = now > seen ? Math.min(MOST, slowness * SLOWER) : Math.max(1, slowness * FORGET);
      seen = now;
      const least = Math.max(QUICKEST, (stacks * 60) / BUDGET);
      return Math.min(Math.max(least, quiet * SHARE), Math.max(least, SLOWEST)) * slowness;
    },
  };
}
