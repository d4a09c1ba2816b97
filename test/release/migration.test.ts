import { describe, expect, it } from "vitest";
import { runMigration, taskFailure } from "../../src/release/migration.ts";
import { fakeClock } from "../support/fake-clock.ts";
import { type FakeTasks, fakeTasks, PLACE } from "../support/fake-tasks.ts";

const IMAGE = `shop-dev@sha256:${"ab".repeat(32)}`;
const NAME = "astro-7-abababababab";

function migrating(tasks: FakeTasks, given: { readonly signal?: AbortSignal; readonly cancel?: AbortSignal } = {}) {
  const told: string[] = [];
  const run = () =>
    runMigration(
      {
        tasks,
        clock: fakeClock(),
        signal: given.signal ?? new AbortController().signal,
        cancel: given.cancel,
        line: (line) => told.push(line),
        status: (status) => told.push(status),
        waiting: (startedBy) => told.push(`waiting for ${startedBy}`),
      },
      PLACE,
      { image: IMAGE, command: ["alembic", "upgrade", "head"], release: 7, tags: {} },
    );
  return { told, run };
}

describe("a migration", () => {
  it("runs the command of the new image in a task of its own, and tells its lines as they come", async () => {
    const tasks = fakeTasks();
    tasks.lines.push("one", "DATABASE_URL=postgresql://app:hunter2@db/app", "three");
    const { told, run } = migrating(tasks);
    const end = await run();
    expect(taskFailure(end)).toBeUndefined();
    expect(tasks.calls).toEqual([
      `register shop-dev-migrate ${IMAGE} alembic upgrade head`,
      `start shop-dev-migrate:1 ${NAME} ${NAME}-0`,
      "deregister shop-dev-migrate:1",
    ]);
    expect(told.filter((word) => /^[A-Z]+$/.test(word))).toEqual(["PENDING", "RUNNING", "STOPPED"]);
    expect(told.join("\n")).toContain("three");
    expect(told.join("\n")).not.toContain("hunter2");
    expect(end.last.join("\n")).not.toContain("hunter2");
  });

  it("that fails says how, with its last twenty lines, and runs anew the next time", async () => {
    const tasks = fakeTasks();
    tasks.ends.push(1, undefined, 0);
    tasks.lines.push(...Array.from({ length: 30 }, (_, index) => `line ${index}`));
    const { run } = migrating(tasks);
    const end = await run();
    expect(taskFailure(end)).toBe("ended with exit code 1");
    expect([end.last.length, end.last[0], end.last.at(-1)]).toEqual([20, "line 10", "line 29"]);
    expect(taskFailure(await run())).toBe("did not start: no such image");
    expect(taskFailure(await run())).toBeUndefined();
    const starts = tasks.calls.filter((call) => call.startsWith("start"));
    expect(starts.map((call) => call.split(" ").at(-1))).toEqual([`${NAME}-0`, `${NAME}-1`, `${NAME}-2`]);
  });

  it("of a run that was killed goes on in the next one, and is not started twice", async () => {
    const tasks = fakeTasks();
    const leave = new AbortController();
    const left = migrating(tasks, { signal: leave.signal }).run();
    while (tasks.held.length === 0) await new Promise((resolve) => setImmediate(resolve));
    leave.abort(new Error("killed"));
    await expect(left).rejects.toThrow("killed");
    const { run } = migrating(tasks);
    const end = await run();
    expect([end.found, end.task.exitCode, tasks.held.length]).toEqual([false, 0, 1]);
    // And one that came to a good end is not repeated.
    expect([(await run()).found, tasks.held.length]).toEqual([true, 1]);
  });

  it("of another release is waited for", async () => {
    const tasks = fakeTasks();
    const startedBy = "astro-6-000000000000";
    await tasks.startTask(PLACE, { definition: "shop-dev-migrate:1", startedBy, token: "other" });
    const { told, run } = migrating(tasks);
    await run();
    expect(told[0]).toBe(`waiting for ${startedBy}`);
    expect(tasks.held.map(({ task }) => [task.startedBy, task.status])).toEqual([
      [startedBy, "STOPPED"],
      [NAME, "STOPPED"],
    ]);
  });

  it("is stopped where whoever deploys cancels", async () => {
    const tasks = fakeTasks();
    tasks.lasts = 1000;
    const cancel = new AbortController();
    const { run } = migrating(tasks, { cancel: cancel.signal });
    const ending = run();
    while (tasks.held.length === 0) await new Promise((resolve) => setImmediate(resolve));
    cancel.abort();
    expect(taskFailure(await ending)).toBe("ended with exit code 143");
    expect(tasks.calls.filter((call) => call.startsWith("stop"))).toHaveLength(1);
  });
});
