import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ownFolder } from "../../src/folder.ts";
import { clearKilled, noted } from "../../src/operation/looking.ts";
import type { Plan, Step } from "../../src/plan/plan.ts";
import type { Cloud } from "../../src/provision/cloud.ts";
import { planChangeSet, runChangeSet } from "../../src/provision/recovery/change-sets.ts";
import { SITE } from "../support/stacks.ts";

const NOW = new Date("2026-11-30T12:00:00Z");
const OWN = planChangeSet(NOW, "word-1");

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "astro-looking-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const step = (stack: string, action: Step["action"]): Step => ({
  stack,
  region: SITE.region,
  phase: "data",
  action,
  changes: [],
  resources: 1,
  needs: [],
});
const planOf = (...steps: readonly Step[]): Plan => ({
  ...SITE,
  direction: "provision",
  steps,
  monthly: { before: 0, after: 0 },
});
const notes = () => ({ own: ownFolder(directory, () => true), place: SITE.account });
const kept = () => {
  const folder = join(directory, ".astro", "looking");
  return existsSync(folder) ? readdirSync(folder) : [];
};

/** An account with change sets on every stack, and what was asked of it. */
function account(changeSets: readonly string[]) {
  const calls: string[] = [];
  const cloud = {
    changeSets: async ({ name }: { name: string }) => {
      calls.push(`list ${name}`);
      return changeSets;
    },
    deleteChangeSet: async ({ name }: { name: string }, changeSet: string) => {
      calls.push(`delete ${changeSet} of ${name}`);
    },
  } as unknown as Cloud;
  return { cloud, calls };
}

/** A plan that was killed while it looked. */
async function killed(): Promise<void> {
  const never = noted(
    { process: "here 7" },
    notes(),
    planOf(step("one", "update")),
    "word",
    () => new Promise(() => {}),
  );
  void never;
  while (kept().length === 0) await new Promise((resolve) => setImmediate(resolve));
}

describe("a plan that looks", () => {
  it("is noted while it looks, and no longer", async () => {
    const seen = await noted({ process: "here 7" }, notes(), planOf(step("one", "update")), "word", async () => kept());
    expect([seen, kept()]).toEqual([["word.json"], []]);
  });

  it("is not noted where it makes no change set", async () => {
    const seen = await noted({ process: "here 7" }, notes(), planOf(step("one", "unchanged")), "word", async () =>
      kept(),
    );
    expect(seen).toEqual([]);
  });

  it("and is killed has its change sets cleared away by the next one, and nobody else's", async () => {
    await killed();
    const { cloud, calls } = account([OWN, planChangeSet(NOW, "other-1"), runChangeSet("run1-2"), "somebody-elses"]);
    await clearKilled(cloud, NOW, { isGone: (process) => process === "here 7" }, notes());
    expect(calls).toEqual(["list one", `delete ${OWN} of one`]);
    expect(kept()).toEqual([]);
  });

  it("and lives, or is of another account, is let alone", async () => {
    await killed();
    const { cloud, calls } = account([OWN]);
    await clearKilled(cloud, NOW, { isGone: () => false }, notes());
    await clearKilled(cloud, NOW, { isGone: () => true }, { ...notes(), place: "rehearsal" });
    expect([calls, kept()]).toEqual([[], ["word.json"]]);
  });

  it("leaves alone what is no note, and is not stopped by one that says nothing", async () => {
    await killed();
    const folder = join(directory, ".astro", "looking");
    for (const name of ["notes.txt", "Mine.json", "a.json.bak"]) writeFileSync(join(folder, name), "mine");
    for (const [name, text] of [
      ["a", "{"],
      ["b", "null"],
      ["c", '{"process":"here 7","place":"x","stacks":[null]}'],
    ])
      writeFileSync(join(folder, `${name}.json`), text ?? "");
    const { cloud, calls } = account([OWN]);
    await clearKilled(cloud, NOW, { isGone: () => true }, notes());
    expect([calls.length, kept().sort()]).toEqual([2, ["Mine.json", "a.json.bak", "notes.txt"]]);
  });

  it("costs no call where nobody was killed", async () => {
    const { cloud, calls } = account([]);
    await clearKilled(cloud, NOW, { isGone: () => true }, notes());
    expect(calls).toEqual([]);
  });
});
