import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ownFolder } from "../../src/folder.ts";
import { clearKilledPreviews, recordedPreview } from "../../src/operation/preview-records.ts";
import type { Plan, Step } from "../../src/plan/plan.ts";
import type { Cloud } from "../../src/provision/cloud.ts";
import { planChangeSet, runChangeSet } from "../../src/provision/recovery/change-sets.ts";
import { SITE } from "../support/stacks.ts";

const NOW = new Date("2026-11-30T12:00:00Z");
const OWN = planChangeSet(NOW, "word-1");

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "astro-previews-"));
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
const records = () => ({ own: ownFolder(directory, () => true), place: SITE.account });
const kept = () => {
  const folder = join(directory, ".astro", "previews");
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
  const never = recordedPreview(
    { process: "here 7" },
    records(),
    planOf(step("one", "update")),
    "word",
    () => new Promise(() => {}),
  );
  void never;
  while (kept().length === 0) await new Promise((resolve) => setImmediate(resolve));
}

describe("the record of a plan's temporary change sets", () => {
  it("exists while the plan is being previewed, and no longer", async () => {
    const seen = await recordedPreview(
      { process: "here 7" },
      records(),
      planOf(step("one", "update")),
      "word",
      async () => kept(),
    );
    expect([seen, kept()]).toEqual([["word.json"], []]);
  });

  it("is not written where no change set is made", async () => {
    const seen = await recordedPreview(
      { process: "here 7" },
      records(),
      planOf(step("one", "unchanged")),
      "word",
      async () => kept(),
    );
    expect(seen).toEqual([]);
  });

  it("of a killed plan makes the next one delete its change sets, and nobody else's", async () => {
    await killed();
    const { cloud, calls } = account([OWN, planChangeSet(NOW, "other-1"), runChangeSet("run1-2"), "somebody-elses"]);
    await clearKilledPreviews(cloud, NOW, { isGone: (process) => process === "here 7" }, records());
    expect(calls).toEqual(["list one", `delete ${OWN} of one`]);
    expect(kept()).toEqual([]);
  });

  it("of a running plan, or of another account, is kept", async () => {
    await killed();
    const { cloud, calls } = account([OWN]);
    await clearKilledPreviews(cloud, NOW, { isGone: () => false }, records());
    await clearKilledPreviews(cloud, NOW, { isGone: () => true }, { ...records(), place: "rehearsal" });
    expect([calls, kept()]).toEqual([[], ["word.json"]]);
  });

  it("is deleted where it cannot be read; other files are kept", async () => {
    await killed();
    const folder = join(directory, ".astro", "previews");
    for (const name of ["notes.txt", "Mine.json", "a.json.bak"]) writeFileSync(join(folder, name), "mine");
    for (const [name, text] of [
      ["a", "{"],
      ["b", "null"],
      ["c", '{"process":"here 7","place":"x","stacks":[null]}'],
    ])
      writeFileSync(join(folder, `${name}.json`), text ?? "");
    const { cloud, calls } = account([OWN]);
    await clearKilledPreviews(cloud, NOW, { isGone: () => true }, records());
    expect([calls.length, kept().sort()]).toEqual([2, ["Mine.json", "a.json.bak", "notes.txt"]]);
  });

  it("is read from the folder that an earlier version kept it in, too", async () => {
    const folder = join(directory, ".astro", "looking");
    mkdirSync(folder, { recursive: true });
    const stacks = [{ name: "one", region: SITE.region }];
    writeFileSync(join(folder, "word.json"), JSON.stringify({ process: "here 7", place: SITE.account, stacks }));
    const { cloud, calls } = account([OWN]);
    await clearKilledPreviews(cloud, NOW, { isGone: () => true }, records());
    expect(calls).toEqual(["list one", `delete ${OWN} of one`]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("costs no call where no plan was killed", async () => {
    const { cloud, calls } = account([]);
    await clearKilledPreviews(cloud, NOW, { isGone: () => true }, records());
    expect(calls).toEqual([]);
  });
});
