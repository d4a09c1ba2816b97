import { describe, expect, it } from "vitest";
import { type CheckedTemplate, checkTemplates } from "../../src/rules/check-templates.ts";
import { STACK_RULES } from "../../src/rules/stack-limits.ts";
import type { Template } from "../../src/template/types.ts";

const topic = { Type: "AWS::SNS::Topic" };
const many = <T>(count: number, item: T) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`A${i}`, item]));
const shared = { Value: "a", Export: { Name: "shared" } };

type Given = Partial<Template> & {
  readonly name?: string;
  readonly body?: string;
  readonly others?: readonly CheckedTemplate[];
};

const CASES: readonly (readonly [rule: string, good: Given, bad: Given, words: string])[] = [
  ["stack-name", { name: "a".repeat(128) }, { name: "my_stack" }, "Value 'my_stack' at 'stackName'"],
  ["stack-name", { name: "a" }, { name: "a".repeat(129) }, "length less than or equal to 128"],
  ["stack-size", { body: "a".repeat(1_000_000) }, { body: "a".repeat(1_000_001) }, "may not exceed 1000000 bytes"],
  [
    "stack-entries",
    { Resources: many(500, topic) },
    { Resources: many(501, topic) },
    "Number of resources, 501, is greater than maximum allowed, 500",
  ],
  [
    "stack-entries",
    { Parameters: many(200, { Type: "String" }) },
    { Parameters: many(201, { Type: "String" }) },
    "Number of parameters, 201, is greater than maximum allowed, 200",
  ],
  [
    "stack-entries",
    { Outputs: many(200, { Value: "a" }) },
    { Outputs: many(201, { Value: "a" }) },
    "Number of outputs, 201, is greater than maximum allowed, 200",
  ],
  [
    "stack-logical-ids",
    { Resources: { A1: topic } },
    { Resources: { "a-1": topic } },
    "Resource name a-1 is non alphanumeric.",
  ],
  ["stack-logical-ids", {}, { Outputs: { "a.b": { Value: "a" } } }, "Output name a.b is non alphanumeric."],
  ["stack-description", { Description: "a".repeat(1024) }, { Description: "a".repeat(1025) }, "greater than 1024"],
  ["stack-description", { Description: "ä".repeat(512) }, { Description: "ä".repeat(513) }, "greater than 1024"],
  [
    "stack-description",
    { Outputs: { A: { Value: "a", Description: "a" } } },
    { Outputs: { A: { Value: "a", Description: "a".repeat(1025) } } },
    "greater than 1024",
  ],
  [
    "stack-export-once",
    {
      Outputs: { A: shared },
      others: [{ name: "other", region: "us-east-1", template: { Resources: {}, Outputs: { B: shared } } }],
    },
    {
      Outputs: { A: shared },
      others: [{ name: "other", region: "eu-west-1", template: { Resources: {}, Outputs: { B: shared } } }],
    },
    "Export with name shared is already exported by stack other",
  ],
];

const check = ({ name = "one", body, others = [], ...template }: Given) =>
  checkTemplates([
    ...others,
    { name, region: "eu-west-1", template: { Resources: {}, ...template }, ...(body !== undefined && { body }) },
  ]);

describe("CloudFormation's own limits", () => {
  it.each(CASES)("%s", (rule, good, bad, words) => {
    expect(check(good)).toEqual([]);
    expect(check(bad)).toMatchObject([{ rule, message: expect.stringContaining(words) }]);
  });

  it("are all tested", () => {
    expect(STACK_RULES.map(({ id }) => id).filter((id) => !CASES.some(([rule]) => rule === id))).toEqual([]);
  });
});
