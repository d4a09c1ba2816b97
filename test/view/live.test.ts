import { describe, expect, it } from "vitest";
import type { Event } from "../../src/provision/event.ts";
import { liveView } from "../../src/view/live.ts";
import type { Header } from "../../src/view/view.ts";
import {
  changed,
  DEV,
  event,
  handTicker,
  plan,
  REFUSAL,
  REFUSED_END,
  standingClock,
  step,
  UP_TO_DATA,
  wholeStack,
} from "./run.ts";
import { screen } from "./screen.ts";

const HEADER: Header = {
  command: "provision",
  environment: "dev",
  region: "us-east-1",
  account: "123456789012",
  rehearsal: { speed: 60 },
};

function watching(options: Parameters<typeof screen>[0] = {}, header = HEADER) {
  const terminal = screen(options);
  const clock = standingClock();
  const hand = handTicker();
  const view = liveView(terminal, clock, header, hand.ticker);
  return {
    terminal,
    view,
    hand,
    /** What is on the screen so many seconds into the run. */
    seeAt: async (seconds: number, events: readonly Event[] = []) => {
      for (const one of events) view.emit(one);
      clock.at(seconds);
      await terminal.see();
      hand.tick();
      return terminal.see();
    },
  };
}

describe("the live screen of a provisioning", () => {
  it("shows where it is, what it waits for and how long still", async () => {
    const { seeAt } = watching();
    expect(await seeAt(372, UP_TO_DATA)).toMatchInlineSnapshot(`
      " astro provision · dev · us-east-1 · rehearsal 60×            6m 12s, ~21m left
       ✔ bootstrap   created  astro-bootstrap, 2 resources                        41s
       ✔ vpc         created  network, 41 resources                            3m 02s
       ↻ data        phase 3 of 5                                      2m 29s of ~12m
         ✔ secrets   created  9 resources                                         38s
         · registry  waiting
         ✔ storage   created  8 resources                                         29s
         ↻ database  4 of 6  DBInstance (RDS): creating                2m 01s of ~10m
         ↻ cache     2 of 4  ReplicationGroup (ElastiCache): creating  1m 58s of ~12m
       · ecs         waiting  load-balancer, service                              ~5m
       · dns         waiting  cdn                                                 ~6m"
    `);
  });

  it("moves on with the clock it was given", async () => {
    const { seeAt } = watching();
    await seeAt(372, UP_TO_DATA);
    const later = await seeAt(492);
    expect(later).toContain("8m 12s");
    expect(later).toMatch(/DBInstance \(RDS\): creating +4m 01s of ~10m/);
  });

  it("says when a resource takes much longer than expected", async () => {
    const { seeAt } = watching();
    expect(await seeAt(1200, UP_TO_DATA)).toMatch(/DBInstance \(RDS\): slower than usual +15m 49s of ~10m/);
  });

  it("shows the resource that broke and AWS's reason while the stack rolls back", async () => {
    const { seeAt } = watching();
    expect(await seeAt(410, [...UP_TO_DATA, ...REFUSAL])).toMatchInlineSnapshot(`
      " astro provision · dev · us-east-1 · rehearsal 60×             6m 50s, ~9m left
       ✔ bootstrap   created  astro-bootstrap, 2 resources                        41s
       ✔ vpc         created  network, 41 resources                            3m 02s
       ↻ data        phase 3 of 5                                      3m 07s of ~12m
         ✔ secrets   created  9 resources                                         38s
         · registry  waiting
         ✔ storage   created  8 resources                                         29s
         ↻ database  rolling back                                              3m 07s
                     DBInstance (RDS): The DB instance class db.t3.micro does not su…
         ↻ cache     2 of 4  ReplicationGroup (ElastiCache): creating  2m 36s of ~12m
       · ecs         waiting  load-balancer, service                              ~5m
       · dns         waiting  cdn                                                 ~6m"
    `);
  });

  it("keeps the failed stack on the screen, says what was not started and counts no time for it", async () => {
    const { seeAt, view, terminal } = watching();
    const failing = await seeAt(440, [...UP_TO_DATA, ...REFUSAL, ...REFUSED_END.slice(0, 1)]);
    expect(failing).toContain("7m 20s, ~9m left");
    await seeAt(966, REFUSED_END.slice(1));
    await view.close();
    expect(await terminal.see()).toMatchInlineSnapshot(`
      " astro provision · dev · us-east-1 · rehearsal 60×                      16m 06s
       ✔ bootstrap   created  astro-bootstrap, 2 resources                        41s
       ✔ vpc         created  network, 41 resources                            3m 02s
       ✖ data        failed                                                   12m 23s
         ✔ secrets   created  9 resources                                         38s
         · registry  not started
         ✔ storage   created  8 resources                                         29s
         ✖ database  failed                                                    3m 27s
                     DBInstance (RDS): The DB instance class db.t3.micro does not su…
         ✔ cache     created  4 resources                                     12m 23s
       · ecs         not started  load-balancer, service
       · dns         not started  cdn"
    `);
  });

  it("folds every phase into one line when all is done", async () => {
    const steps = [
      step("vpc", "astro-dev-network", { resources: 41 }),
      step("data", "astro-dev-a"),
      step("data", "astro-dev-b"),
    ];
    const { seeAt, view, terminal } = watching();
    await seeAt(300, [
      event(0, { type: "run.started", plan: plan(steps) }),
      event(0, { type: "phase.started", phase: "vpc", stacks: ["astro-dev-network"] }),
      ...wholeStack("vpc", "astro-dev-network", 0, 182, 41),
      event(182, { type: "phase.done", phase: "vpc" }),
      event(182, { type: "phase.started", phase: "data", stacks: ["astro-dev-a", "astro-dev-b"] }),
      ...wholeStack("data", "astro-dev-a", 182, 300, 5),
      event(200, { type: "stack.done", phase: "data", stack: "astro-dev-b", outcome: "unchanged", elapsedSeconds: 0 }),
      event(300, { type: "phase.done", phase: "data" }),
      event(300, { type: "result", outcome: "done", outputs: {}, elapsedSeconds: 5, simulatedSeconds: 300 }),
    ]);
    await view.close();
    expect(await terminal.see()).toMatchInlineSnapshot(`
      " astro provision · dev · us-east-1 · rehearsal 60×                       5m 00s
       ✔ vpc   created  network, 41 resources                                  3m 02s
       ✔ data  1 created, 1 unchanged, 5 resources                             1m 58s"
    `);
  });

  it("says what goes on at AWS when the run is interrupted", async () => {
    const { seeAt, view, terminal } = watching();
    await seeAt(372, [
      ...UP_TO_DATA,
      event(372, { type: "result", outcome: "interrupted", outputs: {}, elapsedSeconds: 6 }),
    ]);
    await view.close();
    const last = await terminal.see();
    expect(last).toMatch(/database +still running at AWS/);
    expect(last).toMatch(/ecs +not started/);
  });

  it("gives what the engine does to get past an earlier failure a line of its own", async () => {
    const { seeAt } = watching();
    const seen = await seeAt(260, [
      ...UP_TO_DATA,
      event(255, {
        type: "stack.recovering",
        phase: "data",
        stack: "astro-dev-cache",
        from: "ROLLBACK_COMPLETE",
        how: "delete-and-create",
      }),
    ]);
    expect(seen).toContain("ROLLBACK_COMPLETE: its first creation failed, so it cannot be");
  });

  it("reads the same without Unicode and colour", async () => {
    const { seeAt } = watching({ unicode: false });
    expect(await seeAt(440, [...UP_TO_DATA, ...REFUSAL, ...REFUSED_END.slice(0, 1)])).toMatchInlineSnapshot(`
      " astro provision - dev - us-east-1 - rehearsal 60x             7m 20s, ~9m left
       ok bootstrap   created  astro-bootstrap, 2 resources                       41s
       ok vpc         created  network, 41 resources                           3m 02s
       !! data        FAILED                                                   3m 37s
         ok secrets   created  9 resources                                        38s
         -  registry  not started
         ok storage   created  8 resources                                        29s
         !! database  FAILED                                                   3m 27s
                      DBInstance (RDS): The DB instance class db.t3.micro does not..
         .. cache     2 of 4  ReplicationGroup (ElastiCache): creat..  3m 06s of ~12m
       -  ecs         not started  load-balancer, service
       -  dns         not started  cdn"
    `);
  });

  it("cuts lines on a narrow terminal instead of wrapping them, and still says it is a rehearsal", async () => {
    const { seeAt } = watching({ columns: 40 });
    expect(await seeAt(372, UP_TO_DATA)).toMatchInlineSnapshot(`
      " rehearsal 60×        6m 12s, ~21m left
       ✔ bootstrap   created  astro-boo…  41s
       ✔ vpc         created  networ…  3m 02s
       ↻ data        phase 3 of 5      2m 29s
         ✔ secrets   created  9 resourc…  38s
         · registry  waiting
         ✔ storage   created  8 resourc…  29s
         ↻ database  4 of 6  DBInsta…  2m 01s
         ↻ cache     2 of 4  Replica…  1m 58s
       · ecs         waiting  load-bala…  ~5m
       · dns         waiting  cdn         ~6m"
    `);
  });

  it("leaves out what matters least on a low terminal, and scrolls nothing away", async () => {
    const { seeAt } = watching({ rows: 7 });
    expect(await seeAt(440, [...UP_TO_DATA, ...REFUSAL, ...REFUSED_END.slice(0, 1)])).toMatchInlineSnapshot(`
      " astro provision · dev · us-east-1 · rehearsal 60×             7m 20s, ~9m left
       ✔ bootstrap   created  astro-bootstrap, 2 resources                        41s
       ✖ data        failed                                                    3m 37s
         ✖ database  failed                                                    3m 27s
                     DBInstance (RDS): The DB instance class db.t3.micro does not su…
         ↻ cache     2 of 4  ReplicationGroup (ElastiCache): creating  3m 06s of ~12m"
    `);
  });

  it("draws over itself after the terminal was made narrower", async () => {
    const { seeAt, terminal } = watching();
    await seeAt(372, UP_TO_DATA);
    terminal.narrow(60);
    const seen = await seeAt(373);
    expect(seen.match(/bootstrap/g)).toHaveLength(2);
    expect(seen.split("\n")).toHaveLength(11);
  });

  it("names the account where it is no rehearsal", async () => {
    const { rehearsal: _, ...real } = HEADER;
    const { seeAt } = watching({}, real);
    expect(await seeAt(372, UP_TO_DATA)).toContain(" astro provision · dev · us-east-1 · account 1234…9012 ");
  });

  it("does not call a removal that fails a rollback, nor counts more resources than there are", async () => {
    const { seeAt } = watching();
    const network = { phase: "vpc", stack: "astro-dev-network" } as const;
    const vpc = { ...network, type: "resource.changed", resourceType: "AWS::EC2::VPC" } as const;
    const seen = await seeAt(9, [
      event(0, { type: "run.started", plan: plan([step("vpc", network.stack)], { direction: "destroy" }) }),
      event(0, { type: "phase.started", phase: "vpc", stacks: [network.stack] }),
      event(0, { type: "stack.started", ...network, action: "delete", resources: 1, expectedSeconds: 60 }),
      event(1, { ...vpc, resource: "Route", status: "DELETE_COMPLETE" }),
      event(1, { ...vpc, resource: "Address", status: "DELETE_SKIPPED" }),
    ]);
    expect(seen).toMatch(/network +1 of 1 +removing/);
    const failing = event(9, { ...vpc, resource: "Vpc", status: "DELETE_FAILED", reason: "has dependencies" });
    expect(await seeAt(9, [failing])).toMatch(/network +failing +9s\n +VPC \(EC2\): has dependencies/);
  });

  it("shows the stack's whole progress where no resource is moving", async () => {
    const { seeAt } = watching();
    const seen = await seeAt(260, [
      ...UP_TO_DATA.slice(0, -4),
      changed(256, "astro-dev-database", "DBInstance", "AWS::RDS::DBInstance", "CREATE_COMPLETE"),
    ]);
    expect(seen).toMatch(/database +5 of 6 +creating +37s of ~10m/);
  });
});

describe("the terminal after the live screen", () => {
  it("has its cursor back once the view is closed, also twice", async () => {
    const { seeAt, view, terminal, hand } = watching();
    await seeAt(372, UP_TO_DATA);
    expect(terminal.cursorShown()).toBe(false);
    await view.close();
    await view.close();
    expect(terminal.cursorShown()).toBe(true);
    expect(hand.running()).toBe(false);
  });

  it("shows the last state once, whatever comes after the result", async () => {
    const { seeAt, view, terminal } = watching();
    await seeAt(966, [...UP_TO_DATA, ...REFUSAL, ...REFUSED_END]);
    await view.close();
    terminal.write("after\n");
    const seen = await terminal.see();
    expect(seen.match(/astro provision/g)).toHaveLength(1);
    expect(seen.endsWith("\nafter")).toBe(true);
  });

  it("is left alone by a run that never started", async () => {
    const { view, terminal } = watching();
    await view.close();
    expect(await terminal.see()).toBe("");
  });

  it("shows phases in the plan's order, which a removal reverses", async () => {
    const { seeAt } = watching();
    const reversed = plan([...DEV.steps].reverse(), { direction: "destroy" });
    const seen = await seeAt(1, [
      event(0, { type: "run.started", plan: reversed }),
      event(0, { type: "phase.started", phase: "dns", stacks: ["astro-dev-cdn"] }),
    ]);
    expect(seen.split("\n").map((line) => line.trim().split(/ +/)[1])).toEqual([
      "provision",
      "dns",
      "cdn",
      "ecs",
      "data",
      "vpc",
      "bootstrap",
    ]);
    expect(seen).toContain("phase 1 of 5");
  });
});
