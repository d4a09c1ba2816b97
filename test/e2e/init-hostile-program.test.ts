import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { astro, plainEnvironment } from "../support/cli.ts";
import { rawBytes } from "../support/hostile.ts";
import { KEYS, openTerminal, type Screen } from "../support/pty.ts";
import { METACHARACTERS } from "./init-hostile/given.ts";
import { changes, openWorld, snapshot, type World } from "./init-hostile/world.ts";

let world: World;
let screen: Screen | undefined;
beforeEach(() => {
  world = openWorld();
});
afterEach(() => {
  screen?.close();
  screen = undefined;
  world.close();
});

const PROGRAM = join(process.cwd(), "bin", "run.js");

/** Runs `astro init --yes` behind what a shell does first; root then has no more rights than anybody else. */
function init(args: readonly string[], before = "", env: { readonly [name: string]: string } = {}) {
  const shell = ["/bin/sh", "-c", `${before} exec "$0" "$@"`, process.execPath, PROGRAM, "init", "--yes", ...args];
  const rights = "-dac_override,-dac_read_search";
  // Root may write where nobody may, unless it gives that up (capabilities(7)).
  const plain =
    process.geteuid?.() === 0 ? ["setpriv", "--bounding-set", rights, "--inh-caps", rights, ...shell] : shell;
  const [program = "", ...words] = plain;
  const ended = spawnSync(program, words, {
    cwd: world.repo,
    env: plainEnvironment(env),
    encoding: "utf8",
    timeout: 100_000,
    stdio: ["ignore", "pipe", "pipe"],
  });
  expect(ended.error).toBeUndefined();
  expect(rawBytes(ended.stdout + ended.stderr)).toEqual([]);
  expect(ended.stderr).not.toMatch(/\n +at |this is a bug in astro|TypeError/);
  return ended;
}

/** Runs it where it cannot write, and holds it to having written nothing. */
function refused(words: RegExp, status: number, ...[args, before, env]: Parameters<typeof init>) {
  const then = snapshot(world.root);
  const ended = init(args, before, env);
  expect(ended.stderr).toMatch(words);
  expect(ended.status).toBe(status);
  expect(changes(then, snapshot(world.root))).toEqual([]);
}

describe("where the system lets nobody write, nothing is written, and it is said", () => {
  it("into a folder that is read-only, before anything is asked", () => {
    chmodSync(world.repo, 0o555);
    refused(/\.\/infra cannot be written: EACCES/, 1, ["infra"]);
    chmodSync(world.repo, 0o755);
    mkdirSync(join(world.repo, "infra"));
    chmodSync(join(world.repo, "infra"), 0o555);
    refused(/\.\/infra cannot be written: EACCES/, 1, ["infra"]);
  });

  it("into a folder below one that nobody may enter", () => {
    mkdirSync(join(world.repo, "closed"), { mode: 0o000 });
    refused(/EACCES/, 5, ["closed/infra"]);
    chmodSync(join(world.repo, "closed"), 0o755);
  });

  it("below a part of an app that is read-only: what was written before it is taken back", () => {
    world.put("infra/notes", "mine");
    mkdirSync(join(world.repo, "infra", "stacks"));
    chmodSync(join(world.repo, "infra", "stacks"), 0o555);
    refused(/infra cannot be written: EACCES[\s\S]*nothing was written/, 1, ["infra"]);
    chmodSync(join(world.repo, "infra", "stacks"), 0o755);
  });

  // No disk of so few bytes can be made without rights; a file's size can be bounded (setrlimit(2), RLIMIT_FSIZE).
  it.each([0, 8, 40])("onto a disk that has room for %i blocks a file", (blocks) => {
    refused(/infra cannot be written: EFBIG[\s\S]*nothing was written/, 1, ["deep/er/infra"], `ulimit -f ${blocks};`);
    world.put("infra/notes", "mine");
    refused(/infra cannot be written: EFBIG[\s\S]*nothing was written/, 1, ["infra"], `ulimit -f ${blocks};`);
  });

  it("of the answers, where they find no room: no app either", () => {
    world.put("answers.yaml", "azs: 2\n");
    refused(/answers\.yaml cannot be written: EFBIG/, 1, ["--save-answers", "answers.yaml"], "ulimit -f 0;");
    refused(/\/dev\/full cannot be written: ENOSPC/, 1, ["--save-answers", "/dev/full"]);
  });

  it("in a folder that is gone", () => {
    const gone = join(world.repo, "gone");
    mkdirSync(gone);
    const ended = init([], `cd '${gone}'; rmdir '${gone}';`);
    expect([ended.status, ended.stderr]).toEqual([
      1,
      " failed: the folder that you are in is gone; go to another one, and run it again\n",
    ]);
  });
});

describe("what the command line hands over", () => {
  it.each([
    ["a folder called as a flag", ["--", "-rf"], "-rf"],
    ["a folder with a quote, a blank and a command", ["it's $(touch owned)"], "it's $(touch owned)"],
    ["a folder that clears the screen", ["\u001b[2Jx"], "\u001b[2Jx"],
  ])("%s is one folder, and the next command finds it", async (_, args, dir) => {
    const ended = init(args);
    expect([ended.status, ended.stderr.includes("failed")]).toEqual([0, false]);
    expect(readdirSync(world.repo).sort()).toEqual(["README.md", dir].sort());
    const [, next = ""] = /Next: {2}astro (.*?)(?: {3}|\n)/.exec(ended.stdout) ?? [];
    if (dir.includes("\u001b")) return;
    // Another command, which only reads astro.yaml, with the same words.
    const words = next.replace("provision", "iam-policy").replace(" --rehearse", "");
    const policy = spawnSync("/bin/sh", ["-c", `"$0" "$1" ${words}`, process.execPath, PROGRAM], {
      cwd: world.repo,
      env: plainEnvironment(),
      encoding: "utf8",
    });
    expect(policy.status, policy.stderr).toBe(0);
    expect(readdirSync(world.repo).sort()).toEqual(["README.md", dir].sort());
  });

  it("two folders, or a flag without its value, is refused", () => {
    refused(/two folders: one and --dir two/, 2, ["one", "--dir", "two"]);
    refused(/--name/, 2, ["infra", "--name"]);
    refused(/nope/, 2, ["infra", "--nope\u001b[2J"]);
    refused(/unexpected argument|Unexpected argument/i, 2, ["one", "two\u001b]0;x\u0007"]);
  });

  it("nothing of a home that is none", () => {
    const ended = init(["infra"], "", {
      HOME: "/dev/null",
      XDG_CONFIG_HOME: "/dev/full",
      XDG_CACHE_HOME: "/dev/null/x",
    });
    expect(ended.status, ended.stderr).toBe(0);
  });
});

describe("an app in a hostile place is one that can be made templates of", () => {
  it.each<readonly [name: string, args: readonly string[], dir: string, arrange: () => void]>([
    [
      "a folder with a quote and a blank, of an environment and a project called null, with a shell's command",
      ["it's mine", "--name", "null", "--env", "null", "--worker", "sh -c 'echo $(id) # {a: b}'"],
      "it's mine",
      () => {},
    ],
    [
      "a folder behind a link, within a package of modules and workspaces",
      ["tools/infra"],
      "tools/infra",
      () => {
        symlinkSync(join("..", "beside"), join(world.repo, "tools"));
        for (const folder of ["", "../beside/"]) {
          world.put(`${folder}package.json`, '{"name": "shop", "type": "module", "workspaces": ["*"]}');
          world.put(`${folder}tsconfig.json`, '{"extends": "./none.json"}');
          world.put(`${folder}cdk.json`, '{"app": "touch owned"}');
        }
      },
    ],
  ])("%s", async (_, args, dir, arrange) => {
    arrange();
    expect(init(args).status).toBe(0);
    const made = await astro(["synth", "--json", "--dir", dir], { cwd: world.repo });
    expect(made, made.stderr).toMatchObject({ code: 0 });
    expect(JSON.parse(made.stdout).assembly).toEqual(expect.any(String));
    expect(readdirSync(world.repo)).not.toContain("owned");
  });
});

describe("what a person types or pastes", () => {
  /** The others are keys of their own, or are not taken into an answer: nobody would see them. */
  const typed = METACHARACTERS.filter(([what, text]) => !/[\p{Cc}\p{Cf}\p{Cs}]/u.test(text) && what !== "a megabyte");

  it("is refused at its question with words, and the next answer is taken", { timeout: 120_000 }, async () => {
    const run = openTerminal(process.execPath, [PROGRAM, "init"], { cwd: world.repo, rows: 24 });
    screen = run;
    await run.waitFor("? Project name");
    for (const [what, text] of typed) {
      run.type(`${KEYS.clearLine}${text}${KEYS.enter}`);
      await run.waitFor(/> a name (?:is lower-case|has at most|does not begin)/).catch((error: unknown) => {
        throw new Error(`${what}: ${error}`);
      });
      run.type(KEYS.clearLine);
      await run.waitFor(/^(?![\s\S]*> a name)/);
    }
    run.type(`\u001b[200~pasted\u001b[201~${KEYS.clearLine}ours${KEYS.enter}`);
    await run.waitFor("? Environment name (dev)");
    expect(run.text()).toMatch(/Project name.* ours$/m);
    run.type(`__proto__${KEYS.enter}`);
    await run.waitFor("> an environment's name is lower-case letters");
    run.type(KEYS.ctrlC);
    expect(await run.exit()).toBe(3);
    expect(readdirSync(world.repo).sort()).toEqual(["README.md", "infra"]);
    expect(readdirSync(join(world.repo, "infra"))).toEqual([".astro"]);
  });

  it.each([
    ["is no JSON", "{"],
    ["has no answer of ours", '{"at": "2026-11-30T00:00:00Z", "answers": {"__proto__": 1, "evil": "x"}}'],
    ["says when in words of a terminal", '{"at": "\\u001b[2Jnow", "answers": {"name": "evil"}}'],
    ["has an illegal answer", '{"at": "2026-11-30T00:00:00Z", "answers": {"name": "$(touch owned)"}}'],
    ["has a hundred thousand levels", "[".repeat(100_000)],
    ["has more than is read", " ".repeat(1_100_000)],
  ])("is asked for anew where what an earlier run left %s", async (_, left) => {
    world.put("infra/.astro/init.json", left);
    const run = openTerminal(process.execPath, [PROGRAM, "init"], { cwd: world.repo });
    screen = run;
    await run.waitFor(/\? Project name|\? Go on|larger than/);
    if (run.text().includes("Go on")) run.type(KEYS.enter);
    if (!run.text().includes("larger")) {
      await run.waitFor("? Project name (shop)");
      run.type(KEYS.ctrlC);
    }
    expect([3, 5]).toContain(await run.exit());
    expect(run.all()).not.toMatch(/\n +at |a bug in astro/);
    expect(readdirSync(world.repo).sort()).toEqual(["README.md", "infra"]);
  });
});
