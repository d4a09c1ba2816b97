import {
  CreateChangeSetCommand,
  type CreateChangeSetCommandInput,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  ListChangeSetsCommand,
} from "@aws-sdk/client-cloudformation";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { type Driver, refusal, rehearse, template, topic } from "./support/driver.ts";

const parameter = (Value: unknown, more: object = {}) => ({
  Type: "AWS::SSM::Parameter",
  Properties: { Type: "String", Value, ...more },
});
const table = (key: unknown) => ({
  Type: "AWS::DynamoDB::Table",
  Properties: {
    KeySchema: [{ AttributeName: key, KeyType: "HASH" }],
    AttributeDefinitions: [{ AttributeName: key, AttributeType: "S" }],
    BillingMode: "PAY_PER_REQUEST",
  },
});

/** Makes a change set and reads it once it is worked out. */
async function drafted(
  { cloudformation, rehearsal }: Driver,
  body: object,
  more: Partial<CreateChangeSetCommandInput> = {},
) {
  const input = { StackName: "shop", ChangeSetName: "plan", TemplateBody: JSON.stringify(body), ...more };
  await cloudformation.send(new CreateChangeSetCommand(input));
  await rehearsal.clock.sleep(5000);
  return cloudformation.send(new DescribeChangeSetCommand({ StackName: input.StackName, ChangeSetName: "plan" }));
}

const brief = (changes: Awaited<ReturnType<typeof drafted>>["Changes"]) =>
  (changes ?? []).map(({ ResourceChange: one }) =>
    [one?.LogicalResourceId, one?.Action, one?.Replacement, one?.Scope?.join()]
      .filter((word) => word !== undefined)
      .join(" "),
  );

describe("a change set for a new stack", () => {
  it("is in creation, then complete; the stack is in review until it is executed", async () => {
    const driver = await rehearse();
    const { cloudformation, settled } = driver;
    const input = {
      StackName: "shop",
      ChangeSetName: "plan",
      ChangeSetType: "CREATE",
      TemplateBody: JSON.stringify(template({ A: topic() })),
    } as const;
    await cloudformation.send(new CreateChangeSetCommand(input));
    const describeIt = () =>
      cloudformation.send(new DescribeChangeSetCommand({ StackName: "shop", ChangeSetName: "plan" }));
    expect(await describeIt()).toMatchObject({ Status: "CREATE_IN_PROGRESS", ExecutionStatus: "UNAVAILABLE" });
    await driver.rehearsal.clock.sleep(5000);
    const done = await describeIt();
    expect(done).toMatchObject({ Status: "CREATE_COMPLETE", ExecutionStatus: "AVAILABLE" });
    expect(brief(done.Changes)).toEqual(["A Add "]);
    const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName: "shop" }));
    expect(Stacks?.[0]?.StackStatus).toBe("REVIEW_IN_PROGRESS");
    await cloudformation.send(new ExecuteChangeSetCommand({ StackName: "shop", ChangeSetName: "plan" }));
    expect((await settled("shop")).StackStatus).toBe("CREATE_COMPLETE");
    expect(await refusal(describeIt())).toBe("ChangeSetNotFoundException: ChangeSet [plan] does not exist");
  });

  it("shows imports of existing resources, if requested", async () => {
    const driver = await rehearse();
    const left = template({ A: { ...parameter("v", { Name: "/left" }), DeletionPolicy: "Retain" } });
    await driver.create("old", left);
    await driver.cloudformation.send(new DeleteStackCommand({ StackName: "old" }));
    await driver.rehearsal.clock.sleep(60_000);
    const { ImportExistingResources, Changes } = await drafted(driver, left, {
      ChangeSetType: "CREATE",
      ImportExistingResources: true,
    });
    expect([ImportExistingResources, brief(Changes)]).toEqual([true, ["A Import "]]);
  });

  it("is refused for an existing stack, and with unknown types", async () => {
    const driver = await rehearse();
    await driver.create("shop", template({ A: topic() }));
    expect(await refusal(drafted(driver, template({ A: topic() }), { ChangeSetType: "CREATE" }))).toBe(
      "ValidationError: Stack [shop] already exists and cannot be created again with the changeSet [plan].",
    );
    expect(await refusal(drafted(driver, template({ A: topic() }), { ChangeSetType: "IMPORT" }))).toMatch(
      /^ValidationError: ChangeSetType IMPORT/,
    );
  });

  it("fails before deployment if a property is invalid or a name is taken, and DescribeEvents says where", async () => {
    const driver = await rehearse();
    await driver.create("first", template({ Q: parameter("v", { Name: "/taken" }) }));
    const failed = await drafted(driver, template({ P: parameter("v", { Name: "/taken", Colour: "red" }) }), {
      ChangeSetType: "CREATE",
    });
    expect(failed).toMatchObject({
      Status: "FAILED",
      StatusReason:
        "The following hook(s)/validation failed: [AWS::EarlyValidation::PropertyValidation, AWS::EarlyValidation::ResourceExistenceCheck]. To troubleshoot Early Validation errors, use the DescribeEvents API for detailed failure information.",
    });
    const { OperationEvents } = await driver.cloudformation.send(
      new DescribeEventsCommand({ ChangeSetName: failed.ChangeSetId }),
    );
    expect(OperationEvents?.map((one) => [one.ValidationName, one.ValidationPath, one.ValidationStatusReason])).toEqual(
      [
        ["PROPERTY_VALIDATION", "/Resources/P/Properties", "extraneous key [Colour] is not permitted"],
        [
          "NAME_CONFLICT_VALIDATION",
          "/Resources/P/Properties/Name",
          "Resource of type 'AWS::SSM::Parameter' with identifier '/taken' already exists.",
        ],
      ],
    );
  });
});

describe("a change set for an existing stack", () => {
  it("without a change fails in AWS's words and cannot be executed", async () => {
    const driver = await rehearse();
    await driver.create("shop", template({ A: topic() }));
    const empty = await drafted(driver, template({ A: topic() }));
    expect(empty).toMatchObject({
      Status: "FAILED",
      StatusReason:
        "The submitted information didn't contain changes. Submit different information to create a change set.",
    });
    const run = driver.cloudformation.send(new ExecuteChangeSetCommand({ StackName: "shop", ChangeSetName: "plan" }));
    expect(await refusal(run)).toBe(
      `InvalidChangeSetStatusException: ChangeSet [${empty.ChangeSetId}] cannot be executed in its current status of [FAILED]`,
    );
  });

  it("shows additions, removals, updates in place and replacements, and what follows from them", async () => {
    const driver = await rehearse();
    await driver.create(
      "shop",
      template({
        T: table("a"),
        Follows: parameter({ Ref: "T" }),
        Changed: parameter("1"),
        Kept: parameter("1", {}),
        Gone: { ...parameter("1"), DeletionPolicy: "Retain" },
      }),
    );
    const { Changes } = await drafted(
      driver,
      template({
        T: table("b"),
        Follows: parameter({ Ref: "T" }),
        Changed: parameter("2"),
        Kept: parameter("1"),
        New: topic(),
      }),
    );
    expect(brief(Changes)).toEqual([
      "Changed Modify False Properties",
      "Follows Modify False Properties",
      "Gone Remove ",
      "New Add ",
      "T Modify True Properties",
    ]);
    const details = Changes?.map(({ ResourceChange }) =>
      ResourceChange?.Details?.map(({ Target, Evaluation, ChangeSource, CausingEntity }) => [
        Target?.Name,
        Target?.RequiresRecreation,
        Evaluation,
        ChangeSource,
        CausingEntity,
      ]),
    );
    expect(details).toEqual([
      [["Value", "Never", "Static", "DirectModification", undefined]],
      [["Value", "Never", "Static", "ResourceReference", "T"]],
      [],
      [],
      [
        ["KeySchema", "Always", "Static", "DirectModification", undefined],
        ["AttributeDefinitions", "Never", "Static", "DirectModification", undefined],
      ],
    ]);
    expect(Changes?.map(({ ResourceChange }) => ResourceChange?.PolicyAction)).toEqual([
      undefined,
      undefined,
      "Retain",
      undefined,
      "ReplaceAndDelete",
    ]);
  });

  it("calls a replacement certain where what it refers to is surely replaced, and conditional where it may be", async () => {
    const driver = await rehearse();
    const named = (T: object) => template({ T, P: parameter("v", { Name: { Ref: "T" } }) });
    await driver.create("shop", named(table("a")));
    const { Changes } = await drafted(driver, named(table("b")));
    expect(brief(Changes)).toEqual(["P Modify True Properties", "T Modify True Properties"]);
    const read = (value: string) =>
      template({ S: parameter(value), P: parameter("v", { Name: { "Fn::GetAtt": ["S", "Value"] } }) });
    await driver.create("other", read("a"));
    const other = await drafted(driver, read("b"), { StackName: "other" });
    expect(brief(other.Changes)).toEqual(["P Modify Conditional Properties", "S Modify False Properties"]);
  });

  it("treats attributes of updated resources as unknown, and no others", async () => {
    const driver = await rehearse();
    const body = (value: string) =>
      template({
        Source: parameter(value),
        Reads: parameter({ "Fn::GetAtt": ["Source", "Value"] }),
        Refers: parameter({ Ref: "Source" }),
      });
    await driver.create("shop", body("1"));
    const { Changes } = await drafted(driver, body("2"));
    expect(brief(Changes)).toEqual(["Reads Modify False Properties", "Source Modify False Properties"]);
    expect(Changes?.[0]?.ResourceChange?.Details?.[0]).toMatchObject({
      Evaluation: "Dynamic",
      ChangeSource: "ResourceAttribute",
      CausingEntity: "Source.Value",
    });
  });

  it("shows what follows otherwise with property values: attributes have their current values", async () => {
    const driver = await rehearse();
    const body = (Description: string, name: string) =>
      template({
        Source: parameter("v", { Description }),
        Reads: parameter({ "Fn::GetAtt": ["Source", "Value"] }),
        T: table(name),
        Follows: parameter({ Ref: "T" }),
      });
    await driver.create("shop", body("1", "a"));
    const { Changes, ChangeSetId } = await drafted(driver, body("2", "b"));
    expect(brief(Changes).slice(1, 3)).toEqual(["Reads Modify False Properties", "Source Modify False Properties"]);
    const asked = await driver.cloudformation.send(
      new DescribeChangeSetCommand({ ChangeSetName: ChangeSetId, IncludePropertyValues: true }),
    );
    const told = asked.Changes?.map(({ ResourceChange: one }) => [
      one?.LogicalResourceId,
      ...(one?.Details ?? []).map((detail) => `${detail.ChangeSource} ${detail.Evaluation}`),
    ]);
    expect(told).toEqual([
      ["Follows", "ResourceReference Static", "DirectModification Dynamic"],
      ["Source", "DirectModification Static"],
      ["T", "DirectModification Static", "DirectModification Static"],
    ]);
  });

  it("is not empty when only an output's value changes", async () => {
    const driver = await rehearse();
    const body = template(
      { T: topic() },
      { Parameters: { P: { Type: "String" } }, Outputs: { O: { Value: { Ref: "P" } } } },
    );
    const value = (ParameterValue: string) => ({ Parameters: [{ ParameterKey: "P", ParameterValue }] });
    await driver.create("shop", body, value("1"));
    expect(await drafted(driver, body, value("2"))).toMatchObject({ Status: "CREATE_COMPLETE", Changes: [] });
  });

  it("names the parameter whose new value is the cause", async () => {
    const driver = await rehearse();
    const body = template({ A: parameter({ Ref: "P" }) }, { Parameters: { P: { Type: "String" } } });
    const value = (ParameterValue: string) => ({ Parameters: [{ ParameterKey: "P", ParameterValue }] });
    await driver.create("shop", body, value("1"));
    const { Changes } = await drafted(driver, body, value("2"));
    expect(Changes?.[0]?.ResourceChange?.Details).toMatchObject([
      { ChangeSource: "ParameterReference", CausingEntity: "P", Evaluation: "Static" },
      { ChangeSource: "DirectModification", Evaluation: "Dynamic" },
    ]);
  });

  it("notices metadata, policies and stack tags, but not a dependency alone", async () => {
    const driver = await rehearse();
    await driver.create("shop", template({ A: topic(), B: topic() }));
    const described = await drafted(
      driver,
      template({ A: topic({}, { Metadata: { a: 1 } }), B: topic({}, { DeletionPolicy: "Retain" }) }),
    );
    expect(brief(described.Changes)).toEqual(["A Modify False Metadata", "B Modify False DeletionPolicy"]);
    await driver.cloudformation.send(new DeleteChangeSetCommand({ StackName: "shop", ChangeSetName: "plan" }));
    expect((await drafted(driver, template({ A: topic(), B: topic({}, { DependsOn: "A" }) }))).Status).toBe("FAILED");
    await driver.cloudformation.send(new DeleteChangeSetCommand({ StackName: "shop", ChangeSetName: "plan" }));
    const tagged = await drafted(driver, template({ A: topic(), B: topic() }), { Tags: [{ Key: "k", Value: "v" }] });
    expect(brief(tagged.Changes)).toEqual(["A Modify False Tags", "B Modify False Tags"]);
  });

  /** A stack whose output becomes another, and what a change set of one that reads it says then. */
  async function afterMove(first: object, second = first) {
    const driver = await rehearse();
    const source = (value: string) => template({ A: topic() }, { Outputs: { O: { Value: value } } });
    await driver.create("source", source("1"));
    await driver.create("shop", first);
    await driver.update("source", source("2"));
    return drafted(driver, second);
  }
  const O = { "Fn::GetStackOutput": { StackName: "source", OutputName: "O" } };
  const named = (DisplayName: unknown, TopicName: unknown = "fixed") =>
    template({ P: { Type: "AWS::SNS::Topic", Properties: { DisplayName, TopicName } } });
  const LATER = "{{changeSet:KNOWN_AFTER_APPLY}}";

  it("does not see a changed Fn::GetStackOutput where the text is the same (coverage-roadmap#2559)", async () => {
    expect((await afterMove(named(O))).StatusReason).toMatch("didn't contain changes");
  });

  it("knows Fn::GetStackOutput only once it is executed (aws-cdk#38829)", async () => {
    const { Changes } = await afterMove(named("1"), named(O));
    expect(brief(Changes)).toEqual(["P Modify False Properties"]);
    expect(Changes?.[0]?.ResourceChange?.Details).toMatchObject([
      { Evaluation: "Dynamic", Target: { Name: "DisplayName" } },
    ]);
  });

  it("replaces resources that read Fn::GetStackOutput in an immutable property, whether the value changes or not", async () => {
    const { Changes } = await afterMove(named("d", "2"), named("d", O));
    expect(brief(Changes)).toEqual(["P Modify True Properties"]);
  });

  it("that is drift-aware shows every Fn::GetStackOutput as changed, though none is (coverage-roadmap#2559)", async () => {
    const driver = await rehearse();
    await driver.create("source", template({ A: topic() }, { Outputs: { O: { Value: "1" } } }));
    await driver.create("shop", named("d", O));
    const { Changes } = await drafted(driver, named("d", O), { DeploymentMode: "REVERT_DRIFT" });
    expect(brief(Changes)).toEqual(["P Modify True Properties"]);
    const asked = { StackName: "shop", ChangeSetName: "plan", IncludePropertyValues: true };
    const shown = await driver.cloudformation.send(new DescribeChangeSetCommand(asked));
    expect(shown.Changes?.[0]?.ResourceChange?.AfterContext).toContain(LATER);
  });

  const read = (more: object = {}) =>
    template(
      { P: { Type: "AWS::SNS::Topic", Properties: { DisplayName: { Ref: "Kept" }, ...more } } },
      { Parameters: { Kept: { Type: "AWS::SSM::Parameter::Value<String>", Default: "/kept" } } },
    );
  const put = ({ json }: Driver, Value: string) =>
    json("ssm", "AmazonSSM.PutParameter", { Name: "/kept", Value, Type: "String", Overwrite: true });
  const parametersOf = async ({ cloudformation }: Driver) =>
    (await cloudformation.send(new DescribeStacksCommand({ StackName: "shop" }))).Stacks?.[0]?.Parameters;

  it("sees a changed value of Parameter Store though the text is the same, and shows it exactly", async () => {
    const driver = await rehearse();
    await put(driver, "one");
    await driver.create("shop", read());
    const resolved = (ResolvedValue: string) => [{ ParameterKey: "Kept", ParameterValue: "/kept", ResolvedValue }];
    expect((await drafted(driver, read())).StatusReason).toMatch("didn't contain changes");
    await put(driver, "two");
    // What the stack was deployed with is still what it was.
    expect(await parametersOf(driver)).toEqual(resolved("one"));
    await driver.cloudformation.send(new DeleteChangeSetCommand({ StackName: "shop", ChangeSetName: "plan" }));
    const { Changes, Parameters } = await drafted(driver, read());
    expect(brief(Changes)).toEqual(["P Modify False Properties"]);
    expect(Changes?.[0]?.ResourceChange?.Details).toMatchObject([{ Evaluation: "Static" }]);
    expect(Parameters).toEqual(resolved("two"));
    await driver.cloudformation.send(new ExecuteChangeSetCommand({ StackName: "shop", ChangeSetName: "plan" }));
    await driver.settled("shop");
    expect(await parametersOf(driver)).toEqual(resolved("two"));
  });

  it("is refused where a value of Parameter Store was written after it was made (aws-cdk#14467)", async () => {
    const driver = await rehearse();
    await put(driver, "one");
    await driver.create("shop", read());
    await drafted(driver, read({ TopicName: "other" }));
    await put(driver, "two");
    const execute = new ExecuteChangeSetCommand({ StackName: "shop", ChangeSetName: "plan" });
    expect(await refusal(driver.cloudformation.send(execute))).toMatch(
      /^ValidationError: Parameters: \[ssm:\/kept:1:\d+\] last modified date does not match with the last modified date of the retrieved parameters\.$/,
    );
  });

  it("reads a value of Parameter Store again where an update keeps its name", async () => {
    const driver = await rehearse();
    await put(driver, "one");
    await driver.create("shop", read());
    await put(driver, "two");
    await driver.update("shop", read(), { Parameters: [{ ParameterKey: "Kept", UsePreviousValue: true }] });
    expect(await parametersOf(driver)).toMatchObject([{ ResolvedValue: "two" }]);
  });

  it("is listed until it is deleted, and deleting it twice is no error", async () => {
    const driver = await rehearse();
    const { cloudformation } = driver;
    await driver.create("shop", template({ A: topic() }));
    await drafted(driver, template({ A: topic(), B: topic() }));
    const list = async () =>
      (await cloudformation.send(new ListChangeSetsCommand({ StackName: "shop" }))).Summaries?.map(
        ({ ChangeSetName, Status }) => `${ChangeSetName} ${Status}`,
      );
    expect(await list()).toEqual(["plan CREATE_COMPLETE"]);
    const drop = () =>
      refusal(cloudformation.send(new DeleteChangeSetCommand({ StackName: "shop", ChangeSetName: "plan" })));
    expect([await drop(), await drop(), await list()]).toEqual(["not refused", "not refused", []]);
  });

  it("is found by its ARN once it was executed, also after the next one and after its stack's deletion", async () => {
    const driver = await rehearse();
    const { cloudformation, settled } = driver;
    const run = async (body: object, more: object = {}) => {
      const { ChangeSetId } = await drafted(driver, body, more);
      await cloudformation.send(new ExecuteChangeSetCommand({ ChangeSetName: ChangeSetId }));
      await settled("shop");
      return ChangeSetId;
    };
    const first = await run(template({ A: topic() }), { ChangeSetType: "CREATE" });
    const second = await run(template({ A: topic(), B: topic() }));
    await cloudformation.send(new DeleteStackCommand({ StackName: "shop" }));
    await driver.rehearsal.clock.sleep(600_000);
    for (const ChangeSetName of [first, second]) {
      expect(await cloudformation.send(new DescribeChangeSetCommand({ ChangeSetName }))).toMatchObject({
        ExecutionStatus: "EXECUTE_COMPLETE",
      });
    }
  });

  it("is executed once: a call repeated with its token does nothing more", async () => {
    const driver = await rehearse();
    await driver.create("shop", template({ A: topic() }));
    const { ChangeSetId = "" } = await drafted(driver, template({ A: topic(), B: topic() }));
    const run = () =>
      refusal(
        driver.cloudformation.send(
          new ExecuteChangeSetCommand({ ChangeSetName: ChangeSetId, ClientRequestToken: "once" }),
        ),
      );
    expect([await run(), await run()]).toEqual(["not refused", "not refused"]);
    expect((await driver.settled("shop")).StackStatus).toBe("UPDATE_COMPLETE");
    expect((await driver.history("shop")).filter((line) => line === "shop UPDATE_IN_PROGRESS")).toHaveLength(1);
  });
});

describe("a change set that includes nested stacks", () => {
  const TemplateURL = "https://templates.s3.amazonaws.com/child.json";
  const body = (Value: string) =>
    template({ N: { Type: "AWS::CloudFormation::Stack", Properties: { TemplateURL } }, P: parameter(Value) });
  async function nested(inner: object) {
    const driver = await rehearse();
    await driver.s3.send(new CreateBucketCommand({ Bucket: "templates" }));
    const put = (Body: string) =>
      driver.s3.send(new PutObjectCommand({ Bucket: "templates", Key: "child.json", Body }));
    await put(JSON.stringify(template({ Gone: parameter("1"), T: topic({ TopicName: "one" }) })));
    await driver.create("shop", body("1"));
    await put(JSON.stringify(template(inner)));
    return { ...driver, put, child: (await driver.ids("shop")).N ?? "" };
  }
  const INCLUDE = { IncludeNestedStacks: true };

  it("has one for each of them that changes, which names its parent and its root", async () => {
    const driver = await nested({ T: topic({ TopicName: "two" }) });
    const root = await drafted(driver, body("1"), INCLUDE);
    expect([root.Status, root.IncludeNestedStacks, root.Changes?.length]).toEqual(["CREATE_COMPLETE", true, 1]);
    const { ChangeSetId, PhysicalResourceId } = root.Changes?.[0]?.ResourceChange ?? {};
    expect(PhysicalResourceId).toBe(driver.child);
    const inner = await driver.cloudformation.send(
      new DescribeChangeSetCommand({ StackName: driver.child, ChangeSetName: ChangeSetId }),
    );
    expect(inner).toMatchObject({ ParentChangeSetId: root.ChangeSetId, RootChangeSetId: root.ChangeSetId });
    expect(
      inner.Changes?.map(({ ResourceChange: one }) => [one?.LogicalResourceId, one?.Action, one?.Replacement]),
    ).toEqual([
      ["Gone", "Remove", undefined],
      ["T", "Modify", "True"],
    ]);
  });

  it("has none for unchanged ones, and is empty if nothing else changes", async () => {
    const driver = await nested({ Gone: parameter("1"), T: topic({ TopicName: "one" }) });
    const empty = await drafted(driver, body("1"), INCLUDE);
    expect([empty.Status, empty.StatusReason]).toEqual(["FAILED", expect.stringMatching(/didn't contain changes/)]);
    await driver.cloudformation.send(new DeleteChangeSetCommand({ StackName: "shop", ChangeSetName: "plan" }));
    const other = await drafted(driver, body("2"), INCLUDE);
    expect(other.Changes?.map(({ ResourceChange: one }) => one?.LogicalResourceId)).toEqual(["P"]);
  });

  it("fails where one of them cannot be made", async () => {
    const driver = await nested({});
    await driver.put("{}");
    const failed = await drafted(driver, body("2"), INCLUDE);
    expect([failed.Status, failed.StatusReason]).toEqual([
      "FAILED",
      expect.stringMatching(
        /^Nested change set arn:.*:changeSet\/plan-N\/.* was not successfully created: Currently in FAILED\.$/,
      ),
    ]);
  });

  it("is executed and deleted by its root only, with all of them", async () => {
    const driver = await nested({ T: topic({ TopicName: "two" }) });
    const { cloudformation, child } = driver;
    const listed = async () =>
      (await cloudformation.send(new ListChangeSetsCommand({ StackName: child }))).Summaries?.length;
    const root = await drafted(driver, body("2"), INCLUDE);
    const ChangeSetName = root.Changes?.[0]?.ResourceChange?.ChangeSetId;
    const alone = { StackName: child, ChangeSetName };
    expect(await refusal(cloudformation.send(new ExecuteChangeSetCommand(alone)))).toMatch(/root change set/);
    expect(await refusal(cloudformation.send(new DeleteChangeSetCommand(alone)))).toMatch(/root change set/);
    expect(await listed()).toBe(1);
    await cloudformation.send(new DeleteChangeSetCommand({ StackName: "shop", ChangeSetName: "plan" }));
    expect(await listed()).toBe(0);
    await drafted(driver, body("2"), INCLUDE);
    await cloudformation.send(new ExecuteChangeSetCommand({ StackName: "shop", ChangeSetName: "plan" }));
    expect((await driver.settled("shop")).StackStatus).toBe("UPDATE_COMPLETE");
    expect(await listed()).toBe(0);
    expect(Object.keys(await driver.ids(child))).toContain("T");
  });
});
