import { describe, expect, it } from "vitest";
import type { LockHolder } from "../../src/provision/cloud.ts";
import { liveView } from "../../src/view/live.ts";
import { logView } from "../../src/view/log.ts";
import type { Header } from "../../src/view/view.ts";
import { DEV, event, handTicker, standingClock, UP_TO_DATA } from "./run.ts";
import { paper, screen } from "./screen.ts";

const HEADER: Header = { command: "provision", environment: "dev", region: "us-east-1", account: "123456789012" };
const GRACE: LockHolder = {
  who: "arn:aws:iam::123456789012:user/grace",
  host: "laptop",
  operation: "destroy",
  since: "2026-11-22T09:51:30.000Z",
  heartbeat: "2026-11-22T09:58:10.000Z",
};

function watching() {
  const terminal = screen();
  const hand = handTicker();
  const clock = standingClock();
  return { terminal, hand, clock, view: liveView(terminal, clock, HEADER, hand.ticker) };
}

describe("a run that somebody else holds up", () => {
  it("says in the log whom it waits for, and whose lock it takes over and why", () => {
    const terminal = paper({ interactive: false });
    const view = logView(terminal, standingClock(), HEADER, handTicker().ticker);
    view.emit(event(0, { type: "run.started", plan: DEV }));
    view.emit(event(10, { type: "lock.held", holder: GRACE }));
    view.emit(event(100, { type: "lock.left", holder: GRACE, why: "no-heartbeat" }));
    view.emit(event(100, { type: "lock.left", holder: GRACE, why: "process-gone" }));
    expect(terminal.text()).toMatchInlineSnapshot(`
      "00:00:00  astro provision · dev · us-east-1 · account 1234…9012: 10 stacks
      00:00:10  waiting for user/grace on laptop: astro destroy since 09:51:30 UTC (8m 40s)
      00:01:40  taking over the lock of user/grace on laptop: astro destroy since 09:51:30 UTC (10m 10s): no heartbeat for 3m 30s
      00:01:40  taking over the lock of user/grace on laptop: astro destroy since 09:51:30 UTC (10m 10s): its process is gone
      "
    `);
  });

  it("says so under the live screen's first line until it goes on", async () => {
    const { terminal, view, hand } = watching();
    view.emit(event(0, { type: "run.started", plan: DEV }));
    view.emit(event(10, { type: "lock.held", holder: GRACE }));
    hand.tick();
    const held = (await terminal.see()).split("\n");
    expect(held[1]).toMatch(/^ waiting for user\/grace on laptop: astro destroy/);
    view.emit(event(20, { type: "phase.started", phase: "bootstrap", stacks: ["astro-bootstrap"] }));
    hand.tick();
    expect(await terminal.see()).not.toContain("waiting for user");
    await view.close();
  });
});

describe("a live screen that is paused", () => {
  it("draws nothing over a question and goes on below it", async () => {
    const { terminal, view, hand, clock } = watching();
    for (const one of UP_TO_DATA) view.emit(one);
    clock.at(372);
    hand.tick();
    const resume = view.pause();
    expect(terminal.cursorShown()).toBe(true);
    terminal.write("? What now?\n");
    const asked = await terminal.see();
    clock.at(400);
    hand.tick();
    expect(await terminal.see()).toBe(asked);
    resume();
    hand.tick();
    const after = await terminal.see();
    expect(after.startsWith(asked)).toBe(true);
    expect(after.slice(asked.length)).toContain("6m 40s");
    await view.close();
  });
});

describe("a run that was cancelled", () => {
  it("shows what was turned back, and that nothing more is started", async () => {
    const { terminal, view, hand, clock } = watching();
    for (const one of UP_TO_DATA) view.emit(one);
    for (const stack of ["astro-dev-database", "astro-dev-cache"]) {
      view.emit(event(500, { type: "stack.done", phase: "data", stack, outcome: "cancelled", elapsedSeconds: 277 }));
    }
    view.emit(event(500, { type: "result", outcome: "cancelled", outputs: {}, elapsedSeconds: 500 }));
    clock.at(500);
    hand.tick();
    await view.close();
    expect(await terminal.see()).toMatchInlineSnapshot(`
      " astro provision · dev · us-east-1 · account 1234…9012                   8m 20s
       ✔ bootstrap   created  astro-bootstrap, 2 resources                        41s
       ✔ vpc         created  network, 41 resources                            3m 02s
       · data        cancelled                                                 4m 37s
         ✔ secrets   created  9 resources                                         38s
         · registry  not started
         ✔ storage   created  8 resources                                         29s
         · database  cancelled                                                 4m 37s
         · cache     cancelled                                                 4m 37s
       · ecs         not started  load-balancer, service
       · dns         not started  cdn"
    `);
  });

  it("says so in the log", () => {
    const terminal = paper({ interactive: false });
    const view = logView(terminal, standingClock(), HEADER, handTicker().ticker);
    view.emit(event(0, { type: "run.started", plan: DEV }));
    const stack = "astro-dev-cache";
    view.emit(event(500, { type: "stack.done", phase: "data", stack, outcome: "cancelled", elapsedSeconds: 277 }));
    view.emit(event(500, { type: "result", outcome: "cancelled", outputs: {}, elapsedSeconds: 500 }));
    expect(terminal.text()).toContain("data/cache                 cancelled after 4m 37s\n");
    expect(terminal.text()).toContain("cancelled, rolled back after 8m 20s\n");
  });
});
