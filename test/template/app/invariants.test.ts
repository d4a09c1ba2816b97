import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/template/types.ts";
import { broken } from "./invariants.ts";
import { type Synthesised, synthesise } from "./synth.ts";

const good = synthesise({ region: "us-east-1" });

/** Properties put over a resource's own, and what must be said of it. */
const WRONG: readonly {
  readonly stack: string;
  readonly id: string;
  readonly over: JsonObject;
  readonly said: string;
}[] = [
  { stack: "cache", id: "Cache", over: { CacheSubnetGroupName: { Ref: "Nothing" } }, said: "Ref Nothing" },
  {
    stack: "cache",
    id: "Cache",
    over: { CacheSubnetGroupName: { "Fn::GetAtt": ["CacheSubnets", "Colour"] } },
    said: "Fn::GetAtt CacheSubnets.Colour",
  },
  {
    stack: "network",
    id: "Vpc",
    over: {
      CidrBlock: { "Fn::GetStackOutput": { StackName: "astro-dev-cdn", Region: "us-east-1", OutputName: "AppUrl" } },
    },
    said: "Fn::GetStackOutput astro-dev-cdn.AppUrl",
  },
  {
    stack: "database",
    id: "DatabaseSubnets",
    over: {
      SubnetIds: [
        { "Fn::GetStackOutput": { StackName: "astro-dev-network", Region: "us-east-1", OutputName: "VpcId" } },
      ],
    },
    said: "Fn::GetStackOutput astro-dev-network.VpcId",
  },
  {
    stack: "database",
    id: "Database",
    over: { KmsKeyId: { "Fn::GetStackOutput": { StackName: "far", Region: "us-west-2", OutputName: "Key" } } },
    said: "Database is replaced for what KmsKeyId reads weakly",
  },
  { stack: "network", id: "PublicSubnet2", over: { CidrBlock: "10.0.1.0/24" }, said: "subnets overlap" },
  {
    stack: "network",
    id: "EcsSecurityGroup",
    over: { SecurityGroupIngress: [{ IpProtocol: "tcp", FromPort: 80, ToPort: 80, CidrIp: "0.0.0.0/0" }] },
    said: "EcsSecurityGroup is open",
  },
  {
    stack: "network",
    id: "RdsSecurityGroup",
    over: { SecurityGroupEgress: [] },
    said: "RdsSecurityGroup has AWS's default",
  },
  {
    stack: "network",
    id: "RdsSecurityGroup",
    over: { SecurityGroupIngress: [{ SourceSecurityGroupId: { "Fn::GetAtt": ["AlbSecurityGroup", "GroupId"] } }] },
    said: "RdsSecurityGroup is reached from",
  },
  {
    stack: "network",
    id: "PublicDefaultRoute",
    over: { RouteTableId: { Ref: "DatabaseRouteTable" } },
    said: "PublicDefaultRoute leads out of the database",
  },
  {
    stack: "network",
    id: "DatabaseSubnet1Routes",
    over: { RouteTableId: { Ref: "PrivateRouteTable1" } },
    said: "DatabaseSubnet1Routes joins Database and Private",
  },
  { stack: "load-balancer", id: "LoadBalancer", over: { Subnets: ["PublicSubnet1"] }, said: "LoadBalancer in 1 zones" },
  {
    stack: "database",
    id: "DatabaseSubnets",
    over: { SubnetIds: ["PublicSubnet1", "PublicSubnet2"] },
    said: 'DatabaseSubnets in "PublicSubnet1", which is no DatabaseSubnet',
  },
  {
    stack: "network",
    id: "EcsFromAlb",
    over: { GroupId: { "Fn::GetAtt": ["RdsSecurityGroup", "GroupId"] } },
    said: "EcsFromAlb opens",
  },
  { stack: "secrets", id: "Key", over: { Tags: [] }, said: "Key lacks tags Environment, ManagedBy, Project" },
  {
    stack: "storage",
    id: "PdfsBucket",
    over: { PublicAccessBlockConfiguration: {} },
    said: "PdfsBucket may be public",
  },
  {
    stack: "storage",
    id: "PdfsBucketPolicy",
    over: { PolicyDocument: {} },
    said: "PdfsBucket takes requests without TLS",
  },
  {
    stack: "database",
    id: "Database",
    over: { MasterUserPassword: "open sesame" },
    said: "Database shows its password",
  },
  { stack: "database", id: "Database", over: { PubliclyAccessible: true }, said: "Database is not private" },
  { stack: "registry", id: "Repository", over: { RepositoryName: "straße" }, said: "not ASCII" },
];

describe("the architecture's rules", () => {
  it("hold for the environment as astro.yaml's defaults make it", () => {
    expect(broken(good)).toEqual([]);
  });

  it.each(WRONG)("see that $said, in $stack", ({ stack, id, over, said }) => {
    expect(broken(good.map((one) => changed(one, stack, id, over))).join("\n")).toContain(said);
  });
});

function changed(one: Synthesised, stack: string, id: string, over: JsonObject): Synthesised {
  const resource = one.template.Resources[id];
  if (one.stackName !== `astro-dev-${stack}` || resource === undefined) return one;
  const Resources = {
    ...one.template.Resources,
    [id]: { ...resource, Properties: { ...resource.Properties, ...over } },
  };
  return { ...one, template: { ...one.template, Resources } };
}
