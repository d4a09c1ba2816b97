import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { astro, INIT } from "../support/cli.ts";
import { openTerminal } from "../support/pty.ts";

const PROGRAM = join(process.cwd(), "bin", "run.js");
const REHEARSE = ["--env", "dev", "--rehearse", "--speed", "max"];
const TYPED = "typed-hunter2-value";
const PIPED = "piped-hunter2-value";

let folder: string;
/** Everything that was printed, or on a screen. */
let seen = "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "astro-secret-"));
  expect(await astro(INIT, { cwd: folder })).toMatchObject({ code: 0 });
  expect(await provision()).toMatchObject({ code: 0 });
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(...args: readonly string[]) {
  const done = await astro([...args, ...REHEARSE], { cwd: folder });
  seen += done.stdout + done.stderr;
  return done;
}

const provision = () => run("provision", "--yes", "--json");
const config = () => readFileSync(join(folder, "infra", "astro.yaml"), "utf8");
const shell = (words: string) => ["-c", `${words} | "$0" "$@"`, process.execPath, PROGRAM];

/** A command whose standard input is a pipe, in a terminal that shows the rest. */
async function piped(words: string, ...args: readonly string[]) {
  const screen = openTerminal("sh", [...shell(words), ...args, ...REHEARSE], { cwd: folder, cols: 120 });
  const code = await screen.exit();
  const text = screen.all();
  seen += text;
  screen.close();
  return { code, text };
}

describe("astro secret", () => {
  it("set asks for a value that nobody sees, keeps it, and writes its name alone into astro.yaml", async () => {
    const before = config();
    const screen = openTerminal(process.execPath, [PROGRAM, "secret", "set", "STRIPE_KEY", ...REHEARSE], {
      cwd: folder,
      cols: 120,
    });
    await screen.waitFor("Value of STRIPE_KEY");
    screen.type(`${TYPED}\r`);
    await screen.waitFor("STRIPE_KEY is set in dev");
    expect(await screen.exit()).toBe(0);
    expect(screen.all()).toContain("astro provision --env dev --rehearse");
    seen += screen.all();
    screen.close();
    const added = config()
      .split("\n")
      .filter((line) => !before.split("\n").includes(line));
    expect(added).toEqual(["      secrets: [STRIPE_KEY]"]);
  });

  it("set reads a value from a pipe, and says of the same one that it is unchanged", async () => {
    expect(await piped(`echo ${PIPED}`, "secret", "set", "SENTRY_DSN")).toMatchObject({
      code: 0,
      text: expect.stringContaining("SENTRY_DSN is set in dev"),
    });
    const after = config();
    expect(await piped(`printf ${PIPED}`, "secret", "set", "SENTRY_DSN")).toMatchObject({
      code: 0,
      text: expect.stringContaining("unchanged"),
    });
    expect(config()).toBe(after);
    expect(after).toContain("secrets: [STRIPE_KEY, SENTRY_DSN]");
  });

  it("set refuses a value on the command line without repeating it", async () => {
    for (const args of [[`KEY=${TYPED}`], ["KEY", TYPED], ["KEY", `--value=${TYPED}`]])
      expect(await run("secret", "set", ...args)).toMatchObject({ code: 2, stdout: "" });
    expect(config()).not.toContain("KEY=");
  });

  it("provision stops where a key is not set before anything is deployed, and rm where a task needs it", async () => {
    const keys = "secrets: [STRIPE_KEY, SENTRY_DSN]";
    const pinned = "image: public.ecr.aws/nginx/nginx:1.27";
    const file = join(folder, "infra", "astro.yaml");
    writeFileSync(file, config().replace(keys, `secrets: [STRIPE_KEY, MISSING]\n      ${pinned}`));
    const refused = await provision();
    expect(refused.code).not.toBe(0);
    expect(refused.stdout).toContain("MISSING is not set in shop/dev/app: no task would start");
    expect(refused.stdout).toContain("astro secret set --env dev MISSING");
    writeFileSync(file, config().replace(", MISSING", ""));
    expect(await provision()).toMatchObject({ code: 0 });
    const kept = await run("secret", "rm", "STRIPE_KEY", "--yes");
    expect([kept.code, kept.stderr]).toEqual([1, expect.stringContaining("tasks of api are given STRIPE_KEY")]);
    expect(await run("secret", "rm", "SENTRY_DSN", "--yes")).toMatchObject({ code: 0 });
  }, 300_000);

  it("set of another value replaces the running tasks with --yes, or after a question; list tells names and never values", async () => {
    const done = await piped(`echo ${TYPED}-2`, "secret", "set", "STRIPE_KEY", "--yes");
    expect([done.code, done.text]).toEqual([0, expect.stringContaining("the new tasks of api have it")]);
    const screen = openTerminal(process.execPath, [PROGRAM, "secret", "set", "STRIPE_KEY", ...REHEARSE], {
      cwd: folder,
    });
    await screen.waitFor("Value of STRIPE_KEY");
    screen.type(`${TYPED}-3\r`);
    await screen.waitFor("Start new ones of api now?");
    screen.type("y\r");
    expect(await screen.exit(), screen.all()).toBe(0);
    expect(screen.all()).toMatch(
      /Start new ones of api now\? Yes\n STRIPE_KEY is set in dev · rehearsal\n +the new tasks/,
    );
    seen += screen.all();
    screen.close();
    const { stdout } = await run("secret", "list", "--json");
    expect(JSON.parse(stdout)).toEqual({
      environment: "dev",
      secrets: [{ name: "STRIPE_KEY", set: true, listed: true, given: true }],
    });
  });

  it("leaves no value on the screen, in what is printed, or in any file of the project", () => {
    expect(seen).toContain("STRIPE_KEY");
    expect(seen).not.toContain("hunter2");
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    expect(files.some(({ parentPath }) => parentPath.includes(".astro"))).toBe(true);
    const holding = files.filter(({ parentPath, name }) => readFileSync(join(parentPath, name)).includes("hunter2"));
    expect(holding.map(({ name }) => name)).toEqual([]);
  });
});
