import { describe, expect, it } from "vitest";
import { emulated } from "../../src/preflight/emulated.ts";
import { found, lookUps } from "../support/preflight.ts";
import { stackOf } from "../support/stacks.ts";

const STACKS = [
  stackOf("shop-dev-network", "vpc", {
    resources: { Vpc: { Type: "AWS::EC2::VPC" }, Cluster: { Type: "AWS::ECS::Cluster" } },
  }),
];

describe("an emulator of AWS", () => {
  it("is not asked for what AWS alone gives, but for names", async () => {
    const asked: string[] = [];
    const look = emulated(lookUps({}, asked));
    for (const code of ["vpcs", "linked-roles"] as const) {
      expect(await found(code, STACKS, { look })).toEqual([
        { code, outcome: "not-checked", words: "only AWS itself can tell" },
      ]);
    }
    expect(await found("names", STACKS, { look })).toMatchObject([{ outcome: "ok" }]);
    expect(new Set(asked)).toEqual(new Set(["credentials", "time", "taken"]));
  });
});
