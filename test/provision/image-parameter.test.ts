import { CreateChangeSetCommand, ExecuteChangeSetCommand } from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import type { EnvironmentInput } from "../../src/config/schema.ts";
import { withDeployedImage } from "../../src/plan/images.ts";
import { stackFor } from "../../src/plan/plan.ts";
import { DENIED } from "../../src/provision/workload/port.ts";
import type { Stack } from "../../src/synth/assembly.ts";
import { isObject } from "../../src/template/json.ts";
import type { Json, Template } from "../../src/template/types.ts";
import { type Rehearsed, rehearsed } from "../support/rehearsed.ts";
import { SITE } from "../support/stacks.ts";
import { assemblyOf } from "../template/app/synth.ts";

const BASE: EnvironmentInput = {
  region: "eu-west-1",
  worker: { command: ["celery"], tasks: 2 },
  schedule: [{ name: "tidy", cron: "rate(1 day)", command: ["tidy"] }],
};
const NONE: EnvironmentInput = { region: "eu-west-1", network: { nat: "none" }, service: { maxTasks: 3 } };
const OURS = ["schedule", "service", "worker"] as const;
const PINNED = "public.ecr.aws/nginx/nginx:1";
const IMAGE = `public.ecr.aws/shop/api@sha256:${"a".repeat(64)}`;

/** Whole environments are made, some of them several times over. */
const SLOW = 300_000;

const made = (environment: EnvironmentInput) => assemblyOf(environment, SITE.project, SITE.environment);
const nameOf = (stack: string) => `shop-dev-${stack}`;

/** The change set of a deployment: the template as it is, and another image. */
async function deploy(lab: Rehearsed, stack: string, image: string): Promise<void> {
  const { parameters = {} } = (await lab.cloud.stack({ name: nameOf(stack), region: SITE.region })) ?? {};
  const named = { StackName: nameOf(stack), ChangeSetName: "deploy" };
  await lab.cloudformation.send(
    new CreateChangeSetCommand({
      ...named,
      UsePreviousTemplate: true,
      Capabilities: ["CAPABILITY_NAMED_IAM"],
      Parameters: Object.keys(parameters).map((ParameterKey) =>
        ParameterKey === "Image" ? { ParameterKey, ParameterValue: image } : { ParameterKey, UsePreviousValue: true },
      ),
    }),
  );
  await lab.pass(30);
  await lab.cloudformation.send(new ExecuteChangeSetCommand(named));
  expect(await lab.settled(nameOf(stack))).toBe("UPDATE_COMPLETE");
}

/** The stacks as `astro provision` plans them, given what stands. */
async function planned(lab: Rehearsed, stacks: readonly Stack[]): Promise<readonly Stack[]> {
  const { deployed } = await lab.plan(stacks);
  return stacks.map((stack) =>
    withDeployedImage(stack, stackFor(deployed, { stack: stack.name, region: stack.region })),
  );
}

/** Services of the environment and how many tasks each is to have. */
async function servicesOf(lab: Rehearsed): Promise<readonly string[]> {
  const found = await lab.cloud.liveServices("eu-west-1", "shop-dev", ["api", "worker"]);
  return found === DENIED ? [] : found.map(({ name, desired }) => `${name} ${desired}`);
}

const imagesOf = async (lab: Rehearsed) =>
  Promise.all(
    OURS.map(async (name) => (await lab.cloud.stack({ name: nameOf(name), region: SITE.region }))?.parameters?.Image),
  );

const changed = (outcomes: { readonly [stack: string]: string }) =>
  Object.entries(outcomes).flatMap(([stack, outcome]) => (outcome === "unchanged" ? [] : [`${stack} ${outcome}`]));

/** The service's stack as a release of astro without the parameter made it. */
function earlier(stack: Stack): Stack {
  const { Conditions: _, Outputs = {}, Metadata = {}, Parameters = {}, ...rest } = stack.template;
  if (Metadata["astro:image"] === undefined) return stack;
  const { "astro:image": _image, ...metadata } = Metadata;
  const { Image: _parameter, ...parameters } = Parameters;
  const { RunningImage: _running, DeployedImage: _deployed, ...outputs } = Outputs;
  const without = (value: Json): Json => {
    if (Array.isArray(value)) return value.map((one: Json) => without(one));
    if (!isObject(value)) return value;
    const choice = value["Fn::If"];
    if (Array.isArray(choice)) return without((choice as readonly Json[])[2] ?? null);
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, without(one)]));
  };
  const resources = Object.entries(rest.Resources).filter(([, { Condition }]) => Condition === undefined);
  const template = {
    ...rest,
    Metadata: metadata,
    Parameters: parameters,
    Outputs: { ...outputs, Image: { Value: "a placeholder" } },
    Resources: without(Object.fromEntries(resources) as unknown as Json),
  } as unknown as Template;
  return { ...stack, template, body: JSON.stringify(template) };
}

describe("what a deployment gave a stack as its image", () => {
  it(
    "stays through every provisioning, and a pinned one is put before it and taken away again",
    async () => {
      const lab = await rehearsed();
      const stacks = await made(BASE);
      expect((await lab.provision(stacks)).result.failed).toEqual([]);
      expect(await servicesOf(lab)).toEqual(["api 1", "worker 0"]);
      for (const name of OURS) await deploy(lab, name, IMAGE);
      expect(await servicesOf(lab)).toEqual(["api 1", "worker 2"]);

      // Nothing is to be done, and nothing is: also not where the stacks are known without what was deployed meanwhile.
      const { plan } = await lab.plan(await planned(lab, stacks));
      expect(plan.steps.filter(({ action }) => action !== "unchanged")).toEqual([]);
      expect(plan.steps.flatMap(({ image }) => (image ? [image] : []))).toEqual(
        OURS.map(() => ({ runs: IMAGE, since: expect.stringMatching(/^2026-03-01T/) })),
      );
      expect(changed((await lab.provision(await planned(lab, stacks))).outcomes)).toEqual([]);
      expect((await lab.provision(stacks)).result.failed).toEqual([]);
      expect(await imagesOf(lab)).toEqual([IMAGE, IMAGE, IMAGE]);

      // Another size restarts what is deployed, not the placeholder.
      const larger = await made({ ...BASE, service: { cpu: 512, memory: 1024 } });
      expect((await lab.provision(await planned(lab, larger))).result.failed).toEqual([]);
      expect(await imagesOf(lab)).toEqual([IMAGE, IMAGE, IMAGE]);

      const pinned = await planned(lab, await made({ ...BASE, service: { image: PINNED } }));
      const told = (await lab.plan(pinned)).plan.steps.flatMap(({ image }) => (image ? [image] : []));
      expect(told).toEqual(OURS.map(() => expect.objectContaining({ runs: IMAGE, becomes: PINNED })));
      expect((await lab.provision(pinned)).result.failed).toEqual([]);
      expect(await imagesOf(lab)).toEqual([IMAGE, IMAGE, IMAGE]);
      const back = (await lab.plan(await planned(lab, stacks))).plan.steps.flatMap(({ image }) =>
        image ? [image] : [],
      );
      expect(back).toEqual(OURS.map(() => expect.objectContaining({ runs: PINNED, pinned: true, becomes: IMAGE })));
    },
    SLOW,
  );

  it.each([
    ["on the placeholder", BASE],
    ["without a NAT gateway", NONE],
    ["with a pinned image", { region: "eu-west-1", service: { image: PINNED } } as const],
  ])(
    "is a parameter that an environment %s gains later, and nothing restarts",
    async (_, environment) => {
      const lab = await rehearsed();
      const stacks = await made(environment);
      expect((await lab.provision(stacks.map(earlier))).result.failed).toEqual([]);
      const { plan } = await lab.plan(stacks);
      const touched = plan.steps.flatMap(({ stack, changes }) =>
        changes.map(({ logicalId, action }) => `${stack} ${logicalId} ${action}`),
      );
      expect(touched).toEqual([]);
      const { result, outcomes } = await lab.provision(stacks);
      expect([result.failed, changed(outcomes).filter((one) => !one.endsWith(" updated"))]).toEqual([[], []]);
      expect((await lab.cloud.stack({ name: nameOf("service"), region: SITE.region }))?.parameters?.Image).toBe("");
    },
    SLOW,
  );

  it(
    "starts what waits for it where no placeholder can be pulled",
    async () => {
      const lab = await rehearsed();
      const stacks = await made(NONE);
      expect((await lab.provision(stacks)).result.failed).toEqual([]);
      expect(await servicesOf(lab)).toEqual(["api 0"]);
      await deploy(lab, "service", IMAGE);
      expect(await servicesOf(lab)).toEqual(["api 1"]);
      expect(changed((await lab.provision(await planned(lab, stacks))).outcomes)).toEqual([]);
    },
    SLOW,
  );
});
