import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { AstroError } from "../../src/errors.ts";
import { faultsOf } from "../../src/rehearsal/faults/fault-flag.ts";

function refusalOf(text: string): string {
  try {
    faultsOf([text]);
  } catch (error) {
    return (error as AstroError).message;
  }
  return "none";
}

describe("--fault", () => {
  it.each([
    ["AWS::RDS::DBInstance", { resourceType: "AWS::RDS::DBInstance", effect: "fails" }],
    [
      "AWS::RDS::DBInstance=no room: a=b",
      { resourceType: "AWS::RDS::DBInstance", effect: "fails", reason: "no room: a=b" },
    ],
    ["stuck:AWS::ECS::Service@update", { resourceType: "AWS::ECS::Service", effect: "stuck", on: "update" }],
    [
      "fails:AWS::SNS::Topic@delete#2-3=mine",
      { resourceType: "AWS::SNS::Topic", effect: "fails", on: "delete", nth: 2, times: 2, reason: "mine" },
    ],
    ["filled:AWS::S3::Bucket", { resourceType: "AWS::S3::Bucket", effect: "filled" }],
    [
      "unvalidated:AWS::CertificateManager::Certificate#2",
      { resourceType: "AWS::CertificateManager::Certificate", effect: "unvalidated", nth: 2, times: 1 },
    ],
    ["throttled:cloudformation:*#1-3", { call: "cloudformation:*", effect: "throttled", after: 0, times: 3 }],
    ["reset-after:s3:PutObject", { call: "s3:PutObject", effect: "reset-after" }],
    ["quota:vpc", { quota: "vpc" }],
    ["quota:eip=2", { quota: "eip", value: 2 }],
    ["free-plan", { account: "free-plan" }],
    ["push-denied", { registry: "push-denied" }],
    ["scan-critical", { registry: "scan-critical" }],
    ["undelegated:example.com", { undelegated: "example.com" }],
    ["updates:shop#2", { actor: "updates", stack: "shop", after: 1, times: 1 }],
    ["deletes:*", { actor: "deletes" }],
    ["crash-loop", { workload: "crash-loop" }],
    ["image-pull@update#2", { workload: "image-pull", on: "update", nth: 2 }],
  ])("%s", (text, fault) => {
    expect(faultsOf([text])).toEqual([fault]);
  });

  it.each([
    ["AWS::RDS", 'type "AWS::RDS" is not a resource type such as AWS::RDS::DBInstance'],
    ["nonsense", "not a resource type"],
    ["explodes:AWS::RDS::DBInstance", "explodes is not an effect"],
    ["throttled:cloudformation", 'call "cloudformation" is not a call such as cloudformation:DescribeStacks or s3:*'],
    ["AWS::SNS::Topic#3-2", "times 0 is not a whole number of at least 1"],
    ["quota:vpc=many", "value null is not a whole number of at least 0"],
  ])("%s is refused, and says which value is wrong", (text, words) => {
    expect(refusalOf(text)).toBe(`--fault ${text}: ${words}`);
  });
});

describe("a fault file", () => {
  function written(text: string): string {
    const folder = mkdtempSync(join(tmpdir(), "astro-faults-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(join(folder, "faults.yaml"), text);
    return join(folder, "faults.yaml");
  }

  it("holds any number of faults, as YAML or as JSON", () => {
    const expected = [
      { resourceType: "AWS::RDS::DBInstance", effect: "slow", on: "create", nth: 2 },
      { call: "s3:*", effect: "error", times: 4 },
      { quota: "nat", value: 0 },
    ];
    const yaml = written(
      "# as it may go\n- type: AWS::RDS::DBInstance\n  effect: slow\n  on: create\n  nth: 2\n- call: s3:*\n  effect: error\n  times: 4\n- {quota: nat, value: 0}\n",
    );
    expect(faultsOf([`@${yaml}`])).toEqual(expected);
    const [{ resourceType: type, ...first }, ...rest] = expected as [{ resourceType: string }, ...object[]];
    const json = written(JSON.stringify([{ type, ...first }, ...rest], null, 2));
    expect(faultsOf([`@${json}`, "crash-loop"])).toEqual([...expected, { workload: "crash-loop" }]);
  });

  it.each([
    ["- type: AWS::RDS::DBInstance\n\n  effect: explode\n", 3, 'effect "explode" is not one of fails, stuck'],
    [
      "- quota: vpc\n- call: s3:*\n  effect: error\n  tims: 3\n",
      4,
      "tims is not a field of this kind of fault, which has call, effect",
    ],
    ["- call: s3:*\n", 1, "a call fault needs an effect: throttled"],
    [
      "- nothing: 1\n",
      1,
      "a fault has one of type, actor, call, workload, task, quota, account, registry, undelegated; this one has nothing",
    ],
    ["- quota: vpc\n- just words\n", 2, '"just words" is not a fault'],
    ["faults: 3\n", 1, "it is not a list"],
    ["- quota: [\n", 2, "Flow sequence in block collection"],
  ])("%j is refused with file, line and value", (text, line, words) => {
    const file = written(text);
    expect(refusalOf(`@${file}`)).toContain(`${file}:${line}: ${words}`);
  });

  it("that is not there is refused by name", () => {
    expect(refusalOf("@/nowhere/faults.yaml")).toMatch(/^--fault @\/nowhere\/faults\.yaml: ENOENT/);
  });
});
