import { describe, expect, it } from "vitest";
import { imageParameterOf } from "../../../src/template/image-parameter.ts";
import type { Json, JsonObject } from "../../../src/template/types.ts";
import { read } from "./designs.ts";

const command = ["celery", "-A", "app", "worker"];
const schedule = [
  { name: "tidy-up", cron: "cron(0 3 * * ? *)", command: ["python", "-m", "tidy"] },
  { name: "often", cron: "rate(5 minutes)", command: ["true"] },
];
const design = read({ region: "us-east-1", worker: { command, tasks: 3, cpu: 512, memory: 1024 }, schedule });
const pinned = read({ region: "us-east-1", service: { image: "v1.2" }, worker: { command }, schedule });

const container = ({ at }: typeof design, stack: string, id: string) =>
  (at(stack, id).ContainerDefinitions as readonly JsonObject[])[0] ?? {};
const ran = { "Fn::If": ["HasImage", { Ref: "Image" }, "public.ecr.aws/docker/library/node:24-alpine"] };

describe("a worker beside the API", () => {
  it("runs the API's image with its own command, with the same variables, secrets and roles, in its own log group", () => {
    const [api, own] = [container(design, "service", "TaskDefinition"), container(design, "worker", "TaskDefinition")];
    expect(own).toMatchObject({ Name: "worker", Command: command, Image: ran });
    const names = (list: Json | undefined) => (list as readonly JsonObject[]).map(({ Name }) => Name);
    expect(names(own.Environment)).toEqual(names(api.Environment));
    expect(names(own.Secrets)).toEqual(names(api.Secrets));
    expect(own).not.toHaveProperty("PortMappings");
    expect(design.at("worker", "TaskDefinition")).toMatchObject({ Cpu: "512", Memory: "1024" });
    expect(JSON.stringify(design.at("worker", "TaskDefinition").TaskRoleArn)).toContain("ecs-task-role");
    expect(design.at("worker", "LogGroup").LogGroupName).toBe("/astro/dev/worker");
    expect(JSON.stringify(design.at("service", "ExecutionRole").Policies)).toContain(":log-group:/astro/dev/worker:*");
  });

  it("waits for the first image, without a load balancer, on Spot unless it says otherwise, and goes back if it fails", () => {
    const service = design.at("worker", "Service");
    expect(service).toMatchObject({
      DesiredCount: { "Fn::If": ["HasImage", 3, 0] },
      CapacityProviderStrategy: [{ CapacityProvider: "FARGATE_SPOT", Weight: 1 }],
      DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable: true, Rollback: true } },
      NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: "DISABLED" } },
    });
    expect(service).not.toHaveProperty("LoadBalancers");
    expect(pinned.at("worker", "Service").DesiredCount).toBe(1);
  });

  it("may leave a protected environment again", () => {
    expect(read({ region: "us-east-1" }).templates).not.toHaveProperty("worker");
  });
});

describe("a schedule", () => {
  it("starts a task of its own family, with its command, once there is an image", () => {
    expect(container(design, "schedule", "Tasktidyup")).toMatchObject({
      Name: "tidy-up",
      Command: ["python", "-m", "tidy"],
      Image: ran,
    });
    expect(design.at("schedule", "Tasktidyup").Family).toBe("astro-dev-schedule-tidy-up");
    expect(design.at("schedule", "Scheduletidyup")).toMatchObject({
      Name: "astro-dev-tidy-up",
      ScheduleExpression: "cron(0 3 * * ? *)",
      State: { "Fn::If": ["HasImage", "ENABLED", "DISABLED"] },
      FlexibleTimeWindow: { Mode: "OFF" },
      Target: {
        RoleArn: { "Fn::GetAtt": ["ScheduleRole", "Arn"] },
        EcsParameters: { TaskDefinitionArn: { Ref: "Tasktidyup" }, LaunchType: "FARGATE", TaskCount: 1 },
      },
    });
    expect(pinned.at("schedule", "Scheduleoften").State).toBe("ENABLED");
  });

  it("is started by a role that may run its families in its cluster, hand on the two roles, and nothing else", () => {
    const text = JSON.stringify(design.at("schedule", "ScheduleRole"));
    expect(text).toContain('"scheduler.amazonaws.com"');
    for (const part of [
      "schedule-tidy-up:*",
      "schedule-often:*",
      "ecs-task-role",
      "ecs-execution-role",
      "ecs:cluster",
    ]) {
      expect(text).toContain(part);
    }
    const actions = [...text.matchAll(/"Action":"([^"]+)"/g)].map(([, action]) => action);
    expect(actions).toEqual(["sts:AssumeRole", "ecs:RunTask", "ecs:TagResource", "iam:PassRole"]);
  });
});

describe("the parameter of the image", () => {
  it("is in every stack that runs it, and says what is pinned instead", () => {
    for (const stack of ["service", "worker", "schedule"]) {
      const [free, fixed] = [design, pinned].map(({ templates }) => templates[stack] ?? { Resources: {} });
      expect(free && imageParameterOf(free)).toEqual({ parameter: "Image" });
      expect(fixed && imageParameterOf(fixed)).toEqual({ parameter: "Image", pinned: "v1.2" });
      expect(fixed?.Parameters?.Image).toMatchObject({ Type: "String", Default: "" });
      expect(JSON.stringify(fixed?.Resources)).not.toContain('{"Ref":"Image"}');
    }
    expect(imageParameterOf(design.templates.network ?? { Resources: {} })).toBeUndefined();
  });
});
