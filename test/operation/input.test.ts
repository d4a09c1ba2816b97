import { expect, it } from "vitest";
import { inputOf } from "../../src/command.ts";

it("takes a command's flags by names of TypeScript, with their types", () => {
  const input = inputOf({ env: "dev", skipResource: ["Api"], "a-b-c": 1, json: false });
  const [first]: readonly string[] = input.skipResource;
  expect(first).toBe("Api");
  expect(input).toEqual({ env: "dev", skipResource: ["Api"], aBC: 1, json: false });
});
