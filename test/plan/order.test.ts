import { describe, expect, it } from "vitest";
import { inOrder } from "../../src/plan/order.ts";
import { step } from "../view/run.ts";

describe("the order of stacks", () => {
  it("puts each after those it needs, phase after phase", () => {
    const steps = [step("ecs", "c"), step("data", "b", { needs: ["a"] }), step("data", "a")];
    expect(inOrder(steps).map(({ stack }) => stack)).toEqual(["a", "b", "c"]);
  });

  it("has each once where they need each other", () => {
    const steps = [step("data", "a", { needs: ["b"] }), step("data", "b", { needs: ["a"] })];
    expect(inOrder(steps).map(({ stack }) => stack)).toEqual(["b", "a"]);
  });
});
