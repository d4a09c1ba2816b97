import { describe, expect, it } from "vitest";
import { found } from "../support/preflight.ts";

const STACK = "shop-dev-database";
const storage = {
  stack: STACK,
  logicalId: "Database",
  type: "AWS::RDS::DBInstance",
  value: "AllocatedStorage",
  live: "30",
  given: "20",
};
const image = {
  stack: "shop-dev-service",
  logicalId: "Service",
  type: "AWS::ECS::Service",
  value: "image",
  live: "shop:v7",
  given: "shop:v3",
};

describe("what moved since the stacks were deployed", () => {
  it("is a problem where AWS will refuse what the app asks for, with the sizes that it takes", async () => {
    const moved = [{ ...storage, becomes: "25", refused: "storage never shrinks" }];
    expect(await found("moved", [], { moved })).toEqual([
      {
        code: "moved",
        outcome: "problem",
        words: `Database of ${STACK}: AllocatedStorage is 30, and was deployed as 20; AWS refuses 25: storage never shrinks`,
        fix: {
          hints: [{ text: "write 30, which is what there is now, or at least 33 (database.storage in astro.yaml)" }],
        },
      },
    ]);
  });

  it("is a warning where another tool deployed, whether the plan takes that back or leaves it", async () => {
    for (const more of [{ becomes: "shop:v3", undoes: true as const }, {}]) {
      expect(await found("moved", [], { moved: [{ ...image, ...more }] })).toMatchObject([
        {
          outcome: "warning",
          fix: {
            hints: expect.arrayContaining([
              expect.objectContaining({ text: expect.stringContaining("service.releases: elsewhere") }),
            ]),
          },
        },
      ]);
    }
  });

  it("is nothing where it stays, and not checked where nobody may look", async () => {
    expect(await found("moved", [], { moved: [storage] })).toEqual([]);
    expect(await found("moved", [], { unseen: ["denied", "denied"] })).toEqual([
      { code: "moved", outcome: "not-checked", words: "denied" },
    ]);
  });
});
