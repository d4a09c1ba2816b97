import { describe, expect, it } from "vitest";
import { checkPassage, checkTransitions, type Moving, TRANSITIONS } from "../../src/rules/check-transitions.ts";
import { SET_TRANSITIONS } from "../../src/rules/transitions/sets.ts";
import type { JsonObject, Template } from "../../src/template/types.ts";

type Case = {
  readonly rule: string;
  readonly type: string;
  readonly before: JsonObject;
  /** Changes of `before` that AWS refuses, and changes that it takes. */
  readonly bad: readonly JsonObject[];
  readonly good: readonly JsonObject[];
  /** Properties that make the change a replacement. */
  readonly replaces?: readonly string[];
};

const DB = {
  DBInstanceIdentifier: "shop-dev",
  DBInstanceClass: "db.t4g.micro",
  Engine: "postgres",
  EngineVersion: "16.4",
  StorageType: "gp3",
  AllocatedStorage: "20",
};
const CACHE = {
  ReplicationGroupId: "shop-dev",
  Engine: "redis",
  EngineVersion: "7.1",
  CacheNodeType: "cache.t4g.micro",
  NumCacheClusters: 1,
  AutomaticFailoverEnabled: false,
};
const index = (...names: readonly string[]) => ({
  GlobalSecondaryIndexes: names.map((IndexName) => ({ IndexName, KeySchema: [] })),
});
const strategy = (CapacityProvider: string, more: JsonObject = {}) => ({
  CapacityProviderStrategy: [{ CapacityProvider, Weight: 1 }],
  ...more,
});
const forced = (ForceNewDeploymentNonce: string) => ({
  ForceNewDeployment: { EnableForceNewDeployment: true, ForceNewDeploymentNonce },
});

const CASES: readonly Case[] = [
  {
    rule: "db-storage-shrinks",
    type: "AWS::RDS::DBInstance",
    before: { ...DB, AllocatedStorage: "100" },
    bad: [{ AllocatedStorage: "99" }, { AllocatedStorage: 20 }],
    good: [{}, { AllocatedStorage: "110" }, { AllocatedStorage: { Ref: "Size" } }],
  },
  {
    rule: "db-storage-step",
    type: "AWS::RDS::DBInstance",
    before: DB,
    bad: [{ AllocatedStorage: "21" }, { AllocatedStorage: 21, StorageType: "gp2" }],
    good: [{}, { AllocatedStorage: "22" }, { AllocatedStorage: 200 }, { DBInstanceClass: "db.m7g.large" }],
  },
  {
    // 10 % of 25 GB is 2.5: 28 is the least whole number.
    rule: "db-storage-step",
    type: "AWS::RDS::DBInstance",
    before: { ...DB, AllocatedStorage: 25 },
    bad: [{ AllocatedStorage: 27 }],
    good: [{ AllocatedStorage: 28 }],
  },
  {
    // 110 × 1.1 is 121, and 121.00000000000001 to a machine.
    rule: "db-storage-step",
    type: "AWS::RDS::DBInstance",
    before: { ...DB, AllocatedStorage: 110 },
    bad: [{ AllocatedStorage: 120 }],
    good: [{ AllocatedStorage: 121 }],
  },
  {
    rule: "db-engine-downgrade",
    type: "AWS::RDS::DBInstance",
    before: DB,
    bad: [{ EngineVersion: "16.3" }, { EngineVersion: "15" }, { EngineVersion: "15.9" }],
    // Of the major version alone nobody says which minor one it means.
    good: [{ EngineVersion: "16" }, { EngineVersion: "16.10" }],
  },
  {
    rule: "db-engine-downgrade",
    type: "AWS::RDS::DBCluster",
    before: { Engine: "aurora-mysql", EngineVersion: "8.0.mysql_aurora.3.05.2" },
    bad: [{ EngineVersion: "5.7.mysql_aurora.2.11.2" }],
    good: [{ EngineVersion: "8.0.mysql_aurora.3.04.0" }],
  },
  {
    rule: "db-major-upgrade",
    type: "AWS::RDS::DBInstance",
    before: DB,
    bad: [{ EngineVersion: "17" }, { EngineVersion: "17.2", AllowMajorVersionUpgrade: false }],
    good: [{ EngineVersion: "17", AllowMajorVersionUpgrade: true }, { EngineVersion: "16.8" }],
  },
  {
    rule: "db-major-upgrade",
    type: "AWS::RDS::DBInstance",
    before: { ...DB, Engine: "mysql", EngineVersion: "8.0.36" },
    bad: [{ EngineVersion: "8.4.3" }],
    good: [{ EngineVersion: "8.0.40" }],
  },
  {
    rule: "cache-failover-at-once",
    type: "AWS::ElastiCache::ReplicationGroup",
    before: CACHE,
    bad: [
      { NumCacheClusters: 2, AutomaticFailoverEnabled: true },
      { NumCacheClusters: 3, AutomaticFailoverEnabled: "true", MultiAZEnabled: true },
    ],
    good: [{ NumCacheClusters: 2 }, { NumCacheClusters: 1 }],
  },
  {
    rule: "cache-failover-at-once",
    type: "AWS::ElastiCache::ReplicationGroup",
    before: { ...CACHE, NumCacheClusters: 2 },
    bad: [],
    good: [{ AutomaticFailoverEnabled: true }, { NumCacheClusters: 3, AutomaticFailoverEnabled: true }],
  },
  {
    rule: "cache-tiered-nodes",
    type: "AWS::ElastiCache::ReplicationGroup",
    before: { ...CACHE, CacheNodeType: "cache.r6gd.xlarge" },
    bad: [{ CacheNodeType: "cache.r6g.xlarge" }],
    good: [{ CacheNodeType: "cache.r6gd.2xlarge" }],
  },
  {
    rule: "cache-tiered-nodes",
    type: "AWS::ElastiCache::ReplicationGroup",
    before: CACHE,
    bad: [{ CacheNodeType: "cache.r6gd.xlarge" }],
    good: [{ CacheNodeType: "cache.m7g.large" }, { CacheNodeType: "cache.t3.micro" }],
  },
  {
    rule: "cache-engine-downgrade",
    type: "AWS::ElastiCache::ReplicationGroup",
    before: CACHE,
    bad: [{ EngineVersion: "7.0" }, { EngineVersion: "6.2" }],
    // "6.x" is any of them, and Valkey follows Redis.
    good: [{ EngineVersion: "7.2" }, { Engine: "valkey", EngineVersion: "7.0" }],
  },
  {
    rule: "cache-encryption-step",
    type: "AWS::ElastiCache::ReplicationGroup",
    before: CACHE,
    bad: [{ TransitEncryptionEnabled: true }, { TransitEncryptionEnabled: true, TransitEncryptionMode: "required" }],
    good: [{ TransitEncryptionEnabled: true, TransitEncryptionMode: "preferred" }, { TransitEncryptionEnabled: false }],
  },
  {
    rule: "cache-encryption-step",
    type: "AWS::ElastiCache::ReplicationGroup",
    before: { ...CACHE, TransitEncryptionEnabled: true, TransitEncryptionMode: "preferred" },
    bad: [],
    good: [{ TransitEncryptionMode: "required" }],
  },
  {
    rule: "table-one-index",
    type: "AWS::DynamoDB::Table",
    before: index("one"),
    bad: [
      index("one", "two", "three"),
      index("two"),
      { GlobalSecondaryIndexes: [{ IndexName: "a" }, { IndexName: "b" }] },
    ],
    good: [{}, index("one", "two"), index(), { ...index("two", "three"), TableName: "other" }],
    replaces: ["TableName"],
  },
  {
    rule: "service-strategy-forced",
    type: "AWS::ECS::Service",
    before: strategy("FARGATE", forced("1")),
    bad: [
      strategy("FARGATE_SPOT", { ForceNewDeployment: { EnableForceNewDeployment: false } }),
      { ...strategy("FARGATE_SPOT"), ForceNewDeployment: { Ref: "AWS::NoValue" } },
    ],
    good: [strategy("FARGATE_SPOT", forced("2")), strategy("FARGATE", { DesiredCount: 2 })],
  },
  {
    rule: "subnet-moves",
    type: "AWS::EC2::Subnet",
    before: { CidrBlock: "10.0.1.0/24", AvailabilityZone: { "Fn::Select": [0, { "Fn::GetAZs": "" }] } },
    bad: [{ AvailabilityZone: "eu-west-1c" }, { AvailabilityZoneId: "euw1-az1" }],
    good: [{ AvailabilityZone: "eu-west-1c", CidrBlock: "10.0.4.0/24" }, { MapPublicIpOnLaunch: true }],
    replaces: ["AvailabilityZone", "AvailabilityZoneId"],
  },
  {
    rule: "volume-shrinks",
    type: "AWS::EC2::Volume",
    before: { Size: 100 },
    bad: [{ Size: 50 }],
    good: [{ Size: 101 }, { Size: 50, SnapshotId: "snap-2" }],
    replaces: ["SnapshotId"],
  },
  {
    rule: "stream-shards",
    type: "AWS::Kinesis::Stream",
    before: { ShardCount: 4 },
    bad: [{ ShardCount: 9 }, { ShardCount: 1 }],
    good: [{ ShardCount: 8 }, { ShardCount: 2 }, { ShardCount: 12, Name: "other" }],
    replaces: ["Name"],
  },
  {
    rule: "name-stands",
    type: "AWS::RDS::DBInstance",
    before: { ...DB, KmsKeyId: "arn:one", StorageEncrypted: true },
    bad: [{ KmsKeyId: "arn:two" }, { StorageEncrypted: { Ref: "AWS::NoValue" } }],
    // Written otherwise, it may have the value it had.
    good: [{ KmsKeyId: "arn:two", DBInstanceIdentifier: "shop-new" }, { KmsKeyId: { "Fn::GetAtt": ["Key", "Arn"] } }],
    replaces: ["KmsKeyId", "StorageEncrypted"],
  },
];

const stack = "shop-dev-data";
const region = "eu-west-1";
const of = (type: string, Properties: JsonObject): Template => ({ Resources: { It: { Type: type, Properties } } });

/** The rules that a change breaks. */
function broken({ type, before, replaces = [] }: Case, change: JsonObject): readonly string[] {
  const causes = Object.keys(change);
  const action = causes.some((name) => replaces.includes(name)) ? "replace" : "change";
  const after: Moving = {
    name: stack,
    region,
    template: of(type, { ...before, ...change }),
    changes: [{ logicalId: "It", action, causes }],
  };
  return checkTransitions([{ name: stack, region, template: of(type, before) }], [after]).map(({ rule }) => rule);
}

describe("a rule on what a resource may become", () => {
  it("is broken by some case and kept by another, names its source, and says the way on", () => {
    for (const { id, document } of TRANSITIONS) {
      const own = CASES.filter(({ rule }) => rule === id);
      expect(own.some(({ bad }) => bad.length > 0) && own.some(({ good }) => good.length > 0), id).toBe(true);
      expect(document).toMatch(/(Guide|Reference)\b.*, .+|#\d+$/);
    }
  });

  it.each(CASES.map((one, at) => [`${one.rule} of ${one.type}, case ${at}`, one] as const))("%s", (_, one) => {
    for (const change of one.bad) expect(broken(one, change), JSON.stringify(change)).toContain(one.rule);
    for (const change of one.good) expect(broken(one, change), JSON.stringify(change)).toEqual([]);
  });

  it("says nothing of what is made anew, or goes", () => {
    const [first] = CASES;
    const after = of("AWS::RDS::DBInstance", { ...first?.before, AllocatedStorage: 5 });
    const { Resources } = after;
    const other = { name: stack, region, template: { Resources: { Other: Resources.It ?? { Type: "" } } } };
    expect(checkTransitions([], [{ name: stack, region, template: after }])).toEqual([]);
    expect(checkTransitions([{ name: stack, region, template: after }], [other])).toEqual([]);
    expect(checkTransitions([{ name: stack, region: "us-east-1", template: after }], [other])).toEqual([]);
  });

  it("is asked of values that are all resolved as well", () => {
    const passage = { type: "AWS::RDS::DBInstance", replaced: false, causes: [] };
    const [found] = checkPassage({ ...passage, before: DB, after: { ...DB, AllocatedStorage: 21 } });
    expect(found).toEqual({
      rule: "db-storage-step",
      code: "InvalidRequest",
      message: "Invalid storage size for engine name postgres and storage type gp3: 21",
      way: "give it at least 22, a tenth more than 20, or leave it at 20",
    });
  });
});

describe("what goes or moves while something else has it", () => {
  const read = (StackName: string, OutputName: string) => ({ "Fn::GetStackOutput": { StackName, OutputName } });
  const network = (...ids: readonly string[]): Template => ({
    Resources: Object.fromEntries(ids.map((id) => [id, { Type: "AWS::EC2::Subnet" }])),
    Outputs: Object.fromEntries(ids.map((id) => [`${id}Id`, { Value: { Ref: id } }])),
  });
  const reader = (...ids: readonly string[]): Template => ({
    Resources: {
      Group: { Type: "AWS::RDS::DBSubnetGroup", Properties: { SubnetIds: ids.map((id) => read("net", `${id}Id`)) } },
    },
  });
  const stacks = (net: Template, data: Template) => [
    { name: "net", region, template: net },
    { name: "data", region, template: data },
  ];
  const rules = (before: Template[], after: Template[]) =>
    checkTransitions(stacks(...(before as [Template, Template])), stacks(...(after as [Template, Template])));

  it("a subnet is not taken from what another stack still has in it", () => {
    const before = [network("A", "B", "C"), reader("A", "B", "C")];
    const [found, ...others] = rules(before, [network("A", "B"), reader("A", "B")]);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ rule: "gone-while-used", stack: "net", id: "C", property: "its removal" });
    expect(found?.message).toBe(
      "the subnet has dependencies and cannot be deleted: Group of data uses it, and is changed only later",
    );
  });

  it("goes where nothing of another stack has it, or the other goes too", () => {
    expect(rules([network("A", "B", "C"), reader("A", "B")], [network("A", "B"), reader("A", "B")])).toEqual([]);
    expect(rules([network("A", "B"), reader("A", "B")], [network("A", "B"), { Resources: {} }])).toEqual([]);
    expect(rules([network("A", "B"), reader("A", "B")], [network("A"), { Resources: {} }])).toEqual([]);
  });

  it("a target group is held by listeners, and not by what has its tasks in it", () => {
    const owner = (id: string): Template => ({
      Resources: { [id]: { Type: "AWS::ElasticLoadBalancingV2::TargetGroup" } },
      Outputs: { Arn: { Value: { Ref: id } } },
    });
    const using = (Type: string, Properties: JsonObject): Template => ({ Resources: { User: { Type, Properties } } });
    const listener = using("AWS::ElasticLoadBalancingV2::Listener", {
      DefaultActions: [{ Type: "forward", TargetGroupArn: read("net", "Arn") }],
    });
    const service = using("AWS::ECS::Service", { LoadBalancers: [{ TargetGroupArn: read("net", "Arn") }] });
    expect(rules([owner("Old"), listener], [owner("New"), listener])).toMatchObject([{ rule: "gone-while-used" }]);
    expect(rules([owner("Old"), service], [owner("New"), service])).toEqual([]);
  });

  const cdn = (...aliases: readonly string[]) => ({
    Type: "AWS::CloudFront::Distribution",
    Properties: { DistributionConfig: { Aliases: aliases } },
  });

  it("an alias does not go from one distribution to another in one update", () => {
    const before = [{ Resources: { Old: cdn("app.example.com") } }, { Resources: { New: cdn() } }];
    const after = [{ Resources: { Old: cdn() } }, { Resources: { New: cdn("app.example.com") } }];
    expect(rules(before, after)).toMatchObject([
      {
        rule: "alias-moves",
        id: "New",
        value: "app.example.com",
        way: "take app.example.com off Old of net first and provision, then give it to New",
      },
    ]);
    expect(rules(before, before)).toEqual([]);
    const moved = [{ Resources: { Old: cdn() } }, { Resources: { New: cdn("new.example.com") } }];
    expect(rules(before, moved)).toEqual([]);
  });

  const record = (Name: string, more: JsonObject = {}) => ({
    Type: "AWS::Route53::RecordSet",
    Properties: { HostedZoneId: "Z1", Name, Type: "A", ...more },
  });

  it("a record does not go to a resource that is made before the one that has it is gone", () => {
    const [mine, other] = [record("app.example.com"), record("api.example.com")];
    const none: Template = { Resources: { Topic: { Type: "AWS::SNS::Topic" } } };
    const refused = [
      {
        rule: "record-moves",
        id: "New",
        value: "app.example.com",
        message: "Tried to create resource record set [name='app.example.com.', type='A'] but it already exists",
      },
    ];
    // In one stack, and from a later one to an earlier.
    expect(rules([{ Resources: { Old: mine } }, none], [{ Resources: { New: mine } }, none])).toMatchObject(refused);
    const later = rules(
      [{ Resources: { New: other } }, { Resources: { Old: mine } }],
      [{ Resources: { New: mine } }, none],
    );
    expect(later).toMatchObject(refused);
    expect(later[0]?.way).toBe("take app.example.com off Old of data first and provision, then give it to New");
    // The other way round it is gone by then.
    const onward = [{ Resources: { Old: mine } }, none];
    expect(rules(onward, [none, { Resources: { New: record("App.example.com.") } }])).toEqual([]);
    const apart = [record("app.example.com", { Type: "AAAA" }), record("app.example.com", { HostedZoneId: "Z2" })];
    for (const one of apart) expect(rules(onward, [{ Resources: { New: one } }, none])).toEqual([]);
  });

  it("has a case of each rule here", () => {
    expect(SET_TRANSITIONS.map(({ id }) => id)).toEqual(["gone-while-used", "alias-moves", "record-moves"]);
  });
});
