import {
  CancelUpdateStackCommand,
  ContinueUpdateRollbackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourceCommand,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { broken, refusal, rehearse, template, topic } from "./support/driver.ts";

const parameter = (Value: string, more: object = {}) => ({
  Type: "AWS::SSM::Parameter",
  Properties: { Type: "String", Value, ...more },
});
const table = (key: string, more: object = {}) => ({
  Type: "AWS::DynamoDB::Table",
  Properties: {
    KeySchema: [{ AttributeName: key, KeyType: "HASH" }],
    AttributeDefinitions: [{ AttributeName: key, AttributeType: "S" }],
    BillingMode: "PAY_PER_REQUEST",
    ...more,
  },
});

describe("an update", () => {
  it("changes only what differs, and cleans up removed resources", async () => {
    const { create, update, history } = await rehearse();
    await create("shop", template({ Same: parameter("1"), Changed: parameter("1"), Gone: parameter("1") }));
    const before = (await history("shop")).length;
    const stack = await update(
      "shop",
      template({ Same: parameter("1"), Changed: parameter("2"), New: parameter("1") }),
    );
    expect(stack.StackStatus).toBe("UPDATE_COMPLETE");
    expect((await history("shop")).slice(before)).toEqual([
      "shop UPDATE_IN_PROGRESS",
      "Changed UPDATE_IN_PROGRESS",
      "New CREATE_IN_PROGRESS",
      "New CREATE_IN_PROGRESS",
      "Changed UPDATE_COMPLETE",
      "New CREATE_COMPLETE",
      "shop UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
      "Gone DELETE_IN_PROGRESS",
      "Gone DELETE_COMPLETE",
      "shop UPDATE_COMPLETE",
    ]);
  });

  it("passes new attribute values to resources that read them", async () => {
    const { create, update, ids, json } = await rehearse();
    const body = (value: string) =>
      template({ Source: parameter(value), Reader: parameter("", { Value: { "Fn::GetAtt": ["Source", "Value"] } }) });
    await create("shop", body("old"));
    await update("shop", body("new"));
    const read = await json("ssm", "AmazonSSM.GetParameter", { Name: (await ids("shop")).Reader });
    expect(read).toMatchObject({ Parameter: { Value: "new" } });
  });

  it("that would do nothing is refused", async () => {
    const { create, update } = await rehearse();
    await create("shop", template({ A: parameter("1") }));
    expect(await refusal(update("shop", template({ A: parameter("1") })))).toBe(
      "ValidationError: No updates are to be performed.",
    );
  });

  it("creates the replacement first, updates what refers to it, and deletes the old one last", async () => {
    const { create, update, history, ids, json } = await rehearse();
    const body = (key: string) => template({ T: table(key), P: parameter("x", { Description: { Ref: "T" } }) });
    await create("shop", body("a"));
    const [old, before] = [(await ids("shop")).T, (await history("shop")).length];
    await update("shop", body("b"));
    const now = (await ids("shop")).T;
    expect(now).not.toBe(old);
    expect((await history("shop")).slice(before)).toEqual([
      "shop UPDATE_IN_PROGRESS",
      "T UPDATE_IN_PROGRESS",
      "T UPDATE_IN_PROGRESS",
      "T UPDATE_COMPLETE",
      "P UPDATE_IN_PROGRESS",
      "P UPDATE_COMPLETE",
      "shop UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
      "T DELETE_IN_PROGRESS",
      "T DELETE_COMPLETE",
      "shop UPDATE_COMPLETE",
    ]);
    expect(await json("dynamodb", "DynamoDB_20120810.ListTables", {})).toMatchObject({ TableNames: [now] });
  });

  it("cannot replace a resource with a custom name, and rolls back", async () => {
    const { create, update, cloudformation } = await rehearse();
    const named = (key: string) => template({ T: table(key, { TableName: "orders" }) });
    await create("shop", named("a"));
    expect((await update("shop", named("b"))).StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
    const { StackEvents } = await cloudformation.send(new DescribeStackEventsCommand({ StackName: "shop" }));
    expect(StackEvents?.find((event) => event.ResourceStatus === "UPDATE_FAILED")?.ResourceStatusReason).toBe(
      "CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename orders and update the stack again.",
    );
  });

  it("may not change a resource's type", async () => {
    const { create, update } = await rehearse();
    await create("shop", template({ A: parameter("1") }));
    expect(await refusal(update("shop", template({ A: topic() })))).toBe(
      "ValidationError: Update of resource type is not permitted. The new template modifies resource type of the following resources: [A]",
    );
  });
});

describe("an update that fails", () => {
  it("restores what it changed, deletes what it made, and keeps what it would have deleted", async () => {
    const { create, update, history, ids, json } = await rehearse();
    await create("shop", template({ Changed: parameter("old"), Replaced: table("a"), Gone: parameter("1") }));
    const [were, before] = [await ids("shop"), (await history("shop")).length];
    const bad = template({
      Changed: parameter("new"),
      Replaced: table("b"),
      New: parameter("1"),
      Bad: broken({ DependsOn: ["Replaced", "New", "Changed"] }),
    });
    expect((await update("shop", bad)).StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect(await ids("shop")).toEqual(were);
    expect((await history("shop")).slice(before)).toEqual([
      "shop UPDATE_IN_PROGRESS",
      "Changed UPDATE_IN_PROGRESS",
      "Replaced UPDATE_IN_PROGRESS",
      "New CREATE_IN_PROGRESS",
      "New CREATE_IN_PROGRESS",
      "Replaced UPDATE_IN_PROGRESS",
      "Changed UPDATE_COMPLETE",
      "New CREATE_COMPLETE",
      "Replaced UPDATE_COMPLETE",
      "Bad CREATE_IN_PROGRESS",
      "Bad CREATE_FAILED",
      "shop UPDATE_ROLLBACK_IN_PROGRESS",
      "Changed UPDATE_IN_PROGRESS",
      "Replaced UPDATE_IN_PROGRESS",
      "Changed UPDATE_COMPLETE",
      "Replaced UPDATE_COMPLETE",
      "shop UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
      "Bad DELETE_COMPLETE",
      "New DELETE_IN_PROGRESS",
      "Replaced DELETE_IN_PROGRESS",
      "New DELETE_COMPLETE",
      "Replaced DELETE_COMPLETE",
      "shop UPDATE_ROLLBACK_COMPLETE",
    ]);
    const read = await json("ssm", "AmazonSSM.GetParameter", { Name: were.Changed });
    expect(read).toMatchObject({ Parameter: { Value: "old" } });
  });

  it("is UPDATE_ROLLBACK_FAILED when a resource to restore is missing, until it is skipped", async () => {
    const { create, ids, json, cloudformation, settled } = await rehearse();
    await create("shop", template({ A: parameter("1") }));
    const { A } = await ids("shop");
    const sent = cloudformation.send(
      new UpdateStackCommand({
        StackName: "shop",
        TemplateBody: JSON.stringify(template({ A: parameter("2"), Bad: broken({ DependsOn: "A" }) })),
      }),
    );
    await sent;
    await json("ssm", "AmazonSSM.DeleteParameter", { Name: A });
    expect((await settled("shop")).StackStatus).toBe("UPDATE_ROLLBACK_FAILED");
    await cloudformation.send(new ContinueUpdateRollbackCommand({ StackName: "shop" }));
    expect((await settled("shop")).StackStatus).toBe("UPDATE_ROLLBACK_FAILED");
    await cloudformation.send(new ContinueUpdateRollbackCommand({ StackName: "shop", ResourcesToSkip: ["A"] }));
    expect((await settled("shop")).StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
  });

  it("is UPDATE_ROLLBACK_FAILED by the fault `lost` too", async () => {
    const { create, update } = await rehearse({
      faults: [{ resourceType: "AWS::SSM::Parameter", effect: "lost", on: "update" }],
    });
    await create("shop", template({ A: parameter("1") }));
    const { StackStatus, StackStatusReason } = await update("shop", template({ A: parameter("2") }));
    expect([StackStatus, StackStatusReason]).toEqual(["UPDATE_ROLLBACK_FAILED", expect.stringContaining("[A]")]);
  });

  it("stays as it is with rollback disabled, and the next update continues from there", async () => {
    const { create, update, ids } = await rehearse();
    await create("shop", template({ A: parameter("1") }));
    const bad = template({ A: parameter("2"), New: parameter("1"), Bad: broken({ DependsOn: ["A", "New"] }) });
    expect((await update("shop", bad, { DisableRollback: true })).StackStatus).toBe("UPDATE_FAILED");
    expect(Object.keys(await ids("shop"))).toEqual(["A", "New", "Bad"]);
    expect((await update("shop", template({ A: parameter("2"), New: parameter("1") }))).StackStatus).toBe(
      "UPDATE_COMPLETE",
    );
  });

  it("rolls back when it is cancelled, and can only be cancelled then", async () => {
    const { create, cloudformation, settled } = await rehearse();
    await create("shop", template({ A: parameter("1") }));
    const cancel = () => refusal(cloudformation.send(new CancelUpdateStackCommand({ StackName: "shop" })));
    expect(await cancel()).toBe("ValidationError: CancelUpdateStack cannot be called from current stack status");
    await cloudformation.send(
      new UpdateStackCommand({ StackName: "shop", TemplateBody: JSON.stringify(template({ A: parameter("2") })) }),
    );
    expect(await cancel()).toBe("not refused");
    expect((await settled("shop")).StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
  });
});

describe("an update looks", () => {
  it("into nested stacks, whose templates may have changed at their URL", async () => {
    const { create, update, ids, json, s3, cloudformation } = await rehearse();
    await s3.send(new CreateBucketCommand({ Bucket: "templates" }));
    const put = (Value: string) => {
      const Body = JSON.stringify(template({ P: parameter(Value, { Name: "/nested" }) }));
      return s3.send(new PutObjectCommand({ Bucket: "templates", Key: "child.json", Body }));
    };
    const TemplateURL = "https://templates.s3.amazonaws.com/child.json";
    const body = template({ N: { Type: "AWS::CloudFormation::Stack", Properties: { TemplateURL } } });
    await put("1");
    await create("shop", body);
    const before = await ids("shop");
    await put("2");
    expect((await update("shop", body)).StackStatus).toBe("UPDATE_COMPLETE");
    expect(await ids("shop")).toEqual(before);
    expect((await json("ssm", "AmazonSSM.GetParameter", { Name: "/nested" })).Parameter).toMatchObject({ Value: "2" });
    const { StackEvents = [] } = await cloudformation.send(new DescribeStackEventsCommand({ StackName: before.N }));
    expect(StackEvents[0]?.ResourceStatus).toBe("UPDATE_COMPLETE");
  });

  it("at resolved metadata, in dependency order", async () => {
    const { create, update, cloudformation } = await rehearse();
    const body = (Size: string) =>
      template(
        {
          A: topic({}, { Metadata: { size: { Ref: "Size" }, topic: { "Fn::GetAtt": ["B", "TopicName"] } } }),
          B: topic({ TopicName: "news" }),
        },
        { Parameters: { Size: { Type: "String", Default: Size } } },
      );
    const metadata = async () => {
      const asked = new DescribeStackResourceCommand({ StackName: "shop", LogicalResourceId: "A" });
      return JSON.parse((await cloudformation.send(asked)).StackResourceDetail?.Metadata ?? "{}");
    };
    await create("shop", body("1"));
    expect(await metadata()).toEqual({ size: "1", topic: "news" });
    expect(await refusal(update("shop", body("1")))).toBe("ValidationError: No updates are to be performed.");
    await update("shop", body("2"));
    expect(await metadata()).toEqual({ size: "2", topic: "news" });
  });
});
