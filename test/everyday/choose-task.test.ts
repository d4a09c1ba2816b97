import { describe, expect, it } from "vitest";
import { AstroError } from "../../src/errors.ts";
import { type Asked, entranceOf, type RunningApp } from "../../src/everyday/choose-task.ts";
import { sessionRefused } from "../../src/everyday/session-refused.ts";
import type { AppService, AppTask } from "../../src/release/port-sessions.ts";

const service = (name: string, more: Partial<AppService> = {}): AppService => ({
  name,
  desired: 2,
  running: 2,
  pending: 0,
  targetGroups: [],
  ...more,
});

const task = (id: string, more: Partial<AppTask> & { readonly agent?: string } = {}): AppTask => {
  const { agent = "RUNNING", ...rest } = more;
  const name = (more.group ?? "service:api").replace("service:", "");
  return {
    id,
    group: "service:api",
    status: "RUNNING",
    startedAt: new Date(1),
    exec: true,
    containers: [
      { name: "proxy", runtimeId: "p" },
      { name, runtimeId: `${id}-1`, agent },
    ],
    ...rest,
  };
};

const provision = ["astro", "provision", "--env", "dev"];
const running = (tasks: readonly AppTask[], services = [service("api"), service("worker")]): RunningApp => ({
  services,
  tasks,
  provision,
});

function refused(app: RunningApp, asked: Asked): AstroError {
  try {
    entranceOf(app, asked);
  } catch (error) {
    if (error instanceof AstroError) return error;
  }
  return expect.fail("nothing was refused");
}

describe("the way into a task", () => {
  it("is the API's container of the task that has run longest, of those whose agent runs", () => {
    const tasks = [
      task("aa1", { startedAt: new Date(3) }),
      task("bb2", { startedAt: new Date(1), agent: "PENDING" }),
      task("cc3", { startedAt: new Date(2) }),
      task("dd4", { startedAt: new Date(0), group: "service:worker" }),
    ];
    expect(entranceOf(running(tasks), {})).toEqual({ task: "cc3", container: "api", runtimeId: "cc3-1" });
    expect(entranceOf(running(tasks), { service: "worker" }).task).toBe("dd4");
    expect(entranceOf(running(tasks), { task: "aa" }).task).toBe("aa1");
    expect(entranceOf(running(tasks), { task: "arn:aws:ecs:eu-west-1:1:task/shop-dev/cc3" }).task).toBe("cc3");
  });

  it("is not there while no task runs: how many are wanted is said, and where to see why", () => {
    const { message, hints } = refused(running([], [service("api", { running: 0, pending: 1 })]), {});
    expect(message).toBe("no task of api runs: 2 are wanted, 1 on the way");
    expect(hints.map(({ command }) => command)).toEqual([
      undefined,
      ["astro", "logs", "api", "--previous"],
      ["astro", "status"],
    ]);
    expect(refused(running([], [service("api", { desired: 0, running: 0 })]), {}).message).toBe(
      "no task of api runs: none is wanted",
    );
    expect(refused(running([], []), {}).hints[0]?.command).toEqual(provision);
  });

  it.each([
    [{ service: "wrker" }, '"wrker": no service is called so', "did you mean worker?"],
    [{ service: "zz" }, '"zz": no service is called so', "give one of api, worker"],
    [{ task: "aa2" }, "--task aa2: no running task is called so", "did you mean aa1?"],
    [{ task: "a" }, "--task a: 2 tasks begin so", "give one of aa1 (api), ab1 (api)"],
  ])("of %j names the nearest", (asked, message, hint) => {
    const error = refused(running([task("aa1"), task("ab1")]), asked);
    expect([error.code, error.message]).toEqual(["usage", message]);
    expect(error.hint).toContain(hint);
  });

  it.each([
    [task("aa1", { exec: false }), /ECS Exec is not turned on for task aa1/, /enableExecuteCommand/],
    [task("aa1", { agent: "PENDING" }), /the ECS Exec agent of task aa1 is PENDING/, /ssmmessages/],
    [task("aa1", { status: "PENDING" }), /task aa1 does not run: it is PENDING/, /wait a minute/],
  ])("into %j is closed, with what is missing", (one, message, hint) => {
    const error = refused(running([one]), { task: "aa1" });
    expect([error.message, error.hint]).toEqual([expect.stringMatching(message), expect.stringMatching(hint)]);
  });

  it("that AWS closes is told with what helps there", () => {
    const words = "The execute command failed due to an internal error. (TargetNotConnectedException)";
    const error = new AstroError("failed", words, "report it", undefined, { call: "ecs:ExecuteCommand", words });
    expect((sessionRefused(error) as AstroError).hint).toMatch(/just started.*astro exec --task ID/s);
    const other = new AstroError("denied", "not allowed", "ask");
    expect(sessionRefused(other)).toBe(other);
  });
});
