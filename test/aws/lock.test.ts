import { describe, expect, it } from "vitest";
import type { Lock } from "../../src/provision/cloud.ts";
import { rehearsed } from "../support/rehearsed.ts";
import { SITE } from "../support/stacks.ts";

const lockOf = (run: string, heartbeat = "2026-03-01T12:00:00Z"): Lock => ({
  id: "shop/dev",
  run,
  who: "ada",
  host: "here",
  process: "here 1",
  operation: "provision",
  since: "2026-03-01T12:00:00Z",
  heartbeat,
});

/** An AWS with a lock table. */
async function table() {
  const aws = await rehearsed();
  await aws.provision([]);
  return aws.cloud;
}

describe("the lock table", () => {
  it("that is not there yet holds no lock and gives none", async () => {
    const { cloud } = await rehearsed();
    expect(await cloud.lock(SITE.region, "shop/dev")).toBeUndefined();
    expect(await cloud.takeLock(SITE.region, lockOf("a"))).toBeUndefined();
    expect(await cloud.dropLock(SITE.region, lockOf("a"))).toBe(false);
  });

  it("that was there and is no more is lost to a provisioning, and what a removal of everything ends with", async () => {
    const { cloud } = await rehearsed();
    expect(await cloud.keepLock(SITE.region, lockOf("a"))).toBe(false);
    expect(await cloud.keepLock(SITE.region, { ...lockOf("a"), operation: "destroy" })).toBe(true);
  });

  it("gives a lock to exactly one of many that ask in the same moment", async () => {
    const cloud = await table();
    const names = Array.from({ length: 8 }, (_, index) => `run${index}`);
    const holders = await Promise.all(names.map((name) => cloud.takeLock(SITE.region, lockOf(name))));
    expect(new Set(holders.map((holder) => holder?.run)).size).toBe(1);
    expect(await cloud.lock(SITE.region, "shop/dev")).toEqual(holders[0]);
  });

  it("gives it again to the run that has it: the first answer may have been lost", async () => {
    const cloud = await table();
    await cloud.takeLock(SITE.region, lockOf("a"));
    expect(await cloud.takeLock(SITE.region, lockOf("a"))).toEqual(lockOf("a"));
  });

  it("keeps and drops it only for the run that has it", async () => {
    const cloud = await table();
    await cloud.takeLock(SITE.region, lockOf("a"));
    const later = "2026-03-01T12:00:30Z";
    expect(await cloud.keepLock(SITE.region, lockOf("b", later))).toBe(false);
    expect(await cloud.dropLock(SITE.region, lockOf("b"))).toBe(false);
    expect(await cloud.keepLock(SITE.region, lockOf("a", later))).toBe(true);
    expect(await cloud.lock(SITE.region, "shop/dev")).toEqual(lockOf("a", later));
    expect(await cloud.dropLock(SITE.region, lockOf("a"))).toBe(true);
    expect(await cloud.lock(SITE.region, "shop/dev")).toBeUndefined();
  });

  it("hands it over only from the holder that was seen, in the state it was seen in", async () => {
    const cloud = await table();
    await cloud.takeLock(SITE.region, lockOf("a"));
    await cloud.keepLock(SITE.region, lockOf("a", "2026-03-01T12:00:30Z"));
    // Seen before its last heartbeat.
    expect(await cloud.takeLock(SITE.region, lockOf("b"), lockOf("a"))).toMatchObject({ run: "a" });
    const seen = lockOf("a", "2026-03-01T12:00:30Z");
    expect(await cloud.takeLock(SITE.region, lockOf("b"), seen)).toEqual(lockOf("b"));
  });

  it("keeps environments apart", async () => {
    const cloud = await table();
    await cloud.takeLock(SITE.region, lockOf("a"));
    const prod = { ...lockOf("b"), id: "shop/prod" };
    expect(await cloud.takeLock(SITE.region, prod)).toEqual(prod);
  });
});
