import { CreateStackCommand } from "@aws-sdk/client-cloudformation";
import { CreateSecurityGroupCommand, DescribeSecurityGroupsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { ChangeResourceRecordSetsCommand, ListHostedZonesCommand, Route53Client } from "@aws-sdk/client-route-53";
import { describe, expect, it } from "vitest";
import { shellLine } from "../../src/command-line.ts";
import { foreignIn } from "../../src/provision/in-the-way.ts";
import { everyStack, lookAt } from "../../src/provision/look.ts";
import type { Template } from "../../src/template/types.ts";
import { adviceOf } from "../support/hints.ts";
import { type Rehearsed, rehearsed } from "../support/rehearsed.ts";
import { carriedOut } from "../support/remedies.ts";
import { SITE, stackOf } from "../support/stacks.ts";

const NETWORK: Template["Resources"] = {
  Vpc: { Type: "AWS::EC2::VPC", Properties: { CidrBlock: "10.0.0.0/16" } },
  Subnet: { Type: "AWS::EC2::Subnet", Properties: { VpcId: { Ref: "Vpc" }, CidrBlock: "10.0.0.0/24" } },
  Group: { Type: "AWS::EC2::SecurityGroup", Properties: { VpcId: { Ref: "Vpc" }, GroupDescription: "ours" } },
  Table: { Type: "AWS::EC2::RouteTable", Properties: { VpcId: { Ref: "Vpc" } } },
  Zone: { Type: "AWS::Route53::HostedZone", Properties: { Name: "example.com" } },
  Record: {
    Type: "AWS::Route53::RecordSet",
    Properties: {
      HostedZoneId: { Ref: "Zone" },
      Name: "api.example.com",
      Type: "TXT",
      TTL: "60",
      ResourceRecords: ['"x"'],
    },
  },
  Records: {
    Type: "AWS::Route53::RecordSetGroup",
    Properties: {
      HostedZoneId: { Ref: "Zone" },
      RecordSets: [{ Name: "www.example.com", Type: "A", TTL: "60", ResourceRecords: ["203.0.113.9"] }],
    },
  },
};
const tags = { ManagedBy: "astro", Project: SITE.project, Environment: SITE.environment };
const network = (resources = NETWORK) => stackOf("shop-dev-network", "vpc", { resources, tags });

/** An environment with a network and a zone, and what others put into them. */
async function account() {
  const aws = await rehearsed();
  await aws.provision([network()]);
  const { endpoint, credentials } = aws.rehearsal;
  const config = { endpoint, credentials, region: SITE.region };
  const resources = await aws.cloud.resources({ name: "shop-dev-network", region: SITE.region });
  const id = (logicalId: string) => resources.find((one) => one.logicalId === logicalId)?.physicalId ?? "";
  const seen = async () => {
    const { deployed } = await lookAt(aws.cloud, SITE, await everyStack(aws.cloud, [SITE.region]));
    return foreignIn(aws.cloud, deployed);
  };
  return { aws, config, id, seen };
}
const handMade = async (config: ConstructorParameters<typeof EC2Client>[0] & object, VpcId: string) => {
  const group = { GroupName: "by-hand", Description: "by hand", VpcId };
  const { GroupId = "" } = await new EC2Client(config).send(new CreateSecurityGroupCommand(group));
  return GroupId;
};
const adviceOn = ({ result }: Awaited<ReturnType<Rehearsed["destroy"]>>) => {
  const [first] = result.failed;
  return first;
};

describe("what keeps a removal from its end", () => {
  it("is nothing where an environment is alone with its own", async () => {
    const { seen } = await account();
    expect(await seen()).toEqual([]);
  });

  it("is seen before anything is begun, each with the command that takes it away, which leaves nothing in the way", async () => {
    const { aws, config, id, seen } = await account();
    const group = await handMade(config, id("Vpc"));
    const record = {
      Name: "blog.example.com.",
      Type: "A" as const,
      TTL: 60,
      ResourceRecords: [{ Value: "203.0.113.7" }],
    };
    const Changes = [{ Action: "CREATE" as const, ResourceRecordSet: record }];
    const change = { HostedZoneId: id("Zone"), ChangeBatch: { Changes } };
    await new Route53Client(config).send(new ChangeResourceRecordSetsCommand(change));
    const found = await seen();
    expect(found.map((one) => "by" in one && one.by)).toEqual([
      { resourceType: "AWS::EC2::SecurityGroup", physicalId: group, known: "by-hand" },
      { resourceType: "AWS::Route53::RecordSet", name: "blog.example.com", recordType: "A", zone: id("Zone") },
    ]);
    for (const one of found) await carriedOut(config, shellLine(("removal" in one && one.removal) || []));
    expect(await seen()).toEqual([]);
    expect((await aws.destroy()).result.outcome).toBe("done");
    const { HostedZones } = await new Route53Client(config).send(new ListHostedZonesCommand({}));
    expect(HostedZones).toEqual([]);
  });

  it("of another stack is named with that, and no command deletes it", async () => {
    const { aws, id, seen } = await account();
    const Resources = {
      Theirs: { Type: "AWS::EC2::NetworkInterface", Properties: { SubnetId: id("Subnet"), Description: "probe" } },
    };
    await aws.cloudformation.send(
      new CreateStackCommand({ StackName: "theirs", TemplateBody: JSON.stringify({ Resources }) }),
    );
    await aws.settled("theirs");
    expect(await seen()).toEqual([
      {
        by: {
          resourceType: "AWS::EC2::NetworkInterface",
          physicalId: expect.stringMatching(/^eni-\w+$/),
          known: "probe",
          stack: "theirs",
        },
      },
    ]);
    const advice = adviceOn(await aws.destroy());
    expect(advice?.cause).toMatch(
      /no stack of this environment made network interface eni-\w+ \(probe\) of stack theirs/,
    );
    expect(adviceOf(advice)).not.toContain("aws ec2");
  });

  it("is named where AWS names nothing, with the command that helps; then the same command ends well", async () => {
    const { aws, config, id } = await account();
    const group = await handMade(config, id("Vpc"));
    const stopped = await aws.destroy();
    expect(stopped.result.failed[0]?.reason).toMatch(/has dependencies and cannot be deleted/);
    const found = adviceOn(stopped);
    expect(found?.cause).toBe(
      `Vpc cannot be deleted: no stack of this environment made security group ${group} (by-hand)`,
    );
    const [command = ""] = /aws ec2 .*/.exec(adviceOf(found)) ?? [];
    await carriedOut(config, command);
    const { SecurityGroups } = await new EC2Client(config).send(new DescribeSecurityGroupsCommand({}));
    expect(SecurityGroups?.map(({ GroupId }) => GroupId)).not.toContain(group);
    expect((await aws.destroy()).result.outcome).toBe("done");
  });

  it("that nobody may look at is said in its place, and stops nothing", async () => {
    const denied = { call: "ec2:DescribeSecurityGroups", effect: "denied", times: 9 } as const;
    const aws = await rehearsed({ faults: [denied] });
    await aws.provision([network()]);
    const { deployed } = await lookAt(aws.cloud, SITE, await everyStack(aws.cloud, [SITE.region]));
    expect(await foreignIn(aws.cloud, deployed)).toEqual([
      { resource: "Vpc", reason: expect.stringMatching(/^not allowed/) },
    ]);
  });
});
