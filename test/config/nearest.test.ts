import { describe, expect, it } from "vitest";
import { nearest } from "../../src/config/nearest.ts";

describe("the word a person meant", () => {
  it.each([
    ["azz", ["nat", "azs", "flowLogs"], "azs"],
    ["heathPath", ["port", "healthPath"], "healthPath"],
    ["MULTIAZ", ["class", "multiAz"], "multiAz"],
    ["plna", ["plan", "cost"], "plan"],
    ["us-west-9", ["us-east-1", "us-west-1"], "us-west-1"],
  ])("%s is the closest of %j: %s", (word, candidates, meant) => {
    expect(nearest(word, candidates)).toBe(meant);
  });

  it("is not guessed from afar", () => {
    expect(nearest("colour", ["nat", "azs"])).toBeUndefined();
    expect(nearest("ab", ["cd", "xyz"])).toBeUndefined();
    expect(nearest("anything", [])).toBeUndefined();
  });
});
