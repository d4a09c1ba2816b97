import { describe, expect, it } from "vitest";
import { changesOf } from "../../src/provision/changes.ts";
import type { ChangeSet } from "../../src/provision/cloud.ts";

type Told = ChangeSet["changes"][number];

const told = (more: Partial<Told>): Told => ({
  logicalId: "It",
  type: "AWS::RDS::DBInstance",
  action: "Modify",
  replacement: "False",
  causes: [],
  recreates: [],
  ...more,
});
const one = (more: Partial<Told>, before?: Parameters<typeof changesOf>[1]) =>
  changesOf({ stack: "s", status: "CREATE_COMPLETE", changes: [told(more)] }, before)[0];

describe("a change set's change", () => {
  it.each<readonly [Told["action"], string]>([
    ["Add", "add"],
    ["Import", "add"],
    ["Modify", "change"],
    ["Remove", "remove"],
  ])("%s is %s", (action, word) => {
    expect(one({ action })?.action).toBe(word);
  });

  it("is a replacement because of the properties that force it, not of all that differ", () => {
    const change = one({ replacement: "True", causes: ["Engine", "Tags"], recreates: ["Engine"] });
    expect(change).toMatchObject({ action: "replace", causes: ["Engine"] });
  });

  it("may be one where AWS says so, or where it cannot look inside", () => {
    expect(one({ replacement: "Conditional", recreates: ["MultiAZ"], causes: ["MultiAZ"] })).toMatchObject({
      action: "change",
      mayReplace: true,
      causes: ["MultiAZ"],
    });
    expect(one({ action: "Dynamic" })).toMatchObject({ action: "change", mayReplace: true });
    expect(one({})).not.toHaveProperty("mayReplace");
  });

  it.each<readonly [Told["policy"], object]>([
    ["Retain", { kept: true }],
    ["ReplaceAndRetain", { kept: true }],
    ["Snapshot", { snapshot: true }],
    ["ReplaceAndSnapshot", { snapshot: true }],
  ])("keeps what %s keeps", (policy, rest) => {
    expect(one({ action: "Remove", ...(policy && { policy }) })).toMatchObject(rest);
  });

  it("keeps nothing by the policies that delete", () => {
    const change = one({ action: "Remove", policy: "Delete" });
    expect([change?.kept, change?.snapshot]).toEqual([undefined, undefined]);
  });

  it("knows nothing of a policy that is a function", () => {
    const policy = { "Fn::If": ["Prod", "Retain", "Delete"] } as unknown as string;
    const before = { Resources: { It: { Type: "AWS::S3::Bucket", DeletionPolicy: policy } } };
    expect(one({ type: "AWS::S3::Bucket", action: "Remove" }, before)).not.toHaveProperty("kept");
  });

  it("falls back to the deployed template's policies where AWS names none", () => {
    const before = { Resources: { It: { Type: "AWS::RDS::DBInstance", UpdateReplacePolicy: "Snapshot" } } };
    expect(one({ replacement: "True" }, before)).toMatchObject({ snapshot: true });
    // A database's own default is a snapshot, when it is removed.
    const plain = { Resources: { It: { Type: "AWS::RDS::DBInstance" } } };
    expect(one({ action: "Remove" }, plain)).toMatchObject({ snapshot: true });
    expect(one({ replacement: "True" }, plain)).not.toHaveProperty("snapshot");
  });
});
