import {
  CreateStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourceCommand,
  DescribeStacksCommand,
  SignalResourceCommand,
} from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import { rehearse, template, topic } from "./support/driver.ts";

const handle = { Type: "AWS::CloudFormation::WaitConditionHandle" };
const condition = (more: object = {}) => ({
  Type: "AWS::CloudFormation::WaitCondition",
  Properties: { Handle: { Ref: "H" }, Timeout: "600", ...more },
});

describe("a wait condition", () => {
  it("fails the stack without signals in time", async () => {
    const { create, cloudformation, rehearsal } = await rehearse();
    const began = rehearsal.clock.now().getTime();
    expect((await create("shop", template({ H: handle, W: condition() }))).StackStatus).toBe("ROLLBACK_COMPLETE");
    expect(rehearsal.clock.now().getTime() - began).toBeGreaterThan(600_000);
    const { StackEvents } = await cloudformation.send(new DescribeStackEventsCommand({ StackName: "shop" }));
    expect(StackEvents?.find(({ ResourceStatus }) => ResourceStatus === "CREATE_FAILED")?.ResourceStatusReason).toBe(
      "WaitCondition timed out. Received 0 conditions when expecting 1",
    );
  });

  it("with a creation policy fails in the policy's words", async () => {
    const { create, cloudformation } = await rehearse();
    const W = {
      Type: "AWS::CloudFormation::WaitCondition",
      CreationPolicy: { ResourceSignal: { Count: 1, Timeout: "PT1M" } },
    };
    expect((await create("shop", template({ W }))).StackStatus).toBe("ROLLBACK_COMPLETE");
    const { StackEvents } = await cloudformation.send(new DescribeStackEventsCommand({ StackName: "shop" }));
    expect(StackEvents?.find(({ ResourceStatus }) => ResourceStatus === "CREATE_FAILED")?.ResourceStatusReason).toBe(
      "Failed to receive 1 resource signal(s) within the specified duration",
    );
  });

  it("is complete once its handle's URL got a signal, with the data sent", async () => {
    const { cloudformation, ids, settled, rehearsal } = await rehearse();
    const body = template(
      { H: handle, W: condition({ Count: 2 }) },
      { Outputs: { Data: { Value: { "Fn::GetAtt": ["W", "Data"] } } } },
    );
    await cloudformation.send(new CreateStackCommand({ StackName: "shop", TemplateBody: JSON.stringify(body) }));
    await rehearsal.clock.sleep(60_000);
    const address = new URL((await ids("shop")).H ?? "");
    expect(address.hostname).toBe("cloudformation-waitcondition-us-east-1.s3.amazonaws.com");
    for (const UniqueId of ["a", "b"]) {
      await fetch(`${rehearsal.endpoint}${address.pathname}`, {
        method: "PUT",
        body: JSON.stringify({ Status: "SUCCESS", UniqueId, Data: `from ${UniqueId}`, Reason: "done" }),
      });
    }
    const stack = await settled("shop");
    expect(stack.StackStatus).toBe("CREATE_COMPLETE");
    expect(stack.Outputs?.[0]?.OutputValue).toBe('{"a":"from a","b":"from b"}');
  });
});

describe("a creation policy", () => {
  it("waits for signals to the resource, and a failure signal fails it", async () => {
    const { cloudformation, settled, rehearsal, history } = await rehearse();
    const body = template({ T: topic({}, { CreationPolicy: { ResourceSignal: { Count: 1, Timeout: "PT1H" } } }) });
    for (const [StackName, Status, end] of [
      ["good", "SUCCESS", "CREATE_COMPLETE"],
      ["bad", "FAILURE", "ROLLBACK_COMPLETE"],
    ] as const) {
      await cloudformation.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify(body) }));
      await rehearsal.clock.sleep(60_000);
      expect((await history(StackName)).at(-1)).toBe("T CREATE_IN_PROGRESS");
      await cloudformation.send(
        new SignalResourceCommand({ StackName, LogicalResourceId: "T", UniqueId: "i-1", Status }),
      );
      expect((await settled(StackName)).StackStatus).toBe(end);
    }
  });
});

describe("a resource with a consistency check", () => {
  it("lets its dependents begin, and reports CONFIGURATION_COMPLETE for the stack when nothing else is left", async () => {
    const { create, cloudformation } = await rehearse();
    const body = template({ C: { Type: "AWS::ECS::Cluster" }, T: topic({ DisplayName: { Ref: "C" } }) });
    expect((await create("shop", body)).StackStatus).toBe("CREATE_COMPLETE");
    const { StackEvents } = await cloudformation.send(new DescribeStackEventsCommand({ StackName: "shop" }));
    const lines = (StackEvents ?? [])
      .toReversed()
      .map((one) => [one.LogicalResourceId, one.ResourceStatus, one.DetailedStatus].filter(Boolean).join(" "));
    expect(lines.indexOf("T CREATE_IN_PROGRESS")).toBeLessThan(lines.indexOf("C CREATE_COMPLETE"));
    expect(lines).toContain("C CREATE_IN_PROGRESS CONFIGURATION_COMPLETE");
  });
});

describe("a nested stack", () => {
  const upload = async ({ s3 }: Awaited<ReturnType<typeof rehearse>>, child: object) => {
    const { CreateBucketCommand, PutObjectCommand } = await import("@aws-sdk/client-s3");
    await s3.send(new CreateBucketCommand({ Bucket: "templates" }));
    await s3.send(new PutObjectCommand({ Bucket: "templates", Key: "child.json", Body: JSON.stringify(child) }));
  };
  const child = (more: object = {}) =>
    template(
      { T: topic({ DisplayName: { Ref: "P" } }), ...more },
      { Parameters: { P: { Type: "String" } }, Outputs: { Name: { Value: { "Fn::GetAtt": ["T", "TopicName"] } } } },
    );
  const parent = (P: string) =>
    template(
      {
        N: {
          Type: "AWS::CloudFormation::Stack",
          Properties: { TemplateURL: "https://s3.us-east-1.amazonaws.com/templates/child.json", Parameters: { P } },
        },
      },
      { Outputs: { O: { Value: { "Fn::GetAtt": ["N", "Outputs.Name"] } } } },
    );

  it("is created, updated and deleted with its parent, which has its outputs", async () => {
    const driver = await rehearse();
    await upload(driver, child());
    const stack = await driver.create("shop", parent("1"));
    expect(stack.StackStatus).toBe("CREATE_COMPLETE");
    const { N = "" } = await driver.ids("shop");
    const inner = async () =>
      (await driver.cloudformation.send(new DescribeStacksCommand({ StackName: N }))).Stacks?.[0];
    expect(await inner()).toMatchObject({
      StackStatus: "CREATE_COMPLETE",
      ParentId: stack.StackId,
      RootId: stack.StackId,
    });
    expect(stack.Outputs?.[0]?.OutputValue).toBe((await inner())?.Outputs?.[0]?.OutputValue);
    expect((await driver.update("shop", parent("2"))).StackStatus).toBe("UPDATE_COMPLETE");
    expect(await inner()).toMatchObject({ StackStatus: "UPDATE_COMPLETE", Parameters: [{ ParameterValue: "2" }] });
    const { DeleteStackCommand } = await import("@aws-sdk/client-cloudformation");
    await driver.cloudformation.send(new DeleteStackCommand({ StackName: "shop" }));
    await driver.settled(stack.StackId ?? "");
    expect((await inner())?.StackStatus).toBe("DELETE_COMPLETE");
  });

  it("that fails fails its parent", async () => {
    const driver = await rehearse();
    await upload(
      driver,
      child({ Bad: { Type: "AWS::EC2::Subnet", Properties: { VpcId: "vpc-0", CidrBlock: "10.0.0.0/24" } } }),
    );
    expect((await driver.create("shop", parent("1"))).StackStatus).toBe("ROLLBACK_COMPLETE");
    const { StackEvents } = await driver.cloudformation.send(new DescribeStackEventsCommand({ StackName: "shop" }));
    expect(StackEvents?.find(({ ResourceStatus }) => ResourceStatus === "CREATE_FAILED")?.ResourceStatusReason).toMatch(
      /^Embedded stack arn:.* was not successfully created: /,
    );
  });
});

describe("drift", () => {
  it("is what was changed or deleted outside of the stack", async () => {
    const { create, cloudformation, ids, json } = await rehearse();
    const parameter = { Type: "AWS::SSM::Parameter", Properties: { Type: "String", Value: "1" } };
    await create("shop", template({ Same: parameter, Changed: parameter, Gone: parameter }));
    const { Changed, Gone } = await ids("shop");
    await json("ssm", "AmazonSSM.PutParameter", { Name: Changed, Value: "2", Overwrite: true });
    await json("ssm", "AmazonSSM.DeleteParameter", { Name: Gone });
    const { DescribeStackDriftDetectionStatusCommand, DescribeStackResourceDriftsCommand, DetectStackDriftCommand } =
      await import("@aws-sdk/client-cloudformation");
    const { StackDriftDetectionId } = await cloudformation.send(new DetectStackDriftCommand({ StackName: "shop" }));
    expect(
      await cloudformation.send(new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId })),
    ).toMatchObject({ StackDriftStatus: "DRIFTED", DriftedStackResourceCount: 2 });
    const { StackResourceDrifts } = await cloudformation.send(
      new DescribeStackResourceDriftsCommand({ StackName: "shop" }),
    );
    expect(
      StackResourceDrifts?.map((one) => [
        one.LogicalResourceId,
        one.StackResourceDriftStatus,
        one.PropertyDifferences?.map(({ PropertyPath }) => PropertyPath),
      ]),
    ).toEqual([
      ["Same", "IN_SYNC", []],
      ["Changed", "MODIFIED", ["/Value"]],
      ["Gone", "DELETED", []],
    ]);
    const { StackResourceDetail } = await cloudformation.send(
      new DescribeStackResourceCommand({ StackName: "shop", LogicalResourceId: "Gone" }),
    );
    expect(StackResourceDetail?.DriftInformation?.StackResourceDriftStatus).toBe("DELETED");
  });
});
