import { DescribeStackEventsCommand } from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../src/template/types.ts";
import { type Driver, rehearse, template, topic } from "./support/driver.ts";

const failures = async ({ cloudformation }: Driver, StackName: string) => {
  const { StackEvents = [] } = await cloudformation.send(new DescribeStackEventsCommand({ StackName }));
  return StackEvents.filter(({ ResourceStatus }) => /FAILED|^ROLLBACK_IN/.test(ResourceStatus ?? ""))
    .map((event) => `${event.LogicalResourceId}: ${event.ResourceStatusReason}`)
    .toReversed();
};

const CAPABLE = { Capabilities: ["CAPABILITY_IAM" as const] };

const read = (attribute: string, Type: string, Properties: JsonObject = {}) => ({
  A: { Type, Properties },
  B: topic({ DisplayName: { "Fn::GetAtt": ["A", attribute] } }),
});

const role = {
  AssumeRolePolicyDocument: {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" }],
  },
};

/**
 * Read-only attributes are returned, properties are not (cloudformation-coverage-roadmap#1578: the words, and when),
 * but by types whose properties are all given (cfn-lint#4443).
 */
describe("Fn::GetAtt of a property", () => {
  it.each([
    ["BucketName", "AWS::S3::Bucket", { BucketName: "some-bucket" }],
    ["RoleName", "AWS::IAM::Role", role],
    ["RetentionInDays", "AWS::Logs::LogGroup", { RetentionInDays: 7 }],
    ["RepositoryName", "AWS::ECR::Repository", { RepositoryName: "images" }],
  ])("fails who reads %s of %s, once that is made", async (name, type, properties) => {
    const driver = await rehearse();
    const stack = await driver.create("one", template(read(name, type, properties as JsonObject)), CAPABLE);
    expect(stack.StackStatus).toBe("ROLLBACK_COMPLETE");
    expect((await failures(driver, "one"))[0]).toBe(
      `B: Requested attribute ${name} must be a readonly property in schema for ${type}`,
    );
  });

  it("fails the resource that reads an unknown attribute, after the call was accepted", async () => {
    // ministack#1628, measured on an account in September 2026.
    const driver = await rehearse();
    const stack = await driver.create("one", template(read("Colour", "AWS::S3::Bucket")));
    expect(stack.StackStatus).toBe("ROLLBACK_COMPLETE");
    expect((await failures(driver, "one"))[0]).toBe(
      "B: Requested attribute Colour does not exist in schema for AWS::S3::Bucket",
    );
  });

  it("fails an output with an unknown attribute of an older type, with its path", async () => {
    // localstack's test_invalid_getatt_fails, recorded 2023-08-01.
    const driver = await rehearse();
    const parameter = { Type: "AWS::SSM::Parameter", Properties: { Type: "String", Value: "any" } };
    const outputs = { Outputs: { O: { Value: { "Fn::GetAtt": ["A", "Colour"] } } } };
    await driver.create("one", template({ A: parameter }, outputs));
    expect(await failures(driver, "one")).toEqual([
      "one: [Error] /Outputs/O/Value/Fn::GetAtt: Resource type AWS::SSM::Parameter does not support attribute {Colour}. Rollback requested by user.",
    ]);
  });

  it("fails the stack whose output it is, once all resources are created", async () => {
    const driver = await rehearse();
    const outputs = { Outputs: { O: { Value: { "Fn::GetAtt": ["A", "BucketName"] } } } };
    const made = await driver.create("one", template({ A: { Type: "AWS::S3::Bucket", Properties: {} } }, outputs));
    expect(made.StackStatus).toBe("ROLLBACK_COMPLETE");
    expect(await failures(driver, "one")).toEqual([
      "one: Requested attribute BucketName must be a readonly property in schema for AWS::S3::Bucket. Rollback requested by user.",
    ]);
  });

  it.each([
    ["DisplayName", "AWS::SNS::Topic", { DisplayName: "given" }],
    ["Value", "AWS::SSM::Parameter", { Type: "String", Value: "given" }],
    ["QueueName", "AWS::SQS::Queue", { QueueName: "given" }],
    ["GroupDescription", "AWS::EC2::SecurityGroup", { GroupDescription: "given" }],
    ["Arn", "AWS::Logs::LogGroup", {}],
  ])("gives %s of %s", async (name, type, properties) => {
    const driver = await rehearse();
    const made = await driver.create("one", template(read(name, type, properties as JsonObject)));
    expect(made.StackStatus).toBe("CREATE_COMPLETE");
  });
});
