import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { astro } from "../support/cli.ts";
import { loadedModules } from "../support/loaded.ts";
import { openTerminal } from "../support/pty.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "astro-help-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Every module a run loads, ours and others'. */
async function loadedBy(
  args: readonly string[],
): Promise<{ readonly stdout: string; readonly modules: readonly string[] }> {
  const coverage = join(folder, "coverage");
  const { code, stdout, stderr } = await astro(args, { cwd: folder, env: { NODE_V8_COVERAGE: coverage } });
  expect(code, stderr).toBe(0);
  // The synthesis is a process of its own and has a report of its own.
  const own = loadedModules(coverage).find((modules) => modules.includes("bin/run.js"));
  return { stdout, modules: (own ?? []).filter((path) => !path.startsWith("node:")) };
}

describe("astro --help", () => {
  it("lists the commands and loads none of what they work with", async () => {
    const { stdout, modules } = await loadedBy(["--help"]);
    for (const command of ["init", "plan", "provision", "destroy", "cost"]) {
      expect(stdout).toMatch(new RegExp(`^ +${command}\\b`, "m"));
    }
    // What every output goes through, and no library at all.
    expect([...modules].sort()).toEqual([
      "bin/run.js",
      "src/command-line.ts",
      "src/errors.ts",
      "src/terminal.ts",
      "src/unwritten.ts",
    ]);
  });

  it("is what oclif would print, which is asked where lines of 80 columns do not fit", async () => {
    const { stdout } = await astro(["--help"], { cwd: folder });
    expect(stdout).toContain(` ${process.platform}-${process.arch} node-${process.version}\n`);
    const screen = openTerminal(process.execPath, ["bin/run.js", "--help"], { cwd: process.cwd(), cols: 60, rows: 80 });
    expect(await screen.exit()).toBe(0);
    const plain = (text: string) => text.replaceAll(/\s+/g, "");
    expect(plain(screen.all())).toBe(plain(stdout));
    screen.close();
  });

  it("says what a command does, with examples, and loads no cloud for it", async () => {
    const { stdout, modules } = await loadedBy(["provision", "--help"]);
    expect(stdout).toContain("astro provision --env dev --rehearse");
    expect(modules).toContain("src/help.ts");
    expect(modules.filter((path) => /@aws-sdk|aws-cdk-lib|listr2|terminal-ask/.test(path))).toEqual([]);
  });
});

describe("what people type to find their way", () => {
  it.each([["help"], ["--help"], ["-h"]])("%s lists the commands", async (...args) => {
    const { code, stdout } = await astro(args, { cwd: folder });
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^ +provision\b/m)]);
  });

  it.each([
    ["help", "plan"],
    ["plan", "--help"],
    ["plan", "-h"],
  ])("%s %s says what the command does", async (...args) => {
    const { code, stdout } = await astro(args, { cwd: folder });
    expect([code, stdout]).toEqual([0, expect.stringContaining("$ astro plan --env dev")]);
  });

  it.each([["version"], ["--version"], ["-v"]])("%s tells the version", async (...args) => {
    const { code, stdout } = await astro(args, { cwd: folder });
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^@astro-infra\/cli\/\d+\.\d+\.\d+ /)]);
  });

  it.each([[["help", "plna"]], [["plna", "--help"]], [["plna", "-h"]], [["plna"]]])(
    "%j, which there is not, names the nearest command, with no terminal too",
    async (args) => {
      expect(await astro(args, { cwd: folder })).toMatchObject({
        code: 2,
        stdout: "",
        stderr: expect.stringContaining('astro has no command "plna"; did you mean plan?'),
      });
    },
  );

  it("a flag that there is not names the nearest", async () => {
    expect(await astro(["--verison"], { cwd: folder })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('astro has no flag "--verison"; did you mean --version?'),
    });
  });
});

describe("bad usage", () => {
  it("of a command that there is not names the nearest, and is told like any other", async () => {
    expect(await astro(["plna", "--env", "dev"], { cwd: folder })).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringContaining('astro has no command "plna"; did you mean plan?'),
    });
    const { code, stdout } = await astro(["frobnicate", "--json"], { cwd: folder });
    expect([code, JSON.parse(stdout).error]).toEqual([
      2,
      {
        code: "usage",
        message: 'astro has no command "frobnicate"',
        hint: expect.stringContaining("astro --help"),
        hints: [{ text: expect.stringContaining("astro --help") }],
      },
    ]);
  });

  it.each([
    [["plan", "--rehearse", "--seed", "abc"], '--seed is "abc": it is not a whole number, 0 or more'],
    [["plan", "--rehearse", "--seed=-1"], '--seed is "-1": it is not a whole number, 0 or more'],
    [["rehearse", "--port", "70000"], '--port is "70000": it is not a whole number, 0 to 65535'],
  ])("of a number: %j", async (args, message) => {
    const { code, stderr } = await astro(args, { cwd: folder });
    expect([code, stderr.split("\n")[0]]).toEqual([2, ` ✖ failed: ${message}`]);
  });
});

describe("astro cost", () => {
  it("loads no AWS client: prices are its own; and no spinner where nothing can be redrawn", async () => {
    const init = ["init", "infra", "--yes", "--name", "shop", "--env", "dev", "--region", "eu-west-1"];
    expect((await astro(init, { cwd: folder })).code).toBe(0);
    const { modules } = await loadedBy(["cost", "--json"]);
    expect(modules).toContain("src/cost/estimate.ts");
    expect(modules.filter((path) => /@aws-sdk|listr2|node_modules\/ora\//.test(path))).toEqual([]);
  });
});
