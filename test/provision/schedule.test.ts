import { describe, expect, it } from "vitest";
import { PHASES } from "../../src/config/phases.ts";
import type { Plan, Step } from "../../src/plan/plan.ts";
import { groupsOf, inTurn } from "../../src/provision/schedule.ts";
import { SITE } from "../support/stacks.ts";

const step = (stack: string, ...needs: readonly string[]): Step => ({
  stack,
  region: SITE.region,
  phase: "data",
  action: "create",
  changes: [],
  resources: 1,
  needs,
});
const plan = (more: Partial<Plan>): Plan => ({
  ...SITE,
  direction: "provision",
  steps: [],
  monthly: { before: 0, after: 0 },
  ...more,
});

/** Work that ends when it is told to. */
function byHand() {
  const begun: string[] = [];
  const ends = new Map<string, (end: "good" | "bad") => void>();
  const work = ({ stack }: Step) => {
    begun.push(stack);
    return new Promise<"good" | "bad">((resolve) => ends.set(stack, resolve));
  };
  const end = async (stack: string, how: "good" | "bad" = "good") => {
    ends.get(stack)?.(how);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { begun, work, end };
}
const isGood = (end: string) => end === "good";

describe("the order of phases", () => {
  it("is one after the other, turned round for a removal", () => {
    expect(groupsOf(plan({}))).toEqual(PHASES.map((phase) => [phase]));
    expect(groupsOf(plan({ order: "sequence" }))).toEqual(groupsOf(plan({})));
    expect(groupsOf(plan({ direction: "destroy", order: "overlap" }))[0]).toEqual(["dns"]);
  });

  it("overlapping is the bootstrap, then all others together", () => {
    expect(groupsOf(plan({ order: "overlap" }))).toEqual([["bootstrap"], ["vpc", "data", "ecs", "dns"]]);
  });
});

describe("scheduled steps", () => {
  it("begin as soon as those they need are done, whatever their place in the list", async () => {
    const { begun, work, end } = byHand();
    const all = inTurn([step("c", "b"), step("b", "a"), step("a"), step("free")], work, isGood, () => true);
    expect(begun).toEqual(["a", "free"]);
    await end("a");
    expect(begun).toEqual(["a", "free", "b"]);
    await end("b");
    await end("c");
    await end("free");
    expect((await all).size).toBe(4);
  });

  it("begin no more after one went wrong; those at work end", async () => {
    const { begun, work, end } = byHand();
    const all = inTurn([step("a"), step("b"), step("c", "a")], work, isGood, () => true);
    await end("b", "bad");
    await end("a");
    expect(begun).toEqual(["a", "b"]);
    expect([...(await all).values()]).toEqual(["bad", "good"]);
  });

  it("never are more than eight side by side", async () => {
    const { begun, work, end } = byHand();
    const steps = Array.from({ length: 10 }, (_, index) => step(`s${index}`));
    const all = inTurn(steps, work, isGood, () => true);
    expect(begun).toHaveLength(8);
    await end("s3");
    expect(begun).toHaveLength(9);
    for (const { stack } of steps) await end(stack);
    for (const { stack } of steps) await end(stack);
    expect((await all).size).toBe(10);
  });

  it("do not wait for stacks that are not among them, nor for each other for ever", async () => {
    const { begun, work, end } = byHand();
    const all = inTurn([step("a", "elsewhere"), step("b", "c"), step("c", "b")], work, isGood, () => true);
    for (const stack of ["a", "b", "c"]) await end(stack);
    expect(begun).toEqual(["a", "b", "c"]);
    expect((await all).size).toBe(3);
  });
});
