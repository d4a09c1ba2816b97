import {
  CreateStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  ListExportsCommand,
  ListImportsCommand,
} from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import { type Driver, rehearse, START, template, topic } from "./support/driver.ts";

/** The outputs of a stack with these values. */
async function worked(values: { readonly [name: string]: unknown }, more: object = {}, given: object = {}) {
  const driver = await rehearse();
  const Outputs = Object.fromEntries(Object.entries(values).map(([name, Value]) => [name, { Value }]));
  const stack = await driver.create("shop", template({ T: topic({ TopicName: "news" }) }, { ...more, Outputs }), given);
  expect(stack.StackStatus).toBe("CREATE_COMPLETE");
  return Object.fromEntries((stack.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
}

describe("functions", () => {
  it("work out text", async () => {
    const values = {
      Joined: { "Fn::Join": ["-", ["a", { Ref: "AWS::Region" }, "b"]] },
      Filled: {
        "Fn::Sub": [
          "${AWS::AccountId}/${Other}/${!Literal}/${T.TopicName}",
          { Other: { "Fn::Select": [1, ["x", "y"]] } },
        ],
      },
      Coded: { "Fn::Base64": "text" },
      Part: { "Fn::Select": ["2", { "Fn::Split": ["|", "a|b|c"] }] },
      Block: { "Fn::Select": [1, { "Fn::Cidr": ["10.0.0.0/16", 3, 8] }] },
      Block6: { "Fn::Join": [" ", { "Fn::Cidr": ["2001:db8:1234:1a00::/56", 3, 64] }] },
      Zone: { "Fn::Select": [1, { "Fn::GetAZs": "" }] },
      Mapped: { "Fn::FindInMap": ["M", { Ref: "AWS::Region" }, "size"] },
      Text: { "Fn::ToJsonString": { a: 1 } },
      Long: { "Fn::Length": ["a", "b"] },
    };
    const more = { Transform: "AWS::LanguageExtensions", Mappings: { M: { "us-east-1": { size: "big" } } } };
    expect(await worked(values, more, { Capabilities: ["CAPABILITY_AUTO_EXPAND"] })).toEqual({
      Joined: "a-us-east-1-b",
      Filled: "123456789012/y/${Literal}/news",
      Coded: "dGV4dA==",
      Part: "c",
      Block: "10.0.1.0/24",
      Block6: "2001:db8:1234:1a00::/64 2001:db8:1234:1a01::/64 2001:db8:1234:1a02::/64",
      Zone: "us-east-1b",
      Mapped: "big",
      Text: '{"a":1}',
      Long: "2",
    });
  });

  const output = (Value: unknown, more: object = {}) => ({ Outputs: { O: { Value, ...more } } });
  const named = (Name: unknown) => output("v", { Export: { Name } });
  const EXPORT = "Output O is malformed. The Name field of Export must not depend on any resources";
  it.each([
    ["the extensions' length", output({ "Fn::Length": ["a"] }), "Encountered unsupported function: Fn::Length"],
    [
      "the extensions' default",
      {
        Mappings: { M: { a: { b: "c" } } },
        ...output({ "Fn::FindInMap": ["M", "x", "b", { DefaultValue: "d" }] }),
      },
      "every Fn::FindInMap object requires three parameters",
    ],
    ["a condition as an output", output({ "Fn::Equals": ["a", "a"] }), "must evaluate to a String."],
    ["a list as an output", output(["a"]), "must evaluate to a String and not a List."],
    ["a function's list as an output", output({ "Fn::GetAZs": "" }), "must evaluate to a String."],
    ["an export named after a resource", named({ Ref: "T" }), EXPORT],
    ["an export named after an import", named({ "Fn::ImportValue": "other" }), EXPORT],
    [
      "an import named after a resource",
      output({ "Fn::ImportValue": { "Fn::Sub": "${T.TopicName}-x" } }),
      "the attribute in Fn::ImportValue must not depend on any resources, imported values, or Fn::GetAZs",
    ],
    [
      "an import in a condition",
      { Conditions: { C: { "Fn::Equals": [{ "Fn::ImportValue": "x" }, "y"] } } },
      "Cannot use Fn::ImportValue in Conditions.",
    ],
    [
      "a loop",
      { Resources: { "Fn::ForEach::Ts": ["N", ["a"], { "T${N}": topic() }] } },
      "resource definition is malformed",
    ],
  ])("are refused where they cannot be: %s", async (_, more, says) => {
    const driver = await rehearse();
    await expect(driver.create("shop", template({ T: topic() }, more))).rejects.toThrow(says);
  });

  it("know the stack and where it is", async () => {
    const values = Object.fromEntries(
      ["Partition", "URLSuffix", "StackName", "Region", "AccountId"].map((name) => [name, { Ref: `AWS::${name}` }]),
    );
    expect(await worked(values)).toEqual({
      Partition: "aws",
      URLSuffix: "amazonaws.com",
      StackName: "shop",
      Region: "us-east-1",
      AccountId: "123456789012",
    });
  });

  it("decide by conditions, which leave out resources, outputs and properties", async () => {
    const driver = await rehearse();
    const body = template(
      {
        Always: topic({ DisplayName: { "Fn::If": ["IsProd", "prod", { Ref: "AWS::NoValue" }] } }),
        Prod: topic({}, { Condition: "IsProd" }),
        Dev: topic({}, { Condition: "IsDev" }),
      },
      {
        Parameters: { Env: { Type: "String" } },
        Conditions: {
          IsProd: { "Fn::Equals": [{ Ref: "Env" }, "prod"] },
          IsDev: { "Fn::Not": [{ Condition: "IsProd" }] },
          Both: { "Fn::And": [{ Condition: "IsProd" }, { Condition: "IsDev" }] },
        },
        Outputs: {
          O: { Condition: "IsDev", Value: { "Fn::If": ["Both", "both", "one"] } },
          P: { Condition: "IsProd", Value: "p" },
        },
      },
    );
    const stack = await driver.create("shop", body, { Parameters: [{ ParameterKey: "Env", ParameterValue: "dev" }] });
    expect(Object.keys(await driver.ids("shop"))).toEqual(["Always", "Dev"]);
    expect(stack.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue])).toEqual([["O", "one"]]);
  });
});

describe("references to values of other services", () => {
  const parameter = (Name: string, Value: string, more: object = {}) => ({
    Type: "AWS::SSM::Parameter",
    Properties: { Name, Type: "String", Value, ...more },
  });
  const put = (driver: Driver, Name: string, Value: string, Type = "String") =>
    driver.json("ssm", "AmazonSSM.PutParameter", { Name, Value, Type, Overwrite: true });
  const stored = async (driver: Driver, Name: string) =>
    (await driver.json("ssm", "AmazonSSM.GetParameter", { Name })).Parameter as { Value: string; Version: number };

  it("find parameters by name and version, and again with each update", async () => {
    const driver = await rehearse();
    await put(driver, "/x", "one");
    await put(driver, "/x", "two");
    const body = template({ P: parameter("/p", "{{resolve:ssm:/x}}-{{resolve:ssm:/x:1}}") });
    await driver.create("shop", body);
    expect(await stored(driver, "/p")).toMatchObject({ Value: "two-one", Version: 1 });
    expect(await stored(driver, "/x:1")).toMatchObject({ Value: "one", Version: 1 });
    await put(driver, "/x", "three");
    expect((await driver.update("shop", body)).StackStatus).toBe("UPDATE_COMPLETE");
    expect(await stored(driver, "/p")).toMatchObject({ Value: "three-one", Version: 2 });
  });

  it.each([
    ["{{resolve:ssm:/x:prod}}", "Incorrect format is used in the following SSM reference: [{{resolve:ssm:/x:prod}}]"],
    ["{{resolve:ssm:/secure:1}}", "Non-secure ssm prefix was used for secure parameter /secure"],
    [
      "{{resolve:ssm-secure:/secure:1}}",
      "SSM Secure reference is not supported in: [AWS::SSM::Parameter/Properties/Value]",
    ],
  ])("are refused with the call: %s", async (reference, says) => {
    const driver = await rehearse();
    await put(driver, "/x", "one");
    await put(driver, "/secure", "s", "SecureString");
    await expect(driver.create("shop", template({ P: parameter("/p", reference) }))).rejects.toThrow(says);
  });

  it.each([
    ["{{resolve:ssm:/x:9}}", "shop", "Parameters: [ssm:/x:9] cannot be found."],
    [
      "{{resolve:ssm-secure:/secure}}",
      "shop",
      "SSM Secure reference is not supported in: [AWS::SSM::Parameter/Properties/Value]",
    ],
    ["{{resolve:secretsmanager:none}}", "P", "Secrets Manager can't find the specified secret."],
    [
      "{{resolve:secretsmanager:db:SecretString:none}}",
      "P",
      "Could not find a value associated with JSONKey in SecretString",
    ],
    ["{{resolve:secretsmanager:plain:SecretString:none}}", "P", "Could not parse SecretString JSON"],
  ])("fail the stack, or the resource: %s", async (reference, id, says) => {
    const driver = await rehearse();
    await put(driver, "/x", "one");
    await put(driver, "/secure", "s", "SecureString");
    await driver.json("secretsmanager", "secretsmanager.CreateSecret", { Name: "db", SecretString: '{"a":"b"}' });
    await driver.json("secretsmanager", "secretsmanager.CreateSecret", { Name: "plain", SecretString: "text" });
    const stack = await driver.create("shop", template({ P: parameter("/p", reference) }));
    expect(stack.StackStatus).toBe("ROLLBACK_COMPLETE");
    const { StackEvents = [] } = await driver.cloudformation.send(
      new DescribeStackEventsCommand({ StackName: "shop" }),
    );
    const why = StackEvents.filter(({ ResourceStatusReason }) => ResourceStatusReason?.startsWith(says));
    expect(why.map(({ LogicalResourceId }) => LogicalResourceId)).toContain(id);
    expect(await driver.ids("shop")).toEqual(id === "shop" ? {} : expect.anything());
  });

  it("have the type that the template says, trimmed where it is a list", async () => {
    const driver = await rehearse();
    await put(driver, "/text", "a,b");
    await put(driver, "/list", "a, b ,c", "StringList");
    await put(driver, "/secure", "s", "SecureString");
    const body = (Type: string, Default: string) =>
      template({ P: parameter("/p", "v", {}) }, { Parameters: { X: { Type, Default } } });
    const value = (inner: string) => `AWS::SSM::Parameter::Value<${inner}>`;
    await expect(driver.create("a", body(value("List<String>"), "/text"))).rejects.toThrow("[/text] defined in CFN");
    await expect(driver.create("b", body(value("String"), "/list"))).rejects.toThrow("are incompatible");
    await expect(driver.create("c", body(value("String"), "/secure"))).rejects.toThrow("types not supported");
    await expect(driver.create("d", body(value("String"), "/text:4"))).rejects.toThrow(
      "Unable to fetch parameters [/text:4]",
    );
    await expect(driver.create("e", body("String", "{{resolve:ssm:/text}}"))).rejects.toThrow(
      "parameter X should not contain ssm versionless resolver",
    );
    const { Parameters } = await driver.create("f", body(value("List<String>"), "/list"));
    expect(Parameters?.[0]?.ResolvedValue).toBe("a,b,c");
    const lost = await driver.create("g", body("AWS::SSM::Parameter::Name", "/none"));
    expect(lost.StackStatus).toBe("ROLLBACK_COMPLETE");
    const { StackEvents = [] } = await driver.cloudformation.send(new DescribeStackEventsCommand({ StackName: "g" }));
    expect(StackEvents.map(({ ResourceStatusReason }) => ResourceStatusReason)).toContain(
      "Parameter validation failed: parameter value /none for parameter name X does not exist. Rollback requested by user.",
    );
  });

  it("know AWS's own images", async () => {
    const driver = await rehearse();
    const Parameters = {
      Image: {
        Type: "AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>",
        Default: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
      },
    };
    await driver.create("shop", template({ T: topic({ DisplayName: { Ref: "Image" } }) }, { Parameters }));
    expect((await stored(driver, Parameters.Image.Default)).Value).toMatch(/^ami-[0-9a-f]{17}$/);
  });
});

describe("parameters", () => {
  it("are numbers, lists, defaults, and SSM parameters by name; secret ones are masked", async () => {
    const driver = await rehearse();
    await driver.json("ssm", "AmazonSSM.PutParameter", { Name: "/ami", Value: "ami-1", Type: "String" });
    const Parameters = {
      List: { Type: "CommaDelimitedList", Default: "a, b" },
      Ami: { Type: "AWS::SSM::Parameter::Value<String>", Default: "/ami" },
      Secret: { Type: "String", NoEcho: true, Default: "hidden" },
    };
    const Outputs = { Second: { Value: { "Fn::Select": [1, { Ref: "List" }] } }, Ami: { Value: { Ref: "Ami" } } };
    const stack = await driver.create("shop", template({ T: topic() }, { Parameters, Outputs }));
    expect(stack.Outputs?.map(({ OutputValue }) => OutputValue)).toEqual(["b", "ami-1"]);
    expect(
      stack.Parameters?.map(({ ParameterKey, ParameterValue, ResolvedValue }) => [
        ParameterKey,
        ParameterValue,
        ResolvedValue,
      ]),
    ).toEqual([
      ["List", "a, b", undefined],
      ["Ami", "/ami", "ami-1"],
      ["Secret", "****", undefined],
    ]);
  });

  it("with NoEcho are masked in events as well, and reach their services unmasked", async () => {
    const driver = await rehearse();
    const Parameters = {
      Password: { Type: "String", NoEcho: true },
      List: { Type: "CommaDelimitedList", NoEcho: true },
    };
    const body = template(
      {
        P: {
          Type: "AWS::SSM::Parameter",
          Properties: {
            Name: "/p",
            Type: "String",
            Value: { "Fn::Sub": "pw=${Password}" },
            Description: { "Fn::If": ["Long", "long", "short"] },
          },
        },
        Second: {
          Type: "AWS::SSM::Parameter",
          Properties: { Name: "/second", Type: "String", Value: { "Fn::Select": [1, { Ref: "List" }] } },
        },
      },
      { Parameters, Conditions: { Long: { "Fn::Equals": [{ Ref: "Password" }, "hunter2"] } } },
    );
    const given = { Password: "hunter2", List: "one,two" };
    await driver.create("shop", body, {
      Parameters: Object.entries(given).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
    });
    const { StackEvents = [] } = await driver.cloudformation.send(
      new DescribeStackEventsCommand({ StackName: "shop" }),
    );
    const told = StackEvents.filter(({ LogicalResourceId }) => LogicalResourceId !== "shop");
    const properties = new Set(told.map(({ ResourceProperties }) => ResourceProperties));
    expect(
      [...properties].map((text) => JSON.parse(text ?? "{}")).toSorted((a, b) => a.Name.localeCompare(b.Name)),
    ).toEqual([
      { Name: "/p", Type: "String", Value: "pw=****", Description: "long" },
      { Name: "/second", Type: "String", Value: "****" },
    ]);
    for (const [Name, Value] of [
      ["/p", "pw=hunter2"],
      ["/second", "two"],
    ]) {
      const { Parameter } = await driver.json("ssm", "AmazonSSM.GetParameter", { Name });
      expect(Parameter).toMatchObject({ Value });
    }
  });

  it("keep their values, and the template too, when an update says so", async () => {
    const driver = await rehearse();
    const body = template(
      { T: topic({ DisplayName: { "Fn::Sub": "${A}${B}" } }) },
      {
        Parameters: { A: { Type: "String" }, B: { Type: "String", Default: "b" } },
        Outputs: { O: { Value: { "Fn::Sub": "${A}${B}" } } },
      },
    );
    await driver.create("shop", body, { Parameters: [{ ParameterKey: "A", ParameterValue: "a" }] });
    const { UpdateStackCommand } = await import("@aws-sdk/client-cloudformation");
    const Parameters = [
      { ParameterKey: "A", UsePreviousValue: true },
      { ParameterKey: "B", ParameterValue: "c" },
    ];
    await driver.cloudformation.send(
      new UpdateStackCommand({ StackName: "shop", UsePreviousTemplate: true, Parameters }),
    );
    expect((await driver.settled("shop")).Outputs?.[0]?.OutputValue).toBe("ac");
    const { TemplateBody } = await driver.cloudformation.send(new GetTemplateCommand({ StackName: "shop" }));
    expect(TemplateBody).toBe(JSON.stringify(body));
  });
});

describe("values of others", () => {
  it("come from another stack's output, of another region too", async () => {
    const driver = await rehearse();
    const west = driver.elsewhere("us-west-2");
    const TemplateBody = JSON.stringify(
      template({ T: topic() }, { Outputs: { O: { Value: { Ref: "AWS::Region" } } } }),
    );
    await west.send(new CreateStackCommand({ StackName: "source", TemplateBody }));
    await driver.rehearsal.clock.sleep(60_000);
    const stack = await driver.create(
      "shop",
      template(
        { T: topic() },
        {
          Outputs: {
            O: { Value: { "Fn::GetStackOutput": { StackName: "source", OutputName: "O", Region: "us-west-2" } } },
          },
        },
      ),
    );
    expect(stack.Outputs?.[0]?.OutputValue).toBe("us-west-2");
  });

  it("name a topic of another region, whose subscription is made there", async () => {
    // localstack's test_sns_subscription_region, recorded 2025-05-28.
    const driver = await rehearse();
    const west = driver.elsewhere("us-west-2");
    const TemplateBody = JSON.stringify(template({ T: topic({ TopicName: "news" }) }));
    await west.send(new CreateStackCommand({ StackName: "source", TemplateBody }));
    await driver.rehearsal.clock.sleep(60_000);
    const TopicArn = "arn:aws:sns:us-west-2:123456789012:news";
    const to = (Region?: string) =>
      template({
        S: {
          Type: "AWS::SNS::Subscription",
          Properties: { TopicArn, Protocol: "email", Endpoint: "ops@example.com", ...(Region && { Region }) },
        },
      });
    expect((await driver.create("shop", to("us-west-2"))).StackStatus).toBe("CREATE_COMPLETE");
    expect((await driver.ids("shop")).S).toMatch(new RegExp(`^${TopicArn}:`));
    expect((await driver.create("here", to())).StackStatus).toBe("ROLLBACK_COMPLETE");
  });

  it("come from exports, which are listed with those who import them", async () => {
    const driver = await rehearse();
    const source = await driver.create(
      "source",
      template(
        { T: topic() },
        { Outputs: { O: { Value: "v", Export: { Name: { "Fn::Sub": "${AWS::StackName}-o" } } } } },
      ),
    );
    const reader = await driver.create(
      "reader",
      template({ T: topic() }, { Outputs: { O: { Value: { "Fn::ImportValue": "source-o" } } } }),
    );
    expect(reader.Outputs?.[0]?.OutputValue).toBe("v");
    const { Exports } = await driver.cloudformation.send(new ListExportsCommand({}));
    expect(Exports).toEqual([{ ExportingStackId: source.StackId, Name: "source-o", Value: "v" }]);
    const { Imports } = await driver.cloudformation.send(new ListImportsCommand({ ExportName: "source-o" }));
    expect(Imports).toEqual(["reader"]);
  });

  it("an export's name is taken once, and its value stays while it is imported", async () => {
    const driver = await rehearse();
    const source = (Value: string) =>
      template({ T: topic() }, { Outputs: { O: { Value, Export: { Name: "shared" } } } });
    await driver.create("source", source("1"));
    expect((await driver.create("second", source("1"))).StackStatus).toBe("ROLLBACK_COMPLETE");
    await driver.create("reader", template({ T: topic({ DisplayName: { "Fn::ImportValue": "shared" } }) }));
    const stack = await driver.update("source", source("2"));
    expect(stack.StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
    const reasons = (await driver.cloudformation.send(new DescribeStacksCommand({ StackName: "source" }))).Stacks?.[0]
      ?.Outputs?.[0]?.OutputValue;
    expect(reasons).toBe("1");
  });

  it("are looked up in SSM as the stack is made; a secret's stay a reference, and it must be there", async () => {
    const driver = await rehearse();
    await driver.json("ssm", "AmazonSSM.PutParameter", { Name: "/name", Value: "found", Type: "String" });
    const stack = await driver.create(
      "shop",
      template({ T: topic() }, { Outputs: { O: { Value: "{{resolve:ssm:/name}}" } } }),
    );
    expect(stack.Outputs?.[0]?.OutputValue).toBe("found");
    const reader = template({ T: topic({ DisplayName: "{{resolve:secretsmanager:none:SecretString:a}}" }) });
    expect((await driver.create("missing", reader)).StackStatus).toBe("ROLLBACK_COMPLETE");
    await driver.json("secretsmanager", "secretsmanager.CreateSecret", { Name: "none", SecretString: '{"a":"b"}' });
    expect((await driver.create("there", reader)).StackStatus).toBe("CREATE_COMPLETE");
  });
});

describe("times", () => {
  it("are the simulated clock's: a stack begins when the rehearsal does", async () => {
    const driver = await rehearse();
    expect((await driver.create("shop", template({ T: topic() }))).CreationTime).toEqual(START);
  });
});
