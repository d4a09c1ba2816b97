import { existsSync, readFileSync } from "node:fs";
import { appendFile, mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { astro } from "../support/cli.ts";
import { loadedModules } from "../support/loaded.ts";
import { KEYS, openTerminal, type Screen } from "../support/pty.ts";

let cwd: string;
let screen: Screen | undefined;

beforeEach(async () => {
  cwd = await realpath(await mkdtemp(join(tmpdir(), "astro-wizard-")));
});
afterEach(async () => {
  screen?.close();
  screen = undefined;
  await rm(cwd, { recursive: true });
});

const { enter, down } = KEYS;

/** Starts `astro` and presses keys, each when the screen shows what it answers. */
async function drive(
  args: readonly string[],
  keys: readonly (readonly [wait: string | RegExp, keys: string])[],
  env = {},
) {
  const run = openTerminal(process.execPath, [join(process.cwd(), "bin", "run.js"), ...args], { cwd, env });
  screen = run;
  for (const [wait, typed] of keys) {
    await run.waitFor(wait);
    run.type(typed);
  }
  return run;
}

async function gitConfig(mail: string): Promise<string> {
  const file = join(cwd, "gitconfig");
  await writeFile(file, `[user]\n\temail = ${mail}\n`);
  return file;
}

const START = [
  [/Project name \(.*\)/, `shop${enter}`],
  ["Environment name (dev)", enter],
  [/\? Region\n❯ us-east-1/, enter],
  [/\? Start from\n.*\n❯ dev .*\$\d+\.\d\d\/mo/, enter],
] as const;

describe("the wizard in a terminal", () => {
  it("proposes what the repository shows, and says where it found it", async () => {
    await writeFile(join(cwd, "Dockerfile"), "FROM a\nEXPOSE 3000\nHEALTHCHECK CMD wget http://localhost:3000/up\n");
    const run = await drive(
      ["init"],
      [
        ...START,
        [/or change something\n❯ accept/, `con${enter}`],
        ["Image: tag, digest or full name (empty: a placeholder)", enter],
        ["Port the container listens on, found in Dockerfile:2 (3000)", enter],
        [/Health check path .*, found in Dockerfile:3 \(\/up\)/, `${KEYS.clearLine}/ok${enter}`],
        [/or change something\n[\s\S]*❯ (?!accept)/, `acc${enter}`],
        [/Write \d+ files to \.\/infra\? \(y\/N\)/, `y${enter}`],
      ],
    );
    expect(await run.exit()).toBe(0);
    expect(run.all()).toMatch(/^ deploy +build: \.\.\/Dockerfile +found in Dockerfile:1$/m);
    const text = await readFile(join(cwd, "infra", "astro.yaml"), "utf8");
    expect(text).toMatch(/^build: .*\n {2}context: \.\. .*\n {2}dockerfile: Dockerfile /m);
    expect(text).toMatch(/^ +port: 3000 .*\n +healthPath: \/ok /m);
  });

  it("takes six keys after the name to an astro.yaml of a FastAPI and Vite app", async () => {
    await writeFile(
      join(cwd, "Dockerfile"),
      "FROM python:3.12\nEXPOSE 8000\nCMD uvicorn app.main:app --host 0.0.0.0\n",
    );
    await mkdir(join(cwd, "web"));
    await writeFile(join(cwd, "web", "index.html"), "<!doctype html>\n");
    const built = { scripts: { build: "vite build" }, devDependencies: { vite: "6.0.0" } };
    await writeFile(join(cwd, "web", "package.json"), JSON.stringify(built));
    const keys = [
      ["Environment name (dev)", enter],
      [/\? Region\n❯ us-east-1/, enter],
      [/\? Start from\n.*\n❯ dev/, enter],
      [/❯ accept\n +budget +none: nobody hears/, enter],
      ["(y/N)", "y"],
      ["(y/N) y", enter],
    ] as const;
    const run = await drive(["init"], [[/Project name \(.*\)/, `shop${enter}`], ...keys]);
    expect(await run.exit()).toBe(0);
    expect(run.all()).toMatch(
      /^ Think again\n {3}nobody hears of a bill.*\n {5}no cost: --budget \d+ --budget-email /m,
    );
    expect(run.all()).toMatch(/^ {8}astro deploy --rehearse/m);
    expect(keys).toHaveLength(6);
    expect(await readFile(join(cwd, "infra", "astro.yaml"), "utf8")).toMatch(/^frontend:[\s\S]*^ {2}dev:$/m);
  });

  it("asks for a budget, which is in the price's currency before it is agreed", async () => {
    const run = await drive(
      ["init", "--name", "shop", "--env", "dev", "--region", "us-east-1", "--preset", "dev"],
      [
        [/❯ accept\n +budget +none: nobody hears/, `budget${enter}`],
        [/Who hears by e-mail when the bill grows\n❯ none .*\n +me@example\.com/, `me${enter}`],
        [/Budget, USD a month\n❯ 120 /, enter],
        [/❯ budget +me@example\.com hears near \$120\.00/, `acc${enter}`],
        ["(y/N)", `y${enter}`],
      ],
      { GIT_CONFIG_GLOBAL: await gitConfig("me@example.com") },
    );
    expect(await run.exit()).toBe(0);
    expect(run.all()).not.toContain("Think again");
    expect(await readFile(join(cwd, "infra", "astro.yaml"), "utf8")).toMatch(
      /^ {4}budget: .*\n {6}monthly: 120 .*\n {6}email: me@example\.com/m,
    );
  });

  it("goes from the first question to a written app, refusing what is wrong on the way", async () => {
    const run = await drive(
      ["init"],
      [
        ...START,
        [/Accept at \$[\d.]+\/mo, or change something\n❯ accept/, `s${enter}`],
        [/Run on Spot capacity\n❯ yes/, enter],
        [/Tasks that never run on Spot\n❯ 0/, enter],
        [/CPU units of a task .*\n❯ 256/, enter],
        [/Memory of a task in MB, 512 to 2048\n❯ 512/, `another${enter}`],
        ["Memory of a task in MB, 512 to 2048 (512)", `8192${enter}`],
        [
          "> Fargate does not pair 256 CPU units with 8192 MB; choose 512, 1024, 2048 MB",
          `${KEYS.clearLine}1024${enter}`,
        ],
        [/Number of tasks\n❯ 1/, enter],
        [/Scale out to at most this many tasks\n❯ none/, enter],
        [/Processor that the image is built for\n❯ x86_64/, enter],
        [/A worker beside the API.*\n❯ none/, enter],
        [/or change something\n[\s\S]*❯ service/, `do${enter}`],
        ["Domain, such as example.com (empty: none)", `exa mple.com${enter}`],
        [
          "> a domain looks like example.com, lower case, without spaces",
          `${KEYS.clearLine}https://Example.com/cart${enter}`,
        ],
        [/\(empty: none\) example\.com\n[\s\S]*Its Route 53 hosted zone.*\n❯ create +\$[\d.]+\/mo/, enter],
        [/Where the app answers\n❯ app\.example\.com +\$[\d.]+\/mo/, `${down}${enter}`],
        [/The other one of NAME and www\.NAME leads to the app\n❯ yes .* www\.example\.com leads there/, enter],
        [/reachable only through the CDN\n❯ no/, enter],
        ["Where the API answers (api.example.com)", enter],
        [/or change something\n[\s\S]*❯ domain/, `n${enter}`],
        [/Availability zones\n❯ 1 /, `${down}${enter}`],
        [/NAT gateways.*\n.*\n❯ one/, enter],
        [/or change something\n[\s\S]*❯ (?!accept)/, `acc${enter}`],
        [/Write \d+ files to \.\/infra\? \(y\/N\)/, `y${enter}`],
      ],
    );
    expect(await run.exit()).toBe(0);
    const all = run.all();
    expect(all).toMatch(/^ network +azs: 2 +your answer +\$\d+\.\d\d$/m);
    expect(all).toMatch(/^ service +spot: true, .* preset dev +\$\d+\.\d\d$/m);
    expect(all).toMatch(/^ +memory: 1024 +your answer$/m);
    expect(all).toMatch(/✔ written: \d+ files in \.\/infra\n +The domain, later:\n +1\. /);
    expect(all).toMatch(
      /enter the four at the registrar of example\.com[^?]*\n Next: {2}astro cost .*\n {8}astro plan --rehearse .*\n {8}astro provision --rehearse/,
    );
    expect(run.cursorVisible()).toBe(true);
    const text = await readFile(join(cwd, "infra", "astro.yaml"), "utf8");
    expect(text).toMatch(/^name: shop$/m);
    expect(text).toMatch(/azs: 2 [\s\S]*memory: 1024 [\s\S]*name: example\.com [\s\S]*zone: create /);
    expect(text).toMatch(/zone: create .*\n +names: .*\n +app: example\.com /);
  });

  it.each([
    ["a typed question", START.slice(0, 1)],
    ["a list, which hides the cursor", START.slice(0, 3)],
  ])("left with Ctrl-C at %s gives the terminal back, and goes on with the answers", async (_, keys) => {
    const run = await drive(["init"], keys);
    await run.waitFor(/\? (Environment name|Start from)/);
    run.type(KEYS.ctrlC);
    expect(await run.exit()).toBe(3);
    expect(run.cursorVisible()).toBe(true);
    expect(run.text()).toMatch(/nothing was changed[\s\S]*to go on with the same answers, run: {2}astro init$/);
    expect(run.text()).not.toMatch(/ at .*:\d+/);
    expect(await readdir(join(cwd, "infra"))).toEqual([".astro"]);
    const kept = join(cwd, "infra", ".astro", "init.json");
    expect((await stat(kept)).mode & 0o777).toBe(0o600);
    const again = await drive(
      ["init"],
      [
        [/Go on with the answers of \d+s ago\?\n❯ go on: name shop/, enter],
        ...START.slice(keys.length),
        [/❯ accept/, enter],
        ["(y/N)", `y${enter}`],
      ],
    );
    expect(await again.exit()).toBe(0);
    expect(again.all()).toMatch(/^ general +name: shop.* your answer$/m);
    expect(existsSync(join(cwd, "infra", ".astro"))).toBe(false);
  });

  it("left with Ctrl-C before anything was answered leaves nothing behind", async () => {
    const run = await drive(["init"], [["Project name", KEYS.ctrlC]]);
    expect(await run.exit()).toBe(3);
    expect(await readdir(cwd)).toEqual([]);
  });

  it("keeps the answers when its terminal is closed, and forgets them for who starts over", async () => {
    const run = await drive(["init"], START.slice(0, 2));
    await run.waitFor(/\? Region/);
    run.hangUp();
    const kept = join(cwd, "infra", ".astro", "init.json");
    await vi.waitFor(() =>
      expect(JSON.parse(readFileSync(kept, "utf8")).answers).toEqual({ name: "shop", env: "dev" }),
    );
    const again = await drive(
      ["init"],
      [
        ["start over", `start${enter}`],
        ["Project name", KEYS.ctrlC],
      ],
    );
    expect(await again.exit()).toBe(3);
    expect(await readdir(cwd)).toEqual([]);
  });

  it("goes back with Esc from any question, and with the left arrow from a list, and loses no answer", async () => {
    const { esc, left } = KEYS;
    const run = await drive(
      ["init"],
      [
        ["Project name", `shop${enter}`],
        ["? Environment name (dev)", `${KEYS.clearLine}qa${enter}`],
        ["? Region", left],
        ["? Environment name (qa)", esc],
        ["? Project name (shop)", esc],
        ["? Project name (shop)", enter],
        ["? Environment name (qa)", `dev${enter}`],
        ["? Region", `eu-west-1${enter}`],
        [/\? Start from\n.*\n❯ dev/, enter],
        [/❯ accept/, `data${enter}`],
        ["? Database instance class", `another${enter}`],
        ["? Database instance class (db.t4g.micro)", esc],
        [/\? Database instance class\n/, `db.t4g.small${enter}`],
        ["? A standby database", esc],
        [/\? Database instance class\n[\s\S]*❯ db.t4g.small/, left],
        [/❯ database +db.t4g.small/, esc],
        ["? Start from", enter],
        [/❯ accept[\s\S]*database +db.t4g.small/, enter],
        ["(y/N)", esc],
        [/❯ accept[\s\S]*database +db.t4g.small/, enter],
        ["(y/N)", `y${enter}`],
      ],
    );
    expect(await run.exit()).toBe(0);
    const text = await readFile(join(cwd, "infra", "astro.yaml"), "utf8");
    expect(text).toMatch(/^name: shop[\s\S]*^ {2}dev:[\s\S]*region: eu-west-1 [\s\S]*class: db\.t4g\.small /m);
  });

  it("declined at the last question writes nothing", async () => {
    const run = await drive(["init"], [...START, [/❯ accept/, enter], ["(y/N)", enter]]);
    expect(await run.exit()).toBe(3);
    expect(run.text()).toContain("nothing was written");
    expect(await readdir(cwd)).toEqual([]);
  });

  it("changes an environment that is there, and only the value that was changed", async () => {
    await astro(["init", "--yes", "--name", "shop", "--env", "dev"], { cwd });
    const before = await readFile(join(cwd, "infra", "astro.yaml"), "utf8");
    const run = await drive(
      ["init", "--env", "dev"],
      [
        [/❯ accept/, `da${enter}`],
        [/Database instance class\n❯ db\.t4g\.micro/, `${down}${enter}`],
        ["A standby database", enter],
        [/Database storage in GB \(it can grow, never shrink\)\n❯ 20/, enter],
        [/❯ database/, `acc${enter}`],
        ["Write ./infra/astro.yaml? (y/N)", `y${enter}`],
      ],
    );
    expect(await run.exit()).toBe(0);
    expect(run.text()).toMatch(/total +\+\$\d+\.\d\d, now \$\d+\.\d\d\/mo/);
    const after = await readFile(join(cwd, "infra", "astro.yaml"), "utf8");
    expect(after).toBe(before.replace("db.t4g.micro", "db.t4g.small"));
  });

  it("stays readable without Unicode and without colour", async () => {
    const run = await drive(
      ["init"],
      [
        [/Project name/, enter],
        ["Environment name", enter],
      ],
      { LC_ALL: "C", NO_COLOR: "1" },
    );
    await run.waitFor(/\? Region\n> us-east-1/);
    expect(run.text()).toContain("ok Environment name dev");
    expect(run.text()).toContain("arrow keys move, Enter selects");
    expect(run.text().replace("São", "")).toMatch(/^[\n -~]+$/);
  });
});

describe("init without a terminal", () => {
  const init = (...args: readonly string[]) => astro(["init", ...args], { cwd });

  it("asks nothing: what is missing is an error that names the flags, and nothing is written", async () => {
    const { code, stderr } = await init("infra");
    expect(code).toBe(2);
    expect(stderr).toContain("--name, --env, --preset, --region, --yes are missing");
    expect(await readdir(cwd)).toEqual([]);
  });

  it("refuses an unknown flag and a wrong value alike, without a stack trace", async () => {
    for (const flags of [
      ["--prset", "dev"],
      ["--azs", "4"],
      ["--dir", "other"],
    ]) {
      const { code, stderr, stdout } = await init("infra", "--yes", ...flags);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toContain(flags[0] === "--dir" ? "two folders" : flags[0]);
      expect(stderr).not.toContain("    at ");
    }
    expect(await readdir(cwd)).toEqual([]);
  });

  it("saves its answers, and makes the same astro.yaml of them again, with what is given beside them", async () => {
    const given = ["--yes", "--name", "shop", "--env", "dev", "--azs", "2", "--spot"];
    expect((await init("one", ...given, "--save-answers", "answers.yaml")).code).toBe(0);
    expect((await init("two", "--yes", "--answers", "answers.yaml")).code).toBe(0);
    const written = (folder: string) => readFile(join(cwd, folder, "astro.yaml"), "utf8");
    expect(await written("two")).toBe(await written("one"));
    expect((await init("three", "--yes", "--answers", "answers.yaml", "--azs", "3")).code).toBe(0);
    expect(await written("three")).toBe((await written("one")).replace("azs: 2", "azs: 3"));
  });

  it("answers in JSON, and takes the region from AWS_REGION", async () => {
    const { code, stdout, stderr } = await astro(["init", "--yes", "--json"], {
      cwd,
      env: { AWS_REGION: "eu-west-1" },
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const { directory, environment, files, monthly, advice } = JSON.parse(stdout);
    expect(advice).toEqual([
      {
        words: expect.stringContaining("a bill that grows"),
        flags: ["--budget", expect.stringMatching(/^\d+$/), "--budget-email", "you@example.com"],
        monthly: 0,
      },
    ]);
    expect({ directory, environment, kept: files.kept }).toEqual({
      directory: join(cwd, "infra"),
      environment: "dev",
      kept: [],
    });
    expect(files.written.at(-1)).toBe("astro.yaml");
    expect(monthly).toBeGreaterThan(50);
    expect(await readFile(join(cwd, "infra", "astro.yaml"), "utf8")).toContain("region: eu-west-1");
    for (const path of files.written) expect(existsSync(join(cwd, "infra", path))).toBe(true);
  });

  it("adds a second environment and says which of the user's files it left alone", async () => {
    await init("--yes", "--name", "shop");
    const edited = join(cwd, "infra", "tsconfig.json");
    await appendFile(edited, "// mine\n");
    const { code, stdout } = await init("infra", "--yes", "--name", "shop", "--env", "prod", "--region", "eu-west-1");
    expect(code).toBe(0);
    expect(stdout).toContain("unchanged (edited by you): tsconfig.json");
    expect(stdout).toContain("astro provision --env prod --rehearse");
    expect(await readFile(edited, "utf8")).toContain("// mine");
    const text = await readFile(join(cwd, "infra", "astro.yaml"), "utf8");
    expect(text).toMatch(/^ {2}dev:$[\s\S]*^ {2}prod:$/m);
  });

  it("loads no prompts, no AWS client and no CDK", async () => {
    const folder = join(cwd, "coverage");
    expect((await astro(["init", "--yes"], { cwd, env: { NODE_V8_COVERAGE: folder } })).code).toBe(0);
    const modules = loadedModules(folder).flat();
    expect(modules).toContain("src/wizard/choose.ts");
    expect(modules.filter((path) => /terminal-ask|-prompt\.|@aws-sdk|aws-cdk-lib|listr2|\/ora\//.test(path))).toEqual(
      [],
    );
  });
});
