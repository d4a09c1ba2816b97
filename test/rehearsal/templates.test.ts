import { ValidateTemplateCommand } from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import { refusal, rehearse, template, topic } from "./support/driver.ts";

const named = (DisplayName: unknown) => template({ A: topic({ DisplayName }) });
const beside = (more: object) => template({ A: topic() }, more);
const condition = (C: unknown, more: object = {}) => beside({ Conditions: { C, ...more } });
const yes = { "Fn::Equals": ["a", "a"] };

const JOIN =
  "Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.";
const SELECT = "Template error: Fn::Select requires a list argument with two elements: an integer index and a list";
const SPLIT =
  "Template error: every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.";
const MAP =
  "Template error: every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value";

const CASES: readonly (readonly [what: string, body: object, words: string])[] = [
  ["a Ref to a list", named({ Ref: ["A"] }), "Template error: every Ref object must have a single String value."],
  ["a Join of one", named({ "Fn::Join": ["-"] }), JOIN],
  ["a Join of a text", named({ "Fn::Join": ["-", "abc"] }), JOIN],
  ["a Select by name", named({ "Fn::Select": ["x", ["a"]] }), SELECT],
  ["a Select of nothing", named({ "Fn::Select": ["0"] }), SELECT],
  ["a Split of nothing", named({ "Fn::Select": [0, { "Fn::Split": ["-"] }] }), SPLIT],
  ["a FindInMap of two", named({ "Fn::FindInMap": ["M", "a"] }), MAP],
  [
    "a map that is not there",
    named({ "Fn::FindInMap": ["M", "a", "b"] }),
    "Template error: Mapping named 'M' is not present in the 'Mappings' section of template.",
  ],
  [
    "a Base64 of a list",
    named({ "Fn::Base64": ["a"] }),
    "Template error: every Fn::Base64 object must have a String-typed value.",
  ],
  [
    "a Sub with three arguments",
    named({ "Fn::Sub": ["a", {}, "b"] }),
    "Template error: One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string",
  ],
  [
    "a name in a Sub that is none",
    named({ "Fn::Sub": "$" + "{a-b}" }),
    "Template error: variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons",
  ],
  [
    "an If without an else",
    template({ A: topic({ DisplayName: { "Fn::If": ["C", "a"] } }) }, { Conditions: { C: yes } }),
    "Template error: Fn::If requires a list argument with three elements",
  ],
  [
    "an Equals of one",
    condition({ "Fn::Equals": ["a"] }),
    "Template error: every Fn::Equals object requires a list of 2 string parameters.",
  ],
  [
    "an And of one",
    condition({ "Fn::And": [yes] }),
    "Template error: every Fn::And object requires a list of at least 2 and at most 10 boolean parameters.",
  ],
  [
    "a Not of two",
    condition({ "Fn::Not": [yes, yes] }),
    "Template error: Fn::Not requires a list argument with one element",
  ],
  [
    "a condition that says nothing",
    condition("yes"),
    "Template format error: Conditions can only be boolean operations on parameters and other conditions",
  ],
  [
    "a condition that leans on none",
    condition({ "Fn::Not": [{ Condition: "D" }] }),
    "Template format error: Unresolved condition dependencies [D] in the Conditions block of the template",
  ],
  [
    "conditions that lean on each other",
    condition({ "Fn::Not": [{ Condition: "D" }] }, { D: { "Fn::Not": [{ Condition: "C" }] } }),
    "Template error: Found circular condition dependency: [C, D]",
  ],
  [
    "a resource's condition that is worked out in its place",
    template({ A: topic({}, { Condition: yes }) }),
    "Template format error: Every Condition member must be a string.",
  ],
  [
    "a dependency that is a reference",
    template({ A: topic({}, { DependsOn: { Ref: "B" } }), B: topic() }),
    "Template format error: DependsOn must be a string or list of strings.",
  ],
  [
    "a property that no parameter has",
    beside({ Parameters: { P: { Type: "String", Required: true } } }),
    "Invalid template parameter property 'Required'",
  ],
  [
    "a parameter called like a resource",
    beside({ Parameters: { A: { Type: "String" } } }),
    "Template error: all resources and parameters must have unique names. Common name(s):[A]",
  ],
  [
    "an output with a dash",
    beside({ Outputs: { "a-b": { Value: "x" } } }),
    "Template format error: Output name a-b is non alphanumeric.",
  ],
  [
    "an output's property that is none",
    beside({ Outputs: { O: { Value: "x", Foo: "y" } } }),
    "Invalid template output property 'Foo'",
  ],
  [
    "an output that is a map",
    beside({ Outputs: { O: { Value: { a: "b" } } } }),
    "Template format error: The Value field of every Outputs member must evaluate to a String and not a Map.",
  ],
  [
    "an output that is a list",
    beside({ Outputs: { O: { Value: ["a"] } } }),
    "Template format error: The Value field of every Outputs member must evaluate to a String and not a List.",
  ],
];

describe("ValidateTemplate refuses", () => {
  const validate = async (body: object) =>
    refusal(
      (await rehearse()).cloudformation.send(new ValidateTemplateCommand({ TemplateBody: JSON.stringify(body) })),
    );
  for (const [what, body, words] of CASES) {
    it(what, async () => expect(await validate(body)).toBe(`ValidationError: ${words}`));
  }

  it("a function that is none, and names those there are", async () => {
    for (const body of [named({ "Fn::Foo": "x" }), beside({ Outputs: { O: { Value: { "Fn::Foo": "x" } } } })]) {
      expect(await validate(body)).toMatch(
        /^ValidationError: Template Error: Encountered unsupported function: Fn::Foo Supported functions are: \[Fn::Base64, .*, Fn::Cidr\]$/,
      );
    }
  });
});
