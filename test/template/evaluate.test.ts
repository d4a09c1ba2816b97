import { describe, expect, it } from "vitest";
import {
  conditionHolds,
  evaluate,
  evaluateProperties,
  isUnresolved,
  type TemplateScope,
} from "../../src/template/evaluate.ts";
import type { Json, Template } from "../../src/template/types.ts";

function scope(template: Partial<Template> = {}, more: Partial<TemplateScope> = {}): TemplateScope {
  return {
    template: { Resources: { Vpc: { Type: "AWS::EC2::VPC" } }, ...template },
    stack: "app",
    region: "eu-west-1",
    ...more,
  };
}

const PARAMETERS: Partial<Template> = {
  Parameters: {
    Size: { Type: "Number", Default: "20" },
    Zones: { Type: "CommaDelimitedList", Default: "a, b,c" },
    Image: { Type: "AWS::SSM::Parameter::Value<String>", Default: "/path" },
    Class: { Type: "String" },
  },
};

describe("the value of a template's expression", () => {
  it.each<[string, Json, Json]>([
    ["a region", { Ref: "AWS::Region" }, "eu-west-1"],
    ["a stack's name", { Ref: "AWS::StackName" }, "app"],
    ["a partition", { Ref: "AWS::Partition" }, "aws"],
    ["a number parameter's default", { Ref: "Size" }, 20],
    ["a list parameter's default", { Ref: "Zones" }, ["a", "b", "c"]],
    ["an item of a list", { "Fn::Select": ["1", { Ref: "Zones" }] }, "b"],
    ["a joined text", { "Fn::Join": ["-", ["db", { Ref: "Size" }]] }, "db-20"],
    ["a split text", { "Fn::Split": [".", "db.t3.micro"] }, ["db", "t3", "micro"]],
    ["a substituted text", { "Fn::Sub": "x ${Size} ${AWS::Region} ${!Literal}" }, "x 20 eu-west-1 ${Literal}"],
    ["a text with names of its own", { "Fn::Sub": ["${A}-${Size}", { A: { Ref: "AWS::Region" } }] }, "eu-west-1-20"],
    ["the length of a list", { "Fn::Length": { Ref: "Zones" } }, 3],
    ["an ordinary object", { a: [1, { b: null }], c: true }, { a: [1, { b: null }], c: true }],
  ])("is known for %s", (_, json, value) => {
    expect(evaluate(json, scope(PARAMETERS))).toEqual(value);
  });

  it.each<[string, Json]>([
    ["an account's id", { Ref: "AWS::AccountId" }],
    ["a parameter without a default", { Ref: "Class" }],
    ["a parameter kept in Parameter Store", { Ref: "Image" }],
    ["a secret", "{{resolve:secretsmanager:a:SecretString:b}}"],
    ["zones", { "Fn::GetAZs": "" }],
    ["an attribute", { "Fn::GetAtt": ["Vpc", "CidrBlock"] }],
    ["a text with an attribute in it", { "Fn::Sub": "arn:${Vpc.Id}" }],
    ["an unknown function", { "Fn::Transform": { Name: "x" } }],
    ["an item beyond the list's end", { "Fn::Select": [9, { Ref: "Zones" }] }],
    ["a malformed function", { "Fn::Join": "x" }],
    ["a name that every object inherits", { Ref: "constructor" }],
  ])("is not known for %s", (_, json) => {
    expect(isUnresolved(evaluate(json, scope(PARAMETERS)))).toBe(true);
  });

  it("is not there at all for AWS::NoValue, in properties and in lists", () => {
    const Properties = { A: { Ref: "AWS::NoValue" }, B: [1, { Ref: "AWS::NoValue" }] };
    expect(evaluateProperties({ Properties }, scope())).toEqual({ B: [1] });
  });

  it("looks up maps, with a default where the key is missing", () => {
    const Mappings = { Sizes: { "eu-west-1": { Class: "db.m5.large" } } };
    const find = (...path: Json[]) => evaluate({ "Fn::FindInMap": path }, scope({ Mappings }));
    expect(find("Sizes", { Ref: "AWS::Region" }, "Class")).toBe("db.m5.large");
    expect(find("Sizes", "us-east-1", "Class", { DefaultValue: "none" })).toBe("none");
    expect(isUnresolved(find("Sizes", "us-east-1", "Class"))).toBe(true);
  });

  it("prefers a parameter's given value to its default", () => {
    expect(evaluate({ Ref: "Size" }, scope(PARAMETERS, { parameters: { Size: 50 } }))).toBe(50);
  });

  it("says which resource a reference points at, also inside Fn::Sub", () => {
    const target = { stack: "app", region: "eu-west-1", logicalId: "Vpc" };
    for (const json of [{ Ref: "Vpc" }, { "Fn::Sub": "${Vpc}" }, { "Fn::Select": [0, [{ Ref: "Vpc" }]] }])
      expect(evaluate(json, scope())).toMatchObject({ target });
    expect(evaluate({ "Fn::GetAtt": "Vpc.Cidr.Block" }, scope())).toMatchObject({
      target: { ...target, attribute: "Cidr.Block" },
    });
  });

  it("asks for other stacks' outputs and exports by name", () => {
    const more: Partial<TemplateScope> = {
      output: (stack, name, region) => `${stack}/${name}/${region}`,
      imported: (name) => `import ${name}`,
    };
    const output = { "Fn::GetStackOutput": { StackName: "net", OutputName: "Id", Region: "us-east-1" } };
    expect(evaluate(output, scope({}, more))).toBe("net/Id/us-east-1");
    expect(evaluate({ "Fn::ImportValue": { "Fn::Sub": "${AWS::StackName}-id" } }, scope({}, more))).toBe(
      "import app-id",
    );
  });

  it("knows how many blocks Fn::Cidr makes, if not which", () => {
    expect(evaluate({ "Fn::Cidr": [{ "Fn::GetAtt": ["Vpc", "CidrBlock"] }, 3, 8] }, scope())).toHaveLength(3);
  });
});

describe("a condition", () => {
  const isProd = { "Fn::Equals": [{ Ref: "Env" }, "prod"] };
  const Conditions = {
    Prod: isProd,
    Dev: { "Fn::Not": [{ Condition: "Prod" }] },
    Either: { "Fn::Or": [{ Condition: "Prod" }, { Condition: "Unknown" }] },
    Both: { "Fn::And": [{ Condition: "Dev" }, { Condition: "Unknown" }] },
    Unknown: { "Fn::Equals": [{ Ref: "AWS::AccountId" }, "1"] },
    Number: { "Fn::Equals": [1, "1"] },
    Circle: { "Fn::Not": [{ Condition: "Circle" }] },
  };
  const prod = scope({ Conditions, Parameters: { Env: { Type: "String", Default: "prod" } } });

  it.each([
    ["Prod", true],
    ["Dev", false],
    ["Either", true],
    ["Both", false],
    ["Number", true],
    ["Unknown", undefined],
    ["Circle", undefined],
    ["Missing", undefined],
  ])("%s is %s in production", (name, held) => {
    expect(conditionHolds(name, prod)).toBe(held);
  });

  it("chooses a branch of Fn::If, or none where only AWS can", () => {
    const either = (name: string) => evaluate({ "Fn::If": [name, "yes", { Ref: "AWS::NoValue" }] }, prod);
    expect([either("Prod"), either("Dev")]).toEqual(["yes", undefined]);
    expect(isUnresolved(either("Unknown"))).toBe(true);
  });
});
