import { describe, expect, it } from "vitest";
import { lossesOf } from "../../src/plan/gate.ts";
import type { Change, Step } from "../../src/plan/plan.ts";
import { SITE } from "../support/stacks.ts";

const STEP: Step = {
  stack: "shop-dev-database",
  region: SITE.region,
  phase: "data",
  action: "update",
  changes: [],
  resources: 1,
  needs: [],
};
const change = (type: string, action: Change["action"], more: Partial<Change> = {}): Change => ({
  logicalId: "It",
  type,
  action,
  causes: [],
  ...more,
});
const words = (...changes: readonly Change[]) => lossesOf(STEP, changes, []).map((loss) => loss.words);

const STATEFUL = [
  "AWS::RDS::DBInstance",
  "AWS::ElastiCache::ReplicationGroup",
  "AWS::S3::Bucket",
  "AWS::KMS::Key",
  "AWS::SecretsManager::Secret",
  "AWS::Route53::HostedZone",
  "AWS::ECR::Repository",
  "AWS::DynamoDB::Table",
];

describe("the gate", () => {
  it.each(STATEFUL)("stops at the replacement, the possible replacement and the removal of %s", (type) => {
    expect(words(change(type, "replace", { causes: ["Name"] }))).toHaveLength(1);
    expect(words(change(type, "change", { causes: ["Name"], mayReplace: true }))).toHaveLength(1);
    expect(words(change(type, "remove"))).toHaveLength(1);
  });

  it("lets all else pass: changes in place, additions, and what holds nothing", () => {
    const passing = [
      change("AWS::RDS::DBInstance", "change", { causes: ["DBInstanceClass"] }),
      change("AWS::RDS::DBInstance", "add"),
      change("AWS::EC2::Subnet", "replace", { causes: ["CidrBlock"] }),
      change("AWS::ECS::Service", "remove"),
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

  it("names the resource, the property, and the snapshot that is taken or not", () => {
    expect(words(change("AWS::RDS::DBInstance", "replace", { causes: ["KmsKeyId"], snapshot: true }))).toEqual([
      "It (AWS::RDS::DBInstance) of shop-dev-database would be replaced because of KmsKeyId; AWS takes a snapshot of it first (UpdateReplacePolicy Snapshot), and the new one starts empty",
    ]);
    expect(words(change("AWS::RDS::DBInstance", "remove"))).toEqual([
      "It (AWS::RDS::DBInstance) of shop-dev-database would be removed; what it holds is lost: no snapshot is taken (DeletionPolicy Delete)",
    ]);
    expect(words(change("AWS::S3::Bucket", "replace", { causes: ["BucketName"], kept: true }))[0]).toMatch(
      /the old one stays, outside the stack \(UpdateReplacePolicy Retain\), and the new one starts empty$/,
    );
    expect(words(change("AWS::KMS::Key", "remove"))[0]).toMatch(/waiting period/);
  });

  it("lets exactly those pass that are allowed", () => {
    const two = [change("AWS::S3::Bucket", "remove"), { ...change("AWS::S3::Bucket", "remove"), logicalId: "Other" }];
    expect(lossesOf(STEP, two, ["It"]).map(({ logicalId }) => logicalId)).toEqual(["Other"]);
    expect(lossesOf(STEP, two, ["It", "Other"])).toEqual([]);
  });
});
