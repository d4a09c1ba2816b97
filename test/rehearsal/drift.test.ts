import {
  DescribeStackResourceDriftsCommand,
  DetectStackDriftCommand,
  DetectStackResourceDriftCommand,
} from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import { type Driver, rehearse, template } from "./support/driver.ts";

const queue = (Properties: object = {}) => ({ Type: "AWS::SQS::Queue", Properties });
const HANDLE = { Type: "AWS::CloudFormation::WaitConditionHandle" };

async function drifts({ cloudformation }: Driver) {
  await cloudformation.send(new DetectStackDriftCommand({ StackName: "shop" }));
  const found = await cloudformation.send(new DescribeStackResourceDriftsCommand({ StackName: "shop" }));
  return found.StackResourceDrifts ?? [];
}

async function differences(driver: Driver) {
  const [first] = await drifts(driver);
  return (first?.PropertyDifferences ?? []).map(
    ({ PropertyPath, ExpectedValue, ActualValue, DifferenceType }) =>
      `${DifferenceType} ${PropertyPath} ${ExpectedValue} ${ActualValue}`,
  );
}

describe("a difference between a resource and its template", () => {
  it("is shown with the path to the value within its property", async () => {
    const driver = await rehearse();
    const redrive = (maxReceiveCount: number) => ({
      deadLetterTargetArn: "arn:aws:sqs:us-east-1:123456789012:dead",
      maxReceiveCount,
    });
    await driver.create("shop", template({ Q: queue({ RedrivePolicy: redrive(10), DelaySeconds: 20 }) }));
    const { Q = "" } = await driver.ids("shop");
    const changed = { RedrivePolicy: JSON.stringify(redrive(12)), DelaySeconds: "120", VisibilityTimeout: "60" };
    await driver.json("sqs", "AmazonSQS.SetQueueAttributes", { QueueUrl: Q, Attributes: changed });
    expect(await differences(driver)).toEqual([
      "NOT_EQUAL /RedrivePolicy/maxReceiveCount 10 12",
      "NOT_EQUAL /DelaySeconds 20 120",
    ]);
  });

  it("in a list is what was added to it, and what was taken from it", async () => {
    const driver = await rehearse();
    const rule = (port: number) => ({ IpProtocol: "tcp", FromPort: port, ToPort: port, CidrIp: "10.0.0.0/8" });
    const vpc = { Type: "AWS::EC2::VPC", Properties: { CidrBlock: "10.0.0.0/16" } };
    const group = {
      Type: "AWS::EC2::SecurityGroup",
      Properties: { GroupDescription: "g", VpcId: { Ref: "V" }, SecurityGroupIngress: [rule(80)] },
    };
    await driver.create("shop", template({ G: group, V: vpc }));
    const { G = "" } = await driver.ids("shop");
    const form = (Action: string, port: number) => ({
      Action,
      GroupId: G,
      "IpPermissions.1.IpProtocol": "tcp",
      "IpPermissions.1.FromPort": String(port),
      "IpPermissions.1.ToPort": String(port),
      "IpPermissions.1.IpRanges.1.CidrIp": "10.0.0.0/8",
    });
    await driver.query("ec2", "2016-11-15", form("AuthorizeSecurityGroupIngress", 443));
    expect(await differencesOf(driver, "G")).toEqual(["ADD /SecurityGroupIngress/1"]);
    await driver.query("ec2", "2016-11-15", form("RevokeSecurityGroupIngress", 443));
    await driver.query("ec2", "2016-11-15", form("RevokeSecurityGroupIngress", 80));
    expect(await differencesOf(driver, "G")).toEqual(["REMOVE /SecurityGroupIngress/0"]);
  });

  it("is also one of tags, if the template gives any", async () => {
    const driver = await rehearse();
    const Tags = [{ Key: "team", Value: "shop" }];
    await driver.create("shop", template({ Q: queue({ Tags }), Plain: queue() }), {
      Tags: [{ Key: "env", Value: "prod" }],
    });
    const { Q = "", Plain = "" } = await driver.ids("shop");
    expect(await differences(driver)).toEqual([]);
    for (const QueueUrl of [Q, Plain]) {
      await driver.json("sqs", "AmazonSQS.TagQueue", { QueueUrl, Tags: { team: "other" } });
    }
    expect(await differences(driver)).toEqual(["NOT_EQUAL /Tags/0/Value shop other"]);
    expect((await drifts(driver)).map(({ StackResourceDriftStatus }) => StackResourceDriftStatus)).toEqual([
      "MODIFIED",
      "IN_SYNC",
    ]);
  });
});

async function differencesOf(driver: Driver, id: string) {
  const found = (await drifts(driver)).find(({ LogicalResourceId }) => LogicalResourceId === id);
  return (found?.PropertyDifferences ?? []).map(
    ({ PropertyPath, DifferenceType }) => `${DifferenceType} ${PropertyPath}`,
  );
}

describe("drift is not told", () => {
  it("of types on which it is not detected, nested stacks among them", async () => {
    const driver = await rehearse();
    const { cloudformation } = driver;
    await driver.create("shop", template({ Q: queue(), H: HANDLE }));
    expect((await drifts(driver)).map(({ LogicalResourceId }) => LogicalResourceId)).toEqual(["Q"]);
    const asked = new DetectStackResourceDriftCommand({ StackName: "shop", LogicalResourceId: "H" });
    await expect(cloudformation.send(asked)).rejects.toThrow("AWS::CloudFormation::WaitConditionHandle");
  });

  it("with properties of what was deleted", async () => {
    const driver = await rehearse();
    await driver.create("shop", template({ Q: queue() }));
    const { Q = "" } = await driver.ids("shop");
    await driver.json("sqs", "AmazonSQS.DeleteQueue", { QueueUrl: Q });
    const [found] = await drifts(driver);
    expect(found?.StackResourceDriftStatus).toBe("DELETED");
    expect([found?.ExpectedProperties, found?.ActualProperties]).toEqual([undefined, undefined]);
  });
});
