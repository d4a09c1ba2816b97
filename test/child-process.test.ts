import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { runPrograms } from "../src/child-process.ts";

/** Runs programs for a process that `interrupted` interrupts, and that `exit` ends. */
function host() {
  const interruption = new AbortController();
  const works = new Set<() => void>();
  const run = runPrograms({
    kill: process.kill.bind(process),
    atExit: (work) => {
      works.add(work);
      return () => void works.delete(work);
    },
    groups: true,
    interrupted: interruption.signal,
  });
  const exit = () => {
    for (const work of works) work();
  };
  return { run, interruption, exit, works };
}

const SH = (script: string) => ["sh", "-c", script];
const cwd = process.cwd();

/** Whether a process runs, by its id; one that nobody fetched yet does not. */
const isAlive = (pid: string | undefined) => {
  try {
    return !/^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
};

describe("a program", () => {
  it("says what it says and ends as it ends; its words are no shell's", async () => {
    const { run, works } = host();
    expect(await run(["printf", "%s", "$HOME; a"], { cwd })).toEqual({ exitCode: 0, stdout: "$HOME; a", stderr: "" });
    expect(await run(SH("echo no >&2; exit 3"), { cwd })).toEqual({ exitCode: 3, stdout: "", stderr: "no" });
    expect(await run(["no-such-program-anywhere"], { cwd })).toEqual({ exitCode: 127, stdout: "", stderr: "" });
    expect((await run(SH("kill -KILL $$"), { cwd })).exitCode).toBeGreaterThanOrEqual(128);
    expect(works.size).toBe(0);
  });

  it("reads what it is given, and nothing without; its environment is ours and more", async () => {
    const { run } = host();
    expect((await run(["cat"], { cwd, input: "secret" })).stdout).toBe("secret");
    expect((await run(["cat"], { cwd })).stdout).toBe("");
    expect((await run(SH('echo "$A $PATH"'), { cwd, env: { A: "1" } })).stdout).toBe(`1 ${process.env.PATH}`);
  });

  it("has its lines told as they come, of both streams, with progress that is drawn over", async () => {
    const { run } = host();
    const lines: string[] = [];
    const line = (said: string) => lines.push(said);
    const script =
      "printf 'one\\ntw'; sleep 0.05; printf 'o\\r\\n10%%\\r20%%\\r'; printf 'err\\n' >&2; sleep 0.05; printf end";
    const { stdout } = await run(SH(script), { cwd, line });
    expect(lines.filter((one) => one !== "err")).toEqual(["one", "two", "10%", "20%", "end"]);
    expect([lines.includes("err"), stdout.startsWith("one")]).toEqual([true, true]);
    lines.length = 0;
    await run(SH("head -c 100000 /dev/zero | tr '\\0' x"), { cwd, line });
    expect([lines.length > 1, Math.max(...lines.map((one) => one.length)) <= 16_384]).toEqual([true, true]);
  });

  it.each(["its signal", "an interruption", "the end of this process"])(
    "ends with %s, and with it all that it started",
    async (how) => {
      const { run, interruption, exit } = host();
      const own = new AbortController();
      const pids: string[] = [];
      const running = run(SH("sleep 60 & echo $!; wait"), { cwd, signal: own.signal, line: (pid) => pids.push(pid) });
      while (pids.length === 0) await wait(10);
      if (how === "its signal") own.abort(new Error("enough"));
      else if (how === "an interruption") interruption.abort(new Error("enough"));
      else exit();
      if (how === "the end of this process") expect((await running).exitCode).toBeGreaterThanOrEqual(128);
      else await expect(running).rejects.toThrow("enough");
      while (isAlive(pids[0])) await wait(10);
    },
  );

  it("that does not end when it is asked to is ended, and none begins after an interruption", async () => {
    const { run, interruption } = host();
    const lines: string[] = [];
    const running = run(SH("trap '' TERM; echo on; while :; do sleep 0.1; done"), {
      cwd,
      line: (one) => lines.push(one),
    });
    while (lines.length === 0) await wait(10);
    interruption.abort(new Error("enough"));
    await expect(running).rejects.toThrow("enough");
    await expect(run(["true"], { cwd })).rejects.toThrow("enough");
  });
});
