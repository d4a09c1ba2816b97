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

describe("the words for what keeps an environment safe", () => {
  const budget = { monthly: 120, email: "ops@example.com" };
  const alarms = { email: "ops@example.com" };
  it.each([
    ["budget", {}, "none: nobody hears when the bill grows"],
    ["budget", { budget }, "ops@example.com hears near $120.00"],
    ["safety", {}, "data not protected, no alarms"],
    ["safety", { protect: true, alarms }, "data protected, alarms to ops@example.com"],
    ["service", { service: { tasks: 2, maxTasks: 6 } }, "2-6 × 0.25 vCPU / 512 MB, Spot"],
  ] as const)("%s of %j: %s", (group, values, words) => {
    expect(groupWords(group, environment.parse({ region: "eu-west-1", ...values }))).toBe(words);
  });
});
