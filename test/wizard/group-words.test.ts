import { describe, expect, it } from "vitest";
import { environment } from "../../src/config/schema.ts";
import { groupWords } from "../../src/wizard/group-words.ts";

describe("the words for what runs", () => {
  it.each([
    [{}, "placeholder image, port 8000, /health"],
    [{ network: { nat: "none" } }, "no image, so no task yet, port 8000, /health"],
    [{ network: { nat: "none" }, service: { image: "v1.2" } }, "v1.2, port 8000, /health"],
  ] as const)("say of %j: %s", (values, words) => {
    expect(groupWords("container", environment.parse({ region: "eu-west-1", ...values }))).toBe(words);
  });
});
