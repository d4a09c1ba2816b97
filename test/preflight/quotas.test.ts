import { describe, expect, it } from "vitest";
import { NotChecked } from "../../src/preflight/finding.ts";
import { deployedAs, fixWords, found } from "../support/preflight.ts";
import { SITE, stackOf } from "../support/stacks.ts";

const VPC = { Type: "AWS::EC2::VPC", Properties: { CidrBlock: "10.0.0.0/16" } };
const EIP = { Type: "AWS::EC2::EIP", Properties: { Domain: "vpc" } };
const NAT = { Type: "AWS::EC2::NatGateway", Properties: { SubnetId: "s", AllocationId: "e" } };
const network = (resources: Parameters<typeof stackOf>[2] = {}) => [stackOf("shop-dev-network", "vpc", resources)];
const NETWORK = network({ resources: { Vpc: VPC, One: EIP, Two: EIP, Nat: NAT } });
const addresses = (count: number, free = 0) =>
  Array.from({ length: count }, (_, index) => ({ id: `eipalloc-${index}`, used: index >= free }));

describe("Elastic IP addresses", () => {
  it("are good as long as what is wanted fits beside what is there", async () => {
    const look = { addresses: async () => addresses(3) };
    expect(await found("elastic-ips", NETWORK, { look })).toMatchObject([
      { outcome: "ok", words: "2 wanted, 2 of 5 free in eu-west-1" },
    ]);
  });

  it("are a problem if they do not, which names those nobody uses and asks AWS for more", async () => {
    const look = { addresses: async () => addresses(4, 1) };
    const [finding] = await found("elastic-ips", NETWORK, { look });
    expect(finding).toMatchObject({
      outcome: "problem",
      words: "2 wanted, and only 1 of 5 Elastic IP addresses in eu-west-1 is free; unused: eipalloc-0",
      fix: { action: { type: "raise-quota", service: "ec2", quota: "L-0263D0A3", region: SITE.region, to: 6 } },
    });
    expect(fixWords(finding)).toContain("astro init --env dev --nat one");
  });

  it("are not checked where the look-up is denied", async () => {
    const look = {
      addresses: () => Promise.reject(new NotChecked("these credentials do not allow ec2:DescribeAddresses")),
    };
    expect(await found("elastic-ips", NETWORK, { look })).toEqual([
      {
        code: "elastic-ips",
        outcome: "not-checked",
        words: "these credentials do not allow ec2:DescribeAddresses",
      },
    ]);
  });

  it("that stand already are not wanted once more", async () => {
    const asked: string[] = [];
    const deployed = NETWORK.map((stack) => deployedAs(stack, "CREATE_COMPLETE"));
    expect(await found("elastic-ips", NETWORK, { deployed, asked })).toEqual([]);
    expect(asked).not.toContain("addresses");
  });

  it("that come to what stands are counted alone", async () => {
    const deployed = network({ resources: { Vpc: VPC, One: EIP } }).map((one) => deployedAs(one, "CREATE_COMPLETE"));
    const look = { addresses: async () => addresses(1) };
    expect(await found("elastic-ips", NETWORK, { deployed, look })).toMatchObject([
      { words: "1 wanted, 4 of 5 free in eu-west-1" },
    ]);
    expect(await found("vpcs", NETWORK, { deployed, look })).toEqual([]);
  });
});

describe("VPCs", () => {
  it("are a problem where the region has as many as it may", async () => {
    expect(await found("vpcs", NETWORK, { look: { vpcs: async () => 5 } })).toMatchObject([
      { outcome: "problem", words: "1 wanted, and none of 5 VPCs in eu-west-1 is free" },
    ]);
    expect(await found("vpcs", NETWORK, { look: { vpcs: async () => 4 } })).toMatchObject([{ outcome: "ok" }]);
  });
});

describe("NAT gateways", () => {
  const five = (zone: string) => Array.from({ length: 5 }, () => zone);

  it("are a warning where a zone is full, for nobody knows in which zone they will be", async () => {
    const look = { natGateways: async () => [...five("eu-west-1a"), "eu-west-1b"] };
    expect(await found("nat-gateways", NETWORK, { look })).toMatchObject([
      { outcome: "warning", words: "1 wanted, and eu-west-1a has the 5 that a zone may have" },
    ]);
  });

  it("are good where none is", async () => {
    const look = { natGateways: async () => ["eu-west-1a", "eu-west-1b"] };
    expect(await found("nat-gateways", NETWORK, { look })).toMatchObject([{ outcome: "ok" }]);
  });
});
