import { describe, expect, it } from "vitest";
import type { EnvironmentInput } from "../../src/config/schema.ts";
import { NotChecked } from "../../src/preflight/finding.ts";
import type { LookUps } from "../../src/preflight/look-ups.ts";
import type { Json, JsonObject, Resource } from "../../src/template/types.ts";
import { deployedAs, found } from "../support/preflight.ts";
import { stackOf } from "../support/stacks.ts";
import { templatesOf } from "../template/app/synth.ts";

const chosen = (index: number): Json => ({ "Fn::Select": [index, { "Fn::GetAZs": "" }] });
const subnet = (Properties: JsonObject): Resource => ({ Type: "AWS::EC2::Subnet", Properties });
const refs = (...ids: readonly string[]) => ids.map((Ref) => ({ Ref }));

/** Two subnets with what stands in them. */
const network = (resources: { readonly [id: string]: Resource }, one: JsonObject = {}, two: JsonObject = {}) =>
  stackOf("shop-dev-network", "vpc", {
    resources: {
      One: subnet({ AvailabilityZone: chosen(0), ...one }),
      Two: subnet({ AvailabilityZone: chosen(1), ...two }),
      ...resources,
    },
  });

const endpoint: Resource = {
  Type: "AWS::EC2::VPCEndpoint",
  Properties: {
    VpcEndpointType: "Interface",
    ServiceName: "com.amazonaws.eu-west-1.logs",
    SubnetIds: refs("One", "Two"),
  },
};
const cache = {
  Group: { Type: "AWS::ElastiCache::SubnetGroup", Properties: { SubnetIds: refs("One", "Two") } },
  Cache: {
    Type: "AWS::ElastiCache::ReplicationGroup",
    Properties: { CacheNodeType: "cache.t4g.micro", CacheSubnetGroupName: { Ref: "Group" } },
  },
};
const zones = (...letters: readonly string[]): Partial<LookUps> => ({
  endpointZones: async (region, services) =>
    services.map((service) => ({ service, zones: letters.map((letter) => region + letter) })),
});

describe("the zones of a network that is made", () => {
  it("are good where all that is to stand there is there, and are told by id", async () => {
    expect(await found("zones", [network({ Endpoint: endpoint, ...cache })])).toEqual([
      { code: "zones", outcome: "ok", words: "euw1-az1, euw1-az2 of eu-west-1: everything needed is available there" },
    ]);
  });

  it("are a problem where an interface endpoint is not in one, and those that have it can be written down", async () => {
    const [finding, ...others] = await found("zones", [network({ Endpoint: endpoint })], { look: zones("b", "c") });
    expect(others).toEqual([]);
    expect(finding).toEqual({
      code: "zones",
      outcome: "problem",
      words: "the endpoint of com.amazonaws.eu-west-1.logs is not in euw1-az1 (eu-west-1a)",
      fix: {
        hints: [
          {
            text: "name zones that have it all, before anything is made: zones: [euw1-az2, euw1-az3] under network in astro.yaml",
          },
        ],
        action: { type: "choose-zones", zones: ["euw1-az2", "euw1-az3"] },
      },
    });
  });

  it("are a warning where EC2 does not have a cache's machines: ElastiCache itself does not tell", async () => {
    const look: Partial<LookUps> = {
      instanceZones: async (_, type) => (type === "t4g.micro" ? ["euw1-az1", "euw1-az3"] : []),
    };
    expect(await found("zones", [network(cache)], { look })).toMatchObject([
      {
        outcome: "warning",
        words: "cache.t4g.micro is hardly in euw1-az2 (eu-west-1b): EC2 has none there",
        fix: { action: { zones: ["euw1-az1", "euw1-az3"] } },
      },
    ]);
    expect(await found("zones", [network(cache)], { look: { instanceZones: async () => [] } })).toMatchObject([
      { outcome: "ok" },
    ]);
  });

  it("have a fix for all of it at once, and none where no zones have it all", async () => {
    const both = [network({ Endpoint: endpoint, ...cache })];
    const look = (...ids: readonly string[]) => ({ ...zones("b", "c"), instanceZones: async () => ids });
    const two = await found("zones", both, { look: look("euw1-az2", "euw1-az3") });
    expect(two.map(({ fix }) => fix?.action)).toEqual([
      { type: "choose-zones", zones: ["euw1-az2", "euw1-az3"] },
      undefined,
    ]);
    const [first] = await found("zones", both, { look: look("euw1-az1", "euw1-az2") });
    expect(first?.fix).toEqual({
      hints: [{ text: "no 2 zones of eu-west-1 have it all: take fewer zones, another size or another region" }],
    });
  });

  it("are those that are named, by id or by name, and a problem where the account has no such zone", async () => {
    const named = (one: JsonObject, two: JsonObject) =>
      found("zones", [network({ Endpoint: endpoint }, one, two)], { look: zones("b", "c") });
    const noName = { AvailabilityZone: { Ref: "AWS::NoValue" } };
    const good = [{ outcome: "ok", words: expect.stringContaining("euw1-az2, euw1-az3") }];
    expect(await named({ AvailabilityZone: "eu-west-1b" }, { AvailabilityZone: "eu-west-1c" })).toMatchObject(good);
    const byId = (id: string) => ({ ...noName, AvailabilityZoneId: id });
    expect(await named(byId("euw1-az2"), byId("euw1-az3"))).toMatchObject(good);
    expect(await named(byId("euw1-az7"), byId("euw1-az3"))).toMatchObject([
      {
        outcome: "problem",
        words: "euw1-az7: no zone of eu-west-1 in this account",
        fix: {
          hints: [
            { text: "name zones that exist: euw1-az1 (eu-west-1a), euw1-az2 (eu-west-1b), euw1-az3 (eu-west-1c)" },
          ],
        },
      },
    ]);
  });

  it("are not looked at again once the network stands, and not checked where nobody may look", async () => {
    const stack = network({ Endpoint: endpoint });
    const asked: string[] = [];
    const deployed = [deployedAs(stack, "CREATE_COMPLETE")];
    expect(await found("zones", [stack], { deployed, asked, look: zones("c") })).toEqual([]);
    expect(asked.filter((name) => /zone/i.test(name))).toEqual([]);
    const zoneIds = () =>
      Promise.reject(new NotChecked("these credentials do not allow ec2:DescribeAvailabilityZones"));
    expect(await found("zones", [stack], { look: { zoneIds } })).toMatchObject([{ outcome: "not-checked" }]);
  });
});

describe("the app's own network", () => {
  const stacksOf = (environment: EnvironmentInput) =>
    Object.entries(templatesOf(environment)).map(([name, template]) => ({
      ...stackOf(`astro-dev-${name}`, "vpc", { region: environment.region }),
      template,
      body: JSON.stringify(template),
    }));

  it("is looked at for tasks, endpoints and cache: Fargate is not everywhere in Tokyo", async () => {
    const region = "ap-northeast-1";
    const all = ["apne1-az3", "apne1-az4", "apne1-az1"].map((id, at) => ({ id, name: `${region}${"acd"[at]}` }));
    const look: Partial<LookUps> = {
      zoneIds: async () => all,
      instanceZones: async () => all.map(({ id }) => id),
      endpointZones: async (_, services) =>
        services.map((service) => ({ service, zones: all.map(({ name }) => name) })),
    };
    const service = { image: "v1" };
    const told = await found("zones", stacksOf({ region, network: { nat: "none" }, service }), { look });
    expect(told).toMatchObject([
      {
        outcome: "problem",
        words: "Fargate is not in apne1-az3 (ap-northeast-1a)",
        fix: { action: { type: "choose-zones", zones: ["apne1-az4", "apne1-az1"] } },
      },
    ]);
    const zones = ["apne1-az4", "apne1-az1"];
    const chosen = await found("zones", stacksOf({ region, network: { nat: "none", zones }, service }), { look });
    expect(chosen).toMatchObject([{ outcome: "ok" }]);
  });

  it("puts each subnet into its zone, by name or by id, and asks for no list of the account's then", () => {
    const zoneOf = (zones: string[], id: string) =>
      templatesOf({ region: "us-east-1", network: { azs: 2, zones } }).network?.Resources[id]?.Properties;
    expect(zoneOf(["us-east-1c", "us-east-1b"], "PrivateSubnet2")).toMatchObject({ AvailabilityZone: "us-east-1b" });
    const byId = zoneOf(["use1-az4", "use1-az1"], "DatabaseSubnet1");
    expect([byId?.AvailabilityZoneId, byId?.AvailabilityZone]).toEqual(["use1-az4", undefined]);
  });
});
