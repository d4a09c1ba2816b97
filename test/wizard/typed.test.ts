import { expect, it } from "vitest";
import { environmentValue, legalValue } from "../../src/config/path.ts";
import { environment } from "../../src/config/schema.ts";
import { wrap } from "../../src/view/text.ts";
import { answerText, type Question } from "../../src/wizard/question.ts";
import { QUESTIONS } from "../../src/wizard/questions.ts";

const least = environment.parse({ region: "us-east-1" });
const named = environment.parse({ region: "us-east-1", domain: { name: "example.com", zone: "create" } });

// What is expected to be an error here is one for the compiler (`npm run check`).
const rest = { flag: "x", group: "network", message: "" } as const;
// @ts-expect-error a path that the schema does not have
const misspelt: Question = { ...rest, path: "network.az", kind: "number" };
// @ts-expect-error a number that is asked for as text
const otherKind: Question = { ...rest, path: "network.azs", kind: "text" };
const options = [{ value: "two", words: "" }] as const;
// @ts-expect-error an option that is no value of the schema
const otherOption: Question = { ...rest, path: "network.nat", kind: "text", options };
// @ts-expect-error a section is no single value
const section: Question = { ...rest, path: "network", kind: "text" };

it("asks only for values that the schema has, and offers only legal ones", () => {
  for (const { path, empty, options: offered = [] } of QUESTIONS) {
    expect(() => environmentValue(least, path)).not.toThrow();
    const known = { monthlyTotal: 97.2, mail: "ops@example.com" };
    const listed = typeof offered === "function" ? offered(named, {}, known) : offered;
    for (const { value } of listed)
      if (value === "") expect(empty).toBeDefined();
      else expect(legalValue(treeOf(path, value), path)).toEqual(value);
  }
  const wrong = [misspelt, otherKind, otherOption, section].map(({ path }) => path);
  expect(wrong.filter((path) => path.includes("."))).toHaveLength(3);
});

it("says in each list, on one line beside the price, what an option means, and in its help what the long words do", () => {
  for (const { flag, help = "", options: offered = [] } of QUESTIONS) {
    expect({ flag, lines: wrap(help, 78).length }).toEqual({ flag, lines: expect.toSatisfy(isBetween(2, 9)) });
    const known = { monthlyTotal: 97.2, mail: "ops@example.com" };
    const listed = typeof offered === "function" ? offered(named, {}, known) : offered;
    const column = Math.max(...listed.map(({ value }) => answerText(value).length));
    for (const { words } of listed)
      expect(column + 16 + (typeof words === "string" ? words : words(named)).length).toBeLessThanOrEqual(77);
  }
});

it("reads a default, and nothing where a value is illegal by itself", () => {
  expect(legalValue({}, "network.azs")).toBe(1);
  expect(legalValue({ network: { azs: "many" } }, "network.azs")).toBeUndefined();
  expect(legalValue({ network: { azs: 2 } }, "network.azs")).toBe(2);
  expect(legalValue({}, "domain.zone")).toBeUndefined();
});

function isBetween(least: number, most: number) {
  return (value: number) => value >= least && value <= most;
}

function treeOf(path: string, value: unknown): unknown {
  return path.split(".").reduceRight<unknown>((below, key) => ({ [key]: below }), value);
}
