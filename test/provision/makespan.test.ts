import { describe, expect, it } from "vitest";
import { type Order, PHASES } from "../../src/config/phases.ts";
import type { Stack } from "../../src/synth/assembly.ts";
import { type Provisioned, phasesPath, provisionAnew, wholePath } from "../support/makespan.ts";
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

const known = new Map<string, Promise<Provisioned>>();

/** A first provisioning of it, on a rehearsal whose durations hang on `seed` alone; the same one for the same of both. */
async function first(order: Order, seed: number): Promise<Provisioned> {
  const key = `${order} ${seed}`;
  const running = known.get(key) ?? provisionAnew(STACKS, SITE, order, seed);
  known.set(key, running);
  const provisioned = await running;
  expect(provisioned.result).toMatchObject({ outcome: "done", finished: provisioned.plan.steps.length });
  return provisioned;
}

describe.each([1, 2])("the time a first provisioning takes, seed %i", (seed) => {
  it("in sequence is the phases' critical paths and at most 2 % more", async () => {
    const provisioned = await first("sequence", seed);
    const [makespan, sum] = [provisioned.makespan, phasesPath(provisioned)];
    expect(makespan / sum).toBeGreaterThanOrEqual(1);
    expect(makespan / sum).toBeLessThanOrEqual(1.02);
  });

  it("overlapping is the critical path of the whole and at most 5 % more", async () => {
    const provisioned = await first("overlap", seed);
    const [makespan, path] = [provisioned.makespan, wholePath(provisioned)];
    expect(makespan / path).toBeGreaterThanOrEqual(1);
    expect(makespan / path).toBeLessThanOrEqual(1.05);
  });
});

describe("an overlapping provisioning", () => {
  it("takes less time than one in sequence, and still starts no stack before those it needs are done", async () => {
    const [sequence, overlap] = [await first("sequence", 1), await first("overlap", 1)];
    expect(overlap.makespan).toBeLessThan(sequence.makespan * 0.95);
    const at = (type: "stack.started" | "stack.done", stack: string) =>
      overlap.events.findIndex((event) => event.type === type && event.stack === stack);
    for (const step of overlap.plan.steps) {
      for (const need of step.needs) expect(at("stack.started", step.stack)).toBeGreaterThan(at("stack.done", need));
    }
  });

  it("tells each phase's beginning before its stacks and its end after them", async () => {
    const { events } = await first("overlap", 1);
    for (const phase of PHASES) {
      const own = events.flatMap((event, index) =>
        "phase" in event && event.phase === phase ? [[event.type, index] as const] : [],
      );
      expect(own[0]?.[0]).toBe("phase.started");
      expect(own.at(-1)?.[0]).toBe("phase.done");
    }
  });

  it("asks CloudFormation for events no more often than its budget allows", async () => {
    const { requests, makespan } = await first("overlap", 2);
    const looks = requests.get("cloudformation:DescribeStackEvents") ?? 0;
    expect(looks / (makespan / 60)).toBeLessThanOrEqual(120);
  });
});
