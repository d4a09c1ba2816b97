import { CreateRepositoryCommand, ECRClient, PutImageCommand } from "@aws-sdk/client-ecr";
import { describe, expect, it } from "vitest";
import type { Known } from "../../src/provision/run.ts";
import { type AppStack, appStacksOf } from "../../src/release/app-stacks.ts";
import { rolloutOf } from "../../src/release/rollout.ts";
import { taskArchitecture } from "../../src/template/task-architecture.ts";
import type { Template } from "../../src/template/types.ts";
import { type Rehearsed, rehearsed } from "../support/rehearsed.ts";
import { serviceApp } from "../support/service-app.ts";
import { SITE, stackOf } from "../support/stacks.ts";

const REPOSITORY = `${SITE.account}.dkr.ecr.${SITE.region}.amazonaws.com/shop-dev`;
const image = (digit: string) => `${REPOSITORY}@sha256:${digit.repeat(64)}`;
const NAME = "shop-dev-service";

/** A service as a generated app has one: its image is a parameter's value. */
function service(): ReturnType<typeof stackOf> {
  const { Resources } = serviceApp(SITE.region, "placeholder");
  const named = JSON.parse(
    JSON.stringify(Resources).replace(
      '"Image":"placeholder"',
      '"Image":{"Fn::If":["HasImage",{"Ref":"Image"},"public.ecr.aws/docker/library/python:3.12"]}',
    ),
  ) as Template["Resources"];
  const template: Template = {
    Metadata: { "astro:phase": "ecs", "astro:image": { parameter: "Image" } },
    Parameters: { Image: { Type: "String", Default: "" }, Other: { Type: "String", Default: "as it was" } },
    Conditions: { HasImage: { "Fn::Not": [{ "Fn::Equals": [{ Ref: "Image" }, ""] }] } },
    Resources: named,
  };
  return { ...stackOf(NAME, "ecs"), template, body: JSON.stringify(template) };
}

async function provisioned(aws: Rehearsed): Promise<void> {
  const { endpoint, credentials } = aws.rehearsal;
  const ecr = new ECRClient({ endpoint, credentials, region: SITE.region });
  await ecr.send(new CreateRepositoryCommand({ repositoryName: "shop-dev" }));
  for (const digit of ["1", "2"]) {
    const imageDigest = `sha256:${digit.repeat(64)}`;
    await ecr.send(new PutImageCommand({ repositoryName: "shop-dev", imageManifest: "{}", imageDigest }));
  }
  const { result } = await aws.provision([service()]);
  expect(result.outcome).toBe("done");
}

async function apps(aws: Rehearsed): Promise<{ readonly apps: readonly AppStack[]; readonly known: Known }> {
  const { deployed } = await aws.plan([]);
  return { apps: appStacksOf(deployed), known: { deployed, values: new Map() } };
}

async function rolledOut(aws: Rehearsed, to: string) {
  const { apps: found, known } = await apps(aws);
  const { plan, stacks } = await rolloutOf(SITE, found, to);
  return aws.carry(plan, stacks, known, {});
}

const imageNow = async (aws: Rehearsed) => (await aws.cloud.stack({ name: NAME, region: SITE.region }))?.parameters;

describe("the machines of a stack's tasks", () => {
  it("are those of the deployed task definition", () => {
    const definition = (platform: object): Template => ({
      Resources: { Definition: { Type: "AWS::ECS::TaskDefinition", Properties: { RuntimePlatform: { ...platform } } } },
    });
    expect(taskArchitecture(definition({ CpuArchitecture: "ARM64" }))).toBe("arm64");
    expect(taskArchitecture(definition({ CpuArchitecture: "X86_64" }))).toBe("x86_64");
    expect(taskArchitecture(service().template)).toBe("x86_64");
  });
});

describe("a roll-out", () => {
  it("changes the image and nothing else, by the template that the stack has", async () => {
    const aws = await rehearsed();
    await provisioned(aws);
    const before = await aws.cloud.stack({ name: NAME, region: SITE.region });
    const ran = await rolledOut(aws, image("1"));
    expect(ran.result.outcome, JSON.stringify(ran.result.failed) + String(ran.result.error)).toBe("done");
    const changed = ran.events.flatMap((event) =>
      event.type === "resource.changed" && event.status === "UPDATE_COMPLETE" ? [event.resource] : [],
    );
    expect(changed.filter((id) => id !== NAME)).toEqual(["Task", "Service"]);
    const after = await aws.cloud.stack({ name: NAME, region: SITE.region });
    expect(after?.parameters).toEqual({ Image: image("1"), Other: "as it was" });
    expect(after?.tags).toEqual(before?.tags);
    expect(await aws.cloud.template({ name: NAME, region: SITE.region })).toBe(service().body);
    expect(await aws.left()).toEqual([]);
  });

  it("that cannot work is cancelled by its second failed task, and the image before is back", async () => {
    const aws = await rehearsed({ faults: [{ workload: "crash-loop", on: "update", nth: 2 }] });
    await provisioned(aws);
    expect((await rolledOut(aws, image("1"))).result.outcome).toBe("done");
    const failed = await rolledOut(aws, image("2"));
    expect(failed.result.outcome).toBe("failed");
    expect(failed.result.failed.map(({ stack, status, code }) => [stack, status, code])).toEqual([
      [NAME, "UPDATE_ROLLBACK_COMPLETE", "container-exit"],
    ]);
    expect((await imageNow(aws))?.Image).toBe(image("1"));
    expect(await aws.left()).toEqual([]);
  });

  it("reaches those that people do not see first, and the API last", async () => {
    const aws = await rehearsed();
    await provisioned(aws);
    const { apps: found } = await apps(aws);
    const [api] = found;
    if (api === undefined) throw new Error("there is no service");
    const beside = (name: string, kind: "worker" | "schedule") => {
      const { Service, ...rest } = api.stack.template.Resources;
      const { LoadBalancers: _, ...properties } = Service?.Properties ?? {};
      const Resources =
        kind === "worker" && Service ? { ...rest, Service: { ...Service, Properties: properties } } : rest;
      return { ...api.stack, name, template: { ...api.stack.template, Resources } };
    };
    const all = appStacksOf([api.stack, beside("shop-dev-worker", "worker"), beside("shop-dev-schedule", "schedule")]);
    const { plan } = await rolloutOf(SITE, all, image("1"));
    expect(plan.steps.map(({ stack, needs }) => [stack, needs])).toEqual([
      ["shop-dev-schedule", []],
      ["shop-dev-worker", ["shop-dev-schedule"]],
      [NAME, ["shop-dev-schedule", "shop-dev-worker"]],
    ]);
    expect((await rolloutOf(SITE, [{ ...api, pinned: "1.0" }], image("1"))).plan.steps).toEqual([]);
    expect((await rolloutOf(SITE, [{ ...api, image: image("1") }], image("1"))).plan.steps).toEqual([]);
  });
});
