import { describe, expect, it } from "vitest";
import { parseDeployed, renderDeployed } from "../../src/config/deployed.ts";
import { AstroError } from "../../src/errors.ts";

const dev = {
  project: "shop",
  environment: "dev",
  region: "eu-west-1",
  account: "111122223333",
  since: "2026-03-01T12:00:00.000Z",
  monthly: 96,
};
const prod = { ...dev, environment: "prod", monthly: 800 };

describe("the memory of what stands", () => {
  it("is read as it was written, one line each and in order, whoever wrote first", () => {
    expect(parseDeployed(renderDeployed([prod, dev]), "f")).toEqual([dev, prod]);
    expect(renderDeployed([prod, dev])).toBe(renderDeployed([dev, prod]));
    expect(
      renderDeployed([prod, dev])
        .split("\n")
        .filter((line) => line.includes("shop")),
    ).toHaveLength(2);
    expect(JSON.parse(renderDeployed([dev]))).toEqual({ environments: [dev] });
  });

  it.each([
    ["marks of a merge", "<<<<<<< ours\n{}\n", /^f:1:\d+: /],
    ["nothing", "", /^f:1:1: not JSON/],
    ["YAML", "a: &a [1]\nb: *a\n", /^f:1:1: not JSON/],
    ["no list", '{ "environments": {} }', /^f:1:1: no list called environments/],
    [
      "a wrong account",
      renderDeployed([{ ...dev, account: "12" }]),
      /^f:3:\d+: account is "?12"?: an account id is twelve digits/,
    ],
    [
      "an unknown region",
      renderDeployed([{ ...dev, region: "moon-1" }]),
      /^f:3:\d+: region is "?moon-1"?: unknown region/,
    ],
    ["a name with control bytes", renderDeployed([{ ...dev, project: "\u001b[2J" }]), /^f:3:\d+: project is /],
    ["an entry that is none", '{\n  "environments": [\n    7\n  ]\n}', /^f:3:5: /],
    ["a key that is none", '{"environments": [{"secret": "x"}]}', /^f:1:\d+: /],
  ])("with %s is refused with its place", (_, text, words) => {
    const read = () => parseDeployed(text, "f");
    expect(read).toThrow(AstroError);
    expect(read).toThrow(words);
  });

  it("with more levels than anybody needs is refused at the first of them", () => {
    const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
    expect(() => parseDeployed(deep, "f")).toThrow(AstroError);
    expect(() => parseDeployed(deep, "f")).toThrow(/^f:1:101: not JSON: nested more than 100 deep/);
  });

  it("with thousands of keys, or of things wrong, is read in seconds, and says the first", () => {
    const keys = Array.from({ length: 20_000 }, (_, index) => `"key${index}": 1`);
    const many = `{ "environments": [], ${keys.join(", ")} }`;
    expect(parseDeployed(many, "f")).toEqual([]);
    const wrong = `{ "environments": [${Array(5000).fill("{}")}] }`;
    let hint = "";
    try {
      parseDeployed(wrong, "f");
    } catch (error) {
      hint = error instanceof AstroError ? error.hint : "";
    }
    expect(hint.split("\n").length).toBeLessThan(40);
  });

  it("of more words than anybody needs is refused", () => {
    expect(() => parseDeployed(`{"environments":[${Array(400_000).fill(1)}]}`, "f")).toThrow(
      /^f:1:\d+: not JSON: more than the 300000 tokens/,
    );
  });
});
