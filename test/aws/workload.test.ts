import { describe, expect, it } from "vitest";
import type { Cloud } from "../../src/provision/cloud.ts";
import { rehearsed } from "../support/rehearsed.ts";
import { serviceApp } from "../support/service-app.ts";
import { SITE, stackOf } from "../support/stacks.ts";

const ref = { region: SITE.region, cluster: "apps", name: "api" };
const group = `arn:aws:elasticloadbalancing:${SITE.region}:${SITE.account}:targetgroup/gone/0123456789abcdef`;
const task = { id: "0123456789abcdef", definition: "apps:1" };

/** One look-up of each kind, what it asks first, and its answer where nothing is there. */
const LOOKS: readonly (readonly [call: string, look: (cloud: Cloud) => Promise<unknown>, nothing: unknown])[] = [
  ["ecs:DescribeServices", (cloud) => cloud.service(ref), undefined],
  ["ecs:ListTasks", (cloud) => cloud.serviceTasks(ref, "STOPPED"), []],
  ["elasticloadbalancing:DescribeTargetHealth", (cloud) => cloud.targets(SITE.region, group), []],
  ["ecs:DescribeTaskDefinition", (cloud) => cloud.logTail(SITE.region, task, "api", 20), undefined],
];

describe("looking at a service, its tasks, targets and logs", () => {
  it.each(LOOKS)("%s: is said to be denied where it is, and no error", async (call, look) => {
    const { cloud } = await rehearsed({ faults: [{ call, effect: "denied" }] });
    expect(await look(cloud)).toBe("denied");
  });

  it.each(LOOKS)("%s: finds nothing where nothing is", async (_, look, nothing) => {
    const { cloud } = await rehearsed();
    expect(await look(cloud)).toEqual(nothing);
  });

  it.each(LOOKS)("%s: gives up after a few tries, so that nobody waits for it", async (call, look) => {
    const { cloud } = await rehearsed({ faults: [{ call, effect: "error", times: 3 }] });
    await expect(look(cloud)).rejects.toThrow("unknown error");
    expect(await look(cloud)).not.toBe("denied");
  });

  it("finds what is there", async () => {
    const aws = await rehearsed({ faults: [{ workload: "spot-interruption" }] });
    const { Resources: resources } = serviceApp(SITE.region, "public.ecr.aws/x/app:1");
    await aws.provision([stackOf("shop-dev-service", "ecs", { resources })]);
    const service = await aws.cloud.service(ref);
    expect(service).toMatchObject({
      running: 1,
      port: 8000,
      deployments: [{ id: expect.stringMatching(/^ecs-svc\/\d+$/) }],
    });
    if (service === undefined || service === "denied") throw new Error("no service");
    const running = await aws.cloud.serviceTasks(ref, "RUNNING");
    const stopped = await aws.cloud.serviceTasks(ref, "STOPPED");
    expect(running).toMatchObject([{ deployment: service.deployments[0]?.id, containers: [{ name: "api" }] }]);
    expect(stopped).toMatchObject([{ stopCode: "SpotInterruption" }, { stopCode: "SpotInterruption" }]);
    const targets = await aws.cloud.targets(SITE.region, service.targetGroups[0] ?? "");
    expect(targets).toEqual([{ address: running !== "denied" && running[0]?.address, state: "healthy" }]);
  });
});
