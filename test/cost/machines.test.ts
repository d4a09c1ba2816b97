import { describe, expect, it } from "vitest";
import type { Json } from "../../src/template/types.ts";
import { bill, gaps, lines, monthly, using } from "./bill.ts";

type Properties = { readonly [name: string]: Json };

const machine = (properties: Properties) => ({ Type: "AWS::EC2::Instance", Properties: properties });
const ROOT = { DeviceName: "/dev/xvda", Ebs: { VolumeSize: 8, VolumeType: "gp3" } };

describe("an EC2 instance", () => {
  // Two readings of AWS's price list, of March and December 2022, agree on each; us-east-1 was read anew in July 2026.
  it.each([
    ["us-east-1", "t3.micro", 0.0104],
    ["us-east-1", "m5.large", 0.096],
    ["us-east-1", "m8g.large", 0.08976],
    ["eu-west-1", "m5.large", 0.107],
    ["eu-central-1", "t3.micro", 0.012],
    ["ap-northeast-1", "c5.xlarge", 0.214],
    ["us-gov-west-1", "m5.large", 0.121],
    ["sa-east-1", "t3.medium", 0.0672],
    // Readings of April 2026 that the lists were not made from.
    ["af-south-1", "t4g.medium", 0.0434],
    ["ap-southeast-4", "t4g.large", 0.0848],
    ["ap-northeast-3", "t4g.micro", 0.0109],
    ["eu-south-2", "t3.micro", 0.0114],
    ["ap-northeast-2", "m7g.12xlarge", 2.4072],
    ["eu-south-2", "m7g.12xlarge", 2.1816],
  ])("in %s of the type %s is $%d an hour", async (region, InstanceType, usd) => {
    const cost = await bill({ Web: machine({ InstanceType, BlockDeviceMappings: [ROOT] }) }, { region });
    expect(lines(cost)[0]).toBe(`1 × ${InstanceType}, Linux on demand: 730 × ${usd}`);
    expect(gaps(cost).filter((gap) => gap.includes("ec2.linux"))).toEqual([]);
  });

  it("is its hours, its volumes and its public address", async () => {
    const data = { DeviceName: "/dev/sdf", Ebs: { VolumeSize: 100, VolumeType: "io1", Iops: 300 } };
    const interfaces = [{ DeviceIndex: "0", AssociatePublicIpAddress: true }];
    const Web = machine({
      InstanceType: "t3.micro",
      BlockDeviceMappings: [ROOT, data],
      NetworkInterfaces: interfaces,
    });
    expect(lines(await bill({ Web }, { usage: using({ Web: { hours: 100 } }) }))).toEqual([
      "1 × t3.micro, Linux on demand: 100 × 0.0104",
      "gp3 volume: 8 × 0.08",
      "io1 volume: 100 × 0.125",
      "io1 IOPS: 300 × 0.065",
      "public IPv4 addresses of the machines: 100 × 0.005",
    ]);
  });

  it("has from its launch template what it does not say itself", async () => {
    const LaunchTemplateData = { InstanceType: "m5.large", BlockDeviceMappings: [ROOT] };
    const cost = await bill({
      Template: { Type: "AWS::EC2::LaunchTemplate", Properties: { LaunchTemplateData } },
      Web: machine({
        LaunchTemplate: { LaunchTemplateId: { Ref: "Template" }, Version: "1" },
        InstanceType: "m5.xlarge",
      }),
    });
    expect(lines(cost)).toEqual(["1 × m5.xlarge, Linux on demand: 730 × 0.192", "gp3 volume: 8 × 0.08"]);
    expect(gaps(cost)).toEqual([]);
  });

  it("gets a public address from its subnet, unless an Elastic IP takes its place", async () => {
    const Subnet = { Type: "AWS::EC2::Subnet", Properties: { MapPublicIpOnLaunch: true } };
    const Web = machine({ InstanceType: "t3.micro", SubnetId: { Ref: "Subnet" }, BlockDeviceMappings: [ROOT] });
    const Address = { Type: "AWS::EC2::EIP", Properties: { InstanceId: { Ref: "Web" } } };
    const of = async (more: object) =>
      lines(await bill({ Subnet, Web, ...more })).filter((one) => one.includes("IPv4"));
    expect(await of({})).toEqual(["public IPv4 addresses of the machines: 730 × 0.005"]);
    expect(await of({ Address })).toEqual(["public IPv4 address: 730 × 0.005"]);
  });

  it.each<[Properties, string]>([
    [{}, "its instance type is not in the templates"],
    [{ InstanceType: "m5.large", Tenancy: "dedicated" }, "no prices for machines of the tenancy dedicated"],
    [
      {
        InstanceType: "m5.large",
        ImageId: "{{resolve:ssm:/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base}}",
      },
      "no prices for Windows on EC2",
    ],
    [{ InstanceType: "m5.large" }, "the disk that its image brings along, whose size only AWS knows"],
    [
      { InstanceType: "m99.large" },
      "no price for 1 × m99.large, Linux on demand in us-east-1 (ec2.linux.m99.large.hour)",
    ],
    [
      { InstanceType: "m5.large", BlockDeviceMappings: [{ DeviceName: "/dev/sdf", Ebs: { SnapshotId: "snap-1" } }] },
      "the size of /dev/sdf is its snapshot's, which only AWS knows",
    ],
  ])("says what of %j has no price", async (properties, reason) => {
    expect(gaps(await bill({ Web: machine(properties) }))).toContain(`Web: ${reason}`);
  });

  it("says in which region a type has no price, and prices its volume all the same", async () => {
    const Web = machine({ InstanceType: "c8g.large", BlockDeviceMappings: [ROOT] });
    const cost = await bill({ Web }, { region: "af-south-1" });
    expect(gaps(cost)).toEqual([
      "Web: no price for 1 × c8g.large, Linux on demand in af-south-1 (ec2.linux.c8g.large.hour)",
    ]);
    expect(lines(cost)).toEqual(["gp3 volume: 8 × 0.1047"]);
  });
});

describe("a volume", () => {
  // Amazon EBS pricing's example: 2,000 GB of gp3 with 10,000 IOPS and 500 MB/s are $3.50 for 12 hours, which are a
  // sixtieth of a month: $210.
  it("of gp3 is AWS's own example", async () => {
    const Properties = { VolumeType: "gp3", Size: 2000, Iops: 10_000, Throughput: 500 };
    const cost = await bill({ Data: { Type: "AWS::EC2::Volume", Properties } });
    expect(lines(cost)).toEqual([
      "gp3 volume: 2000 × 0.08",
      "IOPS over 3000: 7000 × 0.005",
      "throughput over 125 MB/s: 375 × 0.04",
    ]);
    expect(monthly(cost, "Other")).toBe(210);
  });

  it("is gp2 if it does not say, and its snapshot's size is nobody's guess", async () => {
    const of = (Properties: Properties) => bill({ Data: { Type: "AWS::EC2::Volume", Properties } });
    expect(lines(await of({ Size: 10 }))).toEqual(["gp2 volume: 10 × 0.1"]);
    expect(gaps(await of({ SnapshotId: "snap-1" }))).toEqual([
      "Data: its size is its snapshot's, which only AWS knows",
    ]);
    expect(gaps(await of({ VolumeType: "io2", Size: 10, Iops: 64_000 }))).toEqual([
      "Data: no price for more than 32000 IOPS of an io2",
    ]);
  });

  it("of gp3 costs four fifths of gp2 in every region that has a price for it", async () => {
    for (const [region, gp3, gp2] of [
      ["eu-west-1", 0.088, 0.11],
      ["eu-central-1", 0.0952, 0.119],
      ["sa-east-1", 0.152, 0.19],
    ] as const) {
      const of = async (VolumeType: string) =>
        lines(await bill({ Data: { Type: "AWS::EC2::Volume", Properties: { VolumeType, Size: 1 } } }, { region }));
      expect([await of("gp3"), await of("gp2")]).toEqual([[`gp3 volume: 1 × ${gp3}`], [`gp2 volume: 1 × ${gp2}`]]);
    }
  });
});

describe("an Auto Scaling group", () => {
  const template = {
    Type: "AWS::EC2::LaunchTemplate",
    Properties: {
      LaunchTemplateName: "web",
      LaunchTemplateData: { InstanceType: "m5.large", BlockDeviceMappings: [ROOT] },
    },
  };
  const group = (properties: Properties) => ({ Type: "AWS::AutoScaling::AutoScalingGroup", Properties: properties });
  const launch = {
    LaunchTemplateId: { Ref: "Template" },
    Version: { "Fn::GetAtt": ["Template", "LatestVersionNumber"] },
  };

  it("is as many of its launch template's machines as are desired, or at least run", async () => {
    const of = (properties: Properties) =>
      bill({ Template: template, Group: group({ MinSize: "2", MaxSize: "6", ...properties }) });
    const cost = await of({ LaunchTemplate: launch });
    expect(lines(cost)).toEqual(["2 × m5.large, Linux on demand: 1460 × 0.096", "gp3 volume: 16 × 0.08"]);
    expect(cost.assumptions).toContain("Group runs 2 machines all month; scaling out to 6 is not priced");
    const desired = await of({ LaunchTemplate: { LaunchTemplateName: "web", Version: "1" }, DesiredCapacity: "3" });
    expect(lines(desired)[0]).toBe("3 × m5.large, Linux on demand: 2190 × 0.096");
  });

  it("is what a usage file says it runs", async () => {
    const Group = group({ LaunchTemplate: launch, MinSize: "1", MaxSize: "6" });
    const usage = using({ Group: { instances: 2.5, hours: 200 } });
    expect(lines(await bill({ Template: template, Group }, { usage }))[0]).toBe(
      "2.5 × m5.large, Linux on demand: 500 × 0.096",
    );
  });

  it("may name a launch configuration, or a first choice of its mixed instances", async () => {
    const Configuration = {
      Type: "AWS::AutoScaling::LaunchConfiguration",
      Properties: { InstanceType: "t3.micro", AssociatePublicIpAddress: true, BlockDeviceMappings: [ROOT] },
    };
    const Old = group({ LaunchConfigurationName: { Ref: "Configuration" }, MinSize: "1", MaxSize: "1" });
    expect(lines(await bill({ Configuration, Old }))).toEqual([
      "1 × t3.micro, Linux on demand: 730 × 0.0104",
      "gp3 volume: 8 × 0.08",
      "public IPv4 addresses of the machines: 730 × 0.005",
    ]);
    const MixedInstancesPolicy = {
      InstancesDistribution: { OnDemandPercentageAboveBaseCapacity: 0 },
      LaunchTemplate: {
        LaunchTemplateSpecification: launch,
        Overrides: [{ InstanceType: "m5a.large" }, { InstanceType: "m5.large" }],
      },
    };
    const cost = await bill({ Template: template, Mixed: group({ MixedInstancesPolicy, MinSize: "1", MaxSize: "1" }) });
    expect(lines(cost)[0]).toBe("1 × m5a.large, Linux on demand: 730 × 0.086");
    expect(cost.assumptions.join()).toContain("Spot are priced on demand, which is too much");
  });
});
