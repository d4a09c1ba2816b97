import { describe, expect, it } from "vitest";
import { TYPICAL_USAGE } from "../../src/cost/usage.ts";
import { bill, gaps, lines, monthly, using } from "./bill.ts";

const NAT = {
  Address: { Type: "AWS::EC2::EIP", Properties: { Domain: "vpc" } },
  Nat: {
    Type: "AWS::EC2::NatGateway",
    Properties: { AllocationId: { "Fn::GetAtt": ["Address", "AllocationId"] } },
  },
};

describe("a NAT gateway", () => {
  it("is 730 hours at the list price, the data through it, and a public address", async () => {
    const cost = await bill(NAT, { usage: using({ Nat: { processedGB: 50 } }) });
    expect(lines(cost)).toEqual([
      "gateway hours: 730 × 0.045",
      "data processed: 50 × 0.045",
      "public IPv4 address: 730 × 0.005",
    ]);
    expect(monthly(cost, "NAT Gateway")).toBe(35.1);
    expect(monthly(cost, "Other")).toBe(3.65);
  });

  it("has no price as a regional one, whose zones only AWS knows", async () => {
    const cost = await bill({ Nat: { Type: "AWS::EC2::NatGateway", Properties: { AvailabilityMode: "regional" } } });
    expect(gaps(cost)[0]).toContain("Nat: a regional NAT gateway");
  });
});

describe("a public IPv4 address", () => {
  it("costs the same when nothing uses it", async () => {
    const cost = await bill({ Address: NAT.Address });
    expect(lines(cost)).toEqual(["public IPv4 address, idle: 730 × 0.005"]);
  });

  it("is free where the customer brought it along", async () => {
    const cost = await bill({ Address: { Type: "AWS::EC2::EIP", Properties: { PublicIpv4Pool: "ipv4pool-ec2-1" } } });
    expect(cost.monthlyTotal).toBe(0);
  });
});

describe("a VPC endpoint", () => {
  it("is billed by the hour in each of its zones, and by the GB", async () => {
    const Properties = { VpcEndpointType: "Interface", SubnetIds: [{ Ref: "A" }, { Ref: "B" }] };
    const cost = await bill(
      { Endpoint: { Type: "AWS::EC2::VPCEndpoint", Properties } },
      { usage: using({ Endpoint: { processedGB: 100 } }) },
    );
    expect(lines(cost)).toEqual(["interface endpoint, 2 zones: 1460 × 0.01", "interface endpoint data: 100 × 0.01"]);
  });

  it("costs nothing as a gateway, said or not", async () => {
    const cost = await bill({
      S3: { Type: "AWS::EC2::VPCEndpoint", Properties: { VpcEndpointType: "Gateway" } },
      Table: { Type: "AWS::EC2::VPCEndpoint", Properties: {} },
    });
    expect(cost.monthlyTotal).toBe(0);
    expect(cost.unpriced).toEqual([]);
  });
});

describe("a load balancer", () => {
  const lcus = async (usage: { readonly [name: string]: number }) => {
    const Lb = { Type: "AWS::ElasticLoadBalancingV2::LoadBalancer", Properties: { Scheme: "internal" } };
    const cost = await bill({ Lb }, { usage: using({ Lb: usage }) });
    return lines(cost).find((line) => line.startsWith("capacity units")) ?? "none";
  };

  it.each([
    // Each dimension alone, at what two LCUs cover.
    [{ newConnections: 50 }, 1460],
    [{ activeConnections: 6000 }, 1460],
    [{ processedGB: 1460 }, 1460],
    [{ ruleEvaluations: 2000 }, 1460],
    // Together the largest alone counts, not their sum.
    [{ newConnections: 50, activeConnections: 3000, processedGB: 730, ruleEvaluations: 1000 }, 1460],
    [{ newConnections: 50, lcuHours: 10 }, 10],
  ])("turns %o into %d LCU-hours", async (usage, hours) => {
    expect(await lcus(usage)).toBe(`capacity units: ${hours} × 0.008`);
  });

  it("costs its hours alone where nothing is known of its use, or 0.2 LCU in a typical month", async () => {
    expect(await lcus({})).toBe("none");
    const Lb = { Type: "AWS::ElasticLoadBalancingV2::LoadBalancer", Properties: { Scheme: "internal" } };
    const cost = await bill({ Lb }, { usage: TYPICAL_USAGE });
    expect(monthly(cost, "ALB")).toBe(17.59);
    expect(cost.assumptions).toContain("146 LCU-hours a month at each load balancer (0.2 LCU on average)");
  });

  it("has a public address in each zone, unless it is internal", async () => {
    const Properties = { Subnets: ["a", "b", "c"] };
    const cost = await bill({ Lb: { Type: "AWS::ElasticLoadBalancingV2::LoadBalancer", Properties } });
    expect(lines(cost)).toEqual([
      "load balancer hours: 730 × 0.0225",
      "public IPv4 addresses of the load balancer: 2190 × 0.005",
    ]);
  });

  it("is taken to stand in two zones where only AWS knows its subnets", async () => {
    const Properties = { Subnets: { "Fn::Split": [",", { "Fn::ImportValue": "subnets" }] } };
    const cost = await bill({ Lb: { Type: "AWS::ElasticLoadBalancingV2::LoadBalancer", Properties } });
    expect(lines(cost)[1]).toBe("public IPv4 addresses of the load balancer: 1460 × 0.005");
    expect(cost.assumptions).toContain("Lb: addresses in two zones, its subnets are known to AWS alone");
  });

  // Elastic Load Balancing pricing's example for TCP: 100 new connections a second, 18,000 active, 1.08 GB an hour are
  // 0.125, 0.18 and 1.08 NLCU; the largest counts.
  it("has prices of its own as a network load balancer", async () => {
    const Properties = { Type: "network", Scheme: "internal", Subnets: ["a", "b"] };
    const Lb = { Type: "AWS::ElasticLoadBalancingV2::LoadBalancer", Properties };
    const usage = using({ Lb: { newConnections: 100, activeConnections: 18_000, processedGB: 1.08 * 730 } });
    expect(lines(await bill({ Lb }, { usage }))).toEqual([
      "network load balancer hours: 730 × 0.0225",
      "network capacity units: 788.4 × 0.006",
    ]);
  });

  it("counts an Elastic IP that a network load balancer is given once", async () => {
    const mapping = (subnet: string, id: string) => ({
      SubnetId: subnet,
      AllocationId: { "Fn::GetAtt": [id, "AllocationId"] },
    });
    const Properties = { Type: "network", SubnetMappings: [mapping("a", "One"), { SubnetId: "b" }] };
    const cost = await bill({
      Lb: { Type: "AWS::ElasticLoadBalancingV2::LoadBalancer", Properties },
      One: { Type: "AWS::EC2::EIP" },
    });
    expect(lines(cost).filter((one) => one.includes("IPv4"))).toEqual([
      "public IPv4 addresses of the load balancer: 730 × 0.005",
      "public IPv4 address: 730 × 0.005",
    ]);
  });

  // Elastic Load Balancing pricing's example: 100 GB through a classic one in us-east-1 are $0.80, an hour is $0.025.
  it("has prices of its own as a classic load balancer", async () => {
    const Properties = { Scheme: "internet-facing", AvailabilityZones: ["us-east-1a", "us-east-1b"], Listeners: [] };
    const Lb = { Type: "AWS::ElasticLoadBalancing::LoadBalancer", Properties };
    const cost = await bill({ Lb }, { usage: using({ Lb: { processedGB: 100 } }) });
    expect(lines(cost)).toEqual([
      "classic load balancer hours: 730 × 0.025",
      "classic load balancer data: 100 × 0.008",
      "public IPv4 addresses of the load balancer: 1460 × 0.005",
    ]);
    // 18.25 + 0.80 + 7.30
    expect(monthly(cost, "Other")).toBe(26.35);
  });

  it.each([
    [
      "AWS::ElasticLoadBalancingV2::LoadBalancer",
      { Type: "network" },
      "network load balancer hours in eu-west-1 (nlb.hour)",
    ],
    ["AWS::ElasticLoadBalancing::LoadBalancer", {}, "classic load balancer hours in eu-west-1 (clb.hour)"],
    ["AWS::ElasticLoadBalancingV2::LoadBalancer", { Type: "gateway" }, "s for a load balancer of the type gateway"],
  ])("says where %s %j has no price", async (Type, own, words) => {
    const Lb = { Type, Properties: { Scheme: "internal", ...own } };
    expect(gaps(await bill({ Lb }, { region: "eu-west-1" })).join()).toContain(words);
  });
});

describe("a flow log", () => {
  it("makes its log group's lines vended logs", async () => {
    const cost = await bill(
      {
        Group: { Type: "AWS::Logs::LogGroup" },
        Flow: { Type: "AWS::EC2::FlowLog", Properties: { LogGroupName: { Ref: "Group" } } },
      },
      { usage: using({ Group: { ingestedGB: 20_480 } }) },
    );
    expect(lines(cost)).toEqual(["flow logs written: 10240 × 0.5", "flow logs written: 10240 × 0.25"]);
  });

  it("has no price into a bucket", async () => {
    const cost = await bill({ Flow: { Type: "AWS::EC2::FlowLog", Properties: { LogDestinationType: "s3" } } });
    expect(gaps(cost)).toEqual(["Flow: no price for flow logs to s3"]);
  });
});
