import { describe, expect, it } from "vitest";
import type { Json, Resource } from "../../src/template/types.ts";
import { found } from "../support/preflight.ts";
import { stackOf } from "../support/stacks.ts";

const of = (Type: string, Properties: Resource["Properties"] = {}, more: Partial<Resource> = {}): Resource => ({
  Type,
  Properties,
  ...more,
});
const network = (resources: { readonly [id: string]: Resource }) =>
  stackOf("shop-dev-network", "vpc", {
    resources: {
      Vpc: of("AWS::EC2::VPC", { CidrBlock: "10.0.0.0/16" }),
      Gateway: of("AWS::EC2::InternetGateway"),
      Attachment: of("AWS::EC2::VPCGatewayAttachment", {
        VpcId: { Ref: "Vpc" },
        InternetGatewayId: { Ref: "Gateway" },
      }),
      ...resources,
    },
  });
const balancer = "AWS::ElasticLoadBalancingV2::LoadBalancer";

// CloudFormation Template Reference, DependsOn attribute: what in a VPC needs its gateway has to say so.
describe("what needs an internet gateway that is made beside it", () => {
  it("may come too early where it does not wait for the attachment", async () => {
    const stack = network({ Front: of(balancer), Nat: of("AWS::EC2::NatGateway", { SubnetId: "subnet-1" }) });
    expect(await found("order", [stack])).toEqual([
      {
        code: "order",
        outcome: "warning",
        words: "Front, Nat of shop-dev-network may come before the internet gateway that they need",
        warning: {
          type: "dependency-missing",
          stack: "shop-dev-network",
          resources: ["Front", "Nat"],
          on: "Attachment",
        },
        fix: { hints: [{ text: "let Front, Nat wait for it with DependsOn: Attachment" }] },
      },
    ]);
  });

  it("is a route to the gateway too", async () => {
    const stack = network({ Route: of("AWS::EC2::Route", { GatewayId: { Ref: "Gateway" } }) });
    expect(await found("order", [stack])).toMatchObject([
      { outcome: "warning", fix: { hints: [{ text: "let Route wait for it with DependsOn: Attachment" }] } },
    ]);
  });

  it("is well where it waits, by itself or by way of a route", async () => {
    const stack = network({
      Front: of(balancer, {}, { DependsOn: "Attachment" }),
      Route: of("AWS::EC2::Route", { GatewayId: { Ref: "Gateway" } }, { DependsOn: ["Attachment"] }),
      Nat: of("AWS::EC2::NatGateway", {}, { DependsOn: "Route" }),
    });
    expect(await found("order", [stack])).toEqual([]);
  });

  it("is not asked of what faces the VPC alone, nor where no gateway is attached", async () => {
    const inside = {
      Front: of(balancer, { Scheme: "internal" }),
      Nat: of("AWS::EC2::NatGateway", { ConnectivityType: "private" }),
    };
    expect(await found("order", [network(inside)])).toEqual([]);
    expect(await found("order", [stackOf("shop-dev-app", "ecs", { resources: { Front: of(balancer) } })])).toEqual([]);
  });
});

// Amazon S3 API Reference, PutBucketPolicy (NoSuchBucket).
describe("a policy that names its bucket by text", () => {
  const bucket = of("AWS::S3::Bucket", { BucketName: { "Fn::Sub": "logs-$" + "{AWS::AccountId}" } });
  const policy = (Bucket: Json, more: Partial<Resource> = {}) => of("AWS::S3::BucketPolicy", { Bucket }, more);
  const stack = (Policy: Resource) => stackOf("shop-dev-logs", "data", { resources: { Bucket: bucket, Policy } });

  it("may come before it, unless it waits", async () => {
    const name = { "Fn::Sub": "logs-$" + "{AWS::AccountId}" };
    expect(await found("order", [stack(policy(name))])).toMatchObject([
      {
        outcome: "warning",
        words: "Policy of shop-dev-logs may come before the bucket logs-111122223333 that it needs",
      },
    ]);
    expect(await found("order", [stack(policy(name, { DependsOn: "Bucket" }))])).toEqual([]);
    expect(await found("order", [stack(policy({ Ref: "Bucket" }))])).toEqual([]);
  });
});
