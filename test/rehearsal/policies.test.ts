import {
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourceCommand,
  GetStackPolicyCommand,
  SetStackPolicyCommand,
  UpdateTerminationProtectionCommand,
} from "@aws-sdk/client-cloudformation";
import { CreateBucketCommand, GetBucketTaggingCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { refusal, rehearse, template, topic } from "./support/driver.ts";

const parameter = (Value: string) => ({ Type: "AWS::SSM::Parameter", Properties: { Type: "String", Value } });
const statement = (Effect: string, Action: string, Resource: string) => ({ Effect, Action, Principal: "*", Resource });
const policy = (...Statement: object[]) => JSON.stringify({ Statement });
const OPEN = statement("Allow", "Update:*", "*");

describe("a stack policy", () => {
  it("prevents the update of a resource, and the update is rolled back", async () => {
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
      "Action denied by stack policy: Statement [#1] does not allow [Update:*] for resource [LogicalResourceId/Kept];",
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
    const aimless = JSON.stringify({ Statement: [{ Effect: "Allow", Action: "Update:*", Principal: "*" }] });
    expect(
      await refusal(cloudformation.send(new SetStackPolicyCommand({ StackName: "shop", StackPolicyBody: aimless }))),
    ).toBe("ValidationError: Error validating stack policy: Invalid stack policy");
  });
});

describe("the protection of a stack", () => {
  it("is that of the stacks nested in it, and is not changed there", async () => {
    const { create, ids, settled, cloudformation, s3 } = await rehearse();
    await s3.send(new CreateBucketCommand({ Bucket: "templates" }));
    const child = JSON.stringify(template({ T: topic() }));
    await s3.send(new PutObjectCommand({ Bucket: "templates", Key: "child.json", Body: child }));
    const TemplateURL = "https://templates.s3.amazonaws.com/child.json";
    const nested = { Type: "AWS::CloudFormation::Stack", Properties: { TemplateURL } };
    await create("shop", template({ N: nested }), { EnableTerminationProtection: true });
    const { N: StackName = "" } = await ids("shop");
    expect((await settled(StackName)).EnableTerminationProtection).toBe(true);
    expect(await refusal(cloudformation.send(new DeleteStackCommand({ StackName })))).toContain(
      "cannot be deleted while TerminationProtection is enabled",
    );
    const lift = new UpdateTerminationProtectionCommand({ StackName, EnableTerminationProtection: false });
    expect(await refusal(cloudformation.send(lift))).toContain("ValidationError: Termination protection");
  });
});

describe("a custom resource", () => {
  const custom = (Properties: object) => ({ Type: "Custom::Thing", Properties });

  it("needs an existing function or topic, and cannot change it", async () => {
    const { create, update, cloudformation } = await rehearse();
    const why = async (StackName: string) => {
      const { StackEvents = [] } = await cloudformation.send(new DescribeStackEventsCommand({ StackName }));
      return StackEvents.find(({ ResourceStatus }) => /^(CREATE|UPDATE)_FAILED$/.test(ResourceStatus ?? ""))
        ?.ResourceStatusReason;
    };
    await create("a", template({ C: custom({ Size: 1 }) }));
    expect(await why("a")).toContain("required key [ServiceToken] not found");
    await create("b", template({ C: custom({ ServiceToken: "arn:aws:lambda:us-east-1:123456789012:function:none" }) }));
    expect(await why("b")).toContain("Function not found: arn:aws:lambda:us-east-1:123456789012:function:none");
    await create("c", template({ C: custom({ ServiceToken: "arn:aws:sns:us-east-1:123456789012:none" }) }));
    expect(await why("c")).toContain("Topic does not exist");
    const body = (id: string) => template({ T: topic(), U: topic(), C: custom({ ServiceToken: { Ref: id } }) });
    expect((await create("shop", body("T"))).StackStatus).toBe("CREATE_COMPLETE");
    expect((await update("shop", body("U"))).StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect(await why("shop")).toBe("Modifying service token is not allowed.");
  });
});

describe("a stack policy in a bucket", () => {
  it("is found at every form of its address", async () => {
    const { create, cloudformation, s3 } = await rehearse();
    await create("shop", template({ Kept: parameter("1") }));
    await s3.send(new CreateBucketCommand({ Bucket: "policies" }));
    const put = async (Body: string) => {
      await s3.send(new PutObjectCommand({ Bucket: "policies", Key: "shop/policy.json", Body }));
    };
    const set = async (StackPolicyURL: string) => {
      await cloudformation.send(new SetStackPolicyCommand({ StackName: "shop", StackPolicyURL }));
      return (await cloudformation.send(new GetStackPolicyCommand({ StackName: "shop" }))).StackPolicyBody;
    };
    await put(policy(OPEN));
    expect(await set("https://s3.eu-west-1.amazonaws.com/policies/shop/policy.json")).toBe(policy(OPEN));
    await put(policy(statement("Deny", "Update:*", "*")));
    expect(await set("https://policies.s3.eu-west-1.amazonaws.com/shop/policy.json")).toBe(
      policy(statement("Deny", "Update:*", "*")),
    );
    expect(await refusal(set("https://policies.s3.eu-west-1.amazonaws.com/other.json"))).toMatch(
      "ValidationError: S3 error: The specified key does not exist.",
    );
  });
});

describe("tags", () => {
  it.each([
    ["an empty value", [{ Key: "a", Value: "" }], "at 'tags.1.member.value' failed to satisfy constraint"],
    ["a long key", [{ Key: "a".repeat(129), Value: "b" }], "Member must have length less than or equal to 128"],
    ["a long value", [{ Key: "a", Value: "b".repeat(257) }], "Member must have length less than or equal to 256"],
    [
      "a key twice",
      [
        { Key: "a", Value: "b" },
        { Key: "a", Value: "c" },
      ],
      "Duplicate tag keys found: a",
    ],
  ])("of the stack are refused with %s", async (_, Tags, says) => {
    const { create } = await rehearse();
    expect(await refusal(create("shop", template({ T: topic() }), { Tags }))).toContain(says);
  });

  it("of a resource are not AWS's own, and at most fifty with the stack's", async () => {
    const { create, cloudformation } = await rehearse();
    const tags = (count: number, name = "k") =>
      Array.from({ length: count }, (_, i) => ({ Key: `${name}${i}`, Value: "v" }));
    const why = async (StackName: string) => {
      const { StackEvents = [] } = await cloudformation.send(new DescribeStackEventsCommand({ StackName }));
      return StackEvents.find(({ ResourceStatus }) => ResourceStatus === "CREATE_FAILED")?.ResourceStatusReason;
    };
    await create("a", template({ T: topic({ Tags: [{ Key: "aws:own", Value: "1" }] }) }));
    expect(await why("a")).toContain("aws: prefixed tag key names are not allowed for external use.");
    await create("b", template({ T: topic({ Tags: tags(30) }) }), { Tags: tags(21, "s") });
    expect(await why("b")).toContain("exceeds the limit of 50");
    await create("c", template({ T: topic({ Tags: tags(30) }) }), { Tags: tags(20, "s") });
    expect(await why("c")).toBeUndefined();
  });

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
