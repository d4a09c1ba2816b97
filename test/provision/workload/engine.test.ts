import { describe, expect, it } from "vitest";
import type { Cloud } from "../../../src/provision/cloud.ts";
import type { Event } from "../../../src/provision/event.ts";
import type { WorkloadKind } from "../../../src/rehearsal/state/workload.ts";
import type { Stack } from "../../../src/synth/assembly.ts";
import { adviceOf } from "../../support/hints.ts";
import { type Ran, type Rehearsed, rehearsed } from "../../support/rehearsed.ts";
import { serviceApp } from "../../support/service-app.ts";
import { SITE, stackOf } from "../../support/stacks.ts";

const tags = { ManagedBy: "astro", Project: SITE.project, Environment: SITE.environment };
const ONE = "public.ecr.aws/x/app:1";
const TWO = "public.ecr.aws/x/app:2";

const app = (image = ONE, service: object = {}): Stack => {
  const { Resources: resources } = serviceApp(SITE.region, image, service);
  const stack = stackOf("shop-dev-service", "ecs", { resources, tags });
  const template = { ...stack.template, Metadata: { "astro:phase": "ecs" } };
  return { ...stack, template, body: JSON.stringify(template) };
};

type Failing = Extract<Event, { readonly type: "stack.failing" }>;
const failingIn = ({ events }: Pick<Ran, "events">) =>
  events.find((event): event is Failing => event.type === "stack.failing");
const stopsUntil = ({ stops, at }: Failing) => stops.map((stop) => (Date.parse(at) - Date.parse(stop)) / 1000);

/** AWS's words, what they mean and what to do, and the end of the log. */
const KINDS: readonly (readonly [WorkloadKind, string, string, string, string | undefined])[] = [
  [
    "image-pull",
    `CannotPullContainerError: failed to resolve ref ${ONE}: not found`,
    `there is no image ${ONE}`,
    "name one that exists:  astro init --env dev --image TAG",
    undefined,
  ],
  ["secret-denied", "AccessDeniedException", "may not read the secret apps/token", "infra/lib/roles.ts", undefined],
  [
    "architecture",
    "Essential container in task exited: api ended with exit code 1: exec /usr/local/bin/uvicorn: exec format error",
    "another processor than the task's (x86_64)",
    "name an image that is built for linux/amd64:  astro init --env dev --image NAME",
    "exec /usr/local/bin/uvicorn: exec format error",
  ],
  [
    "crash-loop",
    "Essential container in task exited: api ended with exit code 1",
    "exits by itself, with exit code 1. It wrote: sqlalchemy.exc.OperationalError: (psycopg2.OperationalError)",
    "fix what its log says",
    "ERROR:    Application startup failed. Exiting.",
  ],
  [
    "health-check",
    "Health checks failed with these codes: [404]",
    "health check: it answers 404",
    "astro init --env dev --health-path PATH",
    '"GET /health HTTP/1.1" 404 Not Found',
  ],
  [
    "health-check-timeout",
    "Request timed out",
    "health check: no answer comes in time",
    "astro init --env dev --health-path PATH",
    "INFO:     Waiting for application startup.",
  ],
];

function expectVerdict(ran: Ran, [, reason, cause, advice, line]: (typeof KINDS)[number], seconds = 60): void {
  const failing = failingIn(ran);
  if (!failing) throw new Error("no verdict");
  expect(failing.stops).toHaveLength(2);
  expect(Math.min(...stopsUntil(failing))).toBeGreaterThanOrEqual(0);
  expect(Math.min(...stopsUntil(failing))).toBeLessThanOrEqual(seconds);
  expect(failing.reason).toContain(reason);
  expect(failing.log.length).toBeLessThanOrEqual(20);
  expect(failing.log.at(-1)).toEqual(line === undefined ? undefined : expect.stringContaining(line));
  const [failed] = ran.result.failed;
  expect(failed).toMatchObject({ resource: "Service", resourceType: "AWS::ECS::Service" });
  expect(failed?.log ?? []).toEqual(failing.log);
  expect(failed?.cause).toContain(cause);
  expect(adviceOf(failed)).toContain(advice);
}

describe("a service that is made, whose tasks fail with the same error", () => {
  it.each(KINDS)("%s: is failing within a minute of the second stop, and deleted", async (...kind) => {
    const aws = await rehearsed({ faults: [{ workload: kind[0] }] });
    const ran = await aws.provision([app()]);
    expectVerdict(ran, kind);
    expect(ran.result.outcome).toBe("failed");
    expect(await aws.status("shop-dev-service")).toBeUndefined();
    expect(await aws.left()).toEqual([]);
  });

  it("is made by the same command once its tasks work", async () => {
    const aws = await rehearsed({ faults: [{ workload: "architecture" }] });
    await aws.provision([app()]);
    expect((await aws.provision([app()])).outcomes["shop-dev-service"]).toBe("created");
  });
});

describe("a service that is changed, whose new tasks fail with the same error", () => {
  it.each(KINDS)("%s: is failing within a minute of the second stop, and rolled back", async (...kind) => {
    const aws = await rehearsed({ faults: [{ workload: kind[0], on: "update" }] });
    await aws.provision([app(TWO)]);
    const ran = await aws.provision([app()]);
    expectVerdict(ran, kind);
    expect(ran.noticed).toContain("shop-dev-service: cancelling the update: it is rolled back");
    expect(await aws.status("shop-dev-service")).toBe("UPDATE_ROLLBACK_COMPLETE");
  });
});

/** Runs to the end, and says how long it took. */
async function run(aws: Rehearsed, image = ONE, service: object = {}) {
  const ran = await aws.provision([app(image, service)]);
  const of = ran.events.find((event) => event.type === "stack.done" && event.stack === "shop-dev-service");
  return { ran, outcome: ran.outcomes["shop-dev-service"], of };
}

describe("a service that starts slowly", () => {
  it.each([1, 2, 3, 4, 5])("is never failing for being slow (seed %i)", async (seed) => {
    const faults = [{ workload: "slow-start" as const }, { workload: "slow-start" as const, on: "update" as const }];
    const aws = await rehearsed({ seed, faults });
    for (const [image, outcome] of [
      [ONE, "created"],
      [TWO, "updated"],
    ] as const) {
      const { ran, ...made } = await run(aws, image);
      expect(made.outcome).toBe(outcome);
      expect(failingIn(ran)).toBeUndefined();
      const done = ran.events.find((event) => event.type === "stack.done" && event.stack === "shop-dev-service");
      expect(done?.type === "stack.done" && done.elapsedSeconds).toBeGreaterThan(240);
    }
  });

  it("is not failing for what Spot took from it", async () => {
    const aws = await rehearsed({ faults: [{ workload: "spot-interruption" }] });
    const { ran, outcome } = await run(aws);
    expect([outcome, failingIn(ran)]).toEqual(["created", undefined]);
  });

  it("is not failing for the tasks of the rollout before", async () => {
    const aws = await rehearsed();
    for (const image of [ONE, TWO, ONE]) {
      const { ran } = await run(aws, image, { DesiredCount: 4 });
      expect([ran.result.outcome, failingIn(ran)]).toEqual(["done", undefined]);
    }
    const { ran } = await run(aws, ONE, { DesiredCount: 1 });
    expect([ran.result.outcome, failingIn(ran)]).toEqual(["done", undefined]);
  });
});

describe("a service that CloudFormation gives up itself", () => {
  it("is explained all the same, if that comes before two equal stops are seen", async () => {
    const aws = await rehearsed({ faults: [{ workload: "secret-denied" }] });
    const ran = await aws.provision([app(ONE, { DesiredCount: 5 })]);
    expect(failingIn(ran)).toBeUndefined();
    const [failed] = ran.result.failed;
    expect(failed?.reason).toContain("AccessDeniedException");
    expect(failed?.cause).toContain("may not read the secret apps/token");
  });

  it("is left to CloudFormation where nobody may look at its tasks, and that is said once", async () => {
    const aws = await rehearsed({ faults: [{ workload: "crash-loop" }] });
    const cloud: Cloud = { ...aws.cloud, service: async () => "denied" };
    const ran = await aws.provision([app()], { cloud });
    expect(failingIn(ran)).toBeUndefined();
    expect(ran.noticed.filter((words) => words.includes("not checked"))).toEqual([
      "shop-dev-service: the tasks of Service are not checked: your credentials do not allow it (ecs:DescribeServices, ListTasks, DescribeTasks)",
    ]);
    expect(ran.result.failed[0]?.reason).toContain("ECS Deployment Circuit Breaker was triggered");
  });

  it("is failing without its log where nobody may read that", async () => {
    const aws = await rehearsed({ faults: [{ workload: "crash-loop" }] });
    const cloud: Cloud = { ...aws.cloud, logTail: async () => "denied", targets: async () => "denied" };
    const failing = failingIn(await aws.provision([app()], { cloud }));
    expect([failing?.log, failing?.stops.length]).toEqual([[], 2]);
  });
});

describe("watching a service", () => {
  it("asks ECS, its load balancer and its logs at most twenty times a minute", async () => {
    const aws = await rehearsed({ faults: [{ workload: "slow-start" }] });
    const { ran } = await run(aws);
    const done = ran.events.find((event) => event.type === "stack.done" && event.stack === "shop-dev-service");
    const minutes = (done?.type === "stack.done" ? done.elapsedSeconds : 0) / 60;
    const calls = [...aws.rehearsal.requests].filter(([name]) => /^(ecs|elasticloadbalancing|logs):/.test(name));
    const sum = calls.reduce((total, [, times]) => total + times, 0);
    expect(sum).toBeGreaterThan(10);
    expect(sum).toBeLessThan(20 * minutes);
  });

  it("lets no secret of its log out: not to the screen, not to the record", async () => {
    const aws = await rehearsed({ faults: [{ workload: "crash-loop" }] });
    const { events, result } = await aws.provision([app()]);
    expect(failingIn({ events })?.log).toHaveLength(20);
    expect(JSON.stringify([events, result])).toContain("postgresql://app:***@database.internal:5432/app");
    expect(JSON.stringify([events, result])).not.toContain("Pa55word");
  });

  it("goes on where an earlier run that is gone had begun, and turns that back", async () => {
    const aws = await rehearsed({ faults: [{ workload: "crash-loop" }] });
    const gone = new AbortController();
    const onEvent = (event: Event) => {
      if (event.type === "resource.changed" && event.resource === "Service") gone.abort();
    };
    await aws.provision([app()], { signal: gone.signal, onEvent });
    const ran = await aws.provision([app(TWO)]);
    expect(failingIn(ran)?.stops).toHaveLength(2);
    expect(ran.outcomes["shop-dev-service"]).toBe("created");
  });
});
