import {
  CloudWatchLogsClient,
  CreateLogStreamCommand,
  FilterLogEventsCommand,
  PutLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { DescribeTasksCommand, ECSClient, ExecuteCommandCommand, ListTasksCommand } from "@aws-sdk/client-ecs";
import { SSMClient, StartSessionCommand, TerminateSessionCommand } from "@aws-sdk/client-ssm";
import { describe, expect, it } from "vitest";
import { rehearsed } from "../support/rehearsed.ts";
import { serviceApp } from "../support/service-app.ts";
import { SITE, stackOf } from "../support/stacks.ts";

const CLUSTER = "apps";
const DocumentName = "AWS-StartPortForwardingSessionToRemoteHost";
const Parameters = { host: ["db.internal"], portNumber: ["5432"], localPortNumber: ["15432"] };

/** An account with a service whose task has run for a while, and clients of it. */
async function standing(service: object = { EnableExecuteCommand: true }) {
  const aws = await rehearsed();
  const app = serviceApp(SITE.region, "public.ecr.aws/nginx/nginx:1", service);
  const { Task } = app.Resources;
  if (Task === undefined) throw new Error("there is no task definition");
  // ECS Exec wants one (Amazon ECS Developer Guide, "Using ECS Exec").
  const Properties = { ...Task.Properties, TaskRoleArn: { "Fn::GetAtt": ["Role", "Arn"] } };
  const template = { ...app, Resources: { ...app.Resources, Task: { ...Task, Properties } } };
  const stack = { ...stackOf("shop-dev-service", "ecs"), template, body: JSON.stringify(template) };
  expect((await aws.provision([stack])).result.outcome).toBe("done");
  const { endpoint, credentials } = aws.rehearsal;
  const config = { endpoint, credentials, region: SITE.region };
  const ecs = new ECSClient(config);
  await aws.pass(120);
  const { taskArns = [] } = await ecs.send(new ListTasksCommand({ cluster: CLUSTER, serviceName: "api" }));
  const { tasks = [] } = await ecs.send(new DescribeTasksCommand({ cluster: CLUSTER, tasks: taskArns }));
  const [task] = tasks;
  const id = task?.taskArn?.split("/").at(-1) ?? "";
  const execute = (more: object = {}) =>
    ecs.send(new ExecuteCommandCommand({ cluster: CLUSTER, task: id, command: "sh", interactive: true, ...more }));
  return { aws, task, id, execute, ssm: new SSMClient(config), logs: new CloudWatchLogsClient(config) };
}

describe("a session in a simulated task", () => {
  it("is begun in a container whose agent runs, with id, token and stream", async () => {
    const { task, execute } = await standing();
    expect(task).toMatchObject({
      enableExecuteCommand: true,
      containers: [{ name: "api", managedAgents: [{ name: "ExecuteCommandAgent", lastStatus: "RUNNING" }] }],
    });
    const { session, containerName, interactive, taskArn } = await execute();
    expect({ containerName, interactive, taskArn }).toEqual({
      containerName: "api",
      interactive: true,
      taskArn: task?.taskArn,
    });
    expect(session).toEqual({
      sessionId: expect.stringMatching(/^ecs-execute-command-[0-9a-f]{17}$/),
      tokenValue: expect.stringMatching(/^AAEA/),
      // No client goes to AWS by it.
      streamUrl: expect.stringMatching(/^ws:\/\/127\.0\.0\.1:\d+\/v1\/data-channel\/ecs-execute-command-/),
    });
  });

  it("is refused in ECS's words where ECS Exec is off, and for what is not there", async () => {
    const { execute, task, id, ssm } = await standing({});
    expect(task?.enableExecuteCommand).toBe(false);
    await expect(execute()).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: expect.stringContaining("execute command was not enabled when the task was run"),
    });
    await expect(execute({ task: "0123" })).rejects.toMatchObject({ name: "InvalidParameterException" });
    await expect(execute({ cluster: "none" })).rejects.toMatchObject({ name: "ClusterNotFoundException" });
    const Target = `ecs:${CLUSTER}_${id}_${task?.containers?.[0]?.runtimeId}`;
    await expect(ssm.send(new StartSessionCommand({ Target, DocumentName, Parameters }))).rejects.toMatchObject({
      name: "TargetNotConnected",
      message: `${Target} is not connected.`,
    });
  });

  it("forwards a port by the document that does so, and no other", async () => {
    const { task, id, ssm } = await standing();
    const Target = `ecs:${CLUSTER}_${id}_${task?.containers?.[0]?.runtimeId}`;
    const begin = (more: object) => ssm.send(new StartSessionCommand({ Target, DocumentName, Parameters, ...more }));
    const { SessionId, TokenValue, StreamUrl } = await begin({});
    expect([SessionId, TokenValue, StreamUrl]).toEqual([expect.any(String), expect.any(String), expect.any(String)]);
    await expect(begin({ DocumentName: "Mine" })).rejects.toMatchObject({ name: "InvalidDocument" });
    await expect(begin({ Parameters: { host: ["x"] } })).rejects.toMatchObject({ name: "InvalidParameters" });
    await expect(begin({ Target: "i-0123456789abcdef0" })).rejects.toMatchObject({ name: "TargetNotConnected" });
    expect(await ssm.send(new TerminateSessionCommand({ SessionId }))).toMatchObject({ SessionId });
  });
});

describe("the lines of a simulated task", () => {
  it("go on as time passes, and an hour of them is kept", async () => {
    const { aws, logs } = await standing();
    const lines = async () => {
      const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: "/apps" }));
      return events.map(({ message }) => message ?? "");
    };
    const before = await lines();
    expect(before).toContain("INFO:     Application startup complete.");
    await aws.pass(60);
    expect((await lines()).length).toBe(before.length + 6);
    await aws.pass(86_400);
    expect((await lines()).length).toBeLessThan(400);
  });

  it("come in pages whose tokens no late line moves, each with an id that stays, and as they match a pattern", async () => {
    const { aws, logs } = await standing();
    const group = { logGroupName: "/apps", logStreamName: "other" };
    await logs.send(new CreateLogStreamCommand(group));
    const now = aws.rehearsal.clock.now().getTime();
    const put = (...messages: readonly (readonly [number, string])[]) =>
      logs.send(
        new PutLogEventsCommand({
          ...group,
          logEvents: messages.map(([at, message]) => ({ timestamp: now + at, message })),
        }),
      );
    await put([1, "a one"], [2, "a two"], [2, "a two"], [3, "b three"]);
    const ask = (more: object) =>
      logs.send(
        new FilterLogEventsCommand({ logGroupName: "/apps", startTime: now + 1, logStreamNamePrefix: "oth", ...more }),
      );
    const first = await ask({ limit: 2 });
    expect(first.events?.map(({ message }) => message)).toEqual(["a one", "a two"]);
    await put([1, "a late"]);
    const second = await ask({ limit: 2, nextToken: first.nextToken });
    expect(second.events?.map(({ message }) => message)).toEqual(["a two", "b three"]);
    expect(second.nextToken).toBeUndefined();
    const ids = [...(first.events ?? []), ...(second.events ?? [])].map(({ eventId }) => eventId);
    expect(new Set(ids).size).toBe(4);
    expect((await ask({})).events?.map(({ eventId }) => eventId)).toEqual(expect.arrayContaining(ids));
    const matching = async (filterPattern: string) => (await ask({ filterPattern })).events?.map((one) => one.message);
    expect(await matching("three")).toEqual(["b three"]);
    expect(await matching("a -two")).toEqual(["a one", "a late"]);
    expect(await matching("?one ?three")).toEqual(["a one", "b three"]);
    await expect(ask({ logStreamNames: ["other"] })).rejects.toMatchObject({ name: "InvalidParameterException" });
  });
});
