import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudWatchLogsClient, CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startRehearsal } from "../../src/rehearsal/rehearsal.ts";
import { astro, INIT } from "../support/cli.ts";
import { HOST, rehearsalIn } from "../support/kept.ts";
import { openTerminal } from "../support/pty.ts";

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "astro-doctor-"));
  expect(await astro(INIT, { cwd: folder })).toMatchObject({ code: 0 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const REHEARSE = ["--env", "dev", "--rehearse", "--speed", "max"];
const run = (command: string, ...more: string[]) => astro([command, ...REHEARSE, ...more], { cwd: folder });

/** Leaves a log group behind, as an environment of earlier does. */
async function leave(): Promise<void> {
  const { endpoint, credentials, close } = await startRehearsal({
    kept: { folder: rehearsalIn(join(folder, "infra")), host: HOST },
    speed: "max",
    region: "us-east-1",
    clients: "outside",
  });
  const client = new CloudWatchLogsClient({ endpoint, credentials, region: "us-east-1" });
  await client.send(new CreateLogGroupCommand({ logGroupName: "/shop/dev/api" }));
  await close();
}

describe("astro doctor and what astro provision does first", () => {
  it("find nothing in the way of a new environment", async () => {
    const { code, stdout } = await run("doctor");
    expect(stdout).toMatch(/^ dev in us-east-1: 13 good · rehearsal\n/);
    expect(stdout).toMatch(/\n {3}Next +astro provision --env dev --rehearse --speed max\n$/);
    expect(code).toBe(0);
  });

  it("name a problem, its fix and the next command in the last lines, and begin nothing", async () => {
    const { code, stderr } = await run("provision", "--yes", "--fault", "quota:eip=0");
    expect(code).toBe(1);
    const last = stderr.trimEnd().split("\n").slice(-7).join("\n");
    expect(last).toMatch(/elastic-ips: 1 wanted, and none of 0 Elastic IP addresses in us-east-1 is free/);
    expect(last).toMatch(/raise quota L-0263D0A3 to 1/);
    expect(last).toMatch(/astro doctor --env dev .*astro provision --env dev .*--no-preflight/s);
    const { stdout } = await run("status", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ stacks: [] });
  });

  it("remove what is left from earlier on a key press, after which nothing is in the way", async () => {
    await leave();
    const program = join(process.cwd(), "bin", "run.js");
    const screen = openTerminal(process.execPath, [program, "doctor", ...REHEARSE], { cwd: folder, rows: 50 });
    try {
      await screen.waitFor("Delete /shop/dev/api in us-east-1 for good (its log lines are lost)?");
      expect(screen.text()).toMatch(/✖ problem +names +LogGroup \/shop\/dev\/api is there already/);
      screen.type("y\r");
      expect(await screen.exit()).toBe(0);
      expect(screen.all()).toMatch(/✔ \/shop\/dev\/api is gone\n[^✖]*13 good/);
    } finally {
      screen.close();
    }
  });
});
