import { describe, expect, it } from "vitest";
import { widenedAccess } from "../../src/plan/access.ts";
import type { Stack } from "../../src/synth/assembly.ts";
import { followed } from "../../src/template/followed.ts";
import type { JsonObject, Template } from "../../src/template/types.ts";
import { outputOf, stackOf, storedAs, storedFrom } from "../support/stacks.ts";

const NOTHING: Template = { Resources: {} };

const policy = (...Statement: readonly JsonObject[]): Template => ({
  Resources: {
    Role: {
      Type: "AWS::IAM::Role",
      Properties: { AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [] } },
    },
    Policy: {
      Type: "AWS::IAM::Policy",
      Properties: { PolicyName: "p", Roles: [{ Ref: "Role" }], PolicyDocument: { Version: "2012-10-17", Statement } },
    },
  },
});
const may = (Action: string | readonly string[], Resource: string, more: JsonObject = {}): JsonObject => ({
  Effect: "Allow",
  Action,
  Resource,
  ...more,
});

const group = (...SecurityGroupIngress: readonly JsonObject[]): Template => ({
  Resources: {
    Group: { Type: "AWS::EC2::SecurityGroup", Properties: { GroupDescription: "g", SecurityGroupIngress } },
  },
});
const open = (port: number, CidrIp: string, to = port): JsonObject => ({
  IpProtocol: "tcp",
  FromPort: port,
  ToPort: to,
  CidrIp,
});

describe("access that an update widens", () => {
  it("is a new policy statement, with who, what and on what", async () => {
    const access = await widenedAccess(policy(), policy(may("s3:GetObject", "*")));
    expect(access).toEqual([{ kind: "permission", who: "AWS:Role", what: "s3:GetObject", on: "*" }]);
  });

  it("names the condition it hangs on", async () => {
    const Condition = { StringEquals: { "aws:SourceAccount": "1" } };
    const [access] = await widenedAccess(policy(), policy(may("s3:GetObject", "*", { Condition })));
    expect(access?.condition).toBe('{"StringEquals":{"aws:SourceAccount":"1"}}');
  });

  it("is one action more in a statement", async () => {
    const access = await widenedAccess(
      policy(may("s3:GetObject", "*")),
      policy(may(["s3:GetObject", "s3:PutObject"], "*")),
    );
    expect(access.map(({ what }) => what)).toEqual(["s3:GetObject, s3:PutObject"]);
  });

  it("is a statement that loses its condition, or a denial that goes", async () => {
    const Condition = { Bool: { "aws:SecureTransport": "true" } };
    const freed = await widenedAccess(policy(may("s3:*", "b", { Condition })), policy(may("s3:*", "b")));
    expect(freed).toHaveLength(1);
    const deny = { Effect: "Deny", Action: "s3:*", Resource: "*" };
    const [undenied] = await widenedAccess(policy(deny), policy());
    expect(undenied?.what).toBe("no longer denied: s3:*");
  });

  it("is not what only gets narrower: fewer actions, one resource of all, a condition more, a new denial", async () => {
    const wide = policy(may(["s3:GetObject", "s3:PutObject"], "*"));
    const narrow = [
      policy(may("s3:GetObject", "*")),
      policy(may("s3:GetObject", "arn:aws:s3:::b")),
      policy(may("s3:GetObject", "*", { Condition: { Bool: { "aws:SecureTransport": "true" } } })),
      policy(may(["s3:GetObject", "s3:PutObject"], "*"), { Effect: "Deny", Action: "s3:*", Resource: "*" }),
      policy(),
    ];
    for (const after of narrow) expect(await widenedAccess(wide, after)).toEqual([]);
  });

  it("is a managed policy more", async () => {
    const role = (...ManagedPolicyArns: readonly string[]): Template => ({
      Resources: { Role: { Type: "AWS::IAM::Role", Properties: { ManagedPolicyArns } } },
    });
    const arn = "arn:aws:iam::aws:policy/AdministratorAccess";
    expect(await widenedAccess(role(), role(arn))).toMatchObject([{ kind: "permission", what: arn }]);
  });

  it("is a port opened, to whom it was closed", async () => {
    const access = await widenedAccess(group(open(443, "10.0.0.0/16")), group(open(443, "0.0.0.0/0")));
    expect(access).toEqual([{ kind: "ingress", who: "Everyone (IPv4)", what: "TCP 443", on: "Group" }]);
  });

  it("is not a range made smaller, nor fewer who may come in", async () => {
    const wide = group(open(80, "0.0.0.0/0", 443));
    for (const narrow of [group(open(443, "0.0.0.0/0")), group(open(80, "10.0.0.0/8", 443)), group()]) {
      expect(await widenedAccess(wide, narrow)).toEqual([]);
    }
  });

  it("names another stack's output as a person would", async () => {
    const reading = policy({
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: outputOf("shop-dev-secrets", "KeyArn"),
    });
    const on = async (others: readonly Stack[]) => {
      const reader = stackOf("shop-dev-service", "ecs", { resources: reading.Resources });
      return (await widenedAccess(NOTHING, followed(reader, others))).map((access) => access.on);
    };
    expect(await on([])).toContain("shop-dev-secrets.KeyArn");
    const resources = { SecretsKey: { Type: "AWS::KMS::Key" } };
    const outputs = { KeyArn: { Value: { "Fn::GetAtt": ["SecretsKey", "Arn"] } } };
    expect(await on([stackOf("shop-dev-secrets", "data", { resources, outputs })])).toContain(
      "shop-dev-secrets.SecretsKey",
    );
  });

  it("names what is read from Parameter Store by the resource of another stack that it tells of", async () => {
    const path = "/shop/dev/secrets/KeyArn";
    const reader = stackOf("shop-dev-service", "ecs", {
      parameters: { KeyArn: storedFrom(path) },
      resources: policy({ Effect: "Allow", Action: "kms:Decrypt", Resource: { Ref: "KeyArn" } }).Resources,
    });
    const secrets = stackOf("shop-dev-secrets", "data", {
      resources: { Key: { Type: "AWS::KMS::Key" }, Kept: storedAs(path, { "Fn::GetAtt": ["Key", "Arn"] }) },
    });
    const on = async (others: readonly Stack[]) =>
      (await widenedAccess(NOTHING, followed(reader, others))).map((access) => access.on);
    expect(await on([secrets])).toEqual(["shop-dev-secrets.Key"]);
    expect(await on([])).toEqual(["KeyArn"]);
  });
});
