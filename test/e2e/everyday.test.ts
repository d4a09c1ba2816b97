import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudWatchLogsClient, CreateLogStreamCommand, PutLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { astro, INIT, jsonLines } from "../support/cli.ts";
import { KEYS, openTerminal, type Screen } from "../support/pty.ts";
import { serveRehearsal } from "../support/served.ts";

const PROGRAM = join(process.cwd(), "bin", "run.js");
const REHEARSE = ["--env", "dev", "--rehearse"];

/**
 * Stands for AWS's plugin: it writes down how it is run, what it is handed and what everybody can see of that, and is a
 * shell, or a tunnel that leads nowhere.
 */
const PLUGIN = `#!/bin/sh
if [ "$1" = --version ]; then echo "\${PLUGIN_VERSION:-1.2.707.0}"; exit 0; fi
printf '%s\\n' "$@" > "$RECORDS/argv"
printf '%s' "$AWS_SSM_START_SESSION_RESPONSE" > "$RECORDS/response"
ps -A -ww -o args > "$RECORDS/ps"
case "$5" in
  *PortForwarding*) echo "Port opened for sessionId."; echo "Waiting for connections..."; exec sleep 600;;
esac
exec sh
`;

/** Stands for a client of the database: tells where it would go, and writes down the password it was handed. */
const PSQL = `#!/bin/sh
printf '%s' "$PGPASSWORD" > "$RECORDS/password"
ps -A -ww -o args > "$RECORDS/ps-client"
echo "psql to $PGHOST:$PGPORT $PGDATABASE as $PGUSER, $PGSSLMODE, \${#PGPASSWORD} characters"
exit 4
`;

let folder: string;
let bin: string;
let records: string;
let env: { readonly [name: string]: string };
const screens: Screen[] = [];
/** Everything that was on a screen. */
let seen = "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "astro-everyday-"));
  [bin, records] = ["bin", "records"].map((name) => join(folder, name)) as [string, string];
  for (const path of [bin, records]) mkdirSync(path);
  for (const [name, text] of Object.entries({ "session-manager-plugin": PLUGIN, psql: PSQL })) {
    writeFileSync(join(bin, name), text);
    chmodSync(join(bin, name), 0o755);
  }
  env = { PATH: `${bin}:${process.env.PATH ?? ""}`, RECORDS: records };
  expect(await astro(INIT, { cwd: folder })).toMatchObject({ code: 0 });
  const provision = ["provision", ...REHEARSE, "--speed", "max", "--yes", "--json"];
  expect(await astro(provision, { cwd: folder })).toMatchObject({ code: 0 });
}, 300_000);
afterAll(() => {
  for (const screen of screens) screen.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A command in a terminal of a person. */
function terminal(args: readonly string[], more: { readonly [name: string]: string } = {}): Screen {
  const screen = openTerminal(process.execPath, [PROGRAM, ...args], {
    cwd: folder,
    env: { ...env, ...more },
    cols: 120,
    rows: 40,
  });
  screens.push(screen);
  return screen;
}

async function ended(screen: Screen): Promise<number> {
  const code = await screen.exit();
  seen += screen.all();
  return code;
}

const record = (name: string) => readFileSync(join(records, name), "utf8");
const run = (...args: readonly string[]) => astro([...args, ...REHEARSE], { cwd: folder, env });

describe("astro logs", () => {
  it("shows what the tasks wrote, the task in front", async () => {
    const screen = terminal(["logs", "api", "--since", "1d", "--grep", "startup", ...REHEARSE]);
    expect(await ended(screen)).toBe(0);
    expect(screen.all()).toMatch(/api {4}[0-9a-f]{8} \d\d-\d\d [\d:]{8} {2}INFO: {5}Waiting for application startup\./);
    expect(screen.all()).not.toContain("GET /health");
  });

  it("follows: a line shows while it goes on, nothing of it that a terminal obeys, and Ctrl-C ends it well", async () => {
    const served = await serveRehearsal(join(folder, "infra"));
    try {
      const { AWS_ACCESS_KEY_ID: accessKeyId = "", AWS_SECRET_ACCESS_KEY: secretAccessKey = "" } = served.environment;
      const credentials = { accessKeyId, secretAccessKey };
      const logs = new CloudWatchLogsClient({ endpoint: served.endpoint, region: "us-east-1", credentials });
      const stream = { logGroupName: "/shop/dev/api", logStreamName: "api/api/0badcafe0badcafe" };
      await logs.send(new CreateLogStreamCommand(stream));
      const screen = terminal(["logs", "api", "--follow", "--grep", "tick", "--env", "dev"], served.environment);
      const write = (message: string) =>
        logs.send(new PutLogEventsCommand({ ...stream, logEvents: [{ timestamp: Date.now(), message }] }));
      await write("tick one \u001b[2J\u0007 password=hunter2");
      await screen.waitFor("0badcafe");
      await write("tick two");
      await screen.waitFor("tick two");
      screen.type(KEYS.ctrlC);
      expect(await ended(screen)).toBe(0);
      expect(screen.all().match(/tick one/g)).toHaveLength(1);
      expect(screen.all()).not.toContain("hunter2");
    } finally {
      await served.stop();
    }
  });

  it("tells programs an object a line, and of an unknown part the nearest", async () => {
    const { code, stdout } = await run("logs", "--json", "--since", "1d", "--grep", "Uvicorn");
    expect(code).toBe(0);
    expect(jsonLines(stdout)[0]).toEqual({
      at: expect.any(String),
      part: "api",
      task: expect.stringMatching(/^[0-9a-f]{32}$/),
      message: expect.any(String),
    });
    expect(await run("logs", "apo")).toMatchObject({ code: 2, stderr: expect.stringContaining("did you mean api?") });
  });

  it("says of tasks that stopped that there are none", async () => {
    const { code, stderr } = await run("logs", "--previous");
    expect([code, stderr]).toEqual([0, expect.stringContaining("no task has stopped within the last hour")]);
  });
});

describe("astro exec", () => {
  it("is a shell in the task: Ctrl-C is the shell's, and its exit code ours", async () => {
    const screen = terminal(["exec", ...REHEARSE]);
    await screen.waitFor(/api [0-9a-f]{8} · rehearsal 60×: sh/);
    screen.type("echo $((20 + 3))-here\r");
    await screen.waitFor("23-here");
    screen.type("sleep 300\r");
    await screen.waitFor("sleep 300");
    screen.type(KEYS.ctrlC);
    screen.type("echo still $((1 + 1))\r");
    await screen.waitFor("still 2");
    screen.type("exit 7\r");
    expect(await ended(screen)).toBe(7);
  });

  it("hands the plugin the token in its environment, where nobody else sees it", () => {
    const response = JSON.parse(record("response")) as { readonly TokenValue: string; readonly SessionId: string };
    const [name, region, operation, profile, request] = record("argv").split("\n");
    expect([name, region, operation, profile]).toEqual([
      "AWS_SSM_START_SESSION_RESPONSE",
      "us-east-1",
      "StartSession",
      "",
    ]);
    expect(JSON.parse(request ?? "")).toEqual({
      Target: expect.stringMatching(/^ecs:shop-dev_[0-9a-f]{32}_[0-9a-f]{32}-\d+$/),
    });
    expect(response.SessionId).toMatch(/^ecs-execute-command-/);
    const everywhere = [record("argv"), record("ps"), seen, ...filesIn(join(folder, "infra", ".astro"))];
    expect(everywhere.filter((text) => text.includes(response.TokenValue))).toEqual([]);
  });

  it.each([
    ["no plugin", { PATH: "/usr/bin:/bin" }, "the Session Manager plugin is not installed"],
    ["an old plugin", { PLUGIN_VERSION: "1.2.497.0" }, "is 1.2.497.0: a newer one than 1.2.497.0 is needed"],
  ])("with %s says so, and how to get one", async (_, more, words) => {
    const { code, stderr } = await astro(["exec", ...REHEARSE], { cwd: folder, env: { ...env, ...more } });
    expect([code, stderr]).toEqual([1, expect.stringContaining(words)]);
    expect(stderr).toMatch(/install it|Install the Session Manager plugin/);
  });

  it("that is denied names the permission; what is no task or service, the nearest", async () => {
    const denied = await run("exec", "--fault", "denied:ecs:ExecuteCommand");
    expect([denied.code, denied.stderr]).toEqual([
      1,
      expect.stringContaining("ask for the permission ecs:ExecuteCommand"),
    ]);
    expect(await run("exec", "--service", "aip")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("did you mean api?"),
    });
    expect(await run("exec", "--task", "ffff")).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/give one of [0-9a-f]{8} \(api\)/),
    });
  });
});

describe("astro tunnel", () => {
  it("prints a line that reads the password as it runs, and is closed by Ctrl-C", async () => {
    const screen = terminal(["tunnel", "database", ...REHEARSE]);
    await screen.waitFor("Ctrl-C closes it.");
    expect(screen.all().replaceAll("\n", "")).toContain(
      "aws secretsmanager get-secret-value --secret-id shop/dev/database",
    );
    screen.type(KEYS.ctrlC);
    expect(await ended(screen)).toBe(0);
    const request = JSON.parse(record("argv").split("\n")[4] ?? "") as object;
    expect(request).toMatchObject({
      DocumentName: "AWS-StartPortForwardingSessionToRemoteHost",
      Parameters: { host: [expect.stringMatching(/\.rds\./)], portNumber: ["5432"], localPortNumber: ["15432"] },
    });
  });

  it("runs a client with everything in its variables, and ends with its exit code: no password anywhere else", async () => {
    const screen = terminal(["tunnel", "database", "--port", "15499", ...REHEARSE, "--", "psql"]);
    expect(await ended(screen)).toBe(4);
    expect(screen.all()).toContain("psql to 127.0.0.1:15499 app as app, require, 32 characters");
    const password = record("password");
    expect(password).toHaveLength(32);
    const own = filesIn(join(folder, "infra", ".astro"));
    const everywhere = [record("argv"), record("ps"), record("ps-client"), seen, ...own];
    expect(everywhere.filter((text) => text.includes(password))).toEqual([]);
    const shown = await astro(["tunnel", "cache", ...REHEARSE, "--show-password", "--json"], {
      cwd: folder,
      env: { ...env, PATH: "/bin" },
    });
    expect(shown).toMatchObject({ code: 1, stderr: expect.stringContaining("plugin is not installed") });
  });
});

describe("astro status", () => {
  it("has the app in it: tasks, health, last rollout and address", async () => {
    const { code, stdout } = await run("status", "--json");
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as { readonly app: unknown }).app).toEqual({
      services: [
        expect.objectContaining({
          name: "api",
          running: 1,
          desired: 1,
          healthy: 1,
          targets: 1,
          deployment: { at: expect.any(String), state: "COMPLETED", reason: expect.any(String) },
        }),
      ],
      urls: { AppUrl: expect.stringMatching(/^https:\/\/.*cloudfront\.net$/) },
    });
  });

  it("goes on without what it may not see, and says which calls those were", async () => {
    const { code, stdout, stderr } = await run("status", "--fault", "denied:ecs:DescribeServices");
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/Not seen +ecs:DescribeServices: not allowed/);
  });
});

/** Texts of what astro keeps itself, without the simulated AWS, which has to know its secrets. */
function filesIn(path: string): readonly string[] {
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === "rehearsal") return [];
    const inside = join(path, entry.name);
    return entry.isDirectory() ? filesIn(inside) : [readFileSync(inside, "utf8")];
  });
}
