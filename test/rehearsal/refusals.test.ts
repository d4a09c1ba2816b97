import {
  CreateChangeSetCommand,
  CreateStackCommand,
  type CreateStackCommandInput,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  ExecuteChangeSetCommand,
  GetTemplateCommand,
  UpdateStackCommand,
  ValidateTemplateCommand,
} from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import { type Driver, refusal, rehearse, template, topic } from "./support/driver.ts";

const attempt = ({ cloudformation }: Driver, body: object | string, more: Partial<CreateStackCommandInput> = {}) =>
  refusal(
    cloudformation.send(
      new CreateStackCommand({
        StackName: "shop",
        TemplateBody: typeof body === "string" ? body : JSON.stringify(body),
        ...more,
      }),
    ),
  );

describe("CreateStack refuses", () => {
  const TEMPLATES: readonly (readonly [what: string, body: object | string, words: string])[] = [
    [
      "a template without resources",
      { Resources: {} },
      "Template format error: At least one Resources member must be defined.",
    ],
    [
      "a section that is none",
      template({ A: topic() }, { Resorces: {} }),
      "Invalid template property or properties [Resorces]",
    ],
    [
      "a resource without a type",
      template({ A: {} }),
      "Template format error: [/Resources/A] Every Resources object must contain a Type member.",
    ],
    [
      "an attribute that is none",
      template({ A: topic({}, { Propertys: {} }) }),
      "Invalid template resource property 'Propertys'",
    ],
    [
      "a type that is none",
      template({ A: { Type: "AWS::SNS::Topik" } }),
      "Template format error: Unrecognized resource types: [AWS::SNS::Topik]",
    ],
    [
      "a logical id with a dash",
      template({ "a-b": topic() }),
      "Template format error: Resource name a-b is non alphanumeric.",
    ],
    [
      "a reference to nothing",
      template({ A: topic({ DisplayName: { Ref: "Nothing" } }) }),
      "Template format error: Unresolved resource dependencies [Nothing] in the Resources block of the template",
    ],
    [
      "a dependency on nothing",
      template({ A: topic({}, { DependsOn: "Nothing" }) }),
      "Template format error: Unresolved resource dependencies [Nothing] in the Resources block of the template",
    ],
    [
      "an output of nothing",
      template({ A: topic() }, { Outputs: { O: { Value: { Ref: "Nothing" } } } }),
      "Template format error: Unresolved resource dependencies [Nothing] in the Outputs block of the template",
    ],
    [
      "an attribute of nothing",
      template({ A: topic({ DisplayName: { "Fn::GetAtt": ["Nothing", "Arn"] } }) }),
      "Template error: instance of Fn::GetAtt references undefined resource Nothing",
    ],
    [
      "an attribute without a name",
      template({ A: topic(), B: topic({ DisplayName: { "Fn::GetAtt": "A" } }) }),
      "Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute",
    ],
    [
      "a circle",
      template({ A: topic({ DisplayName: { Ref: "B" } }), B: topic({ DisplayName: { Ref: "A" } }) }),
      "Circular dependency between resources: [A, B]",
    ],
    [
      "a condition that is none",
      template({ A: topic({}, { Condition: "Never" }) }),
      "Template format error: Unresolved condition dependency Never in the Resources block of the template",
    ],
    [
      "a mapping without the key",
      template(
        { A: topic({ DisplayName: { "Fn::FindInMap": ["M", "x", "y"] } }) },
        { Mappings: { M: { x: { z: "1" } } } },
      ),
      "Template error: Unable to get mapping for M::x::y",
    ],
    [
      "an element beyond the list",
      template({ A: topic({ DisplayName: { "Fn::Select": ["3", ["a"]] } }) }),
      "Template error: Fn::Select requires a list argument with two elements: an integer index and a list",
    ],
    [
      "a snapshot of what has none",
      template({ A: topic({}, { DeletionPolicy: "Snapshot" }) }),
      "Template error: resource type AWS::SNS::Topic does not support deletion policy Snapshot",
    ],
    [
      "501 resources",
      template(Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`T${i}`, { Type: "AWS::SNS::Topic" }]))),
      "Template format error: Number of resources, 501, is greater than maximum allowed, 500",
    ],
    [
      "an output's description of 1,025 bytes",
      template({ A: topic() }, { Outputs: { B: { Value: "b", Description: `${"ä".repeat(512)}b` } } }),
      "Template format error: 'Description' length is greater than 1024.",
    ],
    [
      "a parameter that is null",
      template({ A: topic() }, { Parameters: { Name: null } }),
      "[/Parameters/Name] 'null' values are not allowed in templates",
    ],
    [
      "an output whose value is null",
      template({ A: topic() }, { Outputs: { B: { Value: null } } }),
      "[/Outputs/B/Value] 'null' values are not allowed in templates",
    ],
  ];

  it.each(TEMPLATES)("%s", async (_, body, words) => {
    expect(await attempt(await rehearse(), body)).toBe(`ValidationError: ${words}`);
  });

  it("what is not JSON, telling where", async () => {
    expect(await attempt(await rehearse(), '{"Resources": }')).toMatch(
      /^ValidationError: Template format error: JSON not well-formed\. \(line 1, column 1[56]\)$/,
    );
  });

  it("more than 51,200 bytes in the call", async () => {
    const long = JSON.stringify(
      template({ A: topic() }, { Description: "x".repeat(900), Metadata: { x: "y".repeat(51_200) } }),
    );
    expect(await attempt(await rehearse(), long)).toMatch(
      /^ValidationError: 1 validation error detected: Value .* at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to 51200$/s,
    );
  });

  it("a name that no stack can have", async () => {
    expect(await attempt(await rehearse(), template({ A: topic() }), { StackName: "a_b" })).toBe(
      "ValidationError: 1 validation error detected: Value 'a_b' at 'stackName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*",
    );
  });

  it("a name that is taken", async () => {
    const driver = await rehearse();
    await driver.create("shop", template({ A: topic() }));
    expect(await attempt(driver, template({ A: topic() }))).toBe("AlreadyExistsException: Stack [shop] already exists");
  });

  it("IAM without a capability, and named IAM without CAPABILITY_NAMED_IAM", async () => {
    const driver = await rehearse();
    const policy = {
      Statement: [{ Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" }],
    };
    const role = (name: object) =>
      template({ R: { Type: "AWS::IAM::Role", Properties: { AssumeRolePolicyDocument: policy, ...name } } });
    expect(await attempt(driver, role({}))).toBe(
      "InsufficientCapabilitiesException: Requires capabilities : [CAPABILITY_IAM]",
    );
    expect(await attempt(driver, role({ RoleName: "r" }), { Capabilities: ["CAPABILITY_IAM"] })).toBe(
      "InsufficientCapabilitiesException: Requires capabilities : [CAPABILITY_NAMED_IAM]",
    );
    expect(await attempt(driver, role({}), { Capabilities: ["CAPABILITY_IAM"] })).toBe("not refused");
  });
});

describe("parameters are refused", () => {
  const body = (parameter: object) =>
    template({ A: topic({ DisplayName: { Ref: "P" } }) }, { Parameters: { P: parameter } });
  const given = (ParameterValue: string) => ({ Parameters: [{ ParameterKey: "P", ParameterValue }] });

  it("when one has no value", async () => {
    expect(await attempt(await rehearse(), body({ Type: "String" }))).toBe(
      "ValidationError: Parameters: [P] must have values",
    );
  });
  it("when one is not the template's", async () => {
    expect(await attempt(await rehearse(), template({ A: topic() }), given("x"))).toBe(
      "ValidationError: Parameters: [P] do not exist in the template",
    );
  });
  it("when a value is not allowed, too short, or no number", async () => {
    const driver = await rehearse();
    expect(await attempt(driver, body({ Type: "String", AllowedValues: ["a"] }), given("b"))).toBe(
      "ValidationError: Parameter 'P' must be one of AllowedValues",
    );
    expect(await attempt(driver, body({ Type: "String", MinLength: 3 }), given("b"))).toBe(
      "ValidationError: Parameter 'P' must contain at least 3 characters",
    );
    expect(await attempt(driver, body({ Type: "Number" }), given("b"))).toBe(
      "ValidationError: Parameter 'P' must be a number.",
    );
    expect(await attempt(driver, body({ Type: "String", AllowedPattern: "[a-z]+" }), given("B"))).toBe(
      "ValidationError: Parameter 'P' must match pattern [a-z]+",
    );
  });
});

describe("a list of parameters", () => {
  const first = { "Fn::Select": [0, { Ref: "P" }] };
  const body = (parameter: object) =>
    template({ A: topic({ DisplayName: first }) }, { Parameters: { P: { Type: "CommaDelimitedList", ...parameter } } });
  const given = (ParameterValue: string) => ({ Parameters: [{ ParameterKey: "P", ParameterValue }] });

  it("is held to what its members may be", async () => {
    const driver = await rehearse();
    expect(await attempt(driver, body({ AllowedValues: ["a", "b"] }), given("a,c"))).toBe(
      "ValidationError: Parameter 'P' must be one of AllowedValues",
    );
    expect(await attempt(driver, body({ AllowedPattern: "[a-z]" }), given("a,1"))).toBe(
      "ValidationError: Parameter 'P' must match pattern [a-z]",
    );
    expect(await attempt(driver, body({ Type: "List<Number>" }), given("1,x"))).toBe(
      "ValidationError: Parameter 'P' must be a number.",
    );
    expect(await attempt(driver, body({ AllowedValues: ["a", "b"], AllowedPattern: "[a-z]" }), given("a,b"))).toBe(
      "not refused",
    );
  });

  it("of ids names what is there, or the stack fails at once", async () => {
    const { create, cloudformation } = await rehearse();
    const stack = await create("shop", body({ Type: "List<AWS::EC2::Subnet::Id>" }), given("subnet-0abc"));
    expect(stack.StackStatus).toBe("ROLLBACK_COMPLETE");
    const { StackEvents } = await cloudformation.send(new DescribeStackEventsCommand({ StackName: "shop" }));
    expect(StackEvents?.map(({ ResourceStatusReason }) => ResourceStatusReason)).toContain(
      "Parameter validation failed: parameter value subnet-0abc for parameter name P does not exist. Rollback requested by user.",
    );
  });
});

describe("what is not there", () => {
  it("is refused in the words of each call", async () => {
    const { cloudformation } = await rehearse();
    const body = JSON.stringify(template({ A: topic() }));
    const calls = [
      cloudformation.send(new UpdateStackCommand({ StackName: "none", TemplateBody: body })),
      cloudformation.send(new DescribeStackEventsCommand({ StackName: "none" })),
      cloudformation.send(new GetTemplateCommand({ StackName: "none" })),
      cloudformation.send(new ExecuteChangeSetCommand({ StackName: "none", ChangeSetName: "c" })),
      cloudformation.send(new CreateChangeSetCommand({ StackName: "none", ChangeSetName: "c", TemplateBody: body })),
      cloudformation.send(new DeleteStackCommand({ StackName: "none" })),
    ];
    expect(await Promise.all(calls.map(refusal))).toEqual([
      "ValidationError: Stack [none] does not exist",
      "ValidationError: Stack [none] does not exist",
      "ValidationError: Stack with id none does not exist",
      "ValidationError: Stack [none] does not exist",
      "ValidationError: Stack [none] does not exist",
      "not refused",
    ]);
  });
});

describe("ValidateTemplate", () => {
  it("shows parameters and the capability that a valid template needs", async () => {
    const { cloudformation } = await rehearse();
    const policy = { Type: "AWS::IAM::Policy", Properties: { PolicyName: "p", PolicyDocument: {}, Roles: ["r"] } };
    const body = template(
      { P: policy },
      { Description: "d", Parameters: { Env: { Type: "String", Default: "dev", NoEcho: true } } },
    );
    const answer = await cloudformation.send(new ValidateTemplateCommand({ TemplateBody: JSON.stringify(body) }));
    expect(answer).toMatchObject({
      Description: "d",
      Capabilities: ["CAPABILITY_IAM"],
      Parameters: [{ ParameterKey: "Env", DefaultValue: "dev", NoEcho: true }],
    });
  });
});
