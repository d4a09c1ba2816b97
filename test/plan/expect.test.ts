import { describe, expect, it } from "vitest";
import { allOf } from "../../src/plan/diff.ts";
import { expectedPlanSeconds, expectedSeconds } from "../../src/plan/expect.ts";
import type { Step } from "../../src/plan/plan.ts";
import { type HandMadeStep, SITE, stackOf } from "../support/stacks.ts";

const stepOf = (
  name: string,
  phase: Step["phase"],
  resources: Parameters<typeof stackOf>[2] = {},
  needs: readonly string[] = [],
): HandMadeStep => {
  const source = stackOf(name, phase, resources);
  return {
    stack: name,
    region: SITE.region,
    phase,
    action: "create",
    changes: allOf(source.template, "add"),
    resources: 1,
    needs,
    source,
  };
};

const gateway = stepOf("network", "vpc", {
  resources: {
    Address: { Type: "AWS::EC2::EIP" },
    Nat: { Type: "AWS::EC2::NatGateway", Properties: { AllocationId: { "Fn::GetAtt": ["Address", "AllocationId"] } } },
    Bucket: { Type: "AWS::S3::Bucket" },
  },
});

describe("the time a step is expected to take", () => {
  it("is its longest chain of resources, not their sum", () => {
    expect(expectedSeconds(gateway, [gateway.source])).toBe(8 + 17 + 106);
  });

  it("is nothing for a stack that stays as it is", () => {
    expect(expectedSeconds({ ...gateway, action: "unchanged" }, [gateway.source])).toBe(0);
  });

  it("is the sum of the phases, and of stacks of a phase only where one depends on the other", () => {
    const quick = stepOf("quick", "data");
    const after = stepOf("after", "data", {}, ["quick"]);
    const beside = stepOf("beside", "data");
    const plan = {
      ...SITE,
      direction: "provision" as const,
      monthly: { before: 0, after: 0 },
      steps: [gateway, quick, after, beside],
    };
    const stacks = plan.steps.map(({ source }) => source);
    expect(expectedPlanSeconds(plan, stacks)).toBe(131 + 2 * 11);
  });

  it("is the longest chain of all where phases overlap, the bootstrap before it", () => {
    const bootstrap = stepOf("bootstrap", "bootstrap");
    const reader = stepOf("reader", "dns", {}, ["network"]);
    const alone = stepOf("alone", "ecs");
    const plan = {
      ...SITE,
      direction: "provision" as const,
      monthly: { before: 0, after: 0 },
      steps: [bootstrap, gateway, alone, reader],
    };
    const stacks = plan.steps.map(({ source }) => source);
    expect(expectedPlanSeconds(plan, stacks)).toBe(11 + 131 + 11 + 11);
    expect(expectedPlanSeconds({ ...plan, order: "overlap" }, stacks)).toBe(11 + 131 + 11);
  });

  it("follows what the user's own runs took", () => {
    expect(expectedSeconds(gateway, [gateway.source], ({ Type }) => (Type === "AWS::EC2::NatGateway" ? 60 : 1))).toBe(
      8 + 1 + 60,
    );
  });
});
