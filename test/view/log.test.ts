import { describe, expect, it } from "vitest";
import { logView } from "../../src/view/log.ts";
import type { Header } from "../../src/view/view.ts";
import { event, handTicker, REFUSAL, REFUSED_END, standingClock, UP_TO_DATA } from "./run.ts";
import { paper } from "./screen.ts";

const HEADER: Header = { command: "provision", environment: "dev", region: "us-east-1", rehearsal: { speed: "max" } };

function logging(unicode = true) {
  const terminal = paper({ interactive: false, unicode });
  const clock = standingClock();
  const hand = handTicker();
  return { terminal, clock, hand, view: logView(terminal, clock, HEADER, hand.ticker) };
}

describe("the log of a run", () => {
  it("has one line for each event that matters, the cause of a failure among them", () => {
    const { terminal, view } = logging();
    for (const one of [...UP_TO_DATA, ...REFUSAL, ...REFUSED_END]) view.emit(one);
    expect(terminal.text()).toMatchInlineSnapshot(`
      "00:00:00  astro provision · dev · us-east-1 · rehearsal: 10 stacks
      00:00:00  bootstrap                  ↻ started: astro-bootstrap
      00:00:00  bootstrap/astro-bootstrap  ↻ creating 2 resources, ~40s
      00:00:41  bootstrap/astro-bootstrap  ✔ created in 41s
      00:00:41  bootstrap                  ✔ done in 41s
      00:00:41  vpc                        ↻ started: network
      00:00:41  vpc/network                ↻ creating 41 resources, ~3m
      00:03:43  vpc/network                ✔ created in 3m 02s
      00:03:43  vpc                        ✔ done in 3m 02s
      00:03:43  data                       ↻ started: secrets, registry, storage, database, cache
      00:03:43  data/secrets               ↻ creating 9 resources, ~40s
      00:04:21  data/secrets               ✔ created in 38s
      00:03:43  data/storage               ↻ creating 8 resources, ~30s
      00:04:12  data/storage               ✔ created in 29s
      00:03:43  data/database              ↻ creating 6 resources, ~10m
      00:03:43  data/cache                 ↻ creating 4 resources, ~12m
      00:06:40  data/database              ✖ failed: DBInstance (RDS): The DB instance class db.t3.micro does not support the requested engine version in this zone. (Service: Rds, Status Code: 400, Request ID: 5e1f)
      00:07:10  data/database              ✖ failed after 3m 27s: DBInstance: The DB instance class db.t3.micro does not support the requested engine version in this zone. (Service: Rds, Status Code: 400, Request ID: 5e1f)
      00:16:06  data/cache                 ✔ created in 12m 23s
      00:16:06  ✖ failed after 16m 06s, simulated
      "
    `);
  });

  it("says once a minute of the run's time what a silent stack waits for", () => {
    const { terminal, view, clock, hand } = logging(false);
    for (const one of UP_TO_DATA) view.emit(one);
    const before = terminal.text().length;
    for (const seconds of [260, 281, 282, 283, 342, 343]) {
      clock.at(seconds);
      hand.tick();
    }
    expect(terminal.text().slice(before)).toMatchInlineSnapshot(`
      "00:04:43  data/database              .. waiting for DBInstance (RDS): creating, 32s of ~10m (4 of 6)
      00:04:43  data/cache                 .. waiting for Redis, ReplicationGroup (ElastiCache): creating, 29s of ~12m (2 of 4)
      00:05:43  data/database              .. waiting for DBInstance (RDS): creating, 1m 32s of ~10m (4 of 6)
      00:05:43  data/cache                 .. waiting for Redis, ReplicationGroup (ElastiCache): creating, 1m 29s of ~12m (2 of 4)
      "
    `);
  });

  it("says what the engine does to get past an earlier failure, and what was left as it is", () => {
    const { terminal, view } = logging();
    const [started] = UP_TO_DATA;
    if (started === undefined) throw new Error("the fixture has no first event");
    view.emit(started);
    view.emit(
      event(1, {
        type: "stack.recovering",
        phase: "vpc",
        stack: "astro-dev-network",
        from: "ROLLBACK_COMPLETE",
        how: "delete-and-create",
      }),
    );
    view.emit(
      event(2, {
        type: "stack.done",
        phase: "vpc",
        stack: "astro-dev-network",
        outcome: "unchanged",
        elapsedSeconds: 0,
      }),
    );
    expect(terminal.text().split("\n").slice(1, 3)).toEqual([
      "00:00:01  vpc/network                ROLLBACK_COMPLETE: its first creation failed, so it cannot be updated; deleting what is left of it",
      "00:00:02  vpc/network                ✔ unchanged",
    ]);
  });

  it("stops its ticker when it is closed", async () => {
    const { view, hand } = logging();
    expect(hand.running()).toBe(true);
    await view.close();
    expect(hand.running()).toBe(false);
  });
});
