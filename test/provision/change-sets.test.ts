import { describe, expect, it } from "vitest";
import { type Abandoned, isLeft, planChangeSet, runChangeSet } from "../../src/provision/recovery/change-sets.ts";

const NOW = new Date("2026-11-30T12:00:00.000Z");
const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

describe("a change set", () => {
  it("of a plan is named by when it was made and by the plan, as CloudFormation takes it", () => {
    expect(planChangeSet(NOW, "0a1b2c-1")).toBe("astro-plan-20261130T120000Z-0a1b2c-1");
    expect(planChangeSet(NOW, "x".repeat(36))).toMatch(/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/);
  });

  it.each<readonly [string, string, Partial<Abandoned>, boolean]>([
    ["of a plan that may live", planChangeSet(at(-59), "ada-1"), { runs: true, plans: ["bob"] }, false],
    ["of a plan by a clock that is ahead", planChangeSet(at(30), "ada-1"), { runs: true }, false],
    ["of a plan that nobody waits for any more", planChangeSet(at(-61), "ada-1"), {}, true],
    ["of a plan whose process is gone", planChangeSet(at(-1), "ada-1"), { plans: ["ada"] }, true],
    ["of a plan whose id another's begins with", planChangeSet(at(-1), "ada2-1"), { plans: ["ada"] }, false],
    ["of a run, for who holds the lock", runChangeSet("ada-1"), { runs: true }, true],
    ["of a run, for who holds none", runChangeSet("ada-1"), { plans: ["ada"] }, false],
    ["of somebody else's", "release-42", { runs: true, plans: ["release"] }, false],
    ["of a plan that is not named so", "astro-plan-1-1", {}, false],
  ])("%s", (_, name, known, left) => {
    expect(isLeft(name, { now: NOW, ...known })).toBe(left);
  });
});
