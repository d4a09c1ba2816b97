import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Context, openContext, trustOf } from "../src/context.ts";

const isLinux = process.platform === "linux";
const context: Context = openContext({ root: ".", version: "1.0.0", cache: ".", json: true });

/** The words that process would have for itself. */
function wordsOf(pid: number | undefined): string {
  const [, machine] = /^(.*) \d+ [\d-]+$/.exec(context.process) ?? [];
  const born = isLinux ? readFileSync(`/proc/${pid}/stat`, "utf8").split(" ")[21] : "-";
  return `${machine} ${pid} ${born}`;
}

function sleeper(): ChildProcess {
  const child = spawn("sleep", ["60"], { stdio: "ignore" });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

describe("a process", () => {
  it("is told from any other, and lives while it runs", () => {
    expect([context.isAlive(context.process), context.isGone(context.process)]).toEqual([isLinux, false]);
  });

  it("lives while it is suspended, and is gone once it was killed, fetched by its parent or not", async () => {
    const child = sleeper();
    const words = wordsOf(child.pid);
    child.kill("SIGSTOP");
    expect([context.isAlive(words), context.isGone(words)]).toEqual([isLinux, false]);
    child.kill("SIGKILL");
    await once(child, "exit");
    expect([context.isAlive(words), context.isGone(words)]).toEqual([false, true]);
  });

  it("is gone where another has its id by now", () => {
    const words = context.process.replace(/\d+$/, (born) => `${Number(born) - 1}`);
    expect([context.isAlive(words), context.isGone(words)]).toEqual([false, isLinux]);
  });

  it("of another machine, another namespace or an astro of before is not judged", () => {
    const other = context.process.replace(/^\S+/, "elsewhere");
    const space = context.process.replace(/\[\d+\]/, "[1]");
    const before = context.process.replace(/ [\d-]+$/, "");
    for (const words of [other, space, before, "", "x", "1 2 3"].filter((words) => words !== context.process))
      expect([words, context.isAlive(words), context.isGone(words)]).toEqual([words, false, false]);
  });
});

describe("whose files may be used", () => {
  const trusted = (uid: number | undefined, env: { readonly [name: string]: string }, ...owners: readonly number[]) =>
    owners.map(trustOf(uid, env));

  it("is one's own and root's, nobody else's", () => {
    expect(trusted(1000, {}, 1000, 0, 1001)).toEqual([true, true, false]);
    expect(trusted(0, {}, 0, 1000)).toEqual([true, false]);
  });

  it("is for root with sudo that of whoever called it; for nobody else does SUDO_UID count", () => {
    expect(trusted(0, { SUDO_UID: "1000" }, 1000, 1001)).toEqual([true, false]);
    expect(trusted(1001, { SUDO_UID: "1000" }, 1000)).toEqual([false]);
  });

  it("is that of users one says one trusts, by their ids", () => {
    expect(trusted(0, { ASTRO_TRUST_OWNER: "1000, 1001" }, 1000, 1001, 1002)).toEqual([true, true, false]);
    expect(trusted(1000, { ASTRO_TRUST_OWNER: "ada,*, " }, 1001, 1000)).toEqual([false, true]);
  });

  it("is everybody's where users have no ids", () => {
    expect(trusted(undefined, {}, 0, 1000)).toEqual([true, true]);
  });
});
