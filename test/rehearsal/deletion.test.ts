import {
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  UpdateTerminationProtectionCommand,
} from "@aws-sdk/client-cloudformation";
import { BatchDeleteImageCommand, ECRClient, PutImageCommand } from "@aws-sdk/client-ecr";
import { DeleteObjectCommand, HeadBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { type Driver, refusal, rehearse, template, topic } from "./support/driver.ts";

const bucket = (BucketName: string, more: object = {}) => ({
  Type: "AWS::S3::Bucket",
  Properties: { BucketName },
  ...more,
});
const database = {
  Type: "AWS::RDS::DBInstance",
  DeletionPolicy: "Snapshot",
  Properties: {
    DBInstanceIdentifier: "shop",
    DBInstanceClass: "db.t3.micro",
    Engine: "postgres",
    AllocatedStorage: "20",
    MasterUsername: "u",
    MasterUserPassword: "secret12",
  },
};

async function removed({ cloudformation, settled }: Driver, StackId: string, more: object = {}) {
  await cloudformation.send(new DeleteStackCommand({ StackName: StackId, ...more }));
  return (await settled(StackId)).StackStatus;
}

const reasonOf = async ({ cloudformation }: Driver, StackName: string, status: string) => {
  const { StackEvents } = await cloudformation.send(new DescribeStackEventsCommand({ StackName }));
  return StackEvents?.find(
    (event) => event.ResourceStatus === status && event.ResourceType !== "AWS::CloudFormation::Stack",
  )?.ResourceStatusReason;
};

describe("deleting a stack", () => {
  it("fails on a bucket that is not empty, and goes on where it stopped once it is", async () => {
    const driver = await rehearse();
    const { StackId = "" } = await driver.create("shop", template({ B: bucket("full-bucket"), T: topic() }));
    await driver.s3.send(new PutObjectCommand({ Bucket: "full-bucket", Key: "a", Body: "x" }));
    expect(await removed(driver, StackId)).toBe("DELETE_FAILED");
    expect((await driver.settled(StackId)).StackStatusReason).toBe("The following resource(s) failed to delete: [B]. ");
    expect(await reasonOf(driver, StackId, "DELETE_FAILED")).toMatch(
      /^Resource handler returned message: "The bucket you tried to delete is not empty\. You must delete all versions in the bucket\. \(Service: S3, Status Code: 409, /,
    );
    await driver.s3.send(new DeleteObjectCommand({ Bucket: "full-bucket", Key: "a" }));
    expect(await removed(driver, StackId)).toBe("DELETE_COMPLETE");
  });

  it("leaves behind what is retained on request, once it has failed", async () => {
    const driver = await rehearse();
    const { StackId = "" } = await driver.create("shop", template({ B: bucket("full-bucket"), T: topic() }));
    await driver.s3.send(new PutObjectCommand({ Bucket: "full-bucket", Key: "a", Body: "x" }));
    const early = driver.cloudformation.send(new DeleteStackCommand({ StackName: StackId, RetainResources: ["B"] }));
    expect(await refusal(early)).toMatch(/^ValidationError: Invalid operation on stack .* DELETE_FAILED state\.$/);
    await removed(driver, StackId);
    expect(await removed(driver, StackId, { RetainResources: ["B"] })).toBe("DELETE_COMPLETE");
    expect((await driver.history(StackId)).slice(-3)).toContain("B DELETE_SKIPPED");
    expect(await refusal(driver.s3.send(new HeadBucketCommand({ Bucket: "full-bucket" })))).toBe("not refused");
  });

  it("skips what it cannot delete when it is forced", async () => {
    const driver = await rehearse();
    const { StackId = "" } = await driver.create("shop", template({ B: bucket("full-bucket") }));
    await driver.s3.send(new PutObjectCommand({ Bucket: "full-bucket", Key: "a", Body: "x" }));
    await removed(driver, StackId);
    expect(await removed(driver, StackId, { DeletionMode: "FORCE_DELETE_STACK" })).toBe("DELETE_COMPLETE");
    expect(await refusal(driver.s3.send(new HeadBucketCommand({ Bucket: "full-bucket" })))).toBe("not refused");
  });

  it("fails on a repository with images, unless it may empty it", async () => {
    const driver = await rehearse();
    const repository = (EmptyOnDelete: boolean) => ({
      Type: "AWS::ECR::Repository",
      Properties: { RepositoryName: `r-${EmptyOnDelete}`, EmptyOnDelete },
    });
    const stack = await driver.create("shop", template({ Full: repository(false), Emptied: repository(true) }));
    const { endpoint, region, credentials } = driver.rehearsal;
    const ecr = new ECRClient({ endpoint, region, credentials });
    for (const repositoryName of ["r-true", "r-false"])
      await ecr.send(new PutImageCommand({ repositoryName, imageManifest: "{}", imageTag: "v1" }));
    expect(await removed(driver, stack.StackId ?? "")).toBe("DELETE_FAILED");
    expect((await driver.settled(stack.StackId ?? "")).StackStatusReason).toContain("[Full]");
    await ecr.send(new BatchDeleteImageCommand({ repositoryName: "r-false", imageIds: [{ imageTag: "v1" }] }));
    expect(await removed(driver, stack.StackId ?? "")).toBe("DELETE_COMPLETE");
  });

  it("is refused while it is protected, and done when it is not", async () => {
    const driver = await rehearse();
    const { StackId = "" } = await driver.create("shop", template({ T: topic() }), {
      EnableTerminationProtection: true,
    });
    expect(await refusal(removed(driver, StackId))).toBe(
      "ValidationError: Stack [shop] cannot be deleted while TerminationProtection is enabled",
    );
    await driver.cloudformation.send(
      new UpdateTerminationProtectionCommand({ StackName: "shop", EnableTerminationProtection: false }),
    );
    expect(await removed(driver, StackId)).toBe("DELETE_COMPLETE");
  });

  it("has no effect while another stack imports its exports", async () => {
    const driver = await rehearse();
    const exporting = template({ T: topic() }, { Outputs: { O: { Value: "v", Export: { Name: "shared" } } } });
    const { StackId = "" } = await driver.create("source", exporting);
    const importing = template({ T: topic({ DisplayName: { "Fn::ImportValue": "shared" } }) });
    const reader = await driver.create("reader", importing);
    expect(await removed(driver, StackId)).toBe("CREATE_COMPLETE");
    expect((await driver.settled(StackId)).StackStatusReason).toBe(
      "Export shared cannot be deleted as it is in use by reader",
    );
    await removed(driver, reader.StackId ?? "");
    expect(await removed(driver, StackId)).toBe("DELETE_COMPLETE");
  });

  it("in the middle of its creation cancels that", async () => {
    const driver = await rehearse();
    const { cloudformation } = driver;
    const { StackId = "" } = await cloudformation.send(
      new CreateStackCommand({ StackName: "shop", TemplateBody: JSON.stringify(template({ Slow: database })) }),
    );
    expect(await removed(driver, StackId)).toBe("DELETE_COMPLETE");
    expect(await driver.history(StackId)).not.toContain("Slow CREATE_COMPLETE");
  });
});

describe("a deletion policy", () => {
  it("Retain keeps the resource, when its stack is deleted and when it alone is removed", async () => {
    const driver = await rehearse();
    const kept = (name: string) => bucket(name, { DeletionPolicy: "Retain" });
    const { StackId = "" } = await driver.create("shop", template({ One: kept("kept-one"), Two: kept("kept-two") }));
    await driver.update("shop", template({ One: kept("kept-one") }));
    expect(await removed(driver, StackId)).toBe("DELETE_COMPLETE");
    expect((await driver.history(StackId)).filter((line) => line.endsWith("DELETE_SKIPPED"))).toEqual([
      "Two DELETE_SKIPPED",
      "One DELETE_SKIPPED",
    ]);
    for (const Bucket of ["kept-one", "kept-two"])
      expect(await refusal(driver.s3.send(new HeadBucketCommand({ Bucket })))).toBe("not refused");
  });

  it("Snapshot leaves a snapshot", async () => {
    const driver = await rehearse();
    const { StackId = "" } = await driver.create("shop", template({ Db: database }));
    await removed(driver, StackId);
    const form = { Action: "DescribeDBSnapshots", DBInstanceIdentifier: "shop" };
    expect(await driver.query("rds", "2014-10-31", form)).toMatch(
      /<DBSnapshotIdentifier>shop-snapshot-db-\d+<\/DBSnapshotIdentifier><DBInstanceIdentifier>shop</,
    );
  });

  it("RetainExceptOnCreate deletes after a failed creation, and retains otherwise", async () => {
    const driver = await rehearse();
    const spared = (name: string) => bucket(name, { DeletionPolicy: "RetainExceptOnCreate" });
    const bad = { Type: "AWS::EC2::Subnet", DependsOn: "B", Properties: { VpcId: "vpc-0", CidrBlock: "10.0.0.0/24" } };
    await driver.create("failed", template({ B: spared("spared-one"), Bad: bad }));
    expect(await refusal(driver.s3.send(new HeadBucketCommand({ Bucket: "spared-one" })))).toMatch(/^NotFound/);
    const { StackId = "" } = await driver.create("made", template({ B: spared("spared-two") }));
    await removed(driver, StackId);
    expect(await refusal(driver.s3.send(new HeadBucketCommand({ Bucket: "spared-two" })))).toBe("not refused");
  });

  it("for replacements keeps the old one", async () => {
    const driver = await rehearse();
    const table = (key: string) => ({
      Type: "AWS::DynamoDB::Table",
      UpdateReplacePolicy: "Retain",
      Properties: {
        KeySchema: [{ AttributeName: key, KeyType: "HASH" }],
        AttributeDefinitions: [{ AttributeName: key, AttributeType: "S" }],
        BillingMode: "PAY_PER_REQUEST",
      },
    });
    await driver.create("shop", template({ T: table("a") }));
    await driver.update("shop", template({ T: table("b") }));
    const { TableNames } = await driver.json("dynamodb", "DynamoDB_20120810.ListTables", {});
    expect(TableNames).toHaveLength(2);
  });

  it("of databases without a policy leave a snapshot, of those in a cluster the cluster's only", async () => {
    const driver = await rehearse();
    const { DeletionPolicy: _, ...alone } = database;
    const { MasterUsername, MasterUserPassword } = database.Properties;
    const Cluster = {
      Type: "AWS::RDS::DBCluster",
      Properties: { DBClusterIdentifier: "all", Engine: "aurora-postgresql", MasterUsername, MasterUserPassword },
    };
    const Member = {
      Type: "AWS::RDS::DBInstance",
      Properties: {
        DBClusterIdentifier: { Ref: "Cluster" },
        DBInstanceClass: "db.r6g.large",
        Engine: "aurora-postgresql",
      },
    };
    const { StackId = "", StackStatus } = await driver.create("shop", template({ D: alone, Cluster, Member }));
    expect(StackStatus).toBe("CREATE_COMPLETE");
    await removed(driver, StackId);
    const look = (Action: string) => driver.query("rds", "2014-10-31", { Action });
    const instances = await look("DescribeDBSnapshots");
    expect([...instances.matchAll(/<DBInstanceIdentifier>([^<]+)</g)].map(([, id]) => id)).toEqual(["shop"]);
    const clusters = await look("DescribeDBClusterSnapshots");
    expect([...clusters.matchAll(/<DBClusterIdentifier>([^<]+)</g)].map(([, id]) => id)).toEqual(["all"]);
  });
});
