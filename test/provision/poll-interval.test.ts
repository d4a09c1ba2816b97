import { describe, expect, it } from "vitest";
import { newPollInterval } from "../../src/provision/poll-interval.ts";

describe("how often a run looks", () => {
  it("is quick while things move, and slower the longer nothing is said", () => {
    const pace = newPollInterval();
    pace.enter();
    const waits = [0, 30, 120, 300, 3600].map((quiet) => pace.next(quiet));
    expect(waits).toEqual([2, 2, 3, 7.5, 10]);
  });

  it("keeps all stacks of a run together within 120 looks a minute", () => {
    const pace = newPollInterval();
    for (let stacks = 0; stacks < 8; stacks++) pace.enter();
    expect((8 * 60) / pace.next(0)).toBeLessThanOrEqual(120);
  });

  it("gives a stack's share back once it is done, and only once", () => {
    const pace = newPollInterval();
    const leave = Array.from({ length: 8 }, () => pace.enter());
    for (const one of leave.slice(1)) one();
    leave[1]?.();
    expect(pace.next(0)).toBe(2);
  });

  it("backs off each time AWS throttles, up to eight times, and comes back when it no longer does", () => {
    let throttled = 0;
    const pace = newPollInterval(() => throttled);
    pace.enter();
    const waits = Array.from({ length: 5 }, () => {
      throttled += 1;
      return pace.next(0);
    });
    expect(waits).toEqual([4, 8, 16, 16, 16]);
    const after = Array.from({ length: 12 }, () => pace.next(0));
    expect(after[0]).toBeLessThan(16);
    expect(after.at(-1)).toBe(2);
  });
});
