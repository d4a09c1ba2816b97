import { describe, expect, it, onTestFinished } from "vitest";
import { openCloud } from "../../src/aws/cloud.ts";
import { secondsBetween } from "../../src/clock.ts";
import { type Order, PHASES } from "../../src/config/phases.ts";
import { loadPricesFor } from "../../src/cost/catalogue.ts";
import { busyWhileCalling } from "../../src/operation/target.ts";
import { BOOTSTRAP_STACK } from "../../src/plan/bootstrap.ts";
import type { Step } from "../../src/plan/plan.ts";
import { planProvision } from "../../src/plan/provision-plan.ts";
import type { Cloud } from "../../src/provision/cloud.ts";
import type { Event } from "../../src/provision/event.ts";
import { carryOut } from "../../src/provision/run.ts";
import { startRehearsal } from "../../src/rehearsal/rehearsal.ts";
import type { Stack } from "../../src/synth/assembly.ts";
import { synthesise } from "../template/app/synth.ts";

const REGION = "us-east-1";
const SITE = { project: "astro", environment: "dev", region: REGION, account: "123456789012" };

/** The stacks of the generated app's dev environment. */
const STACKS: readonly Stack[] = synthesise({ region: REGION }).map(
  ({ stackName, template, tags, environment, needs }) => ({
    name: stackName,
    region: environment.region,
    phase: PHASES.find((phase) => phase === template.Metadata?.["astro:phase"]) ?? "vpc",
    template,
    body: JSON.stringify(template),
    needs,
    tags,
    terminationProtection: false,
    assetManifests: [],
  }),
);

/** A first provisioning of it, on a rehearsal whose durations hang on `seed` alone. */
async function first(order: Order, seed: number) {
  const rehearsal = await startRehearsal({ speed: "max", region: REGION, clients: "inside", seed, start: new Date(0) });
  onTestFinished(rehearsal.close);
  const { endpoint, credentials, clock, busy } = rehearsal;
  const cloud = busyWhileCalling(openCloud({ endpoint, credentials }, REGION), busy);
  const prices = await loadPricesFor([REGION]);
  const plan = await planProvision({ site: SITE, stacks: STACKS, deployed: [], record: {}, prices, order });
  const events: Event[] = [];
  let count = 0;
  const result = await carryOut(
    plan,
    {
      cloud,
      clock,
      emit: (event) => events.push(event),
      signal: new AbortController().signal,
      token: () => `t${++count}`,
    },
    { deployed: [], record: {} },
  );
  expect(result).toMatchObject({ outcome: "done", finished: plan.steps.length });
  const seconds = new Map<string, number>();
  for (const step of plan.steps) seconds.set(step.stack, await ownSeconds(cloud, step));
  return { plan, events, seconds, makespan: result.elapsedSeconds, requests: rehearsal.requests };
}

/** From the change set's making to the stack's end, by CloudFormation's own clock: what nobody can be faster than. */
async function ownSeconds(cloud: Cloud, { stack, region }: Step): Promise<number> {
  const events = await cloud.events({ name: stack, region });
  const [begun, ended] = [events[0], events.at(-1)];
  if (!begun || !ended) throw new Error(`${stack} has no events`);
  return secondsBetween(begun.at, ended.at);
}

/** The longest chain of `steps` that need each other. */
function criticalPath(steps: readonly Step[], seconds: ReadonlyMap<string, number>): number {
  const finish = (step: Step): number =>
    (seconds.get(step.stack) ?? 0) +
    Math.max(0, ...steps.filter((other) => step.needs.includes(other.stack)).map(finish));
  return Math.max(0, ...steps.map(finish));
}

describe.each([1, 2, 3])("the time a first provisioning takes, seed %i", (seed) => {
  it("in sequence is the phases' critical paths and at most 2 % more", async () => {
    const { plan, seconds, makespan } = await first("sequence", seed);
    const paths = PHASES.map((phase) =>
      criticalPath(
        plan.steps.filter((step) => step.phase === phase),
        seconds,
      ),
    );
    const sum = paths.reduce((total, path) => total + path, 0);
    expect(makespan / sum).toBeGreaterThanOrEqual(1);
    expect(makespan / sum).toBeLessThanOrEqual(1.02);
  });

  it("overlapping is the critical path of the whole and at most 5 % more", async () => {
    const { plan, seconds, makespan } = await first("overlap", seed);
    const after = plan.steps.filter((step) => step.stack !== BOOTSTRAP_STACK);
    const path = (seconds.get(BOOTSTRAP_STACK) ?? 0) + criticalPath(after, seconds);
    expect(makespan / path).toBeGreaterThanOrEqual(1);
    expect(makespan / path).toBeLessThanOrEqual(1.05);
  });
});

describe("an overlapping provisioning", () => {
  it("takes less time than one in sequence, and still starts no stack before those it needs are done", async () => {
    const [sequence, overlap] = [await first("sequence", 4), await first("overlap", 4)];
    expect(overlap.makespan).toBeLessThan(sequence.makespan * 0.95);
    const at = (type: "stack.started" | "stack.done", stack: string) =>
      overlap.events.findIndex((event) => event.type === type && event.stack === stack);
    for (const step of overlap.plan.steps) {
      for (const need of step.needs) expect(at("stack.started", step.stack)).toBeGreaterThan(at("stack.done", need));
    }
  });

  it("tells each phase's beginning before its stacks and its end after them", async () => {
    const { events } = await first("overlap", 5);
    for (const phase of PHASES) {
      const own = events.flatMap((event, index) =>
        "phase" in event && event.phase === phase ? [[event.type, index] as const] : [],
      );
      expect(own[0]?.[0]).toBe("phase.started");
      expect(own.at(-1)?.[0]).toBe("phase.done");
    }
  });

  it("asks CloudFormation for events no more often than its budget allows", async () => {
    const { requests, makespan } = await first("overlap", 6);
    const looks = requests.get("cloudformation:DescribeStackEvents") ?? 0;
    expect(looks / (makespan / 60)).toBeLessThanOrEqual(120);
  });
});
