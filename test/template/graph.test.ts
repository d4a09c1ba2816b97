import { describe, expect, it } from "vitest";
import { secondsFor } from "../../src/template/durations.ts";
import { sameJson } from "../../src/template/equal.ts";
import { dependencies } from "../../src/template/graph.ts";
import { outputReads } from "../../src/template/reads.ts";

describe("what a resource waits for", () => {
  it("is named by DependsOn, Ref, Fn::GetAtt and Fn::Sub, in either spelling", () => {
    const found = dependencies({
      Resources: {
        A: { Type: "T" },
        B: { Type: "T", DependsOn: "A" },
        C: { Type: "T", DependsOn: ["A", "B"] },
        D: {
          Type: "T",
          Properties: { x: [{ Ref: "A" }], y: { "Fn::GetAtt": ["B", "Arn"] }, z: { "Fn::GetAtt": "C.Arn" } },
        },
        E: { Type: "T", Properties: { x: { "Fn::Sub": "${A}-${B.Arn}-${!C}-${AWS::Region}" } } },
        F: { Type: "T", Properties: { x: { "Fn::Sub": ["${C}${v}", { v: { Ref: "D" } }] } } },
        G: { Type: "T", Properties: { x: { Ref: "Parameter" }, y: { Ref: "G" } } },
        v: { Type: "T" },
      },
    });
    const listed = Object.fromEntries([...found].map(([id, needs]) => [id, [...needs].sort().join("")]));
    expect(listed).toEqual({ A: "", B: "A", C: "AB", D: "ABC", E: "AB", F: "CD", G: "", v: "" });
  });
});

describe("weak references", () => {
  it("are found wherever they stand, each once", () => {
    const read = { "Fn::GetStackOutput": { StackName: "network", OutputName: "VpcId" } };
    const far = { "Fn::GetStackOutput": { StackName: "cert", OutputName: "Arn", Region: "us-east-1" } };
    const found = outputReads({
      Resources: { A: { Type: "T", Properties: { x: { "Fn::Join": ["", ["a", read]] }, y: [read], z: far } } },
      Outputs: { O: { Value: read } },
    });
    expect(found).toEqual([
      { stack: "network", output: "VpcId" },
      { stack: "cert", output: "Arn", region: "us-east-1" },
    ]);
  });
});

describe("two templates", () => {
  it.each([
    [{ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 }, true],
    [{ a: [1, 2] }, { a: [2, 1] }, false],
    [{ a: 1 }, { a: 1, b: undefined }, false],
    [{ a: "1" }, { a: 1 }, false],
    [null, {}, false],
    [[], {}, false],
  ])("%j and %j mean the same: %s", (one, other, same) => {
    expect(sameJson(one, other)).toBe(same);
  });
});

describe("the time a resource takes", () => {
  it("grows with a standby database and with each replica, when it is created", () => {
    const database = { Type: "AWS::RDS::DBInstance", Properties: { MultiAZ: true } };
    const cache = { Type: "AWS::ElastiCache::ReplicationGroup", Properties: { NumCacheClusters: 3 } };
    expect([secondsFor(database, "create"), secondsFor(database, "update")]).toEqual([1195, 171]);
    expect(secondsFor(cache, "create")).toBe(712 + 240);
  });
});
