import { describe, expect, it } from "vitest";
import type { Json } from "../../src/template/types.ts";
import { bill, gaps, lines, monthly, using } from "./bill.ts";

function task(properties: { readonly [name: string]: Json } = {}) {
  return { Type: "AWS::ECS::TaskDefinition", Properties: { Cpu: "256", Memory: "512", ...properties } };
}

function service(properties: { readonly [name: string]: Json }) {
  return { Type: "AWS::ECS::Service", Properties: { TaskDefinition: { Ref: "Task" }, ...properties } };
}

const SPOT = [{ CapacityProvider: "FARGATE_SPOT", Weight: 1 }];

describe("an ECS service on Fargate", () => {
  it("is priced by the vCPU-hour and the GB-hour: the dev preset's task on Spot is $2.87", async () => {
    const cost = await bill({ Task: task(), Service: service({ CapacityProviderStrategy: SPOT, DesiredCount: 1 }) });
    // 0.25 vCPU × 730 h × 0.01288561 + 0.5 GB × 730 h × 0.00141493
    expect(lines(cost)).toEqual(["0.25 vCPU, Spot: 182.5 × 0.01288561", "0.5 GB memory, Spot: 365 × 0.00141493"]);
    expect(monthly(cost, "ECS Fargate")).toBe(2.87);
  });

  it("costs $9.01 on demand", async () => {
    const cost = await bill({ Task: task(), Service: service({ LaunchType: "FARGATE", DesiredCount: 1 }) });
    // 182.5 × 0.04048 + 365 × 0.004445 = 7.3876 + 1.622425
    expect(monthly(cost, "ECS Fargate")).toBe(9.01);
  });

  it("fills each provider's base first and shares the rest by weight", async () => {
    const CapacityProviderStrategy = [
      { CapacityProvider: "FARGATE", Base: 1, Weight: 1 },
      { CapacityProvider: "FARGATE_SPOT", Weight: 3 },
    ];
    const cost = await bill({ Task: task(), Service: service({ CapacityProviderStrategy, DesiredCount: 5 }) });
    // One task by base, one of the other four by weight: two on demand, three on Spot.
    expect(lines(cost)[0]).toBe("0.25 vCPU, on demand: 365 × 0.04048");
    expect(lines(cost)[2]).toBe("0.25 vCPU, Spot: 547.5 × 0.01288561");
  });

  it.each([
    [2, 1, 99, "0.25 vCPU, Spot: 182.5 × 0.01288561"],
    [2, 1, 1, "none"],
    [3, 1, 1, "0.25 vCPU, Spot: 182.5 × 0.01288561"],
  ])("runs whole tasks: of %d, one by base, weights %d and %d put %s on Spot", async (tasks, onDemand, spot, line) => {
    const CapacityProviderStrategy = [
      { CapacityProvider: "FARGATE", Base: 1, Weight: onDemand },
      { CapacityProvider: "FARGATE_SPOT", Weight: spot },
    ];
    const cost = await bill({ Task: task(), Service: service({ CapacityProviderStrategy, DesiredCount: tasks }) });
    expect(lines(cost).find((one) => one.startsWith("0.25 vCPU, Spot")) ?? "none").toBe(line);
  });

  it("takes the cluster's strategy where it has none of its own", async () => {
    const cost = await bill({
      Task: task(),
      Cluster: { Type: "AWS::ECS::Cluster" },
      Providers: {
        Type: "AWS::ECS::ClusterCapacityProviderAssociations",
        Properties: { Cluster: { Ref: "Cluster" }, DefaultCapacityProviderStrategy: SPOT },
      },
      Service: service({ Cluster: { Ref: "Cluster" } }),
    });
    expect(lines(cost)[0]).toBe("0.25 vCPU, Spot: 182.5 × 0.01288561");
  });

  it("has no price on container instances, and none on Windows", async () => {
    const onInstances = await bill({ Task: task(), Service: service({ LaunchType: "EC2" }) });
    expect(gaps(onInstances)).toEqual(["Service: it runs on container instances of its own, not on Fargate"]);
    // Amazon ECS pricing: on EC2 nothing is billed but the machines.
    const Web = { Type: "AWS::EC2::Instance", Properties: { InstanceType: "t3.micro" } };
    const beside = await bill({ Task: task(), Service: service({ LaunchType: "EC2" }), Web });
    expect(beside.assumptions).toContain("Service runs on machines that are priced by themselves");
    expect(gaps(beside).filter((gap) => gap.startsWith("Service"))).toEqual([]);
    const windows = task({ RuntimePlatform: { OperatingSystemFamily: "WINDOWS_SERVER_2022_CORE" } });
    const cost = await bill({ Task: windows, Service: service({ LaunchType: "FARGATE" }) });
    expect(gaps(cost)).toEqual(["Service: no prices for Windows on Fargate"]);
  });

  it("reads sizes in words, and prices storage over the free 20 GB", async () => {
    const definition = task({ Cpu: "1 vCPU", Memory: "2 GB", EphemeralStorage: { SizeInGiB: 50 } });
    const cost = await bill({ Task: definition, Service: service({ LaunchType: "FARGATE", DesiredCount: 2 }) });
    expect(lines(cost)).toEqual([
      "1 vCPU, on demand: 1460 × 0.04048",
      "2 GB memory, on demand: 2920 × 0.004445",
      "30 GB storage over the free 20: 43800 × 0.000111",
    ]);
  });

  it("counts the least number of tasks that scaling allows, and says so", async () => {
    const cost = await bill({
      Task: task(),
      Service: service({ LaunchType: "FARGATE" }),
      Target: {
        Type: "AWS::ApplicationAutoScaling::ScalableTarget",
        Properties: {
          MinCapacity: 2,
          MaxCapacity: 6,
          ResourceId: { "Fn::Join": ["/", ["service", "cluster", { "Fn::GetAtt": ["Service", "Name"] }]] },
        },
      },
    });
    expect(lines(cost)[0]).toBe("0.25 vCPU, on demand: 365 × 0.04048");
    expect(cost.assumptions).toContain("Service runs 2 tasks all month; scaling out to 6 is not priced");
  });

  it("costs nothing while no task is wanted", async () => {
    const cost = await bill({ Task: task(), Service: service({ LaunchType: "FARGATE", DesiredCount: 0 }) });
    expect(cost.monthlyTotal).toBe(0);
  });

  it("follows the usage file in tasks, hours and Spot share", async () => {
    const cost = await bill(
      { Task: task(), Service: service({ LaunchType: "FARGATE", DesiredCount: 1 }) },
      { usage: using({ Service: { tasks: 2.5, hours: 200, spotShare: 0.4 } }) },
    );
    expect(lines(cost)).toEqual([
      "0.25 vCPU, on demand: 75 × 0.04048",
      "0.5 GB memory, on demand: 150 × 0.004445",
      "0.25 vCPU, Spot: 50 × 0.01288561",
      "0.5 GB memory, Spot: 100 × 0.00141493",
    ]);
  });

  it("prices the public address of each task that has one", async () => {
    const NetworkConfiguration = { AwsvpcConfiguration: { AssignPublicIp: "ENABLED" } };
    const cost = await bill({
      Task: task(),
      Service: service({ LaunchType: "FARGATE", DesiredCount: 2, NetworkConfiguration }),
    });
    expect(lines(cost)).toContain("public IPv4 addresses of the tasks: 1460 × 0.005");
  });
});

describe("Fargate Spot without a list price", () => {
  const arm = task({ RuntimePlatform: { CpuArchitecture: "ARM64" } });

  it("is the published one for ARM where there is one", async () => {
    const cost = await bill({ Task: arm, Service: service({ CapacityProviderStrategy: SPOT }) });
    expect(lines(cost)[0]).toBe("0.25 vCPU, Spot: 182.5 × 0.01030969");
  });

  it("takes the discount of x86 for ARM elsewhere, and calls it a guess", async () => {
    const resources = { Task: arm, Service: service({ CapacityProviderStrategy: SPOT }) };
    const cost = await bill(resources, { region: "eu-central-1" });
    const onDemand = await bill({ Task: arm, Service: service({ LaunchType: "FARGATE" }) }, { region: "eu-central-1" });
    const ratio = monthly(cost, "ECS Fargate") / monthly(onDemand, "ECS Fargate");
    // 0.01441236 of 0.04656 USD a vCPU-hour, both x86 in Frankfurt.
    expect(ratio).toBeCloseTo(0.01441236 / 0.04656, 2);
    expect(cost.assumptions.join("\n")).toContain("no price is published for Fargate Spot on ARM in eu-central-1");
    expect(cost.assumptions.join("\n")).toContain("a guess");
  });

  it("is the price on demand where no Spot price is known at all, and says that this is too much", async () => {
    const resources = { Task: task(), Service: service({ CapacityProviderStrategy: SPOT }) };
    const cost = await bill(resources, { region: "eu-central-2" });
    const onDemand = await bill(
      { Task: task(), Service: service({ LaunchType: "FARGATE" }) },
      { region: "eu-central-2" },
    );
    expect(cost.monthlyTotal).toBe(onDemand.monthlyTotal);
    expect(cost.assumptions.join("\n")).toContain("no price is known for Fargate Spot in eu-central-2");
  });
});
