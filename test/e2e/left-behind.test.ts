import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { astro, INIT, jsonLines, outcomes } from "../support/cli.ts";

let folder: string;
const REHEARSE = ["--env", "dev", "--rehearse", "--speed", "max"];
const run = (...args: string[]) => astro([...args, ...REHEARSE], { cwd: folder });
const status = async () => JSON.parse((await run("status", "--json")).stdout) as Record<string, unknown>;

/** Slow enough that the network is not through before the kill comes, on a busy machine either: it takes some 15 seconds. */
const SPEED = "10";

/** A provisioning that is killed while the network is made. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "astro-left-"));
  expect(await astro(INIT, { cwd: folder })).toMatchObject({ code: 0 });
  const program = join(process.cwd(), "bin", "run.js");
  const args = [program, "provision", "--env", "dev", "--rehearse", "--speed", SPEED, "--yes", "--json"];
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ["ignore", "pipe", "ignore"] });
  await new Promise((resolve) => {
    child.stdout.on("data", (chunk) => {
      if (String(chunk).includes('"stack":"shop-dev-network","resource"')) child.kill("SIGKILL");
    });
    child.on("close", resolve);
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("after a run that was killed", () => {
  it("the status says what moves, who has the lock, and that the run never ended", async () => {
    expect(await status()).toMatchObject({
      environment: "dev",
      stacks: [
        {
          stack: "astro-bootstrap",
          phase: "bootstrap",
          status: "CREATE_COMPLETE",
          outputs: { LockTable: "astro-locks" },
        },
        { stack: "shop-dev-network", phase: "vpc", status: "CREATE_IN_PROGRESS" },
      ],
      lock: { operation: "provision", who: expect.stringContaining("arn:aws:iam::") },
      lastRun: { operation: "provision" },
    });
    const { code, stdout } = await run("status");
    expect([code, stdout]).toEqual([0, expect.stringMatching(/network +CREATE_IN_PROGRESS.*At work.*astro attach/s)]);
  });

  it("looking on shows the rest of what AWS had begun, and ends as a run that was left", async () => {
    const { code, stdout } = await run("attach", "--json");
    expect(outcomes(stdout)).toEqual({ "astro-bootstrap": "created", "shop-dev-network": "created" });
    expect(jsonLines(stdout)).toContainEqual(expect.objectContaining({ type: "result", outcome: "interrupted" }));
    expect(code).toBe(3);
  });

  it("unlocking shows whose lock it is, and asks", async () => {
    const { code, stderr } = await run("unlock");
    expect(code).toBe(2);
    expect(stderr).toMatch(/locked by user\/\S+ on \S+: astro provision since .* last heartbeat/);
    expect(stderr).toMatch(/--yes/);
    expect(await status()).toHaveProperty("lock");
  });

  it("unlocks with --yes, and says so when there is nothing to unlock", async () => {
    const { code, stdout } = await run("unlock", "--yes", "--json");
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { unlocked: true, holder: { operation: "provision" } }]);
    expect(await status()).not.toHaveProperty("lock");
    expect(await run("unlock")).toMatchObject({ code: 0, stdout: expect.stringContaining("dev is not locked") });
  });

  it("the same command goes on from there", async () => {
    const { code, stdout, stderr } = await run("provision", "--yes", "--json");
    expect(code, stderr).toBe(0);
    expect(outcomes(stdout)).toMatchObject({ "shop-dev-network": "unchanged", "shop-dev-cdn": "created" });
    expect(await run("attach", "--json")).toMatchObject({ code: 0 });
    expect(await status()).toMatchObject({ lastRun: { outcome: "done" } });
  });
});

describe("where nothing was ever done", () => {
  it("there is nothing to look at", async () => {
    const empty = mkdtempSync(join(tmpdir(), "astro-empty-"));
    await astro(INIT, { cwd: empty });
    const attached = await astro(["attach", ...REHEARSE], { cwd: empty });
    expect([attached.code, attached.stderr]).toEqual([
      1,
      expect.stringMatching(/nothing was ever done to dev.*astro provision --env dev --rehearse/s),
    ]);
    const shown = await astro(["status", ...REHEARSE], { cwd: empty });
    expect([shown.code, shown.stdout]).toEqual([0, expect.stringMatching(/nothing is deployed.*astro provision/s)]);
    rmSync(empty, { recursive: true, force: true });
  });
});
