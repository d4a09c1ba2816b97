import { loadAwsServiceSpecSync } from "@aws-cdk/aws-service-spec";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lossesOf } from "../../src/plan/gate.ts";
import type { PlannedChange, Step } from "../../src/plan/plan.ts";
import { removalSteps } from "../../src/plan/removal.ts";
import { statefulType } from "../../src/plan/stateful.ts";
import { STATELESS } from "../../src/plan/stateless.ts";
import type { Json } from "../../src/template/types.ts";
import { SITE, stackOf } from "../support/stacks.ts";
import { environments } from "../template/app/environments.ts";
import { templatesOf } from "../template/app/synth.ts";

const STEP: Step = {
  stack: "shop-dev-database",
  region: SITE.region,
  phase: "data",
  action: "update",
  changes: [],
  resources: 1,
  needs: [],
};
const change = (type: string, action: PlannedChange["action"], more: Partial<PlannedChange> = {}): PlannedChange => ({
  logicalId: "It",
  type,
  action,
  causes: [],
  ...more,
});
const words = (...changes: readonly PlannedChange[]) => lossesOf(STEP, changes, []).map((loss) => loss.words);

/** Every type there is, and whether AWS's resource specification calls it stateful. */
const SPEC: ReadonlyMap<string, boolean> = new Map(
  loadAwsServiceSpecSync()
    .all("resource")
    .map(({ cloudFormationType, isStateful }) => [cloudFormationType, isStateful === true]),
);

/** What is lost with a resource of a type, for types that people have lost, or could. */
const LOST: readonly (readonly [type: string, lost: RegExp])[] = [
  ["AWS::RDS::DBInstance", /its data/],
  ["AWS::ElastiCache::ReplicationGroup", /its data/],
  ["AWS::S3::Bucket", /its objects/],
  ["AWS::KMS::Key", /whatever is encrypted under it/],
  ["AWS::KMS::ReplicaKey", /whatever is encrypted under it/],
  ["AWS::SecretsManager::Secret", /its value/],
  ["AWS::Route53::HostedZone", /its name servers/],
  ["AWS::ECR::Repository", /its images/],
  ["AWS::DynamoDB::Table", /its items/],
  ["AWS::Cognito::UserPool", /its users and their passwords/],
  ["AWS::Cognito::UserPoolClient", /client id/],
  ["AWS::Logs::LogGroup", /its log lines/],
  ["AWS::EC2::Volume", /its blocks/],
  ["AWS::EC2::Instance", /its disks/],
  ["AWS::EC2::EIP", /its address, which others may use or have allow-listed/],
  ["AWS::Kinesis::Stream", /records nobody has read/],
  ["AWS::SQS::Queue", /messages/],
  ["AWS::SNS::Topic", /its subscriptions/],
  ["AWS::SSM::Parameter", /its value/],
  ["AWS::DocDB::DBCluster", /its data/],
  ["AWS::Neptune::DBCluster", /its data/],
  ["AWS::Redshift::Cluster", /its data/],
  ["AWS::OpenSearchService::Domain", /its indices/],
  ["AWS::MemoryDB::Cluster", /its data/],
  ["AWS::FSx::FileSystem", /its files/],
  ["AWS::MSK::Cluster", /its topics/],
  ["AWS::AmazonMQ::Broker", /its messages/],
  ["AWS::Backup::BackupVault", /its recovery points/],
  ["AWS::Cassandra::Keyspace", /its tables/],
  ["AWS::CodeCommit::Repository", /its commits/],
  ["AWS::IAM::AccessKey", /its secret/],
  ["AWS::CloudFront::Distribution", /its address/],
  ["AWS::ElasticLoadBalancingV2::LoadBalancer", /its address/],
  ["Custom::Backfill", /which only that function knows/],
  ["AWS::CloudFormation::CustomResource", /which only that function knows/],
  ["Acme::Store::Shelf", /does not know this type/],
  ["", /does not know/],
];

/** Types of the app that the gate stops at; all its others hold nothing. */
const IN_THE_APP = [
  "AWS::CloudFront::Distribution",
  "AWS::EC2::EIP",
  "AWS::EC2::NatGateway",
  "AWS::ECR::Repository",
  "AWS::ElastiCache::ReplicationGroup",
  "AWS::ElasticLoadBalancingV2::LoadBalancer",
  "AWS::KMS::Key",
  "AWS::Logs::LogGroup",
  "AWS::RDS::DBInstance",
  "AWS::Route53::HostedZone",
  "AWS::S3::Bucket",
  "AWS::SNS::Topic",
  // The app's own tell what its stacks are, and are told apart by their values.
  "AWS::SSM::Parameter",
  "AWS::SecretsManager::Secret",
];

describe("the gate", () => {
  it.each(LOST)("stops at what takes %s away, and names what is lost: %s", (type, lost) => {
    expect(words(change(type, "remove"))).toEqual([expect.stringMatching(lost)]);
    expect(words(change(type, "replace", { causes: ["Name"] }))).toHaveLength(1);
    expect(words(change(type, "change", { causes: ["Name"], mayReplace: true }))).toHaveLength(1);
  });

  it("stops at every type of AWS's resource specification that is not known to hold nothing", () => {
    const goes = (type: string): readonly PlannedChange[] => [
      change(type, "remove"),
      change(type, "replace", { causes: ["Name"] }),
      change(type, "change", { causes: ["Name"], mayReplace: true }),
    ];
    let stopped = 0;
    fc.assert(
      fc.property(fc.constantFrom(...SPEC.keys()), fc.nat(2), (type, which) => {
        const found = words(...goes(type).slice(which, which + 1));
        stopped += found.length;
        expect(found).toHaveLength(STATELESS.has(type) ? 0 : 1);
      }),
      { numRuns: 5000 },
    );
    expect(stopped).toBeGreaterThan(3000);
    // Of the specification's own list each, whatever the dice say.
    for (const [type, isStateful] of SPEC) if (isStateful) expect(words(...goes(type)), type).toHaveLength(3);
  });

  it("stops at whatever else a type may be called", () => {
    fc.assert(
      fc.property(fc.string(), (type) => {
        expect(words(change(type, "remove"))).toHaveLength(1);
      }),
    );
    for (const type of ["constructor", "__proto__", "toString"]) expect(words(change(type, "remove"))).toHaveLength(1);
  });

  it("lets all else pass: changes in place, additions, and what holds nothing", () => {
    const passing = [
      change("AWS::RDS::DBInstance", "change", { causes: ["DBInstanceClass"] }),
      change("AWS::RDS::DBInstance", "add"),
      change("AWS::EC2::Subnet", "replace", { causes: ["CidrBlock"] }),
      change("AWS::ECS::Service", "remove"),
      change("AWS::ECS::TaskDefinition", "replace", { causes: ["ContainerDefinitions"] }),
      change("AWS::CertificateManager::Certificate", "replace", { causes: ["DomainName"] }),
      change("AWS::EC2::SecurityGroupIngress", "replace", { causes: ["FromPort"] }),
      change("AWS::CDK::Metadata", "remove"),
    ];
    expect(words(...passing)).toEqual([]);
  });

  it.each(["MultiAZ", "StorageType", "BackupRetentionPeriod", "PreferredMaintenanceWindow"])(
    "knows that a database's %s never replaces it, whatever a change set says",
    (property) => {
      const told = change("AWS::RDS::DBInstance", "change", { causes: [property], mayReplace: true });
      expect(words(told)).toEqual([]);
      expect(words({ ...told, causes: [property, "Engine"] })).toHaveLength(1);
    },
  );

  it("stops at what AWS may replace without saying why", () => {
    for (const type of ["AWS::RDS::DBInstance", "AWS::SQS::Queue"])
      expect(words(change(type, "change", { mayReplace: true }))).toEqual([
        expect.stringMatching(/ may be replaced, as AWS decides while updating; lost: /),
      ]);
  });

  it("names the resource, the property, what is lost, and the snapshot that is taken or not", () => {
    expect(words(change("AWS::RDS::DBInstance", "replace", { causes: ["KmsKeyId"], snapshot: true }))).toEqual([
      "It (AWS::RDS::DBInstance) of shop-dev-database would be replaced because of KmsKeyId; AWS takes a snapshot of it first (UpdateReplacePolicy Snapshot), and the new one starts empty",
    ]);
    expect(words(change("AWS::RDS::DBInstance", "remove"))).toEqual([
      "It (AWS::RDS::DBInstance) of shop-dev-database would be removed; lost: its data; no snapshot is taken (DeletionPolicy Delete)",
    ]);
    expect(words(change("AWS::Logs::LogGroup", "remove"))).toEqual([
      "It (AWS::Logs::LogGroup) of shop-dev-database would be removed; lost: its log lines; AWS keeps nothing of it (DeletionPolicy Delete)",
    ]);
    expect(words(change("AWS::S3::Bucket", "replace", { causes: ["BucketName"], kept: true }))[0]).toMatch(
      /the old one is retained, outside the stack \(UpdateReplacePolicy Retain\), and the new one starts empty$/,
    );
    expect(words(change("AWS::KMS::Key", "remove"))[0]).toMatch(/waiting period/);
  });

  it("lets a removal pass that keeps the resource; a snapshot is not the resource", () => {
    expect(words(change("AWS::S3::Bucket", "remove", { kept: true }))).toEqual([]);
    expect(words(change("AWS::RDS::DBInstance", "remove", { snapshot: true }))).toEqual([
      expect.stringMatching(/takes a snapshot of it first/),
    ]);
  });

  it("lets exactly those pass that are allowed", () => {
    const two = [change("AWS::S3::Bucket", "remove"), { ...change("AWS::S3::Bucket", "remove"), logicalId: "Other" }];
    expect(lossesOf(STEP, two, ["It"]).map(({ logicalId }) => logicalId)).toEqual(["Other"]);
    expect(lossesOf(STEP, two, ["It", "Other"])).toEqual([]);
  });
});

describe("the gate, of what a stack writes into Parameter Store", () => {
  const parameter = (Value: Json) => ({ Type: "AWS::SSM::Parameter", Properties: { Type: "String", Value } });
  const removal = (Value: Json) => {
    const resources = { Topic: { Type: "AWS::SNS::Topic" }, Kept: parameter(Value) };
    const deployed = { ...stackOf("shop-dev-a", "vpc", { resources }), id: "a", status: "CREATE_COMPLETE" };
    const [step] = removalSteps([{ ...deployed, outputs: {}, createdAt: new Date(0) }]);
    if (step === undefined) throw new Error("there is no step");
    return lossesOf(step, step.changes, ["Topic"]).map(({ logicalId }) => logicalId);
  };

  it.each<Json>([{ Ref: "Topic" }, { "Fn::Join": [",", [{ "Fn::GetAtt": ["Topic", "TopicArn"] }, "b"]] }])(
    "lets go what only tells of the stack's own resources: %j",
    (value) => expect(removal(value)).toEqual([]),
  );

  it.each<Json>(["on", { Ref: "AWS::Region" }, { Ref: "GivenByAPerson" }])(
    "stops where it may be anybody's: %j",
    (value) => expect(removal(value)).toEqual(["Kept"]),
  );
});

describe("the gate, of a stack within a stack", () => {
  const inner = change("AWS::CloudFormation::Stack", "change", { logicalId: "Inner" });

  it("stops at any change of one that nobody could look into, unless it is named", () => {
    expect(words(inner)).toEqual([
      "Inner (AWS::CloudFormation::Stack) of shop-dev-database would be changed, and its contents cannot be inspected; whatever its template drops or changes may be lost",
    ]);
    expect(words({ ...inner, action: "remove" })).toEqual([expect.stringMatching(/all that is in the nested stack/)]);
    expect(words({ ...inner, action: "replace" })).toHaveLength(1);
    expect(words({ ...inner, action: "add" })).toEqual([]);
    expect(lossesOf(STEP, [inner], ["Inner"])).toEqual([]);
  });

  it("stops at what goes inside, by its place, and not at the stack itself once that has been looked into", () => {
    const users = change("AWS::Cognito::UserPool", "remove", { logicalId: "Inner/Users" });
    const seen = { ...inner, inside: "seen" } as const;
    expect(words(seen, { ...users, type: "AWS::CloudWatch::Alarm" })).toEqual([]);
    expect(words(seen, users)).toEqual([expect.stringMatching(/^Inner\/Users \(AWS::Cognito::UserPool\) of /)]);
    expect(words({ ...seen, action: "remove" }, users)).toHaveLength(1);
    expect(lossesOf(STEP, [seen, users], ["Inner/Users"])).toEqual([]);
    expect(lossesOf(STEP, [seen, users], ["Inner"])).toEqual([]);
    expect(lossesOf(STEP, [seen, users], ["Inn", "Users"])).toHaveLength(1);
  });
});

describe("the table of types that hold nothing", () => {
  it("has none that AWS's resource specification calls stateful, and none that there is not", () => {
    expect([...STATELESS].filter((type) => SPEC.get(type))).toEqual([]);
    expect([...STATELESS].filter((type) => !SPEC.has(type))).toEqual(["AWS::CDK::Metadata"]);
  });

  it("leaves words of its own for what is lost with each type that the specification calls stateful", () => {
    const stateful = [...SPEC].flatMap(([type, isStateful]) => (isStateful ? [type] : []));
    expect(stateful.length).toBeGreaterThan(25);
    expect(stateful.filter((type) => statefulType(type)?.holds === statefulType("Acme::No::Type")?.holds)).toEqual([]);
  });

  it("has all of the app but what holds data, or an address that others may rely on", () => {
    const types = new Set<string>();
    fc.assert(
      fc.property(environments, (environment) => {
        const templates = Object.values(templatesOf(environment));
        for (const { Type } of templates.flatMap(({ Resources }) => Object.values(Resources))) types.add(Type);
      }),
      { numRuns: 40, seed: 20_261_129 },
    );
    expect([...types].filter((type) => statefulType(type) !== undefined).sort()).toEqual(IN_THE_APP);
  });
});
