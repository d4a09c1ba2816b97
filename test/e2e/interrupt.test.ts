import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { astro, INIT, run } from "../support/cli.ts";
import { KEYS, openTerminal, type Screen } from "../support/pty.ts";

/** How fast the rehearsals here run: the network takes three of its minutes, which nobody needs this long to press a key. */
const SPEED = "6";

let prepared: string;
let folder: string;
const opened: Screen[] = [];

/** A project whose bootstrap stands: what a person waits for is the network, and nothing else. */
beforeAll(async () => {
  prepared = mkdtempSync(join(tmpdir(), "astro-interrupt-"));
  const rehearse = ["--env", "dev", "--rehearse", "--speed", "max"];
  const steps = [
    [INIT, 0],
    [["provision", "--yes", ...rehearse, "--fault", "AWS::EC2::VPC"], 6],
    [["destroy", "--yes", "--confirm", "dev", ...rehearse], 0],
  ] as const;
  for (const [args, code] of steps) {
    const done = await astro(args, { cwd: prepared });
    expect(done.code, done.stderr).toBe(code);
  }
});
afterAll(() => rmSync(prepared, { recursive: true, force: true }));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "astro-interrupt-"));
  cpSync(prepared, folder, { recursive: true });
});
afterEach(() => {
  for (const screen of opened.splice(0)) screen.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A provisioning at a terminal, as far as the first of the network's resources: before, nothing has begun that could be left. */
async function provisioning(): Promise<Screen> {
  const program = join(process.cwd(), "bin", "run.js");
  const args = [program, "provision", "--env", "dev", "--rehearse", "--yes", "--speed", SPEED];
  const screen = openTerminal(process.execPath, args, { cwd: folder });
  opened.push(screen);
  await screen.waitFor(/network +[1-9]\d* of \d+/);
  return screen;
}

/** Where the environment stands afterwards, as another process sees it. */
async function standing(): Promise<{ stacks: { stack: string; status: string }[]; lock?: object }> {
  const { stdout } = await astro(["status", "--rehearse", "--speed", "max", "--json"], { cwd: folder });
  return JSON.parse(stdout) as { stacks: { stack: string; status: string }[]; lock?: object };
}

describe("Ctrl-C at the terminal", () => {
  it("opens a menu: one can go on watching, or leave AWS at work and look on later", async () => {
    const screen = await provisioning();
    screen.type(KEYS.ctrlC);
    await screen.waitFor("What now?");
    screen.type(KEYS.enter);
    await screen.waitFor(/What now\? keep watching.*phase 2 of 5/s);
    screen.type(KEYS.ctrlC);
    await screen.waitFor(/❯ keep watching/);
    screen.type(KEYS.down + KEYS.enter);
    expect(await screen.exit()).toBe(3);
    expect(screen.cursorVisible()).toBe(true);
    expect(screen.text()).toMatch(/the deployment continues in AWS.*astro attach/s);
    const left = await standing();
    expect(left.lock).toBeUndefined();
    expect(left.stacks.map(({ stack }) => stack)).toEqual(["astro-bootstrap", "shop-dev-network"]);
  });

  it("can cancel, after saying what that means; what had begun is gone again", async () => {
    const screen = await provisioning();
    screen.type(KEYS.ctrlC);
    await screen.waitFor("What now?");
    screen.type(KEYS.down + KEYS.down + KEYS.enter);
    await screen.waitFor(/shop-dev-network is deleted again\. Cancel\?/);
    screen.type(`y${KEYS.enter}`);
    expect(await screen.exit()).toBe(3);
    expect(screen.text()).toMatch(/cancelled: rolled back/);
    const left = await standing();
    expect(left.lock).toBeUndefined();
    expect(left.stacks).toMatchObject([{ stack: "astro-bootstrap", status: "CREATE_COMPLETE" }]);
  });

  it("pressed twice leaves at once, and the next run finds its way", async () => {
    const screen = await provisioning();
    screen.type(KEYS.ctrlC);
    await screen.waitFor("What now?");
    screen.type(KEYS.ctrlC);
    expect(await screen.exit()).toBe(3);
    expect(screen.cursorVisible()).toBe(true);
    const again = await astro(["provision", "--rehearse", "--speed", "max", "--yes", "--json"], { cwd: folder });
    expect(again.code, again.stderr).toBe(0);
    expect((await standing()).lock).toBeUndefined();
  });
});

describe("a run that is told to end, or that nobody sees any more", () => {
  it.each([
    ["a request to terminate", (child: ChildProcess) => child.kill("SIGTERM")],
    ["a closed terminal, which says so twice", (child: ChildProcess) => child.kill("SIGHUP") && child.kill("SIGHUP")],
    ["a reader that has had enough", (child: ChildProcess) => child.stdout?.destroy()],
  ])("%s: leaves AWS at work, gives the lock up and ends with 3", async (_, end) => {
    const program = join(process.cwd(), "bin", "run.js");
    const args = [program, "provision", "--rehearse", "--speed", SPEED, "--yes", "--json"];
    const child = spawn(process.execPath, args, { cwd: folder, stdio: ["ignore", "pipe", "ignore"] });
    const code = await new Promise<number | null>((resolve) => {
      let isAsked = false;
      child.stdout.on("data", (chunk) => {
        // Once: a second request leaves at once.
        if (isAsked || !String(chunk).includes("resource.changed")) return;
        isAsked = true;
        end(child);
      });
      child.on("exit", resolve);
    });
    expect(code).toBe(3);
    expect((await standing()).lock).toBeUndefined();
  });

  it("a terminal that is closed under it: the same", async () => {
    const screen = await provisioning();
    screen.hangUp();
    await screen.exit();
    expect((await standing()).lock).toBeUndefined();
  });
});

describe("a terminal that says it has no width", () => {
  it("is taken for one of eighty columns, where a screen is redrawn", async () => {
    const program = join(process.cwd(), "bin", "run.js");
    const words = `stty cols 0 rows 0; exec "${process.execPath}" "${program}" plan --env dev --rehearse --speed max`;
    const screen = openTerminal("/bin/sh", ["-c", words], { cwd: folder });
    opened.push(screen);
    expect(await screen.exit()).toBe(0);
    expect(screen.all()).toContain("Nothing is replaced.");
  });
});

describe("the app that is being run when astro is told to end", () => {
  it.each(["SIGTERM", "SIGHUP", "SIGINT"] as const)(
    "ends with it, whatever the shell makes of it: %s",
    async (signal) => {
      const infra = join(folder, "infra");
      writeFileSync(join(infra, "slow.js"), "console.error(process.pid); setTimeout(() => {}, 60_000);");
      const cdk = JSON.parse(readFileSync(join(infra, "cdk.json"), "utf8")) as object;
      writeFileSync(join(infra, "cdk.json"), JSON.stringify({ ...cdk, app: "node slow.js 2> slow.pid; true" }));
      const program = join(process.cwd(), "bin", "run.js");
      const child = spawn(process.execPath, [program, "plan", "--rehearse", "--speed", "max"], { cwd: folder });
      const words = () => (existsSync(join(infra, "slow.pid")) ? readFileSync(join(infra, "slow.pid"), "utf8") : "");
      await vi.waitUntil(() => words().endsWith("\n"), 20_000);
      child.kill(signal);
      expect(await new Promise((resolve) => child.on("exit", resolve))).toBe(3);
      const isThere = () => run("kill", ["-0", words().trim()], { cwd: folder });
      await vi.waitUntil(async () => (await isThere()).code !== 0, 2000);
    },
  );
});

describe("a reader that has had enough", () => {
  it("is no fault: what only looks ends in silence", async () => {
    const program = join(process.cwd(), "bin", "run.js");
    const words = `"${process.execPath}" "${program}" plan --env dev --rehearse --speed max --json | head -1`;
    const { stdout, stderr } = await run("/bin/sh", ["-c", words], { cwd: folder });
    expect([stdout.trim(), stderr]).toEqual(["{", " reading the app and what is deployed …\n"]);
  });
});
