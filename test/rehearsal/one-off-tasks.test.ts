import { CloudWatchLogsClient, GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  RunTaskCommand,
  type RunTaskCommandInput,
  StopTaskCommand,
} from "@aws-sdk/client-ecs";
import { describe, expect, it } from "vitest";
import type { Fault } from "../../src/rehearsal/state/faults.ts";
import { rehearsed } from "../support/rehearsed.ts";
import { serviceApp } from "../support/service-app.ts";
import { SITE, stackOf } from "../support/stacks.ts";

const CLUSTER = "apps";

/** An account with a service, and clients of it. */
async function standing(faults: readonly Fault[] = [], image = "public.ecr.aws/nginx/nginx:1") {
  const aws = await rehearsed({ faults });
  const template = serviceApp(SITE.region, image);
  const service = { ...stackOf("shop-dev-service", "ecs"), template, body: JSON.stringify(template) };
  expect((await aws.provision([service])).result.outcome).toBe("done");
  const { endpoint, credentials } = aws.rehearsal;
  const config = { endpoint, credentials, region: SITE.region };
  const ecs = new ECSClient(config);
  const logs = new CloudWatchLogsClient(config);
  const resources = await aws.cloud.resources({ name: "shop-dev-service", region: SITE.region });
  const subnet = resources.find(({ logicalId }) => logicalId === "A")?.physicalId ?? "";
  const run = (more: Partial<RunTaskCommandInput> = {}) =>
    ecs.send(
      new RunTaskCommand({
        cluster: CLUSTER,
        taskDefinition: CLUSTER,
        launchType: "FARGATE",
        networkConfiguration: { awsvpcConfiguration: { subnets: [subnet] } },
        ...more,
      }),
    );
  const id = async (more?: Partial<RunTaskCommandInput>) =>
    (await run(more)).tasks?.[0]?.taskArn?.split("/").at(-1) ?? "";
  const look = async (task: string) => {
    const { tasks = [] } = await ecs.send(new DescribeTasksCommand({ cluster: CLUSTER, tasks: [task] }));
    return tasks[0];
  };
  const lines = async (task: string, nextToken?: string) => {
    const stream = { logGroupName: "/apps", logStreamName: `api/api/${task}` };
    return logs.send(new GetLogEventsCommand({ ...stream, startFromHead: true, ...(nextToken && { nextToken }) }));
  };
  const list = async (more: object) =>
    ((await ecs.send(new ListTasksCommand({ cluster: CLUSTER, ...more }))).taskArns ?? []).map((arn) =>
      arn.split("/").at(-1),
    );
  return { aws, ecs, run, id, look, lines, list };
}

describe("a task that is started by itself", () => {
  it("goes through its states, writes its lines meanwhile, and ends with an exit code", async () => {
    const { aws, id, look, lines, list } = await standing();
    const command = ["alembic", "upgrade", "head"];
    const task = await id({ startedBy: "me", overrides: { containerOverrides: [{ name: "api", command }] } });
    expect(await look(task)).toMatchObject({ lastStatus: "PROVISIONING", desiredStatus: "RUNNING", startedBy: "me" });
    expect(await list({ startedBy: "me" })).toEqual([task]);
    expect(await list({ family: CLUSTER, desiredStatus: "STOPPED" })).toEqual([]);
    await aws.pass(20);
    expect((await look(task))?.lastStatus).toBe("PENDING");
    await aws.pass(32);
    expect((await look(task))?.lastStatus).toBe("RUNNING");
    const first = await lines(task);
    expect(first.events?.[0]?.message).toContain("alembic upgrade head");
    await aws.pass(60);
    const rest = await lines(task, first.nextForwardToken);
    expect((first.events?.length ?? 0) + (rest.events?.length ?? 0)).toBe(5);
    expect((await lines(task, rest.nextForwardToken)).nextForwardToken).toBe(rest.nextForwardToken);
    expect(await look(task)).toMatchObject({
      lastStatus: "STOPPED",
      stopCode: "EssentialContainerExited",
      containers: [{ name: "api", exitCode: 0 }],
    });
    expect(await list({ family: CLUSTER, desiredStatus: "STOPPED" })).toEqual([task]);
    await aws.pass(3700);
    expect(await look(task)).toBeUndefined();
  });

  it("fails where that is asked for, and the one after it does not", async () => {
    const { aws, id, look, lines } = await standing([{ task: "migration-fails" }]);
    const [first, second] = [await id(), await id()];
    await aws.pass(120);
    expect((await look(first))?.containers?.[0]?.exitCode).toBe(1);
    expect((await look(second))?.containers?.[0]?.exitCode).toBe(0);
    expect((await lines(first)).events?.at(-1)?.message).toContain("sqlalche.me");
  });

  it("is stopped by whoever asks, in their words", async () => {
    const { aws, ecs, id, look } = await standing();
    const task = await id();
    await aws.pass(52);
    await ecs.send(new StopTaskCommand({ cluster: CLUSTER, task, reason: "enough" }));
    await aws.pass(10);
    expect(await look(task)).toMatchObject({
      lastStatus: "STOPPED",
      stopCode: "UserInitiated",
      stoppedReason: "enough",
      containers: [{ exitCode: 143 }],
    });
    const early = await id();
    await ecs.send(new StopTaskCommand({ cluster: CLUSTER, task: early }));
    await aws.pass(10);
    expect((await look(early))?.containers?.[0]?.exitCode).toBeUndefined();
  });

  it("is started once by a token, however often that comes, and by none that came with other words", async () => {
    const { run, id } = await standing();
    expect(await id({ clientToken: "once" })).toBe(await id({ clientToken: "once" }));
    expect(await id({ clientToken: "twice" })).not.toBe(await id({ clientToken: "once" }));
    await expect(run({ clientToken: "once", startedBy: "other" })).rejects.toThrow(/different request parameters/);
  });

  it("is refused for what ECS would refuse", async () => {
    const { run } = await standing();
    const refusal = (more: Partial<RunTaskCommandInput>) => run(more).catch((error: Error) => error.message);
    expect(await refusal({ cluster: "none" })).toContain("Cluster not found");
    expect(await refusal({ taskDefinition: "none" })).toContain("TaskDefinition not found");
    expect(await refusal({ networkConfiguration: undefined })).toContain("Network Configuration must be provided");
    const subnets = ["subnet-0"];
    expect(await refusal({ networkConfiguration: { awsvpcConfiguration: { subnets } } })).toContain("does not exist");
    const other = { containerOverrides: [{ name: "other" }] };
    expect(await refusal({ overrides: other })).toContain("container named other is not a container");
    const size = { cpu: "7", memory: "512" };
    expect(await refusal({ overrides: size })).toContain(
      "No Fargate configuration exists for given values: 7 CPU, 512",
    );
  });
});
