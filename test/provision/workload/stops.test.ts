import { describe, expect, it } from "vitest";
import { OF_TASKS, type TaskFacts } from "../../../src/provision/diagnosis/tasks.ts";
import type { EcsTask } from "../../../src/provision/workload/port.ts";
import { equalFailures, failureOf, failuresIn, processorLine } from "../../../src/provision/workload/stops.ts";
import { adviceOf } from "../../support/hints.ts";

const api = { name: "api", image: "shop:1" };

function stopped(more: Partial<EcsTask>, minute = 0): EcsTask {
  return {
    id: `task-${minute}`,
    deployment: "ecs-svc/1",
    definition: "app:1",
    createdAt: new Date(0),
    stoppedAt: new Date(minute * 60_000),
    containers: [api],
    ...more,
  };
}

const exited = (exitCode: number, minute = 0, more: Partial<EcsTask> = {}) =>
  stopped(
    {
      stopCode: "EssentialContainerExited",
      reason: "Essential container in task exited",
      containers: [{ ...api, exitCode }],
      ...more,
    },
    minute,
  );
const unpulled = (words: string) =>
  stopped({ stopCode: "TaskFailedToStart", reason: `CannotPullContainerError: ${words}` });

describe("a stopped task", () => {
  const BLAMELESS: readonly (readonly [string, Partial<EcsTask>])[] = [
    ["was interrupted by Spot", { stopCode: "SpotInterruption", reason: "Your Spot Task was interrupted." }],
    [
      "was scaled in",
      {
        stopCode: "ServiceSchedulerInitiated",
        reason: "Scaling activity initiated by (deployment ecs-svc/1)",
        containers: [{ ...api, exitCode: 137 }],
      },
    ],
    [
      "was stopped by somebody",
      { stopCode: "UserInitiated", reason: "by hand", containers: [{ ...api, exitCode: 143 }] },
    ],
    ["is moved to another machine", { stopCode: "TerminationNotice", reason: "ECS is performing maintenance" }],
    [
      "found no room for the moment",
      { stopCode: "TaskFailedToStart", reason: "Capacity is unavailable at this time. Please try again later." },
    ],
    ["has done its work", { stopCode: "EssentialContainerExited", containers: [{ ...api, exitCode: 0 }] }],
  ];
  it.each(BLAMELESS)("that %s has not failed", (_, more) => {
    expect(failureOf(stopped(more))).toBeUndefined();
  });

  it("that was killed for its memory is told apart from one that ends by itself", () => {
    const killed = { ...api, exitCode: 137, reason: "OutOfMemoryError: Container killed due to memory usage" };
    expect(failureOf(exited(137, 0, { containers: [killed] }))?.code).toBe("out-of-memory");
    expect(failureOf(exited(1))?.code).toBe("container-exit");
  });

  it("that could not start its container says why", () => {
    const words = 'CannotStartContainerError: exec: "uvicorn": executable file not found in $PATH';
    const task = stopped({
      stopCode: "TaskFailedToStart",
      reason: "Task failed to start",
      containers: [{ ...api, reason: words }],
    });
    expect(failureOf(task)).toMatchObject({ code: "task-start", reason: `Task failed to start: ${words}` });
  });

  it("is explained without numbers of tries and requests", () => {
    const words = "pull image manifest has been retried 1 time(s): failed to resolve ref a/b:1: a/b:1: not found";
    expect(failureOf(unpulled(words))?.reason).toBe("CannotPullContainerError: failed to resolve ref a/b:1: not found");
  });
});

describe("AWS's messages about a secret", () => {
  it("are kept but for what they say twice", () => {
    const who = "User: arn:aws:sts::1:assumed-role/shop-execution/0123456789abcdef is not authorized to perform: x";
    const reason = `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:eu-west-1:1:secret:a from secrets manager: AccessDeniedException: ${who} status code: 400, request id: 1-2-3`;
    expect(failureOf(stopped({ stopCode: "TaskFailedToStart", reason }))?.reason).toBe(
      "ResourceInitializationError: unable to pull secrets or registry auth: AccessDeniedException: User: arn:aws:sts::1:assumed-role/shop-execution is not authorized to perform: x",
    );
  });
});

describe("two failures", () => {
  const two = (...tasks: readonly EcsTask[]) => equalFailures(failuresIn(tasks), 2)?.map(({ task }) => task.id);

  it("are equal if container and exit code are", () => {
    expect(two(exited(1, 2), exited(1, 1))).toEqual(["task-1", "task-2"]);
    expect(two(exited(1, 1), exited(2, 2))).toBeUndefined();
  });

  it("are not equal if they are of two rollouts", () => {
    expect(two(exited(1, 1), exited(1, 2, { deployment: "ecs-svc/2" }))).toBeUndefined();
  });

  it("are equal although ids and addresses in their words are not", () => {
    const role = (id: string) =>
      stopped({
        id,
        stopCode: "TaskFailedToStart",
        reason: `ResourceInitializationError: unable to pull secrets: assumed-role/x/${id}: AccessDeniedException, request id: ${id}`,
      });
    expect(two(role("0123456789abcdef"), role("fedcba9876543210"))).toHaveLength(2);
  });

  it("do not count while their task has not stopped", () => {
    const { stoppedAt: _, ...still } = exited(1, 2);
    expect(two(exited(1, 1), still)).toBeUndefined();
  });
});

describe("what it means", () => {
  const meant = (task: EcsTask, more: Partial<TaskFacts> = {}) => {
    const failure = failureOf(task);
    if (!failure) throw new Error("no failure");
    const { code, reason, exitCode } = failure;
    const found = { image: "shop:1", architecture: "arm64", log: [], ...(exitCode !== undefined && { exitCode }) };
    return OF_TASKS[code]({ reason, ...found, ...more });
  };
  const PULLS: readonly (readonly [string, string])[] = [
    ["image Manifest does not contain descriptor matching platform 'linux/arm64'", "--platform linux/arm64"],
    ["pull access denied for shop, repository is private", "infra/lib/roles.ts"],
    ["toomanyrequests: You have reached your unauthenticated pull rate limit", "public.ecr.aws"],
    ["dial tcp 1.2.3.4:443: i/o timeout", "--nat one"],
    ["manifest unknown: not found", "docker push shop:1"],
  ];
  it.each(PULLS)("that an image cannot be pulled: %s", (words, advice) => {
    expect(adviceOf(meant(unpulled(words)))).toContain(advice);
  });

  it("that an image of somebody else's is not there: it is not the user's to push", () => {
    const image = "public.ecr.aws/x/y:1";
    expect(adviceOf(meant(unpulled("manifest unknown: not found"), { image }))).toBe(
      "name one that exists:  astro init --image TAG",
    );
  });

  it("that the kernel cannot run the program is in the log", () => {
    expect(processorLine(["starting", "exec /bin/sh: exec format error"])).toContain("exec format error");
    expect(processorLine(["starting"])).toBeUndefined();
  });

  it("that a secret is not there, or out of reach", () => {
    const start = (reason: string) => meant(stopped({ stopCode: "TaskFailedToStart", reason }));
    const gone = "ResourceInitializationError: ResourceNotFoundException: Secrets Manager can't find the secret";
    expect(start(gone).cause).toContain("cannot get it");
    expect(start("ResourceInitializationError: failed to invoke EFS utils").cause).toContain("cannot start");
  });
});
