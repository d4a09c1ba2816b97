import { describe, expect, it } from "vitest";
import { checkUsage } from "../../src/cost/usage-check.ts";
import { parseUsage } from "../../src/cost/usage-file.ts";
import { AstroError } from "../../src/errors.ts";

function refusal(attempt: () => unknown): string {
  try {
    attempt();
  } catch (error) {
    if (error instanceof AstroError) return `${error.code} ${error.message}; ${error.hint}`;
    throw error;
  }
  return "accepted";
}

const parse = (text: string) => parseUsage(text, "usage.yaml", "zero");
const STACKS: Parameters<typeof checkUsage>[1][number] = [
  {
    name: "app",
    template: { Resources: { Nat: { Type: "AWS::EC2::NatGateway" }, Cdn: { Type: "AWS::CloudFront::Distribution" } } },
  },
  { name: "keys", template: { Resources: { Key: { Type: "AWS::KMS::Key" }, Vpc: { Type: "AWS::EC2::VPC" } } } },
];
const check = (text: string, environments = [STACKS]) => refusal(() => checkUsage(parse(text), environments));

describe("a usage file", () => {
  it("gives quantities by logical id and name, and remembers their lines", () => {
    const usage = parse("resources:\n  Nat:\n    processedGB: 12.5\naccount: {internetOutGB: 1e3}\n");
    expect(usage).toEqual({
      resources: { Nat: { processedGB: { value: 12.5, at: "usage.yaml:3" } } },
      account: { internetOutGB: { value: 1000, at: "usage.yaml:4" } },
      otherwise: "zero",
    });
  });

  it("may be JSON, indented by tabs", () => {
    const usage = parse('{\n\t"resources": {\n\t\t"Cdn": { "transferGB": { "United States": 100, "EU": 20 } }\n\t}\n}');
    expect(usage.resources.Cdn?.transferGB?.value).toEqual({ "United States": 100, EU: 20 });
  });

  it("may be empty, or have nothing under a name", () => {
    expect(parse("").resources).toEqual({});
    expect(parse("resources:\naccount:\n")).toEqual({ resources: {}, account: {}, otherwise: "zero" });
  });

  it("may repeat itself by anchors", () => {
    const usage = parse("resources:\n  A: &nat {processedGB: 5}\n  B: *nat\n");
    expect(usage.resources.B?.processedGB?.value).toBe(5);
  });

  it.each([
    ["resources:\n  Nat: {processedGb: 5}", "usage.yaml:2: processedGb is no usage quantity"],
    ["resources:\n  Nat:\n    processedGB: -1", "usage.yaml:3: processedGB is -1; give a number, zero or more"],
    ["resources:\n  Nat:\n    processedGB: many", 'usage.yaml:3: processedGB is "many"'],
    ["resources:\n  Nat:\n    processedGB: .inf", "usage.yaml:3: processedGB is Infinity"],
    ["resources:\n  Nat:\n    processedGB: .nan", "usage.yaml:3: processedGB is NaN"],
    ["resources:\n  Nat:\n    processedGB: [1]", "usage.yaml:3: processedGB is a list"],
    ["resources:\n  Nat:\n    processedGB:", "usage.yaml:3: processedGB is null"],
    ["resources:\n  Api: {spotShare: 1.5}", "usage.yaml:2: spotShare is 1.5; give a number from 0 to 1"],
    ["resources:\n  Db: {hours: 800}", "usage.yaml:2: hours is 800; give a number from 0 to 744"],
    ["resources:\n  Cdn: {transferGB: {Mars: 1}}", "usage.yaml:2: Mars is no geography of CloudFront"],
    ["account: {internetOutGB: {EU: 1}}", "usage.yaml:1: internetOutGB is a map"],
    ["account: {processedGB: 1}", "usage.yaml:1: processedGB is no usage quantity; known are internetOutGB, crossAzGB"],
    ["resource: {}", "usage.yaml:1: resource is no part of a usage file"],
    ["resources: 5", "usage.yaml:1: resources is 5, not a map of names"],
    ["- 1", "usage.yaml:1: the file is a list, not a map of names"],
    ["resources:\n  Nat: {processedGB: 1}\n  Nat: {processedGB: 2}", "usage.yaml:3: Map keys must be unique"],
    ["resources: {", "usage.yaml:1:"],
    [
      "resources:\n  A: &a {processedGB: 5}\n  B: {<<: *a}",
      "usage.yaml:3: merge keys (<<) are not supported here: write the values out",
    ],
    ["resources:\n  A: {processedGB: !num 5}", "usage.yaml:2: unknown tag !num: write the plain value"],
  ])("is refused for %j", (text, message) => {
    expect(refusal(() => parse(text))).toContain(`config ${message}`);
  });
});

describe("a usage file beside the templates", () => {
  it("may name any resource of any stack, by the stack too", () => {
    const text = "resources:\n  Nat: {processedGB: 1}\n  keys/Key: {requests: 5}\n  Cdn: {requests: {EU: 5}}";
    expect(check(text)).toBe("accepted");
  });

  it("is refused for a logical id that is nowhere", () => {
    expect(check("resources:\n  Gnat: {processedGB: 1}")).toContain(
      "config usage.yaml:2: no resource has the logical id Gnat",
    );
  });

  it("is refused for a quantity the resource's type has not, naming those it has", () => {
    expect(check("resources:\n  Nat: {requests: 1}")).toBe(
      "config usage.yaml:2: Nat has no quantity requests; AWS::EC2::NatGateway has processedGB",
    );
    expect(check("resources:\n  Vpc: {requests: 1}")).toContain("AWS::EC2::VPC has no usage to give");
  });

  it("is refused for one number where geographies are wanted, and the other way round", () => {
    expect(check("resources:\n  Cdn: {requests: 5}")).toContain("requests of Cdn is 5; give a map such as");
    expect(check("resources:\n  Key: {requests: {EU: 5}}")).toContain('requests of Key is {"EU":5}; give a number');
  });

  it("wants the stack's name where an id is in two stacks of an environment, but not where it is in two environments", () => {
    const twin = { name: "twin", template: { Resources: { Key: { Type: "AWS::KMS::Key" } } } };
    expect(check("resources:\n  Key: {requests: 5}", [[...STACKS, twin]])).toContain(
      "write the stack's name before it: STACK/Key",
    );
    expect(check("resources:\n  twin/Key: {requests: 5}", [[...STACKS, twin]])).toBe("accepted");
    expect(check("resources:\n  Key: {requests: 5}", [STACKS, [twin]])).toBe("accepted");
  });
});
