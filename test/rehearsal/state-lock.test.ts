import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, ListBucketsCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Host, type LockedState, lockState } from "../../src/rehearsal/storage/state-lock.ts";
import { diskStore } from "../../src/rehearsal/storage/store.ts";
import { keptIn, stateIn } from "../support/kept.ts";
import { rehearse, template, topic } from "./support/driver.ts";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "astro-claim-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** No server is there. */
const NOWHERE = "http://127.0.0.1:9";
let nonces = 0;

async function take(directory: string, given: Partial<Host> = {}): Promise<LockedState> {
  const { folder: kept, host } = keptIn(directory, given);
  const held = await lockState(kept, NOWHERE, `nonce${++nonces}`, host);
  onTestFinished(held.release);
  return held;
}

const FRESH = { account: "123456789012", now: 0, seed: 1 };
const LOST = /^the rehearsal in .* was taken over by another astro, or moved away$/;

/** A machine without waiting. */
const HASTY: Partial<Host> = { sleep: () => Promise.reject(new Error("waited")) };

describe("the lock of a rehearsal's state", () => {
  it("is kept by a process that lives, even without a heartbeat, and names it", async () => {
    const directory = folder();
    await take(directory, { process: "here boot space 4711 99" });
    const alive = { ...HASTY, isAlive: (words: string) => words === "here boot space 4711 99" };
    await expect(take(directory, alive)).rejects.toMatchObject({
      message: `the rehearsal in ${directory} is in use: another astro, process 4711, serves it at ${NOWHERE}`,
      hint: expect.stringContaining("kill -CONT 4711"),
    });
  });

  it("is released at once with a process that has ended", async () => {
    const directory = folder();
    const first = await take(directory, { process: "here boot space 4711 99" });
    const second = await take(directory, { ...HASTY, isGone: (words) => words === "here boot space 4711 99" });
    expect(second.check).not.toThrow();
    expect(first.check).toThrow(LOST);
    expect(first.lost.aborted).toBe(true);
  });

  it("is kept by an unknown process while it sends heartbeats, whatever its clock says", async () => {
    const directory = folder();
    const first = await take(directory);
    let waited = 0;
    const sleep = async (milliseconds: number) => {
      waited += milliseconds;
      // Its clock is an hour behind.
      if (waited >= 3000) utimesSync(join(first.state.path, "server.json"), 0, Date.now() / 1000 - 3600);
    };
    await expect(take(directory, { sleep })).rejects.toThrow(/is in use: another astro uses it/);
    expect(waited).toBe(3000);
    expect(first.check).not.toThrow();
  });

  it("is taken from an unknown process after 20 s without a heartbeat, which the user is told", async () => {
    const directory = folder();
    const first = await take(directory);
    const said: string[] = [];
    let waited = 0;
    const sleep = async (milliseconds: number) => {
      waited += milliseconds;
    };
    await take(directory, { sleep, say: (words) => void said.push(words) });
    expect(waited).toBe(20_000);
    expect(said).toEqual([`waiting 20s to see whether another astro still uses the rehearsal in ${directory}`]);
    expect(first.check).toThrow(LOST);
  });

  it("is never held twice: of many that start or take over at the same time one gets it", async () => {
    const directory = folder();
    for (let round = 0; round < 20; round += 1) {
      // Whoever has it lives; whoever had it in the round before is gone.
      const host = {
        process: `here boot space ${round} 1`,
        isAlive: (words: string) => words.includes(`space ${round} `),
        isGone: (words: string) => !words.includes(`space ${round} `),
      };
      const all = await Promise.allSettled(Array.from({ length: 8 }, () => take(directory, host)));
      const holding = all.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
      const mine = holding.filter(({ check }) => {
        try {
          check();
          return true;
        } catch {
          return false;
        }
      });
      expect([round, holding.length, mine.length]).toEqual([round, 1, 1]);
    }
  });

  it("is free once released, and a late release does not affect the next owner", async () => {
    const directory = folder();
    const first = await take(directory);
    const second = await take(directory);
    first.release();
    expect(second.check).not.toThrow();
    second.release();
    const third = await take(directory, HASTY);
    expect(third.check).not.toThrow();
  });
});

describe("an owner whose state was taken over", () => {
  it("writes nothing any more, at whatever point of a write it was suspended", async () => {
    const directory = folder();
    const held = await take(directory);
    const old = diskStore(held, FRESH);
    old.state.serial = 1;
    old.save();
    const second = diskStore(await take(directory), FRESH);
    expect(second.state.serial).toBe(1);
    second.state.serial = 2;
    second.save();
    const blob = second.blobs.put("theirs");
    const seen = () => readdirSync(stateIn(keptIn(directory).folder), { recursive: true }).sort();
    const before = seen();
    old.state.serial = 99;
    for (const write of [old.save, old.saveTime, () => old.blobs.put("mine"), () => old.blobs.get(blob), old.check])
      expect(write).toThrow(LOST);
    // Past every check: the file is written beside, and only its renaming is left to do.
    for (const name of ["world.json", "time", "server.json"]) {
      expect(() => held.state.write(name, "99")).toThrow(/is gone/);
      expect(() => renameSync(join(held.state.path, `${name}.new`), join(held.state.path, name))).toThrow("ENOENT");
      expect(() => writeFileSync(join(held.state.path, name), "99")).toThrow("ENOENT");
    }
    expect(seen()).toEqual(before);
    expect(readFileSync(join(stateIn(keptIn(directory).folder), "world.json"), "utf8")).toContain('"serial":2');
  });

  it("answers clients with an error that none of them retries, for reads too", async () => {
    const directory = folder();
    const first = await rehearse({ directory });
    await first.s3.send(new CreateBucketCommand({ Bucket: "kept-things" }));
    await take(directory, { isGone: () => true });
    const refused = { name: "RehearsalLost", message: expect.stringMatching(LOST), $metadata: { httpStatusCode: 400 } };
    await expect(first.s3.send(new ListBucketsCommand({}))).rejects.toMatchObject(refused);
    await expect(
      first.s3.send(new PutObjectCommand({ Bucket: "kept-things", Key: "k", Body: "late" })),
    ).rejects.toMatchObject(refused);
    await expect(first.create("late", template({ T: topic() }))).rejects.toMatchObject({ name: "RehearsalLost" });
    await first.rehearsal.close();
  });

  it("and whose folder was deleted does not write to a new one in its place", async () => {
    const directory = folder();
    const old = diskStore(await take(directory), FRESH);
    rmSync(directory, { recursive: true });
    mkdirSync(directory);
    const next = diskStore(await take(directory), FRESH);
    next.save();
    expect(old.save).toThrow(LOST);
    expect(next.check).not.toThrow();
  });
});

describe("a state of a version without generations", () => {
  it("is migrated, wherever an earlier attempt was interrupted", async () => {
    for (const already of [[], ["blobs"], ["blobs", "time"], ["blobs", "time", "world.json"]]) {
      const directory = folder();
      const first = await rehearse({ directory });
      await first.s3.send(new CreateBucketCommand({ Bucket: "kept-things" }));
      await first.create("shop", template({ T: topic() }));
      await first.rehearsal.close();
      const state = stateIn(keptIn(directory).folder);
      writeFileSync(join(state, "time"), String(first.rehearsal.clock.now().getTime()));
      for (const name of ["blobs", "time", "world.json"])
        if (!already.includes(name)) renameSync(join(state, name), join(directory, name));
      if (already.length === 0) rmSync(state, { recursive: true });
      writeFileSync(join(directory, "server.json"), JSON.stringify({ endpoint: NOWHERE, nonce: "dead" }));
      const second = await rehearse({ directory });
      expect((await second.settled("shop")).StackStatus).toBe("CREATE_COMPLETE");
      await second.rehearsal.close();
      expect(readdirSync(directory).filter((name) => !/^\d+$/.test(name))).toEqual([]);
    }
  });
});
