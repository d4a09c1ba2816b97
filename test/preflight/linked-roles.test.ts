import { describe, expect, it } from "vitest";
import { command } from "../../src/command-line.ts";
import { NotChecked } from "../../src/preflight/finding.ts";
import { deployedAs, found } from "../support/preflight.ts";
import { stackOf } from "../support/stacks.ts";

const STACKS = [
  stackOf("shop-dev-service", "ecs", {
    resources: {
      Cluster: { Type: "AWS::ECS::Cluster" },
      Balancer: { Type: "AWS::ElasticLoadBalancingV2::LoadBalancer" },
    },
  }),
];

describe("service-linked roles", () => {
  it("are good if the services of the plan have theirs", async () => {
    const look = { linkedRoles: async () => ["ecs.amazonaws.com", "elasticloadbalancing.amazonaws.com"] };
    expect(await found("linked-roles", STACKS, { look })).toMatchObject([{ outcome: "ok", words: "all 2 are there" }]);
  });

  it("are a warning where some are missing, with an action that makes them", async () => {
    expect(
      await found("linked-roles", STACKS, { look: { linkedRoles: async () => ["ecs.amazonaws.com"] } }),
    ).toMatchObject([
      {
        outcome: "warning",
        warning: { type: "linked-roles-missing", services: ["elasticloadbalancing.amazonaws.com"] },
        fix: {
          hints: [
            {
              text: "make them first",
              command: command`aws iam create-service-linked-role --aws-service-name elasticloadbalancing.amazonaws.com`,
            },
          ],
          action: { type: "create-roles", services: ["elasticloadbalancing.amazonaws.com"] },
        },
      },
    ]);
  });

  it("are not looked for where the plan makes nothing that needs one", async () => {
    const asked: string[] = [];
    const deployed = STACKS.map((stack) => deployedAs(stack, "CREATE_COMPLETE"));
    expect(await found("linked-roles", STACKS, { deployed, asked })).toEqual([]);
    expect(asked).not.toContain("linkedRoles");
  });

  it("are not checked where the look-up is denied", async () => {
    const look = { linkedRoles: () => Promise.reject(new NotChecked("iam:ListRoles")) };
    expect(await found("linked-roles", STACKS, { look })).toMatchObject([{ outcome: "not-checked" }]);
  });
});
