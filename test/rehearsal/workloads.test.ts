import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateStackCommand, DescribeStackEventsCommand } from "@aws-sdk/client-cloudformation";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Fault } from "../../src/rehearsal/state/faults.ts";
import type { WorkloadKind } from "../../src/rehearsal/state/workload.ts";
import { serviceApp } from "../support/service-app.ts";
import { type Driver, type Options, rehearse } from "./support/driver.ts";

type Row = { readonly [name: string]: unknown };
const rows = (value: unknown) => (value ?? []) as readonly Row[];

const CAPABLE = { Capabilities: ["CAPABILITY_NAMED_IAM" as const] };
const ONE = "public.ecr.aws/x/app:1";
const TWO = "public.ecr.aws/x/app:2";
const app = (image = ONE, service: object = {}) => serviceApp("us-east-1", image, service);

/** What a person would ask ECS, Elastic Load Balancing and CloudWatch Logs. */
function looks({ json, query }: Driver) {
  const ecs = (operation: string, input: object) =>
    json("ecs", `AmazonEC2ContainerServiceV20141113.${operation}`, { cluster: "apps", ...input });
  const balancing = (Action: string, input: { readonly [name: string]: string } = {}) =>
    query("elasticloadbalancing", "2015-12-01", { Action, ...input });
  const logs = (operation: string, input: object = {}) =>
    json("logs", `Logs_20140328.${operation}`, { logGroupName: "/apps", ...input });
  return {
    ecs,
    logs,
    service: async () => rows((await ecs("DescribeServices", { services: ["api"] })).services)[0] ?? {},
    tasks: async (desiredStatus: string) => {
      const { taskArns } = await ecs("ListTasks", { serviceName: "api", desiredStatus });
      return rows((await ecs("DescribeTasks", { tasks: taskArns })).tasks);
    },
    lines: async () => rows((await logs("FilterLogEvents")).events).map(({ message }) => String(message)),
    health: async () => {
      const [, TargetGroupArn = ""] = /<TargetGroupArn>(.*?)</.exec(await balancing("DescribeTargetGroups")) ?? [];
      const answer = await balancing("DescribeTargetHealth", { TargetGroupArn });
      return [...answer.matchAll(/<State>(.*?)<\/State>(?:<Reason>(.*?)<\/Reason><Description>(.*?)<)?/g)].map(
        ([, state, reason, words]) => [state, reason, words].filter((word) => word !== undefined).join(" "),
      );
    },
  };
}

/** Until the stack's operation is over, every ten seconds: what `look` sees once the service is there. */
async function watched<T>(driver: Driver, operation: Promise<unknown>, look: () => Promise<T>): Promise<readonly T[]> {
  let over = false;
  const ending = operation.finally(() => {
    over = true;
  });
  const seen: T[] = [];
  while (!over) {
    await driver.rehearsal.clock.sleep(10_000);
    if ((await looks(driver).service()).status !== undefined) seen.push(await look());
  }
  await ending;
  return seen;
}

/** Why the service failed, in CloudFormation's words. */
async function reasonOf({ cloudformation }: Driver, status = "CREATE_FAILED"): Promise<string | undefined> {
  const { StackEvents = [] } = await cloudformation.send(new DescribeStackEventsCommand({ StackName: "app" }));
  return StackEvents.find((event) => event.LogicalResourceId === "Service" && event.ResourceStatus === status)
    ?.ResourceStatusReason;
}

const started = (faults: readonly Fault[], more: Options = {}) => rehearse({ faults, ...more });

type Kind = {
  readonly workload: WorkloadKind;
  readonly stopCode: string;
  readonly reason: RegExp;
  readonly exitCode?: number;
  readonly line?: string;
  readonly health?: string;
};

const KINDS: readonly Kind[] = [
  {
    workload: "image-pull",
    stopCode: "TaskFailedToStart",
    reason: /^CannotPullContainerError: .*failed to resolve ref public.ecr.aws\/x\/app:1: .*: not found$/,
  },
  {
    workload: "secret-denied",
    stopCode: "TaskFailedToStart",
    reason:
      /^ResourceInitializationError: unable to pull secrets or registry auth: .*secret:apps\/token.*AccessDeniedException: User: .*apps-execution/,
  },
  {
    workload: "architecture",
    stopCode: "EssentialContainerExited",
    reason: /^Essential container in task exited$/,
    exitCode: 1,
    line: "exec /usr/local/bin/uvicorn: exec format error",
  },
  {
    workload: "crash-loop",
    stopCode: "EssentialContainerExited",
    reason: /^Essential container in task exited$/,
    exitCode: 1,
    line: "ERROR:    Application startup failed. Exiting.",
  },
  {
    workload: "health-check",
    stopCode: "ServiceSchedulerInitiated",
    reason: /^Task failed ELB health checks in \(target-group arn:aws:elasticloadbalancing:.*\)$/,
    exitCode: 143,
    line: '"GET /health HTTP/1.1" 404 Not Found',
    health: "unhealthy Target.ResponseCodeMismatch Health checks failed with these codes: [404]",
  },
  {
    workload: "health-check-timeout",
    stopCode: "ServiceSchedulerInitiated",
    reason: /^Task failed ELB health checks in/,
    exitCode: 143,
    line: "INFO:     Waiting for application startup.",
    health: "unhealthy Target.Timeout Request timed out",
  },
];

describe("an ECS service whose tasks fail", () => {
  it.each(KINDS)("$workload: shows it where AWS does, and its circuit breaker fails the stack", async (handler) => {
    const driver = await started([{ workload: handler.workload }]);
    const { service, tasks, lines, health } = looks(driver);
    const seen = await watched(driver, driver.create("app", app(), CAPABLE), async () => ({
      service: await service(),
      stopped: await tasks("STOPPED"),
      lines: await lines(),
      health: await health(),
    }));
    const [stop] = seen.flatMap(({ stopped }) => stopped);
    expect(stop).toMatchObject({ stopCode: handler.stopCode, desiredStatus: "STOPPED", group: "service:api" });
    expect(stop?.stoppedReason).toMatch(handler.reason);
    const ended = seen.flatMap(({ stopped }) => stopped).find(({ lastStatus }) => lastStatus === "STOPPED");
    expect(rows(ended?.containers)[0]?.exitCode).toBe(handler.exitCode);
    if (handler.line !== undefined) expect(seen.flatMap((one) => one.lines).join("\n")).toContain(handler.line);
    if (handler.health !== undefined) expect(seen.flatMap((one) => one.health)).toContain(handler.health);
    else expect(seen.flatMap((one) => one.health).filter((one) => /^(un)?healthy/.test(one))).toEqual([]);
    const [deployment] = rows(seen.at(-1)?.service.deployments);
    expect(deployment).toMatchObject({
      failedTasks: 3,
      rolloutState: "FAILED",
      rolloutStateReason: "ECS deployment circuit breaker: tasks failed to start.",
    });
    expect(stop?.startedBy).toBe(deployment?.id);
    const words = rows(seen.at(-1)?.service.events).map(({ message }) => message);
    expect(words).toContain(`(service api) (deployment ${deployment?.id}) deployment failed: tasks failed to start.`);
    expect(words).toContain(`(service api) has started 1 tasks: (task ${String(stop?.taskArn).split("/").at(-1)}).`);
    expect(await reasonOf(driver)).toMatch(
      /^Resource handler returned message: "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'\." \(RequestToken: .*, HandlerErrorCode: GeneralServiceException\)$/,
    );
  });

  it("is rolled back by ECS after an update", async () => {
    const driver = await started([{ workload: "crash-loop", on: "update" }]);
    await driver.create("app", app(), CAPABLE);
    const before = (await looks(driver).service()).taskDefinition;
    const { StackStatus } = await driver.update("app", app(TWO), CAPABLE);
    expect(StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
    const service = await looks(driver).service();
    expect([service.taskDefinition, service.runningCount]).toEqual([before, 1]);
    const words = rows(service.events).map(({ message }) => message);
    expect(words).toEqual(
      expect.arrayContaining([expect.stringMatching(/rolling back to deployment ecs-svc\/\d+\.$/)]),
    );
    expect(words[0]).toBe("(service api) has reached a steady state.");
  });

  it("fails as often as half of the tasks it wants, without a circuit breaker as long as CloudFormation waits", async () => {
    const many = await started([{ workload: "secret-denied" }]);
    const { service, tasks } = looks(many);
    const seen = await watched(many, many.create("app", app(ONE, { DesiredCount: 10 }), CAPABLE), async () => ({
      events: rows((await service()).events),
      stops: (await tasks("STOPPED")).map(({ stoppedAt }) => Number(stoppedAt)),
    }));
    const failure = seen.at(-1)?.events.find(({ message }) => String(message).includes("deployment failed"));
    expect(seen.at(-1)?.stops.filter((at) => at <= Number(failure?.createdAt))).toHaveLength(5);
    const never = await started([{ workload: "image-pull" }]);
    const TemplateBody = JSON.stringify(app(ONE, { DeploymentConfiguration: {} }));
    await never.cloudformation.send(new CreateStackCommand({ StackName: "app", TemplateBody, ...CAPABLE }));
    await never.rehearsal.clock.sleep(3 * 3_600_000);
    expect(await reasonOf(never)).toBeUndefined();
    await never.rehearsal.clock.sleep(3_600_000);
    expect(await reasonOf(never)).toContain('"Exceeded attempts to wait"');
  });

  it("ends the same way if the rehearsal is killed and resumed", async () => {
    const history = async (kill: boolean) => {
      const directory = mkdtempSync(join(tmpdir(), "astro-workloads-"));
      onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
      const first = await started([{ workload: "crash-loop" }], { directory });
      const creating = first.create("app", app(), CAPABLE).catch(() => undefined);
      while (!(await first.history("app").catch((): readonly string[] => [])).includes("Service CREATE_IN_PROGRESS"))
        await first.rehearsal.clock.sleep(10_000);
      if (!kill) {
        await creating;
        return first.history("app");
      }
      await first.rehearsal.close();
      const second = await started([], { directory });
      await second.settled("app");
      return second.history("app");
    };
    expect(await history(true)).toEqual(await history(false));
  });
});

describe("an ECS service that is slow, or loses its capacity", () => {
  it("slow-start: is healthy after four to eight minutes, and complete then", async () => {
    for (const seed of [1, 2, 3]) {
      const driver = await started([{ workload: "slow-start" }], { seed });
      const { service, health, tasks } = looks(driver);
      const seen = await watched(driver, driver.create("app", app(), CAPABLE), async () => ({
        at: driver.rehearsal.clock.now().getTime(),
        health: await health(),
        stopped: await tasks("STOPPED"),
        state: rows((await service()).deployments)[0]?.rolloutState,
      }));
      const [first] = seen;
      const healthy = seen.find((one) => one.health.includes("healthy"));
      const minutes = ((healthy?.at ?? 0) - (first?.at ?? 0)) / 60_000;
      expect(minutes).toBeGreaterThan(3.5);
      expect(minutes).toBeLessThan(8.5);
      expect(seen.flatMap(({ stopped }) => stopped)).toEqual([]);
      expect((await driver.settled("app")).StackStatus).toBe("CREATE_COMPLETE");
    }
  });

  it("spot-interruption: loses two tasks, and comes up with the third", async () => {
    const driver = await started([{ workload: "spot-interruption" }]);
    const { service, tasks } = looks(driver);
    await driver.create("app", app(), CAPABLE);
    const stopped = await tasks("STOPPED");
    expect(stopped.map(({ stopCode }) => stopCode)).toEqual(["SpotInterruption", "SpotInterruption"]);
    const found = await service();
    expect(rows(found.deployments)[0]).toMatchObject({ failedTasks: 0, runningCount: 1 });
    expect(rows(found.events).map(({ message }) => String(message))).toContainEqual(
      expect.stringMatching(/^\(service api\) was unable to place a task\. Reason: Capacity is unavailable/),
    );
  });
});

describe("an ECS service that works", () => {
  it("keeps its tasks until those of the next rollout are healthy, and says why they go", async () => {
    const driver = await rehearse();
    const { service, tasks } = looks(driver);
    await driver.create("app", app(), CAPABLE);
    const [old] = await tasks("RUNNING");
    const seen = await watched(driver, driver.update("app", app(TWO), CAPABLE), service);
    expect(seen.every(({ runningCount }) => Number(runningCount) >= 1)).toBe(true);
    expect(
      seen.some(
        ({ deployments }) =>
          rows(deployments)
            .map(({ status }) => status)
            .join() === "PRIMARY,ACTIVE",
      ),
    ).toBe(true);
    const { deployments } = await service();
    const [stopped] = await tasks("STOPPED");
    expect(stopped).toMatchObject({
      taskArn: old?.taskArn,
      stopCode: "ServiceSchedulerInitiated",
      stoppedReason: expect.stringMatching(/^Scaling activity initiated by \(deployment ecs-svc\/\d+\)$/),
    });
    expect(rows(deployments)).toHaveLength(1);
  });

  it("starts and stops tasks as their number is changed, without a new rollout", async () => {
    const driver = await rehearse();
    const { ecs, service, tasks } = looks(driver);
    await driver.create("app", app(), CAPABLE);
    const [first] = rows((await service()).deployments);
    for (const desiredCount of [3, 1]) {
      await ecs("UpdateService", { service: "api", desiredCount });
      await driver.rehearsal.clock.sleep(300_000);
      expect((await service()).runningCount).toBe(desiredCount);
    }
    expect((await tasks("STOPPED")).map(({ stopCode }) => stopCode)).toEqual([
      "ServiceSchedulerInitiated",
      "ServiceSchedulerInitiated",
    ]);
    expect(rows((await service()).deployments).map(({ id }) => id)).toEqual([first?.id]);
    await driver.rehearsal.clock.sleep(2 * 3_600_000);
    expect(await tasks("STOPPED")).toEqual([]);
  });

  it("has its log streams by container and task, and no others", async () => {
    const driver = await started([{ workload: "architecture", on: "update" }]);
    const { logs, tasks } = looks(driver);
    await driver.create("app", app(), CAPABLE);
    await driver.update("app", app(TWO), CAPABLE);
    const stopped = (await tasks("STOPPED")).find(({ stopCode }) => stopCode === "EssentialContainerExited");
    const logStreamName = `api/api/${String(stopped?.taskArn).split("/").at(-1)}`;
    expect(rows((await logs("DescribeLogStreams")).logStreams).map((one) => one.logStreamName)).toContain(
      logStreamName,
    );
    const { events } = await logs("GetLogEvents", { logStreamName, limit: 20 });
    expect(rows(events).map(({ message }) => message)).toEqual(["exec /usr/local/bin/uvicorn: exec format error"]);
    expect((await logs("GetLogEvents", { logStreamName: "api/api/0" })).__type).toBe("ResourceNotFoundException");
  });
});
