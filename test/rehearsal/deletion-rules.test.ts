import { DeleteStackCommand, DescribeStackEventsCommand } from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import { DELETION_RULES } from "../../src/rehearsal/rules/deletion-rules.ts";
import { type Driver, rehearse, template } from "./support/driver.ts";
import * as make from "./support/rules.ts";

const { network, vpc, subnet, group, balancer, database, cache, table, running, distribution, zone, record } = make;

/** What keeps a thing: the stack that holds it, the stack (reading the first's outputs) that uses it, AWS's words. */
type Case = {
  readonly hold: string;
  readonly kept: object;
  readonly gives?: object;
  readonly user?: object;
  readonly says: string;
};

const from = (OutputName: string) => ({ "Fn::GetStackOutput": { StackName: "kept", OutputName } });
const letsIn = group({
  VpcId: from("Vpc"),
  SecurityGroupIngress: [{ IpProtocol: "tcp", FromPort: 1, ToPort: 1, SourceSecurityGroupId: from("G") }],
});
const nat = (more: object) => ({ Type: "AWS::EC2::NatGateway", Properties: { SubnetId: from("A"), ...more } });
const networkIds = { Vpc: { Ref: "Vpc" }, A: { Ref: "A" }, B: { Ref: "B" } };
const subnetIds = [from("A"), from("B")];
const databaseSubnets = {
  Type: "AWS::RDS::DBSubnetGroup",
  Properties: { DBSubnetGroupDescription: "g", SubnetIds: [{ Ref: "A" }, { Ref: "B" }] },
};
const cacheSubnets = {
  Type: "AWS::ElastiCache::SubnetGroup",
  Properties: { Description: "g", SubnetIds: [{ Ref: "A" }, { Ref: "B" }] },
};
const accessControl = {
  Type: "AWS::CloudFront::OriginAccessControl",
  Properties: {
    OriginAccessControlConfig: {
      Name: "o",
      OriginAccessControlOriginType: "s3",
      SigningBehavior: "always",
      SigningProtocol: "sigv4",
    },
  },
};
const certificate = {
  Type: "AWS::CertificateManager::Certificate",
  Properties: { DomainName: "example.com", ValidationMethod: "DNS" },
};
const { Service, ...beneath } = running() as { readonly [id: string]: { readonly Properties?: object } };
const service = (more: object) => ({
  ...Service,
  DependsOn: undefined,
  Properties: {
    Cluster: from("C"),
    TaskDefinition: from("T"),
    NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [from("A")] } },
    ...more,
  },
});
const cluster = { Type: "AWS::ECS::Cluster", Properties: { CapacityProviders: ["FARGATE"] } };

const CASES: readonly Case[] = [
  {
    hold: "a security group in use is not deleted",
    kept: { Vpc: vpc(), G: group() },
    gives: { G: { "Fn::GetAtt": ["G", "GroupId"] }, Vpc: { Ref: "Vpc" } },
    user: { H: letsIn },
    says: "has a dependent object",
  },
  {
    hold: "a subnet in use is not deleted",
    kept: network,
    gives: networkIds,
    user: { N: nat({ ConnectivityType: "private" }) },
    says: "has dependencies and cannot be deleted.",
  },
  {
    hold: "a VPC in use is not deleted",
    kept: { Vpc: vpc() },
    gives: { Vpc: { Ref: "Vpc" } },
    user: { S: subnet("10.0.9.0/24", "a", { VpcId: from("Vpc") }) },
    says: "has dependencies and cannot be deleted.",
  },
  {
    hold: "an internet gateway is not detached while public addresses are mapped",
    kept: network,
    gives: networkIds,
    user: { N: nat({ ConnectivityType: "private" }) },
    says: "has some mapped public address(es)",
  },
  {
    hold: "an Elastic IP address in use is not released",
    kept: { ...network, E: { Type: "AWS::EC2::EIP" } },
    gives: { ...networkIds, E: { "Fn::GetAtt": ["E", "AllocationId"] } },
    user: { N: nat({ AllocationId: from("E") }) },
    says: "is in use.",
  },
  {
    hold: "a target group in use is not deleted",
    kept: { ...network, T: make.targets() },
    gives: { ...networkIds, T: { Ref: "T" } },
    user: {
      Balancer: { ...balancer({ Subnets: subnetIds }), DependsOn: undefined },
      L: make.listener({ DefaultActions: [{ Type: "forward", TargetGroupArn: from("T") }] }),
    },
    says: "is currently in use by a listener or a rule",
  },
  {
    hold: "a load balancer with deletion protection is not deleted",
    kept: {
      ...network,
      Balancer: balancer({ LoadBalancerAttributes: [{ Key: "deletion_protection.enabled", Value: "true" }] }),
    },
    says: "because deletion protection is enabled",
  },
  {
    hold: "a database with deletion protection is not deleted",
    kept: { D: database({ DeletionProtection: true }) },
    says: "Cannot delete protected DB Instance",
  },
  {
    hold: "a subnet group in use is not deleted",
    kept: { ...network, S: databaseSubnets },
    gives: { S: { Ref: "S" } },
    user: { D: database({ DBSubnetGroupName: from("S") }) },
    says: "because at least one database instance",
  },
  {
    hold: "a cache's subnet group in use is not deleted",
    kept: { ...network, S: cacheSubnets },
    gives: { S: { Ref: "S" } },
    user: { C: cache({ CacheSubnetGroupName: from("S") }) },
    says: "is currently in use by a cache cluster.",
  },
  {
    hold: "a table with deletion protection is not deleted",
    kept: { T: table({ DeletionProtectionEnabled: true }) },
    says: "Resource cannot be deleted as it is currently protected against deletion.",
  },
  {
    hold: "a cluster with services is not deleted",
    kept: { ...beneath, Cluster: cluster },
    gives: { ...networkIds, C: { Ref: "Cluster" }, T: { Ref: "Task" } },
    user: { S: service({}) },
    says: "The Cluster cannot be deleted while Services are active.",
  },
  {
    hold: "capacity providers in use are not removed",
    kept: {
      ...beneath,
      Cluster: cluster,
      P: {
        Type: "AWS::ECS::ClusterCapacityProviderAssociations",
        Properties: {
          Cluster: { Ref: "Cluster" },
          CapacityProviders: ["FARGATE"],
          DefaultCapacityProviderStrategy: [],
        },
      },
    },
    gives: { ...networkIds, C: { Ref: "Cluster" }, T: { Ref: "Task" } },
    user: { S: service({ CapacityProviderStrategy: [{ CapacityProvider: "FARGATE", Weight: 1 }] }) },
    says: "The specified capacity provider is in use and cannot be removed.",
  },
  {
    hold: "a hosted zone with records is not deleted",
    kept: { Zone: zone },
    gives: { Z: { Ref: "Zone" } },
    user: { R: record("a.example.com", { HostedZoneId: from("Z") }) },
    says: "contains non-required resource record sets",
  },
  {
    hold: "an origin access control, a function or a VPC origin in use is not deleted",
    kept: { O: accessControl },
    gives: { O: { Ref: "O" } },
    user: {
      D: distribution({
        Origins: [
          { Id: "one", DomainName: "b.s3.amazonaws.com", OriginAccessControlId: from("O"), S3OriginConfig: {} },
        ],
      }),
    },
    says: "because it's in use by one or more other resources.",
  },
  {
    hold: "a certificate in use is not deleted",
    kept: { C: certificate },
    gives: { C: { Ref: "C" } },
    user: {
      D: distribution({
        Aliases: ["example.com"],
        ViewerCertificate: { AcmCertificateArn: from("C"), SslSupportMethod: "sni-only" },
      }),
    },
    says: "is in use.",
  },
];

async function deleted({ cloudformation, settled }: Driver, StackName: string) {
  await cloudformation.send(new DeleteStackCommand({ StackName }));
  const stack = await settled(StackName);
  const { StackEvents } = await cloudformation.send(new DescribeStackEventsCommand({ StackName }));
  const words = (StackEvents ?? [])
    .filter(({ ResourceStatus }) => ResourceStatus === "DELETE_FAILED")
    .map(({ ResourceStatusReason }) => ResourceStatusReason);
  return { status: stack.StackStatus, words: words.join("\n") };
}

describe("AWS demands that", () => {
  it.each(CASES)("$hold", async ({ kept, gives = {}, user, says }) => {
    const driver = await rehearse();
    const Outputs = Object.fromEntries(Object.entries(gives).map(([name, Value]) => [name, { Value }]));
    const { StackId = "", StackStatus } = await driver.create("kept", template(kept, { Outputs }));
    const second = user && (await driver.create("user", template(user)));
    expect([StackStatus, second?.StackStatus ?? "CREATE_COMPLETE"]).toEqual(["CREATE_COMPLETE", "CREATE_COMPLETE"]);
    expect(await deleted(driver, StackId)).toEqual({ status: "DELETE_FAILED", words: expect.stringContaining(says) });
    if (!second) return;
    await deleted(driver, second.StackId ?? "");
    expect((await deleted(driver, StackId)).status).toBe("DELETE_COMPLETE");
  });

  it("and no deletion rule goes without a case and a document", () => {
    // Those two are tried where stacks are deleted.
    const tried = new Set([
      ...CASES.map(({ hold }) => hold),
      "a bucket that is not empty is not deleted",
      "a repository with images is not deleted",
    ]);
    expect(DELETION_RULES.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
    expect(DELETION_RULES.filter(({ source }) => source === "")).toEqual([]);
  });

  it("what uses a security group may be being deleted itself, which CloudFormation waits for", async () => {
    const driver = await rehearse();
    const Outputs = { G: { Value: { "Fn::GetAtt": ["G", "GroupId"] } }, Vpc: { Value: { Ref: "Vpc" } } };
    const { StackId = "" } = await driver.create("kept", template({ Vpc: vpc(), G: group() }, { Outputs }));
    await driver.create("user", template({ H: letsIn }));
    await driver.cloudformation.send(new DeleteStackCommand({ StackName: "kept" }));
    await driver.rehearsal.clock.sleep(10_000);
    await driver.cloudformation.send(new DeleteStackCommand({ StackName: "user" }));
    expect((await driver.settled(StackId)).StackStatus).toBe("DELETE_COMPLETE");
  });
});
