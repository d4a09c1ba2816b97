import {
  DescribeStackEventsCommand,
  DescribeStackResourceCommand,
  GetStackPolicyCommand,
  SetStackPolicyCommand,
} from "@aws-sdk/client-cloudformation";
import { GetBucketTaggingCommand } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { refusal, rehearse, template, topic } from "./support/driver.ts";

const parameter = (Value: string) => ({ Type: "AWS::SSM::Parameter", Properties: { Type: "String", Value } });
const statement = (Effect: string, Action: string, Resource: string) => ({ Effect, Action, Principal: "*", Resource });
const policy = (...Statement: object[]) => JSON.stringify({ Statement });
const OPEN = statement("Allow", "Update:*", "*");

describe("a stack policy", () => {
  it("keeps a resource from being changed, and the update is rolled back", async () => {
    const { create, update, cloudformation } = await rehearse();
    const StackPolicyBody = policy(OPEN, statement("Deny", "Update:*", "LogicalResourceId/Kept"));
    await create("shop", template({ Kept: parameter("1"), Free: parameter("1") }), { StackPolicyBody });
    expect((await update("shop", template({ Kept: parameter("1"), Free: parameter("2") }))).StackStatus).toBe(
      "UPDATE_COMPLETE",
    );
    expect((await update("shop", template({ Kept: parameter("2"), Free: parameter("2") }))).StackStatus).toBe(
      "UPDATE_ROLLBACK_COMPLETE",
    );
    const { StackEvents } = await cloudformation.send(new DescribeStackEventsCommand({ StackName: "shop" }));
    expect(StackEvents?.find(({ ResourceStatus }) => ResourceStatus === "UPDATE_FAILED")?.ResourceStatusReason).toBe(
      "Action denied by stack policy: Statement [#2] does not allow [Update:Modify] for resource [LogicalResourceId/Kept]",
    );
  });

  it("can be lifted for one update, set, and read back", async () => {
    const { create, update, cloudformation } = await rehearse();
    await create("shop", template({ Kept: parameter("1") }));
    const StackPolicyBody = policy(statement("Deny", "Update:*", "*"));
    await cloudformation.send(new SetStackPolicyCommand({ StackName: "shop", StackPolicyBody }));
    const StackPolicyDuringUpdateBody = policy(OPEN);
    expect(
      (await update("shop", template({ Kept: parameter("2") }), { StackPolicyDuringUpdateBody })).StackStatus,
    ).toBe("UPDATE_COMPLETE");
    expect((await cloudformation.send(new GetStackPolicyCommand({ StackName: "shop" }))).StackPolicyBody).toBe(
      StackPolicyBody,
    );
    expect(
      await refusal(cloudformation.send(new SetStackPolicyCommand({ StackName: "shop", StackPolicyBody: "none" }))),
    ).toBe("ValidationError: Error validating stack policy: Invalid stack policy");
  });
});

describe("tags", () => {
  it("of the stack and of CloudFormation reach what the stack makes, and follow the stack's", async () => {
    const { create, update, s3 } = await rehearse();
    const body = template({
      B: { Type: "AWS::S3::Bucket", Properties: { BucketName: "tagged", Tags: [{ Key: "own", Value: "1" }] } },
    });
    const tagged = (Value: string) => ({ Tags: [{ Key: "team", Value }] });
    const tags = async () => {
      const { TagSet } = await s3.send(new GetBucketTaggingCommand({ Bucket: "tagged" }));
      return Object.fromEntries((TagSet ?? []).map(({ Key, Value }) => [Key, Value]));
    };
    const { StackId } = await create("shop", body, tagged("blue"));
    expect(await tags()).toEqual({
      team: "blue",
      own: "1",
      "aws:cloudformation:stack-name": "shop",
      "aws:cloudformation:stack-id": StackId,
      "aws:cloudformation:logical-id": "B",
    });
    await update("shop", body, tagged("red"));
    expect(await tags()).toMatchObject({ team: "red" });
  });

  it("that begin with aws: are refused", async () => {
    const { create } = await rehearse();
    expect(
      await refusal(create("shop", template({ T: topic() }), { Tags: [{ Key: "aws:mine", Value: "1" }] })),
    ).toMatch(/^ValidationError: Tag keys cannot start with 'aws:'/);
  });
});

describe("metadata", () => {
  it("of a resource can be read, and changes without touching the resource", async () => {
    const { create, update, cloudformation, ids } = await rehearse();
    await create("shop", template({ T: topic({}, { Metadata: { note: 1 } }) }));
    const before = await ids("shop");
    expect((await update("shop", template({ T: topic({}, { Metadata: { note: 2 } }) }))).StackStatus).toBe(
      "UPDATE_COMPLETE",
    );
    expect(await ids("shop")).toEqual(before);
    const { StackResourceDetail } = await cloudformation.send(
      new DescribeStackResourceCommand({ StackName: "shop", LogicalResourceId: "T" }),
    );
    expect(StackResourceDetail?.Metadata).toBe('{"note":2}');
  });
});
