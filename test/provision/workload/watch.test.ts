import { describe, expect, it } from "vitest";
import type { Cloud, StackEvent } from "../../../src/provision/cloud.ts";
import type { Run } from "../../../src/provision/engine.ts";
import type { Event } from "../../../src/provision/event.ts";
import { newPollInterval } from "../../../src/provision/poll-interval.ts";
import type { EcsTask, TargetHealth, Workloads } from "../../../src/provision/workload/port.ts";
import { watchWorkload } from "../../../src/provision/workload/watch.ts";
import { fakeCloud } from "../../support/fake-cloud.ts";
import { SITE, stackOf } from "../../support/stacks.ts";

const BEGAN = Date.parse("2026-03-01T12:00:00Z");
const at = (seconds: number) => new Date(BEGAN + seconds * 1000);

const crashed = (id: string, seconds: number, more: Partial<EcsTask> = {}): EcsTask => ({
  id,
  deployment: "ecs-svc/new",
  definition: "app:2",
  createdAt: at(seconds - 10),
  stoppedAt: at(seconds),
  stopCode: "EssentialContainerExited",
  reason: "Essential container in task exited",
  containers: [{ name: "api", exitCode: 1 }],
  ...more,
});
const running = (more: Partial<EcsTask> = {}): EcsTask => ({
  id: "good",
  deployment: "ecs-svc/new",
  definition: "app:2",
  createdAt: at(5),
  startedAt: at(40),
  address: "10.0.0.9",
  containers: [{ name: "api" }],
  ...more,
});

/** A watch over one service, what is there to be seen of it, and a clock that is set by hand. */
function watching(seen: {
  stopped?: readonly EcsTask[];
  running?: readonly EcsTask[];
  targets?: readonly TargetHealth[];
  behind?: boolean;
  isSilent?: boolean;
  deployments?: readonly { readonly id: string; readonly createdAt: Date }[];
}) {
  let now = at(0);
  const events: Event[] = [];
  const asked: string[] = [];
  const workloads: Workloads = {
    service: async ({ name }) => {
      asked.push(name);
      if (seen.isSilent) throw new Error("503");
      return {
        deployments: seen.deployments ?? [{ id: "ecs-svc/new", createdAt: at(1) }],
        running: (seen.running ?? []).length,
        targetGroups: seen.behind ? ["group"] : [],
      };
    },
    serviceTasks: async (_, which) => (which === "RUNNING" ? seen.running : seen.stopped) ?? [],
    targets: async () => seen.targets ?? [],
    logTail: async () => ["no"],
  };
  const cloud: Cloud = { ...fakeCloud(), ...workloads };
  const source = stackOf("shop-dev-service", "ecs");
  const run: Run = {
    cloud,
    clock: { now: () => now, sleep: () => Promise.reject(new Error("nobody sleeps")) },
    emit: (event) => events.push(event),
    signal: new AbortController().signal,
    token: () => "t",
    site: SITE,
    stacks: [source],
    direction: "provision",
    deployed: new Map(),
    values: new Map(),
    touched: new Set(),
    drifted: new Set(),
    poll: newPollInterval(),
  };
  const watch = watchWorkload(run, {
    stack: source.name,
    region: SITE.region,
    phase: "ecs",
    action: "update",
    changes: [],
    resources: 1,
    needs: [],
  });
  const event: StackEvent = {
    id: "1",
    at: at(0),
    logicalId: "Service",
    physicalId: `arn:aws:ecs:${SITE.region}:${SITE.account}:service/apps/api`,
    type: "AWS::ECS::Service",
    status: "UPDATE_IN_PROGRESS",
  };
  watch.note(event);
  return {
    seen,
    asked,
    watch,
    event,
    noticed: () => events,
    look: (seconds: number) => {
      now = at(seconds);
      return watch.look();
    },
  };
}

describe("the watch over a service", () => {
  const two = [crashed("a", 50), crashed("b", 100)];

  it("gives its verdict at the second of two equal stops, not before, and looks every fifteen seconds", async () => {
    const { seen, watch, look, noticed } = watching({ stopped: [crashed("a", 50)] });
    expect(watch.due()).toBe(0);
    expect(await look(60)).toBeUndefined();
    expect(noticed()).toMatchObject([
      { type: "task.stopped", resource: "Service", code: "container-exit", exitCode: 1 },
    ]);
    expect(watch.due()).toBe(15);
    seen.stopped = two;
    expect(await look(74)).toBeUndefined();
    expect(await look(110)).toMatchObject({
      resource: "Service",
      log: ["no"],
      stops: [at(50), at(100)],
      isOver: false,
    });
    expect(watch.due()).toBeUndefined();
  });

  it("waits while another task of the same rollout does its work", async () => {
    const healthy = { address: "10.0.0.9", state: "healthy" };
    const { seen, look } = watching({ stopped: two, running: [running()], targets: [healthy], behind: true });
    expect(await look(110)).toBeUndefined();
    seen.targets = [{ ...healthy, state: "unhealthy", why: "Request timed out" }];
    expect(await look(130)).toMatchObject({ resource: "Service" });
  });

  it("is not misled by a healthy task of the rollout before", async () => {
    const { look } = watching({
      stopped: two,
      running: [running({ deployment: "ecs-svc/old" })],
      targets: [{ address: "10.0.0.9", state: "healthy" }],
      behind: true,
      deployments: [
        { id: "ecs-svc/new", createdAt: at(1) },
        { id: "ecs-svc/old", createdAt: at(-1000) },
      ],
    });
    expect(await look(110)).toMatchObject({ resource: "Service" });
  });

  it("takes a task without a load balancer for good once it has run for a minute", async () => {
    expect(await watching({ stopped: two, running: [running()] }).look(130)).toBeUndefined();
    expect(await watching({ stopped: two, running: [running({ startedAt: at(105) })] }).look(110)).toBeDefined();
  });

  it("does not count what stopped of the rollout before, although it was started meanwhile", async () => {
    const old = { deployment: "ecs-svc/old" };
    const deployments = [{ id: "ecs-svc/old", createdAt: at(-1000) }];
    const { look } = watching({ stopped: [crashed("a", 50, old), crashed("b", 100, old)], deployments });
    expect(await look(110)).toBeUndefined();
    const before = watching({ stopped: [crashed("a", -50), crashed("b", -20)] });
    expect(await before.look(110)).toBeUndefined();
  });

  it("says that it does not look any more once AWS has not answered three times in a row", async () => {
    const { seen, look, noticed, watch, event } = watching({ isSilent: true });
    for (const seconds of [20, 40]) await look(seconds);
    expect([noticed(), watch.due()]).toEqual([[], 15]);
    await look(60);
    expect(noticed()).toMatchObject([{ type: "service.unwatched", resource: "Service", because: "no-answer" }]);
    Object.assign(seen, { isSilent: false, stopped: two });
    watch.note(event);
    expect([await look(110), watch.due()]).toEqual([undefined, undefined]);
  });

  it("leaves alone what is complete, what was cancelled, and what is rolled back", () => {
    const complete = watching({});
    complete.watch.note({ ...complete.event, status: "UPDATE_COMPLETE" });
    const cancelled = watching({});
    cancelled.watch.note({ ...cancelled.event, status: "UPDATE_FAILED", reason: "Resource update cancelled" });
    const back = watching({});
    back.watch.forget();
    back.watch.note(back.event);
    expect([complete, cancelled, back].map(({ watch }) => watch.due())).toEqual([undefined, undefined, undefined]);
  });

  it("follows a service that is replaced to its new address", async () => {
    const { look, watch, event, asked } = watching({ stopped: [] });
    watch.note({
      ...event,
      physicalId: event.physicalId.replace("/api", "/api-2"),
      reason: "Resource creation Initiated",
    });
    await look(20);
    expect(asked).toEqual(["api-2"]);
  });

  it("explains at once what CloudFormation gave up by itself, from one stop", async () => {
    const { look, watch, event } = watching({ stopped: [crashed("a", 50)] });
    watch.note({ ...event, status: "UPDATE_FAILED", reason: "ECS Deployment Circuit Breaker was triggered" });
    expect(watch.due()).toBe(0);
    expect(await look(51)).toMatchObject({ isOver: true, stops: [at(50)] });
  });
});
