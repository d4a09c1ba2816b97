import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { KEYS, openTerminal, type Screen } from "../support/pty.ts";

let cwd: string;
let screen: Screen | undefined;
beforeEach(() => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), "astro-signals-")));
});
afterEach(() => {
  screen?.close();
  screen = undefined;
  rmSync(cwd, { recursive: true });
});

const { enter } = KEYS;
/** Questions in their order, and what answers each. */
const ANSWERS = [
  ["? Project name", `shop${enter}`],
  ["? Environment name (dev)", enter],
  [/\? Region\n/, enter],
] as const;

/** The wizard started by a shell, which says afterwards how it ended and how the terminal was left. */
async function wizardIn(answers: typeof ANSWERS | readonly (typeof ANSWERS)[number][]) {
  const line = `"$0" "$1" init; echo "code $?"; stty -a`;
  const run = openTerminal("/bin/sh", ["-c", line, process.execPath, join(process.cwd(), "bin", "run.js")], { cwd });
  screen = run;
  for (const [wait, typed] of answers) {
    await run.waitFor(wait);
    run.type(typed);
  }
  return run;
}

/** The process of the wizard: the only child of the shell. */
function wizardOf(run: Screen): number {
  return Number(readFileSync(`/proc/${run.pid}/task/${run.pid}/children`, "utf8").trim());
}

const kept = () => JSON.parse(readFileSync(join(cwd, "infra", ".astro", "init.json"), "utf8")).answers;

describe.each(["SIGTERM", "SIGHUP"] as const)("%s", (signal) => {
  it.each([
    ["a question that is typed", ANSWERS.slice(0, 1), "? Environment name", { name: "shop" }],
    ["a list, which hides the cursor", ANSWERS.slice(0, 2), /\? Region\n/, { name: "shop", env: "dev" }],
    ["the list of presets", ANSWERS, "? Start from", { name: "shop", env: "dev", region: "us-east-1" }],
  ])("at %s keeps the answers and gives the terminal back as it was", async (_, answers, question, left) => {
    const run = await wizardIn(answers);
    await run.waitFor(question);
    process.kill(wizardOf(run), signal);
    await run.waitFor(/code \d+[\s\S]*-?echoprt|code \d+[\s\S]*echoctl/);
    expect(run.all()).toMatch(
      /nothing was changed[\s\S]*to go on with the same answers, run: {2}astro init\n[\s\S]*code 3\n/,
    );
    expect(run.all()).not.toMatch(/\n +at /);
    expect(run.cursorVisible()).toBe(true);
    expect(run.raw().lastIndexOf("\u001b[?2004h")).toBeLessThanOrEqual(run.raw().lastIndexOf("\u001b[?2004l"));
    // What is typed is shown again, and a line at a time (stty(1)).
    expect(run.all()).toMatch(/ icanon[\s\S]* echo /);
    expect(kept()).toEqual(left);
    expect(readdirSync(join(cwd, "infra"))).toEqual([".astro"]);
  });
});

describe("Ctrl-Z", () => {
  it("gives the shell its terminal, and fg draws the question anew, with what was typed already", async () => {
    const env = { PS1: "READY> ", ASTRO: join(process.cwd(), "bin", "run.js"), NODE: process.execPath };
    const run = openTerminal("/bin/bash", ["--norc", "-i"], { cwd, env });
    screen = run;
    await run.waitFor(/^READY>/m);
    run.type(`clear; "$NODE" "$ASTRO" init${enter}`);
    const typedAt = async (question: string | RegExp, before: string, after: string) => {
      await run.waitFor(question);
      run.type(before);
      await run.settled();
      run.type(KEYS.ctrlZ);
      await run.waitFor(/Stopped[\s\S]*\nREADY>$/);
      run.type(`clear; echo "in the shell"${enter}`);
      await run.waitFor(/^in the shell\nREADY>$/);
      run.type(`fg${enter}`);
      await run.waitFor(question);
      run.type(after);
    };
    await typedAt("? Project name", "sh", `op${enter}`);
    await run.waitFor("? Environment name (dev)");
    expect(run.text()).toMatch(/Project name shop$/m);
    run.type(enter);
    await typedAt(/\? Region\n/, "eu-", `west-1${enter}`);
    await run.waitFor("? Start from");
    run.type(KEYS.ctrlC);
    await run.waitFor(/astro init\nREADY>$/);
    expect(kept()).toEqual({ name: "shop", env: "dev", region: "eu-west-1" });
  });
});

describe("SIGSTOP", () => {
  it("at a question and SIGCONT go on where it was, with what was typed already", async () => {
    const run = await wizardIn([]);
    await run.waitFor("? Project name");
    run.type("sh");
    await run.waitFor(/\? Project name.* sh/);
    const pid = wizardOf(run);
    const suspend = async () => {
      process.kill(pid, "SIGSTOP");
      await vi.waitFor(() => expect(readFileSync(`/proc/${pid}/stat`, "utf8")).toMatch(/\) T /), { timeout: 10_000 });
    };
    await suspend();
    // Typed while nobody reads it.
    run.type("op");
    process.kill(pid, "SIGCONT");
    await run.waitFor(/\? Project name.* shop/);
    run.type(enter);
    await run.waitFor("? Environment name (dev)");
    run.type(enter);
    await run.waitFor(/\? Region\n/);
    await suspend();
    process.kill(pid, "SIGCONT");
    run.type(`eu-west-1${enter}`);
    await run.waitFor("? Start from");
    expect(run.all()).toMatch(/Region eu-west-1/);
    run.type(KEYS.ctrlC);
    await run.waitFor(/code 3/);
    expect(kept()).toEqual({ name: "shop", env: "dev", region: "eu-west-1" });
  });
});
