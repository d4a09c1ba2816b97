import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LOOK } from "../../src/everyday/read-logs.ts";
import { jsonLines } from "../support/cli.ts";
import { type EverydayProject, everydayProject } from "../support/everyday-project.ts";
import { KEYS } from "../support/pty.ts";
import { servedLogs } from "../support/served-logs.ts";

const REHEARSE = ["--env", "dev", "--rehearse"];
const FAST = [...REHEARSE, "--speed", "max"];

/** The value given to `astro secret set`. */
const GIVEN = "given-h2vkq-by-hand";

/** One story, in the order of the tests. */
let project: EverydayProject;
/** What nobody may see, by name. */
const secrets = new Map<string, string>([["the secret that was set", GIVEN]]);

beforeAll(async () => {
  project = await everydayProject();
}, 300_000);
afterAll(() => project?.remove());

const terminal: EverydayProject["terminal"] = (...given) => project.terminal(...given);
const shown: EverydayProject["shown"] = (...given) => project.shown(...given);
const ended: EverydayProject["ended"] = (screen) => project.ended(screen);
const record = (name: string) => project.tools.record(name);
const run = (...args: readonly string[]) => project.run(args);

describe("astro status, releases and open", () => {
  it("say of an environment without an app what comes next", async () => {
    expect(await shown(["status", ...REHEARSE])).toMatch(/Next +astro deploy --env dev --rehearse, which/);
    const none = await shown(["releases", ...REHEARSE]);
    expect(none).toContain("nothing of your own runs yet · rehearsal 60×");
    expect(none).toMatch(/None yet +make one: {2}astro deploy --env dev --rehearse$/);
    const { code, stderr } = await run("logs", "--previous");
    expect([code, stderr]).toEqual([0, expect.stringContaining("no task has stopped within the last hour")]);
    expect(await shown(["open", ...REHEARSE])).toMatch(
      /this\n machine: {2}astro rehearse\nhttps:\/\/\w+\.cloudfront\.net\/$/,
    );
  });
});

describe("astro deploy", () => {
  it("shows the release, asks, and says how it went and what to watch", async () => {
    const screen = await shown(["deploy", ...FAST], "Deploy release 1 to dev?");
    expect(screen).toMatch(/frontend {4}web: what differs is sent/);
    expect(screen).toMatch(/astro deploy · dev · us-east-1 · rehearsal +\S.*\n ✔ build .*\n ✔ ecs .*\n ✔ frontend /);
    expect(screen).toMatch(/✔ release 1 of dev is up in .* · rehearsal\n/);
    expect(screen).toMatch(/Next +watch what it writes:\n +astro logs --env dev --rehearse --speed max --follow$/);
    secrets.set("the registry's token", record("registry-token"));
    expect(await shown(["deploy", ...FAST])).toMatch(
      /nothing to deploy to dev: release 1, since \d{4}-\d\d-\d\d \d\d:\d\d UTC · rehearsal$/,
    );
  });

  it("of other files is the next release, from which a rollback leads back", async () => {
    writeFileSync(join(project.folder, "api", "main.py"), "");
    const second = await run("deploy", "--speed", "max", "--yes", "--json", "--debug");
    expect(second.code, second.stderr).toBe(0);
    const back = await shown(["rollback", ...FAST], "Take dev back to release 1?");
    expect(back).toMatch(/✔ release 3 of dev is up in .*, which is release 1 again · rehearsal\n/);
    expect(back).toMatch(/Next +watch what it writes:\n +astro logs /);
    const all = await shown(["releases", ...FAST]);
    expect(all).toMatch(/ ✔ 3 .* back to 1 .*\n {3}2 .*\n {3}1 /);
    const status = await shown(["status", ...REHEARSE]);
    expect(status).toMatch(/Release {5}3, back to 1 · .*\n(.*\n)*.*Next +astro plan --env dev --rehearse$/);
  });
});

describe("astro run", () => {
  it("shows what its task writes", async () => {
    const screen = await shown(["run", ...FAST, "--", "alembic", "current"]);
    expect(screen).toMatch(/^ task [0-9a-f]{32} of shop-dev is starting …\nrehearsal: .* alembic current\nINFO /);
  });

  it("asks at Ctrl-C, and stops the task", async () => {
    const screen = terminal(["run", ...REHEARSE, "--speed", "10", "--", "alembic", "upgrade", "head"]);
    await screen.waitFor("is starting");
    screen.type(KEYS.ctrlC);
    await screen.waitFor(/^\? Stop the task\?/m);
    screen.type("y\r");
    expect(await ended(screen)).toBe(1);
    expect(screen.all()).toMatch(/✔ Stop the task\? Yes\n the task ended with exit code 1: stopped by whoever ran it$/);
  });
});

describe("astro secret", () => {
  it("is asked for a value that no key uncovers, listed by name, and removed after a question", async () => {
    expect(await shown(["secret", "list", ...FAST])).toMatch(/None yet +set one: {2}astro secret set NAME --env dev/);
    const screen = terminal(["secret", "set", "STRIPE_KEY", ...FAST]);
    await screen.waitFor("(not shown)");
    screen.type(`${GIVEN}${KEYS.ctrlT}`);
    await screen.waitFor("(not shown)");
    project.tools.lookAtProcesses();
    project.saw(screen.text());
    screen.type("\r");
    await screen.waitFor("STRIPE_KEY is set in dev · rehearsal");
    expect(await ended(screen)).toBe(0);
    expect(screen.all()).toMatch(/to give it to the tasks:\n {3}astro provision --env dev --rehearse --speed max$/);
    expect((await run("secret", "list", "--json", "--debug")).code).toBe(0);
    const asked = "Remove STRIPE_KEY from dev for good?";
    const kept = terminal(["secret", "rm", "STRIPE_KEY", ...FAST]);
    await kept.waitFor(asked);
    kept.type("n\r");
    expect(await ended(kept)).toBe(3);
    expect(kept.all()).toMatch(/nothing was removed\n.*\n +astro secret rm STRIPE_KEY --env dev --rehearse/);
    expect(await shown(["secret", "list", ...FAST])).toMatch(/STRIPE_KEY {2}given to the tasks from the next/);
  });
});

describe("astro ci github", () => {
  it("says what it wrote, and what is next in order", async () => {
    const screen = await shown(["ci", "github", ...FAST]);
    expect(screen).toMatch(/^ octo-org\/shop deploys dev · rehearsal\n/);
    expect(screen).toMatch(/✔ written: \.github\/workflows\/astro\.yml\n/);
    expect(screen.replaceAll("\n", "")).toMatch(/ Next.* 1\. .*git add.* 2\. .*git commit.* 3\. .*astro provision/);
  });
});

describe("astro logs", () => {
  it("shows what the tasks wrote, the task in front", async () => {
    const screen = terminal(["logs", "api", "--since", "1d", "--grep", "startup", ...REHEARSE]);
    expect(await ended(screen)).toBe(0);
    expect(screen.all()).toMatch(/api {4}[0-9a-f]{8} \d\d-\d\d [\d:]{8} {2}INFO: {5}Waiting for application startup\./);
    expect(screen.all()).not.toContain("GET /health");
  });

  it("follows: each line once, nothing of it that a terminal obeys, and Ctrl-C ends it well", async () => {
    const aws = await servedLogs(project.infra, "/shop/dev/api");
    try {
      const screen = terminal(["logs", "api", "--follow", "--grep", "tick", "--env", "dev"], aws.environment);
      await aws.write("tick one \u001b[2J\u0007 password=hunter2");
      await screen.waitFor("0badcafe");
      const look = await aws.writeForOneLook("tick two");
      await screen.waitFor("tick two");
      const shownAfter = Date.now() - look();
      // A line waits for the next look, and that one shows it: how often is looked is known, the rest is measured. So what
      // a busy machine adds to the first is no matter, and the second has a hundred times what it takes.
      expect(LOOK).toBeLessThan(3000);
      expect(shownAfter).toBeLessThan(3000);
      screen.type(KEYS.ctrlC);
      expect(await ended(screen)).toBe(0);
      expect(screen.all().match(/tick one/g)).toHaveLength(1);
      expect(screen.all()).not.toContain("hunter2");
      for (const name of ["jwt", "database", "redis"])
        secrets.set(`shop/dev/${name}`, await aws.secret(`shop/dev/${name}`));
    } finally {
      project.saw(await aws.stop());
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

  it("shows why the last tasks stopped, and what they wrote", async () => {
    expect(await shown(["logs", "--previous", ...REHEARSE])).toMatch(
      /^ api [0-9a-f]{8} stopped \d\d-\d\d [\d:]{8}\n {3}exit code 0 · Scaling activity .*\n(.*\n)+ {3}INFO: /,
    );
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
  });

  it.each([
    ["no plugin", { PATH: "/usr/bin:/bin" }, "the Session Manager plugin is not installed"],
    ["an old plugin", { PLUGIN_VERSION: "1.2.497.0" }, "is 1.2.497.0: a newer one than 1.2.497.0 is needed"],
  ])("with %s says so, and how to get one", async (_, more, words) => {
    const { code, stderr } = await project.run(["exec"], more);
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

  it("runs a client with everything in its variables, and ends with its exit code", async () => {
    const psql = terminal(["tunnel", "database", "--port", "15499", "--debug", ...REHEARSE, "--", "psql"]);
    expect(await ended(psql)).toBe(4);
    expect(psql.all()).toContain("psql to 127.0.0.1:15499 app as app, require, 32 characters");
    const redis = await shown(["tunnel", "cache", "--port", "16499", ...REHEARSE, "--", "redis-cli"]);
    expect(redis).toMatch(/redis-cli -h 127\.0\.0\.1 -p 16499 --tls, \d+ characters/);
    secrets.set("the database's password", record("password")).set("the cache's token", record("redis-token"));
    const lost = await project.run(["tunnel", "cache", "--show-password", "--json"], { PATH: "/bin" });
    expect(lost).toMatchObject({ code: 1, stderr: expect.stringContaining("plugin is not installed") });
  });
});

describe("astro status of an app", () => {
  it("has the app in it: tasks, health, last rollout and address", async () => {
    const { code, stdout } = await run("status", "--json");
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as { readonly app: unknown }).app).toEqual({
      release: expect.objectContaining({ number: 3, of: 1 }),
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

describe("no secret", () => {
  it("is on a screen, in what is printed or logged, in a list of processes, or in what astro keeps", async () => {
    const debug = await run("exec", "--debug", "--json", "--fault", "denied:ecs:ExecuteCommand");
    expect(debug.code).toBe(1);
    const tokens = project.tools.sessionTokens();
    expect(tokens).toHaveLength(4);
    for (const [at, token] of tokens.entries()) secrets.set(`the token of session ${at + 1}`, token);
    expect([...secrets.keys()]).toHaveLength(11);
    for (const [name, value] of secrets) expect(value.length, name).toBeGreaterThan(15);
    const everything = project.everything();
    // Lists of processes: one of each session, client, login and question for a secret.
    expect(everything.filter((text) => text.includes(process.execPath)).length).toBeGreaterThan(7);
    const found = [...secrets].filter(([, value]) => everything.some((text) => text.includes(value)));
    expect(found.map(([name]) => name)).toEqual([]);
  });
});
