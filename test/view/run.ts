import type { Clock } from "../../src/clock.ts";
import type { Phase } from "../../src/config/phases.ts";
import type { Plan, PlannedChange, Step } from "../../src/plan/plan.ts";
import type { Event, EventBody } from "../../src/provision/event.ts";
import type { Ticker } from "../../src/view/ticker.ts";

/** When every hand-made run begins. */
const START = Date.parse("2026-11-22T10:00:00.000Z");

/** A clock that stands until it is told. */
export function standingClock(): Clock & { readonly at: (seconds: number) => void } {
  let now = START;
  return {
    now: () => new Date(now),
    sleep: () => Promise.reject(new Error("a view does not sleep")),
    at: (seconds) => {
      now = START + seconds * 1000;
    },
  };
}

/** A ticker that ticks when it is told, and knows whether it was stopped. */
export function handTicker(): { readonly ticker: Ticker; readonly tick: () => void; readonly running: () => boolean } {
  const ticks = new Set<() => void>();
  return {
    ticker: (_milliseconds, tick) => {
      ticks.add(tick);
      return () => void ticks.delete(tick);
    },
    tick: () => {
      for (const tick of ticks) tick();
    },
    running: () => ticks.size > 0,
  };
}

export function step(phase: Phase, stack: string, more: Partial<Step> = {}): Step {
  return { stack, region: "us-east-1", phase, action: "create", changes: [], resources: 4, needs: [], ...more };
}

export function change(
  logicalId: string,
  type: string,
  action: PlannedChange["action"],
  ...causes: string[]
): PlannedChange {
  return { logicalId, type, action, causes };
}

export function plan(steps: readonly Step[], more: Partial<Plan> = {}): Plan {
  return {
    project: "astro",
    environment: "dev",
    region: "us-east-1",
    account: "123456789012",
    direction: "provision",
    steps,
    monthly: { before: 0, after: 101.17 },
    ...more,
  };
}

/** The dev environment's stacks as a first plan has them. */
export const DEV = plan([
  step("bootstrap", "astro-bootstrap", { resources: 2 }),
  step("vpc", "astro-dev-network", { resources: 41 }),
  step("data", "astro-dev-secrets", { resources: 9 }),
  step("data", "astro-dev-registry", { resources: 1 }),
  step("data", "astro-dev-storage", { resources: 8 }),
  step("data", "astro-dev-database", { resources: 6 }),
  step("data", "astro-dev-cache", { resources: 4 }),
  step("ecs", "astro-dev-load-balancer", { resources: 3 }),
  step("ecs", "astro-dev-service", { resources: 12 }),
  step("dns", "astro-dev-cdn", { resources: 5 }),
]);

/** An event of the dev environment, so many seconds into the run. */
export function event(seconds: number, body: EventBody): Event {
  return { ...body, at: new Date(START + seconds * 1000).toISOString(), environment: "dev" };
}

/** A stack from its first event to its last, with nothing to see in between. */
export function wholeStack(phase: Phase, stack: string, from: number, to: number, resources: number): readonly Event[] {
  return [
    event(from, { type: "stack.started", phase, stack, action: "create", resources, expectedSeconds: to - from }),
    event(to, { type: "stack.done", phase, stack, outcome: "created", elapsedSeconds: to - from }),
  ];
}

type Changed = Extract<EventBody, { type: "resource.changed" }>;

/** A resource's change in a stack of the data phase. */
export function changed(
  seconds: number,
  stack: string,
  resource: string,
  resourceType: string,
  status: string,
  more: Partial<Changed> = {},
): Event {
  return event(seconds, { type: "resource.changed", phase: "data", stack, resource, resourceType, status, ...more });
}

const DATABASE = "astro-dev-database";
const CACHE = "astro-dev-cache";

/** A first provisioning up to the long waits of the data phase, at 6 m 12 s. */
export const UP_TO_DATA: readonly Event[] = [
  event(0, {
    type: "run.started",
    plan: DEV,
    phaseSeconds: { bootstrap: 40, vpc: 180, data: 720, ecs: 300, dns: 360 },
  }),
  event(0, { type: "phase.started", phase: "bootstrap", stacks: ["astro-bootstrap"] }),
  ...wholeStack("bootstrap", "astro-bootstrap", 0, 41, 2),
  event(41, { type: "phase.done", phase: "bootstrap" }),
  event(41, { type: "phase.started", phase: "vpc", stacks: ["astro-dev-network"] }),
  ...wholeStack("vpc", "astro-dev-network", 41, 223, 41),
  event(223, { type: "phase.done", phase: "vpc" }),
  event(223, { type: "phase.started", phase: "data", stacks: DEV.steps.slice(2, 7).map(({ stack }) => stack) }),
  ...wholeStack("data", "astro-dev-secrets", 223, 261, 9),
  ...wholeStack("data", "astro-dev-storage", 223, 252, 8),
  event(223, {
    type: "stack.started",
    phase: "data",
    stack: DATABASE,
    action: "create",
    resources: 6,
    expectedSeconds: 620,
  }),
  event(223, {
    type: "stack.started",
    phase: "data",
    stack: CACHE,
    action: "create",
    resources: 4,
    expectedSeconds: 730,
  }),
  ...["SubnetGroup", "ParameterGroup", "Secret", "MonitoringRole"].map((id) =>
    changed(240, DATABASE, id, "AWS::RDS::DBSubnetGroup", "CREATE_COMPLETE"),
  ),
  changed(251, DATABASE, "DBInstance", "AWS::RDS::DBInstance", "CREATE_IN_PROGRESS", { expectedSeconds: 595 }),
  changed(253, DATABASE, "DBInstance", "AWS::RDS::DBInstance", "CREATE_IN_PROGRESS", {
    reason: "Resource creation Initiated",
    expectedSeconds: 595,
  }),
  changed(240, CACHE, "SubnetGroup", "AWS::ElastiCache::SubnetGroup", "CREATE_COMPLETE"),
  changed(241, CACHE, "AuthToken", "AWS::SecretsManager::Secret", "CREATE_COMPLETE"),
  changed(254, CACHE, "Redis", "AWS::ElastiCache::ReplicationGroup", "CREATE_IN_PROGRESS", { expectedSeconds: 712 }),
  changed(300, CACHE, "Alarm", "AWS::CloudWatch::Alarm", "CREATE_IN_PROGRESS", { expectedSeconds: 3 }),
];

/** What AWS says when a class is not offered, as long as AWS says it. */
export const REFUSED =
  "The DB instance class db.t3.micro does not support the requested engine version in this zone. " +
  "(Service: Rds, Status Code: 400, Request ID: 5e1f)";

/** The rest of that run, in which the database is refused. */
export const REFUSAL: readonly Event[] = [
  changed(400, DATABASE, "DBInstance", "AWS::RDS::DBInstance", "CREATE_FAILED", { reason: REFUSED }),
  changed(400, DATABASE, "MonitoringRole", "AWS::IAM::Role", "CREATE_FAILED", {
    reason: "Resource creation cancelled",
  }),
];

/** How it ends. */
export const REFUSED_END: readonly Event[] = [
  event(430, {
    type: "stack.failed",
    phase: "data",
    stack: DATABASE,
    resource: "DBInstance",
    resourceType: "AWS::RDS::DBInstance",
    status: "ROLLBACK_COMPLETE",
    source: "aws",
    code: "db-class-unavailable",
    reason: REFUSED,
    hints: [],
    elapsedSeconds: 207,
  }),
  event(966, { type: "stack.done", phase: "data", stack: CACHE, outcome: "created", elapsedSeconds: 743 }),
  event(966, { type: "result", outcome: "failed", outputs: {}, elapsedSeconds: 16, simulatedSeconds: 966 }),
];
