import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { astro } from "../support/cli.ts";
import { serveRehearsal } from "../support/served.ts";
import { FAULTS, type FaultCase, type Start } from "./last-lines.ts";

/** What each fault's run ends with; written anew with `npx vitest run -u`, and then read line by line. */
const GOLDEN = "last-lines.golden.txt";

/** Runs at one time, each in a project of its own, whose app is synthesised only once. */
const LANES = 2;

const REHEARSE = ["--env", "dev", "--rehearse", "--speed", "max", "--seed", "7"];

let root: string;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "astro-last-"));
  const init = ["init", "app", "--yes", "--name", "shop", "--env", "dev", "--preset", "dev", "--region", "us-east-1"];
  expect(await astro(init, { cwd: root })).toMatchObject({ code: 0 });
  const app = join(root, "app");
  const run = (...more: readonly string[]) => astro(["provision", "--yes", ...REHEARSE, ...more], { cwd: app });
  const half = await run("--fault", "AWS::ECS::Cluster");
  expect(half.code, half.stderr).toBe(6);
  cpSync(join(app, WORLD), join(root, "half"), { recursive: true });
  const made = await run();
  expect(made.code, made.stderr).toBe(0);
  cpSync(join(app, WORLD), join(root, "stands"), { recursive: true });
}, 180_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Where a project's rehearsal keeps its state. */
const WORLD = join(".astro", "rehearsal");

/** What an app's astro.yaml has instead, where it has changed. */
const CHANGES: { readonly [start in Start]?: readonly [was: string, is: string] } = {
  changed: ["storage: 20", "storage: 40"],
  "without-nat": ["nat: one", "nat: none"],
};

/** The folder in which a lane's cases are run that start like this, as it is at their start. */
function placeFor(lane: number, start: Start): string {
  const change = CHANGES[start];
  const app = join(root, `${change === undefined ? "same" : start}-${lane}`);
  if (!existsSync(app)) {
    cpSync(join(root, "app"), app, { recursive: true });
    const file = join(app, "astro.yaml");
    const text = readFileSync(file, "utf8");
    expect(text).toContain(change?.[0] ?? "");
    writeFileSync(file, text.replace(...(change ?? ["", ""])));
  }
  rmSync(join(app, WORLD), { recursive: true, force: true });
  if (start !== "empty")
    cpSync(join(root, start === "half" ? "half" : "stands"), join(app, WORLD), { recursive: true });
  return app;
}

/**
 * What the run says last, without what no two runs have in common: virtual time jumps as soon as nothing is under way, and
 * a machine that is slow to load a module looks like that.
 */
function lastLines(text: string): string {
  const told = text.split("\n").filter((line) => !/^\d\d:\d\d:\d\d .* ↻ waiting, /.test(line));
  const lines = told.join("\n").trimEnd().split("\n").slice(-10).join("\n");
  return lines
    .replaceAll(/^\d\d:\d\d:\d\d/gm, "AT")
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "ID")
    .replaceAll(/\b(\d+h )?(\d+m )?\d+s\b/g, "TIME")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "WHEN")
    .replaceAll(/\d+ good\b/g, "N good")
    .replaceAll(/\$[\d.]+| *\babout \d+m\b/g, "N");
}

async function ending(lane: number, { name, start, command, faults, looksFirst }: FaultCase): Promise<string> {
  const more = command === "destroy" ? ["--confirm", "dev"] : [];
  const given = faults.flatMap((fault) => ["--fault", fault]);
  if (command === "provision" && !looksFirst) given.push("--no-preflight");
  const args = [command, "--yes", ...more, ...REHEARSE, ...given];
  const { code, stderr } = await astro(args, { cwd: placeFor(lane, start) });
  const how = faults.map((fault) => `--fault '${fault}'`).join(" ");
  return `== ${name}: exit ${code}\n   ${`${command} ${how}`.trimEnd()}\n\n${lastLines(stderr)}\n`;
}

/** A run that finds the lock held: by one on another machine, whose last heartbeat is not old by whatever clock. */
async function lockedOut(): Promise<string> {
  const app = placeFor(LANES, "half");
  const served = await serveRehearsal(app);
  try {
    const { AWS_ACCESS_KEY_ID: accessKeyId = "", AWS_SECRET_ACCESS_KEY: secretAccessKey = "" } = served.environment;
    const { endpoint } = served;
    const table = new DynamoDBClient({ endpoint, region: "us-east-1", credentials: { accessKeyId, secretAccessKey } });
    const lock = {
      id: "shop/dev",
      run: "another",
      who: "arn:aws:iam::123456789012:user/grace",
      host: "laptop",
      process: "laptop:1",
      operation: "provision",
      since: "2999-01-01T00:00:00.000Z",
      heartbeat: "2999-01-01T00:00:00.000Z",
    };
    const Item = Object.fromEntries(Object.entries(lock).map(([name, text]) => [name, { S: text }]));
    await table.send(new PutItemCommand({ TableName: "astro-locks", Item }));
    const args = ["provision", "--env", "dev", "--yes", "--no-preflight"];
    const { code, stderr } = await astro(args, { cwd: app, env: served.environment });
    return `== another run at work: exit ${code}\n   provision\n\n${lastLines(stderr)}\n`;
  } finally {
    await served.stop();
  }
}

describe("the last ten lines of a run that failed", () => {
  it("tell by themselves what failed, why, what it means and what to do, whatever it was", async () => {
    const waiting = [...FAULTS.entries()];
    const endings: string[] = [];
    const lane = async (number: number) => {
      for (let next = waiting.shift(); next; next = waiting.shift()) endings[next[0]] = await ending(number, next[1]);
    };
    await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)));
    endings.push(await lockedOut());
    expect(endings.filter((text) => /^== .*: exit 0$/m.test(text))).toEqual([]);
    const golden = readFileSync(new URL(GOLDEN, import.meta.url), "utf8");
    // Said whole: a report of CI has the message alone, and not what the two texts differ in.
    const other = endings.filter((text) => !golden.includes(text)).join("\n");
    await expect(endings.join("\n"), other).toMatchFileSnapshot(GOLDEN);
  }, 900_000);
});
