import { describe, expect, it } from "vitest";
import { NotChecked } from "../../src/preflight/finding.ts";
import type { JsonObject } from "../../src/template/types.ts";
import { deployedAs, found } from "../support/preflight.ts";
import { stackOf } from "../support/stacks.ts";

const spot = (base: number) => [
  { CapacityProvider: "FARGATE", Base: base, Weight: base > 0 ? 1 : 0 },
  { CapacityProvider: "FARGATE_SPOT", Weight: 99 },
];
const service = (properties: JsonObject, more: Parameters<typeof stackOf>[2] = {}, cpu = "1024") => [
  stackOf("shop-dev-service", "ecs", {
    ...more,
    resources: {
      Definition: { Type: "AWS::ECS::TaskDefinition", Properties: { Cpu: cpu, Memory: "2048" } },
      Service: { Type: "AWS::ECS::Service", Properties: { TaskDefinition: { Ref: "Definition" }, ...properties } },
      ...more.resources,
    },
  }),
];
const ON_DEMAND = { CapacityProviderStrategy: [{ CapacityProvider: "FARGATE", Weight: 1 }] };
const quota = (value: number) => ({ look: { quota: async () => value } });

describe("Fargate's vCPUs", () => {
  it("are good if the tasks fit the quota", async () => {
    const stacks = service({ ...ON_DEMAND, DesiredCount: 6 });
    expect(await found("fargate", stacks, quota(6))).toMatchObject([{ outcome: "ok" }]);
    expect(await found("fargate-spot", stacks, quota(6))).toEqual([]);
  });

  it("are a problem if they do not: a new account may have very few", async () => {
    expect(await found("fargate", service({ ...ON_DEMAND, DesiredCount: 7 }), quota(6))).toMatchObject([
      {
        outcome: "problem",
        words: "7 wanted, and eu-west-1 gives 6 Fargate On-Demand vCPUs",
        fix: { action: { type: "raise-quota", service: "fargate", quota: "L-3032A538", to: 7 } },
      },
    ]);
  });

  it("are a warning if only the most tasks it may scale out to do not", async () => {
    const resources = {
      Target: { Type: "AWS::ApplicationAutoScaling::ScalableTarget", Properties: { MinCapacity: 2, MaxCapacity: 20 } },
    };
    expect(await found("fargate", service(ON_DEMAND, { resources }), quota(6))).toMatchObject([
      { outcome: "warning", words: expect.stringContaining("scaled out it wants 20") },
    ]);
  });

  it("are counted where they run: the base on demand, the rest on Spot", async () => {
    const stacks = service({ CapacityProviderStrategy: spot(2), DesiredCount: 10 }, {}, "256");
    expect(await found("fargate", stacks)).toMatchObject([{ words: expect.stringMatching(/^0\.75 of 5 vCPUs/) }]);
    expect(await found("fargate-spot", stacks)).toMatchObject([{ words: expect.stringMatching(/^2 of 5 vCPUs/) }]);
  });

  it("are not asked for while as many tasks run as before", async () => {
    const before = service({ ...ON_DEMAND, DesiredCount: 1 }).map((one) => deployedAs(one, "CREATE_COMPLETE"));
    const renamed = service({ ...ON_DEMAND, DesiredCount: 1, HealthCheckGracePeriodSeconds: 60 });
    expect(await found("fargate", renamed, { deployed: before })).toEqual([]);
    const more = service({ ...ON_DEMAND, DesiredCount: 3 });
    expect(await found("fargate", more, { deployed: before })).toMatchObject([{ outcome: "ok" }]);
  });

  it("are not checked where Service Quotas is denied", async () => {
    const look = { quota: () => Promise.reject(new NotChecked("no")) };
    expect(await found("fargate", service({ ...ON_DEMAND, DesiredCount: 1 }), { look })).toMatchObject([
      { outcome: "not-checked", words: "no" },
    ]);
  });
});
