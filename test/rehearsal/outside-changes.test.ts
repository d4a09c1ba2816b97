import {
  DeleteStackCommand,
  DescribeStackResourceDriftsCommand,
  DetectStackDriftCommand,
} from "@aws-sdk/client-cloudformation";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { type Driver, rehearse, template } from "./support/driver.ts";
import * as make from "./support/rules.ts";

/** A stack of these resources, and the physical ids. */
async function made(resources: object): Promise<{ readonly driver: Driver; readonly ids: Record<string, string> }> {
  const driver = await rehearse();
  expect((await driver.create("shop", template(resources))).StackStatus).toBe("CREATE_COMPLETE");
  return { driver, ids: { ...(await driver.ids("shop")) } };
}

async function driftOf({ cloudformation, rehearsal }: Driver): Promise<readonly string[]> {
  await cloudformation.send(new DetectStackDriftCommand({ StackName: "shop" }));
  await rehearsal.clock.sleep(60_000);
  const drifts = await cloudformation.send(new DescribeStackResourceDriftsCommand({ StackName: "shop" }));
  return (drifts.StackResourceDrifts ?? [])
    .filter(({ StackResourceDriftStatus }) => StackResourceDriftStatus !== "IN_SYNC")
    .map(({ LogicalResourceId, StackResourceDriftStatus }) => `${LogicalResourceId} ${StackResourceDriftStatus}`);
}

async function deleted({ cloudformation, settled }: Driver): Promise<string | undefined> {
  const { StackId = "" } = await settled("shop");
  await cloudformation.send(new DeleteStackCommand({ StackName: "shop" }));
  return (await settled(StackId)).StackStatus;
}

const ec2 = (driver: Driver, form: { readonly [name: string]: string }) => driver.query("ec2", "2016-11-15", form);
const rds = (driver: Driver, form: { readonly [name: string]: string }) => driver.query("rds", "2014-10-31", form);

describe("Parameter Store", () => {
  // API Reference, GetParameters: a version behind the name, what is not there under InvalidParameters; Systems Manager
  // User
  // Guide, "Calling AMI public parameters".
  it("returns public parameters and versions in one call, and names invalid ones", async () => {
    const driver = await rehearse();
    const write = (Value: string) =>
      driver.json("ssm", "AmazonSSM.PutParameter", { Name: "/x", Value, Type: "String", Overwrite: true });
    await write("one");
    await write("two");
    const image = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";
    const Names = ["/x", "/x:1", "/x:9", "/y", image];
    const found = await driver.json("ssm", "AmazonSSM.GetParameters", { Names });
    expect(found).toMatchObject({
      Parameters: [
        { Name: "/x", Value: "two", Version: 2 },
        { Name: "/x", Value: "one", Version: 1, Selector: ":1" },
        { Name: image, Value: expect.stringMatching(/^ami-/) },
      ],
      InvalidParameters: ["/x:9", "/y"],
    });
  });
});

describe("a change outside of a stack", () => {
  it("to a security group's rules is shown, refused if invalid, and found as drift", async () => {
    const https = { IpProtocol: "tcp", FromPort: 443, ToPort: 443, CidrIp: "0.0.0.0/0" };
    const { driver, ids } = await made({ Vpc: make.vpc(), G: make.group({ SecurityGroupIngress: [https] }) });
    const rule = {
      GroupId: ids.G ?? "",
      "IpPermissions.1.IpProtocol": "tcp",
      "IpPermissions.1.FromPort": "22",
      "IpPermissions.1.ToPort": "22",
      "IpPermissions.1.IpRanges.1.CidrIp": "0.0.0.0/0",
    };
    expect(await driftOf(driver)).toEqual([]);
    expect(await ec2(driver, { Action: "AuthorizeSecurityGroupIngress", ...rule })).toContain("<return>true</return>");
    expect(await ec2(driver, { Action: "AuthorizeSecurityGroupIngress", ...rule })).toContain(
      "InvalidPermission.Duplicate",
    );
    expect(await ec2(driver, { Action: "DescribeSecurityGroups", "GroupId.1": ids.G ?? "" })).toContain(
      "<fromPort>22</fromPort>",
    );
    expect(await driftOf(driver)).toEqual(["G MODIFIED"]);
    expect(await ec2(driver, { Action: "RevokeSecurityGroupIngress", ...rule })).toContain("<return>true</return>");
    expect(await ec2(driver, { Action: "RevokeSecurityGroupIngress", ...rule })).toContain(
      "InvalidPermission.NotFound",
    );
  });

  // VPC User Guide, "Default VPCs"; EC2 API Reference, CreateSecurityGroup (VpcId: required for a nondefault VPC).
  it("in the default VPC: groups of stacks and others stand there, and a stack's goes with it", async () => {
    const named = (GroupName: string) => ({
      Type: "AWS::EC2::SecurityGroup",
      Properties: { GroupDescription: "any", GroupName },
    });
    const { driver, ids } = await made({ G: named("one") });
    expect(ids.G).toBe("one");
    const hand = { Action: "CreateSecurityGroup", GroupName: "two", GroupDescription: "any" };
    expect(await ec2(driver, hand)).toMatch(/<groupId>sg-/);
    expect(await ec2(driver, hand)).toContain("InvalidGroup.Duplicate");
    const groups = await ec2(driver, { Action: "DescribeSecurityGroups" });
    const vpcs = new Set(groups.match(/<vpcId>[^<]*/g));
    expect([...vpcs]).toEqual([expect.stringMatching(/<vpcId>vpc-\w{17}$/)]);
    expect(await ec2(driver, { Action: "DescribeVpcs" })).toContain("<isDefault>true</isDefault>");
    expect(await deleted(driver)).toBe("DELETE_COMPLETE");
    const left = await ec2(driver, { Action: "DescribeSecurityGroups" });
    expect(left.match(/<groupName>[^<]*/g)).toEqual(["<groupName>two"]);
  });

  // EC2 API Reference, CreateManagedPrefixList, ModifyManagedPrefixList (CurrentVersion), GetManagedPrefixListEntries.
  it("with prefix lists: made, changed from the version one knows, read and deleted", async () => {
    const driver = await rehearse();
    const made = await ec2(driver, {
      Action: "CreateManagedPrefixList",
      PrefixListName: "offices",
      AddressFamily: "IPv4",
      MaxEntries: "2",
      "Entry.1.Cidr": "192.0.2.0/24",
      "TagSpecification.1.ResourceType": "prefix-list",
      "TagSpecification.1.Tag.1.Key": "team",
      "TagSpecification.1.Tag.1.Value": "net",
    });
    const PrefixListId = /<prefixListId>(pl-\w+)</.exec(made)?.[1] ?? "";
    expect(made).toContain("<key>team</key>");
    const add = { Action: "ModifyManagedPrefixList", PrefixListId, "AddEntry.1.Cidr": "198.51.100.0/24" };
    expect(await ec2(driver, { ...add, CurrentVersion: "2" })).toContain("PrefixListVersionMismatch");
    expect(await ec2(driver, { ...add, CurrentVersion: "1" })).toContain("<version>2</version>");
    const third = { ...add, CurrentVersion: "2", "AddEntry.1.Cidr": "203.0.113.0/24" };
    expect(await ec2(driver, third)).toContain("PrefixListMaxEntriesExceeded");
    const entries = await ec2(driver, { Action: "GetManagedPrefixListEntries", PrefixListId });
    expect(entries.match(/<cidr>[^<]+/g)).toEqual(["<cidr>192.0.2.0/24", "<cidr>198.51.100.0/24"]);
    expect(await ec2(driver, { Action: "DeleteManagedPrefixList", PrefixListId })).toContain("delete-in-progress");
    expect(await ec2(driver, { Action: "GetManagedPrefixListEntries", PrefixListId })).toContain(
      "InvalidPrefixListID.NotFound",
    );
  });

  // EC2 API Reference, CreateDhcpOptions, AssociateDhcpOptions, DeleteDhcpOptions.
  it("with DHCP options: made, given to a VPC, taken from it, and only then deleted", async () => {
    const { driver, ids } = await made({ Vpc: make.vpc() });
    const given = await ec2(driver, {
      Action: "CreateDhcpOptions",
      "DhcpConfiguration.1.Key": "domain-name-servers",
      "DhcpConfiguration.1.Value.1": "10.2.5.1",
      "DhcpConfiguration.1.Value.2": "10.2.5.2",
    });
    expect(given).toContain("<value>10.2.5.2</value>");
    const DhcpOptionsId = /<dhcpOptionsId>(dopt-\w+)</.exec(given)?.[1] ?? "";
    const VpcId = ids.Vpc ?? "";
    expect(await ec2(driver, { Action: "AssociateDhcpOptions", DhcpOptionsId, VpcId })).toContain("true</return>");
    expect(await ec2(driver, { Action: "DescribeVpcs" })).toContain(`<dhcpOptionsId>${DhcpOptionsId}<`);
    expect(await ec2(driver, { Action: "DeleteDhcpOptions", DhcpOptionsId })).toContain("DependencyViolation");
    await ec2(driver, { Action: "AssociateDhcpOptions", DhcpOptionsId: "default", VpcId });
    expect(await ec2(driver, { Action: "DescribeVpcs" })).toContain("<dhcpOptionsId>default<");
    expect(await ec2(driver, { Action: "DeleteDhcpOptions", DhcpOptionsId })).toContain("true</return>");
  });

  it("to a bucket prevents its deletion", async () => {
    const { driver, ids } = await made({ B: make.bucket() });
    await driver.s3.send(new PutObjectCommand({ Bucket: ids.B, Key: "by-hand", Body: "x" }));
    expect(await deleted(driver)).toBe("DELETE_FAILED");
  });

  it("to a log group: deleted outside, the stack's deletion succeeds", async () => {
    const { driver, ids } = await made({ L: { Type: "AWS::Logs::LogGroup" } });
    await driver.json("logs", "Logs_20140328.DeleteLogGroup", { logGroupName: ids.L });
    expect(await driftOf(driver)).toEqual(["L DELETED"]);
    expect(await deleted(driver)).toBe("DELETE_COMPLETE");
  });

  it("to a log group: created outside, the stack cannot create it", async () => {
    const driver = await rehearse();
    await driver.json("logs", "Logs_20140328.CreateLogGroup", { logGroupName: "/shop/api" });
    const named = { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: "/shop/api" } };
    expect((await driver.create("shop", template({ L: named }))).StackStatus).toBe("ROLLBACK_COMPLETE");
  });

  it("to a key: disabled, enabled, pending deletion", async () => {
    const { driver, ids } = await made({ K: make.key() });
    const kms = async (operation: string, more: object = {}) =>
      (await driver.json("kms", `TrentService.${operation}`, { KeyId: ids.K, ...more })) as Record<string, unknown>;
    const state = async () => ((await kms("DescribeKey")).KeyMetadata as { KeyState: string }).KeyState;
    await kms("DisableKey");
    expect(await state()).toBe("Disabled");
    await kms("EnableKey");
    expect(await state()).toBe("Enabled");
    await kms("ScheduleKeyDeletion");
    expect(await state()).toBe("PendingDeletion");
    expect((await kms("EnableKey")).__type).toBe("KMSInvalidStateException");
  });

  it("to a secret: another value, other tags", async () => {
    const { driver, ids } = await made({
      S: { Type: "AWS::SecretsManager::Secret", Properties: { SecretString: "a" } },
    });
    const ask = async (operation: string, more: object = {}) =>
      (await driver.json("secretsmanager", `secretsmanager.${operation}`, { SecretId: ids.S, ...more })) as Record<
        string,
        unknown
      >;
    await ask("UpdateSecret", { SecretString: "b", Description: "by hand" });
    await ask("TagResource", { Tags: [{ Key: "who", Value: "me" }] });
    expect((await ask("GetSecretValue")).SecretString).toBe("b");
    expect((await ask("DescribeSecret")).Tags).toContainEqual({ Key: "who", Value: "me" });
  });

  it("to a database: protected, then deleted with a last snapshot whose name must be free", async () => {
    const { driver, ids } = await made({ D: make.database() });
    const DBInstanceIdentifier = ids.D ?? "";
    const remove = (more: { readonly [name: string]: string }) =>
      rds(driver, { Action: "DeleteDBInstance", DBInstanceIdentifier, ...more });
    const modify = (on: boolean) =>
      rds(driver, { Action: "ModifyDBInstance", DBInstanceIdentifier, DeletionProtection: String(on) });
    await modify(true);
    expect(await remove({ SkipFinalSnapshot: "true" })).toContain("Cannot delete protected DB Instance");
    await modify(false);
    expect(await remove({})).toContain("FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.");
    expect(await remove({ FinalDBSnapshotIdentifier: "-last" })).toContain("Invalid snapshot identifier:  -last");
    await rds(driver, { Action: "CreateDBSnapshot", DBInstanceIdentifier, DBSnapshotIdentifier: "last" });
    expect(await remove({ FinalDBSnapshotIdentifier: "last" })).toContain("<Code>DBSnapshotAlreadyExists</Code>");
    expect(await remove({ FinalDBSnapshotIdentifier: "last-2" })).toContain(
      "<DBInstanceStatus>deleting</DBInstanceStatus>",
    );
    expect(await rds(driver, { Action: "DescribeDBSnapshots" })).toContain(
      "<DBSnapshotIdentifier>last-2</DBSnapshotIdentifier>",
    );
    expect(await deleted(driver)).toBe("DELETE_COMPLETE");
  });

  it("to a distribution, which must be disabled before it can be deleted", async () => {
    const { driver, ids } = await made({ D: make.distribution() });
    const { rehearsal } = driver;
    const authorization =
      "AWS4-HMAC-SHA256 Credential=AKIA/20260301/us-east-1/cloudfront/aws4_request, SignedHeaders=host, Signature=0";
    const ask = async (method: string, path: string, etag?: string, body?: string) => {
      const headers = { authorization, ...(etag !== undefined && { "if-match": etag }) };
      const url = `${rehearsal.endpoint}/2020-05-31/distribution/${ids.D}${path}`;
      const answer = await fetch(url, { method, headers, ...(body !== undefined && { body }) });
      return { etag: answer.headers.get("etag") ?? "", status: answer.status, text: await answer.text() };
    };
    const { etag, text } = await ask("GET", "/config");
    expect((await ask("DELETE", "")).text).toContain("InvalidIfMatchVersion");
    expect((await ask("DELETE", "", etag)).text).toContain("<Code>DistributionNotDisabled</Code>");
    const off = text.replace("<Enabled>true</Enabled>", "<Enabled>false</Enabled>");
    const disabled = await ask("PUT", "/config", etag, off);
    expect(disabled.text).toContain("<Enabled>false</Enabled>");
    expect((await ask("DELETE", "", etag)).status).toBe(412);
    expect((await ask("DELETE", "", disabled.etag)).status).toBe(204);
    expect(await deleted(driver)).toBe("DELETE_COMPLETE");
  });
});
