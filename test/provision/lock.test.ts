import { describe, expect, it } from "vitest";
import type { Lock } from "../../src/provision/cloud.ts";
import type { Event } from "../../src/provision/event.ts";
import { environmentLock, idOf } from "../../src/provision/lock.ts";
import { jumpingClock } from "../../src/rehearsal/simulated-clock.ts";
import { fakeCloud } from "../support/fake-cloud.ts";
import { SITE } from "../support/stacks.ts";

const START = new Date("2026-01-05T10:00:00Z");
const at = (seconds: number) => new Date(START.getTime() + seconds * 1000).toISOString();

/** Somebody else's lock, with its last heartbeat so many seconds after the start. */
const other = (heartbeat = 0): Lock => ({
  id: idOf(SITE),
  run: "other",
  who: "arn:aws:iam::111122223333:user/grace",
  host: "laptop",
  process: "laptop 7",
  operation: "destroy",
  since: at(-600),
  heartbeat: at(heartbeat),
});

function scene(options: { wait?: boolean; gone?: readonly string[] } = {}) {
  const cloud = fakeCloud();
  const { clock } = jumpingClock(START.getTime());
  const events: Event[] = [];
  const stop = new AbortController();
  const own = { run: "own", who: "ada", host: "here", process: "here 1", operation: "provision" };
  const isGone = (process: string) => options.gone?.includes(process) ?? false;
  const world = {
    cloud,
    clock,
    signal: stop.signal,
    site: SITE,
    own,
    isGone,
    wait: options.wait ?? false,
    waiting: ["astro", "provision", "--wait"],
  };
  const lock = environmentLock(world);
  const seconds = () => (clock.now().getTime() - START.getTime()) / 1000;
  const take = () => lock.take((event) => void events.push(event));
  return { cloud, clock, world, events, lock, stop, seconds, take, holder: () => cloud.locks.get(idOf(SITE)) };
}

/** Lets the other give a sign of life every so many seconds, by a clock that is wrong by `skew` seconds. */
async function beating({ cloud, clock }: ReturnType<typeof scene>, beats: number, skew: number): Promise<void> {
  for (let beat = 0; beat < beats; beat++) {
    const heartbeat = new Date(clock.now().getTime() + skew * 1000).toISOString();
    await cloud.keepLock(SITE.region, { ...other(), heartbeat });
    await clock.sleep(30_000);
  }
}

describe("an environment's lock", () => {
  it("is taken where nobody has it, says who has it, and is given up", async () => {
    const { take, lock, holder } = scene();
    expect(await take()).toBe("taken");
    expect(holder()).toMatchObject({ id: "shop/dev", run: "own", who: "ada", host: "here", operation: "provision" });
    await lock.release();
    expect(holder()).toBeUndefined();
  });

  it("refuses while somebody else has it, and names who, where, what and since when", async () => {
    const { cloud, take, holder, seconds } = scene();
    cloud.locks.set(idOf(SITE), other());
    await expect(take()).rejects.toMatchObject({
      code: "locked",
      exit: 1,
      message: `shop/dev is locked: arn:aws:iam::111122223333:user/grace on laptop started astro destroy 10 minutes ago (${at(-600)})`,
      hint: expect.stringMatching(/--wait.*astro attach.*astro unlock/s),
    });
    expect([holder()?.run, seconds()]).toEqual(["other", 0]);
  });

  it("waits if told so, and takes it as soon as it is given up", async () => {
    const given = scene({ wait: true });
    given.cloud.locks.set(idOf(SITE), other());
    const taking = given.take();
    await beating(given, 4, 0);
    await given.cloud.dropLock(SITE.region, other());
    expect(await taking).toBe("taken");
    expect(given.events).toMatchObject([{ type: "lock.held", holder: { host: "laptop", operation: "destroy" } }]);
    await given.lock.release();
  });

  it("is taken over from a holder that misses its heartbeats, after saying so", async () => {
    const { cloud, take, lock, events, holder, seconds } = scene();
    cloud.locks.set(idOf(SITE), other(-120));
    expect(await take()).toBe("taken-over");
    expect(events.map(({ type }) => type)).toEqual(["lock.held", "lock.left"]);
    expect(events[1]).toMatchObject({ why: "no-heartbeat", holder: { host: "laptop", heartbeat: at(-120) } });
    // Watched for longer than a heartbeat takes: its clock may only be wrong.
    expect(seconds()).toBeGreaterThanOrEqual(45);
    expect(holder()?.run).toBe("own");
    await lock.release();
  });

  it("is never taken from a holder that lives, however wrong its clock is", async () => {
    const given = scene();
    given.cloud.locks.set(idOf(SITE), other(-3600));
    const [refused] = await Promise.allSettled([given.take(), beating(given, 5, -3600)]);
    expect(refused).toMatchObject({ status: "rejected", reason: { code: "locked" } });
    expect(given.holder()?.run).toBe("other");
  });

  it("is never taken from a holder that lives, though this machine's clock is set on by hours while it is watched", async () => {
    const given = scene({ wait: true });
    let hours = 0;
    const now = () => new Date(given.clock.now().getTime() + hours * 3_600_000);
    Object.assign(given.world, { clock: { ...given.clock, now } });
    given.cloud.locks.set(idOf(SITE), other());
    const taking = given.take();
    await given.clock.sleep(12_000);
    hours = 5;
    await given.clock.sleep(12_000);
    expect(given.holder()?.run).toBe("other");
    await beating(given, 4, 0);
    await given.cloud.dropLock(SITE.region, other());
    expect(await taking).toBe("taken");
    await given.lock.release();
  });

  it("is taken over at once from a process of this machine that is no more", async () => {
    const { cloud, take, lock, events, seconds } = scene({ gone: ["laptop 7"] });
    cloud.locks.set(idOf(SITE), other());
    expect(await take()).toBe("taken-over");
    expect([events.map((event) => "why" in event && event.why), seconds()]).toEqual([["process-gone"], 0]);
    await lock.release();
  });

  it("shows a sign of life every 30 seconds", async () => {
    const { take, lock, clock, holder } = scene();
    await take();
    await clock.sleep(95_000);
    expect(holder()).toMatchObject({ since: at(0), heartbeat: at(90) });
    await lock.release();
  });

  it("that was taken away ends the run with a word, and stays with who has it now", async () => {
    const { cloud, take, lock, clock, holder } = scene();
    await take();
    cloud.locks.set(idOf(SITE), other());
    await clock.sleep(40_000);
    expect(lock.lost.aborted).toBe(true);
    expect(lock.lost.reason).toMatchObject({
      code: "locked",
      message: expect.stringContaining("grace on laptop took it"),
    });
    await lock.release();
    expect(holder()?.run).toBe("other");
  });

  it("is not to be had before there is a lock table", async () => {
    const { take, cloud } = scene();
    Object.assign(cloud, { takeLock: async () => undefined });
    expect(await take()).toBe("none");
  });

  it("is no longer waited for once the person leaves", async () => {
    const { cloud, take, stop, holder } = scene({ wait: true });
    cloud.locks.set(idOf(SITE), other());
    const taking = take();
    stop.abort(new Error("interrupted"));
    await expect(taking).rejects.toThrow("interrupted");
    expect(holder()?.run).toBe("other");
  });
});
