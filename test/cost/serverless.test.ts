import { describe, expect, it } from "vitest";
import { TYPICAL_USAGE } from "../../src/cost/usage.ts";
import type { Json } from "../../src/template/types.ts";
import { bill, gaps, lines, monthly, using } from "./bill.ts";

type Properties = { readonly [name: string]: Json };

const lambda = (properties: Properties) => ({ Type: "AWS::Lambda::Function", Properties: properties });

describe("a Lambda function", () => {
  // AWS Lambda pricing, "Mobile application backend": 3 million requests of 120 ms with 1,536 MB cost $2.73.
  it("is AWS's own example", async () => {
    const usage = using({ Api: { requests: 3_000_000, durationMs: 120 } });
    const cost = await bill({ Api: lambda({ MemorySize: 1536 }) }, { usage });
    expect(lines(cost)).toEqual([
      "function requests, free: 1000000 × 0",
      "function requests: 2000000 × 2e-7",
      "function, x86, free: 400000 × 0",
      "function, x86: 140000 × 0.0000166667",
    ]);
    expect(monthly(cost, "Other")).toBe(2.73);
  });

  it("shares what the account has free between x86 and Arm, and has tiers", async () => {
    const usage = using({ Intel: { gbSeconds: 300_000 }, Arm: { gbSeconds: 7_500_200_000 } });
    const cost = await bill({ Intel: lambda({}), Arm: lambda({ Architectures: ["arm64"] }) }, { usage });
    expect(lines(cost)).toEqual([
      "function, x86, free: 300000 × 0",
      "function, arm64, free: 100000 × 0",
      "function, arm64: 7500000000 × 0.0000133334",
      "function, arm64: 100000 × 0.0000120001",
    ]);
  });

  it("costs nothing in a typical month, which is said", async () => {
    const cost = await bill({ Api: lambda({}) }, { usage: TYPICAL_USAGE });
    expect(cost.components.find(({ component }) => component === "Other")?.items.map(({ item }) => item)).toEqual([
      "function requests, free",
      "function, x86, free",
      "data out to the internet, free",
    ]);
    expect(cost.assumptions).toContain("100,000 requests a month to each Lambda function");
    expect(cost.assumptions).toContain("100 ms that a Lambda request takes");
  });

  it("pays for storage over 512 MB while it runs, and for what is kept warm all month", async () => {
    const Api = lambda({ MemorySize: 1024, EphemeralStorage: { Size: 1536 } });
    const Warm = {
      Type: "AWS::Lambda::Alias",
      Properties: {
        FunctionName: { Ref: "Api" },
        ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 2 },
      },
    };
    const Version = { Type: "AWS::Lambda::Version", Properties: { FunctionName: { Ref: "Api" } } };
    const cost = await bill({ Api, Warm, Version }, { usage: using({ Api: { gbSeconds: 500_000 } }) });
    expect(lines(cost)).toEqual([
      "function, x86, free: 400000 × 0",
      "function, x86: 100000 × 0.0000166667",
      "function storage over 512 MB: 500000 × 3.09e-8",
      "provisioned concurrency of 2: 5256000 × 0.0000041667",
    ]);
    expect(gaps(cost)).toEqual([]);
  });

  it("costs the same in the sixteen oldest regions, and is named where no price was found", async () => {
    const usage = using({ Api: { gbSeconds: 400_001 } });
    const of = async (region: string) => bill({ Api: lambda({}) }, { region, usage });
    expect(lines(await of("eu-west-1"))[1]).toBe("function, x86: 1 × 0.0000166667");
    expect(gaps(await of("af-south-1"))).toEqual([
      "Api: no price for function, x86 in af-south-1 (lambda.x86.gb_second)",
    ]);
  });
});

describe("a CodeBuild project", () => {
  const project = (ComputeType: string, Type = "LINUX_CONTAINER") => ({
    Type: "AWS::CodeBuild::Project",
    Properties: { Environment: { ComputeType, Type, Image: "aws/codebuild/standard:7.0" } },
  });

  it("is billed by the minute of its machine; 100 minutes of the smallest are free, x86 and Arm together", async () => {
    const usage = using({
      Small: { buildMinutes: 60 },
      Arm: { buildMinutes: 60 },
      Large: { buildMinutes: 100_000 },
      Windows: { buildMinutes: 100_000 },
    });
    const cost = await bill(
      {
        Small: project("BUILD_GENERAL1_SMALL"),
        Arm: project("BUILD_GENERAL1_SMALL", "ARM_CONTAINER"),
        Large: project("BUILD_GENERAL1_LARGE"),
        Windows: project("BUILD_GENERAL1_LARGE", "WINDOWS_SERVER_2022_CONTAINER"),
      },
      { usage },
    );
    // A public estimate of 100,000 minutes each says $2,000 and $3,600.
    expect(lines(cost)).toEqual([
      "builds, linux small, free: 60 × 0",
      "builds, arm small, free: 40 × 0",
      "builds, arm small: 20 × 0.0034",
      "builds, linux large: 100000 × 0.02",
      "builds, windows large: 100000 × 0.036",
    ]);
  });

  it("says which machine has no price, but only where it builds", async () => {
    const Gpu = project("BUILD_GENERAL1_LARGE", "LINUX_GPU_CONTAINER");
    expect(gaps(await bill({ Gpu }))).toEqual([]);
    expect(gaps(await bill({ Gpu }, { usage: using({ Gpu: { buildMinutes: 1 } }) }))).toEqual([
      "Gpu: no price for builds on BUILD_GENERAL1_LARGE, LINUX_GPU_CONTAINER",
    ]);
  });
});

describe("an EFS file system", () => {
  const files = (properties: Properties) => ({ Type: "AWS::EFS::FileSystem", Properties: properties });

  // A public estimate of 230 GB with 100 MiB/s provisioned: $69.00, and $531.00 for the 88.5 MiB/s beyond its own 11.5.
  it("pays for provisioned throughput beyond what its storage brings along", async () => {
    const Files = files({ ThroughputMode: "provisioned", ProvisionedThroughputInMibps: 100 });
    const cost = await bill({ Files }, { usage: using({ Files: { storageGB: 230 } }) });
    expect(lines(cost)).toEqual(["files: 230 × 0.3", "throughput beyond the storage's own: 88.5 × 6"]);
    expect(monthly(cost, "Other")).toBe(600);
  });

  it("pays for what is read and written where it is elastic, and less in one zone", async () => {
    const usage = using({ Files: { storageGB: 10, readGB: 100, writtenGB: 50 } });
    expect(lines(await bill({ Files: files({ ThroughputMode: "elastic" }) }, { usage }))).toEqual([
      "files: 10 × 0.3",
      "files read: 100 × 0.03",
      "files written: 50 × 0.06",
    ]);
    const zonal = files({ AvailabilityZoneName: "us-east-1a" });
    expect(lines(await bill({ Files: zonal }, { usage }))).toEqual(["files: 10 × 0.16"]);
    expect(lines(await bill({ Files: files({}) }, { usage, region: "eu-central-1" }))).toEqual(["files: 10 × 0.36"]);
  });

  it("says that colder classes are cheaper, and where it has no price", async () => {
    const Files = files({ LifecyclePolicies: [{ TransitionToIA: "AFTER_30_DAYS" }] });
    const cost = await bill({ Files }, { region: "eu-west-1", usage: using({ Files: { storageGB: 1 } }) });
    expect(cost.assumptions).toContain(
      "Files keeps its files in the class they were written to; colder classes are cheaper",
    );
    expect(gaps(cost)).toEqual(["Files: no price for files in eu-west-1 (efs.standard.gb_month)"]);
  });
});
