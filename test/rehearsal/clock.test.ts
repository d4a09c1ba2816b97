import { describe, expect, it } from "vitest";
import { idlingClock } from "../../src/rehearsal/idling-clock.ts";
import { jumpingClock, steadyClock } from "../../src/rehearsal/simulated-clock.ts";

const START = Date.UTC(2026, 0, 1);
const turns = async (count: number) => {
  for (let i = 0; i < count; i += 1) await new Promise(setImmediate);
};

describe("a jumping clock", () => {
  it("jumps to the next timer when all clients sleep, and wakes them in order", async () => {
    const { clock, now } = jumpingClock(START);
    const woken: string[] = [];
    const sleeper = async (name: string, ...naps: number[]) => {
      for (const nap of naps) {
        await clock.sleep(nap);
        woken.push(`${name} ${(now() - START) / 1000}`);
      }
    };
    await Promise.all([sleeper("a", 5000, 5000), sleeper("b", 3000, 3000, 3_600_000)]);
    expect(woken).toEqual(["b 3", "a 5", "b 6", "a 10", "b 3606"]);
  });

  it("stands still while a client is working", async () => {
    const { clock, now, busy: enter } = jumpingClock(START);
    const leave = enter();
    let awake = false;
    const nap = clock.sleep(1000).then(() => {
      awake = true;
    });
    await turns(20);
    expect([awake, now()]).toEqual([false, START]);
    leave();
    leave();
    await nap;
    expect(now()).toBe(START + 1000);
  });

  it("does not wake aborted sleepers, and does not wait for them", async () => {
    const { clock, now } = jumpingClock(START);
    const stop = new AbortController();
    const far = clock.sleep(1_000_000, stop.signal);
    stop.abort(new Error("enough"));
    await expect(far).rejects.toThrow("enough");
    await expect(clock.sleep(5, stop.signal)).rejects.toThrow("enough");
    await clock.sleep(10);
    expect(now()).toBe(START + 10);
  });
});

describe("a steady clock", () => {
  it("runs as the real one does while a client works locally, and those that sleep wake no later for it", async () => {
    const { clock, now, local, close } = steadyClock(START, 100_000);
    const nap = clock.sleep(60_000);
    const [leave, other] = [local(), local()];
    const [before, real] = [now(), performance.now()];
    await new Promise((resolve) => setTimeout(resolve, 30));
    leave();
    leave();
    expect(now() - before).toBeLessThanOrEqual(performance.now() - real + 1);
    const begun = performance.now();
    other();
    await nap;
    // A minute at that speed is under a millisecond; as the real one goes it would be a minute.
    expect(performance.now() - begun).toBeLessThan(20_000);
    close();
  });

  it("runs so many times as fast as the real one, sleeping too", async () => {
    const { clock, now, close } = steadyClock(START, 2000);
    await clock.sleep(60_000);
    expect(now() - START).toBeGreaterThanOrEqual(60_000);
    const stop = new AbortController();
    const long = clock.sleep(3_600_000_000, stop.signal);
    stop.abort(new Error("enough"));
    await expect(long).rejects.toThrow("enough");
    close();
  });
});

describe("an idling clock", () => {
  it("jumps to pending events once no changing request comes, one after the other", async () => {
    const due = [START + 60_000, START + 600_000];
    const reached: number[] = [];
    const {
      busy: enter,
      stateChanged: stir,
      close,
      now,
    } = idlingClock(START, {
      pending: () => (due[0] === undefined ? undefined : { due: due[0], expires: false }),
      reach: (time) => {
        while ((due[0] ?? Infinity) <= time) reached.push(due.shift() ?? 0);
      },
    });
    const leave = enter();
    stir();
    leave();
    await expect.poll(() => reached.length).toBe(2);
    expect(now()).toBeGreaterThanOrEqual(START + 600_000);
    close();
  });

  it("gives a client a moment before its timeout", async () => {
    let reached = 0;
    const { stateChanged: stir, close } = idlingClock(START, {
      pending: () => (reached > 0 ? undefined : { due: START + 60_000, expires: true }),
      reach: (time) => {
        reached = time;
      },
      patience: 60,
    });
    const began = performance.now();
    stir();
    await expect.poll(() => reached).toBeGreaterThan(START);
    expect(performance.now() - began).toBeGreaterThanOrEqual(60);
    close();
  });
});
