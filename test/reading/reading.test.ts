import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { readText } from "../../src/reading/file.ts";
import { readJson } from "../../src/reading/json.ts";
import { DEEPEST, MOST_TOKENS } from "../../src/reading/limits.ts";
import { ReadingError } from "../../src/reading/reading-error.ts";
import { listSchema, objectSchema, shaped, textSchema } from "../../src/reading/shape.ts";
import { readYaml, valuesOf } from "../../src/reading/yaml.ts";
import { circleOf } from "../../src/template/circle.ts";
import { conditionHolds, evaluate } from "../../src/template/evaluate.ts";
import { linkedScopes } from "../../src/template/linked.ts";
import type { Json, Template } from "../../src/template/types.ts";

const faultOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof ReadingError) return error.in("f");
    throw error;
  }
  return "none";
};
const yaml = (written: string): unknown => {
  const read = readYaml(written);
  for (const fault of read.faults) throw fault;
  return valuesOf(read);
};
const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);

describe("a file", () => {
  it("is read up to its limit, whatever its size says", () => {
    const folder = mkdtempSync(join(tmpdir(), "astro-reading-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, "a"), "12345");
    expect(readText(join(folder, "a"), 5)).toBe("12345");
    expect(faultOf(() => readText(join(folder, "a"), 4))).toBe(
      "f: more than the 4 bytes that astro reads of such a file",
    );
    expect(faultOf(() => readText("/dev/zero", 10))).toContain("more than the 10 bytes");
  });
});

describe("JSON", () => {
  it("is read as deep as anybody nests it, and a byte order mark with it", () => {
    expect(faultOf(() => readJson(nested(DEEPEST)))).toBe("none");
    expect(readJson('\ufeff{"a":"[[\\"[["}')).toEqual({ a: '[["[[' });
  });

  it.each([
    [nested(DEEPEST + 1), "f:1:101: nested more than 100 deep"],
    ["[".repeat(1_000_000), "f:1:101: nested more than 100 deep"],
    ['{"a":\n {"__proto__": 1}}', "f:2:3: illegal key __proto__"],
    ['{"a": "toString",\n "toString": 1}', /^f:1:7: illegal key toString/],
    ['{"a": [{"value\\u004ff": 1}]}', /^f:1:\d+: illegal key valueOf/],
    ['{"a":\n "b', /^f:2:\d+: not JSON/],
    ["", /^f:1:1: not JSON/],
  ])("is refused at its place (%#)", (written, words) => {
    expect(faultOf(() => readJson(written))).toMatch(words);
  });
});

describe("YAML", () => {
  it("is read as deep as anybody nests it; brackets in words and comments nest nothing", () => {
    expect(faultOf(() => yaml(nested(DEEPEST)))).toBe("none");
    const more = Array.from({ length: 300 }, (_, index) => `${" ".repeat(index)}# a`).join("\n");
    expect(yaml(`${more}\na: "${"[".repeat(200)}"\nb: |\n  ${"[".repeat(200)}\n# ${"[".repeat(200)}\n`)).toMatchObject({
      a: "[".repeat(200),
    });
  });

  it.each([
    ["[".repeat(100_000), "f:1:101: nested more than 100 deep"],
    ["- ".repeat(100_000), "f:1:201: nested more than 100 deep"],
    ["? ".repeat(100_000), "f:1:201: nested more than 100 deep"],
    [
      Array.from({ length: 300 }, (_, index) => `${" ".repeat(index)}a:`).join("\n"),
      "f:101:101: nested more than 100 deep",
    ],
    ["a: &a\n  - b: *a", "f:2:8: *a refers to a node that contains it"],
    ["a: *b", "f:1:4: the alias *b has no anchor"],
    ["a: 1\nb: {c: 1, c: 2}", "f:2:11: Map keys must be unique"],
    ["a: {toString: 1}", "f:1:5: illegal key toString"],
    ["__proto__: 1", "f:1:1: illegal key __proto__"],
    ["- a\n".repeat(MOST_TOKENS / 3), /^f:\d+:\d+: more than the 300000 tokens/],
    [`a: &a [${"x, ".repeat(20_000)}]\nb: [${"*a, ".repeat(50)}]`, /^f:2:5: aliases expand to more than astro reads/],
    [`a: &a ${nested(90)}\nb: ${"[".repeat(50)}*a${"]".repeat(50)}`, /^f:2:\d+: nested more than 100 deep/],
  ])("is refused at its place, in time (%#)", (written, words) => {
    const started = performance.now();
    expect(faultOf(() => yaml(written))).toMatch(words);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it("of 20,000 keys is read in seconds", () => {
    const started = performance.now();
    const keys = Array.from({ length: 20_000 }, (_, index) => `k${index}: 1`).join("\n");
    expect(Object.keys(yaml(keys) as object).length).toBe(20_000);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe("a value of others", () => {
  it("is named where it is not of its shape", () => {
    const shape = objectSchema({ steps: listSchema(objectSchema({ stack: textSchema })) });
    expect(faultOf(() => shaped(shape, { steps: [{ stack: "a", more: 1 }] }))).toBe("none");
    expect(faultOf(() => shaped(shape, { steps: [{ stack: 5 }] }))).toBe(
      "f: steps.0.stack: expected string, received number",
    );
    expect(faultOf(() => shaped(shape, null))).toBe("f: the file: expected object, received null");
  });
});

describe("a circle of needs", () => {
  it("is found wherever it is, however long", () => {
    const chain = Array.from({ length: 50_000 }, (_, index) => [`${index}`, [`${index + 1}`]] as const);
    expect(circleOf(new Map(chain))).toEqual([]);
    expect(circleOf(new Map([...chain, ["50000", ["49998"]] as const]))).toEqual(["49998", "49999", "50000"]);
    expect(circleOf(new Map([["a", ["a"]]]))).toEqual(["a"]);
  });
});

describe("a template that refers to itself, or doubles what it refers to", () => {
  const scopeOf = (template: Partial<Template>) => ({
    template: { Resources: {}, ...template },
    stack: "s",
    region: "us-east-1",
  });

  it("has values in time: mappings and defaults are no functions, each condition is looked at once", () => {
    const again: Json = { "Fn::FindInMap": ["M", "a", "b"] };
    const scope = scopeOf({
      Mappings: { M: { a: { b: again, c: "d" } } },
      Parameters: { P: { Type: "String", Default: { Ref: "P" } } },
      Conditions: Object.fromEntries(
        Array.from({ length: 90 }, (_, index) => [
          `C${index}`,
          index === 89
            ? { "Fn::Equals": ["a", "a"] }
            : { "Fn::And": [{ Condition: `C${index + 1}` }, { Condition: `C${index + 1}` }] },
        ]),
      ),
    });
    expect(typeof evaluate(again, scope)).toBe("object");
    expect(typeof evaluate({ Ref: "P" }, scope)).toBe("object");
    expect(evaluate({ "Fn::FindInMap": ["M", "a", "c"] }, scope)).toBe("d");
    expect(conditionHolds("C0", scope)).toBe(true);
  });

  it("has outputs in time, and none that fill the memory", () => {
    const read = (name: string): Json => ({ "Fn::GetStackOutput": { StackName: "s", OutputName: name } });
    const outputs = Array.from({ length: 60 }, (_, index) => [
      `O${index}`,
      { Value: index === 0 ? "ha" : { "Fn::Join": ["", [read(`O${index - 1}`), read(`O${index - 1}`)]] } },
    ]);
    const template = { Resources: {}, Outputs: Object.fromEntries(outputs) as NonNullable<Template["Outputs"]> };
    const [scope] = linkedScopes([{ name: "s", region: "us-east-1", template }]);
    expect(scope && evaluate(read("O3"), scope)).toBe("ha".repeat(8));
    expect(scope && typeof evaluate(read("O59"), scope)).toBe("object");
  });

  it("has its text read in time that grows with its length", () => {
    const started = performance.now();
    expect(evaluate({ "Fn::Sub": "${".repeat(200_000) }, scopeOf({}))).toBe("${".repeat(200_000));
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
