import type { JsonObject } from "../../../src/template/types.ts";
import { a, on } from "./case.ts";

const statement = { Effect: "Allow", Action: ["s3:GetObject"], Resource: "*" };
const document = (over: JsonObject = {}, without?: keyof typeof statement) => {
  const rest: JsonObject = { ...statement, ...over };
  const Statement = [Object.fromEntries(Object.entries(rest).filter(([name]) => name !== without))];
  return { PolicyDocument: { Version: "2012-10-17", Statement } };
};
const trust = (over: JsonObject = {}) => ({
  AssumeRolePolicyDocument: {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole", ...over },
    ],
  },
});
const NONE = { Ref: "AWS::NoValue" };
const wide = (count: number) => ({
  PolicyDocument: {
    Version: "2012-10-17",
    Statement: Array.from({ length: count }, () => ({ ...statement, Resource: `arn:aws:s3:::${"a".repeat(900)}` })),
  },
});
const inline = (PolicyDocument: JsonObject, PolicyName = "p") => ({ PolicyName, ...PolicyDocument });

const key = (over: JsonObject = {}) => ({
  KeyPolicy: {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::123456789012:root" },
        Action: "kms:*",
        Resource: "*",
        ...over,
      },
    ],
  },
});
const generate = (over: JsonObject) => ({
  GenerateSecretString: { PasswordLength: 32, SecretStringTemplate: "{}", GenerateStringKey: "password", ...over },
});

export const SECURITY_CASES = [
  ...on(
    "AWS::IAM::Role",
    { RoleName: "shop-task", Path: "/shop/", ...trust() },
    {
      "iam-name": [{ bad: { RoleName: "a".repeat(65) } }, { bad: { RoleName: "shop task" } }],
      "iam-path": { bad: { Path: "shop" } },
      "role-session": { good: { MaxSessionDuration: 43_200 }, bad: { MaxSessionDuration: 600 } },
      "role-trust-resource": { bad: trust({ Resource: "*" }) },
      "role-trust-principal": { bad: trust({ Principal: NONE }) },
      "role-trust-action": { bad: trust({ Action: ["sts:AssumeRole", "s3:GetObject"] }) },
      "role-trust-service": { bad: trust({ Principal: { Service: "ecs-tasks" } }) },
      "policy-version": {
        bad: { AssumeRolePolicyDocument: { ...trust().AssumeRolePolicyDocument, Version: "2012-10-18" } },
      },
      "policy-size-inline": {
        good: { Policies: [inline(wide(5)), inline(wide(5), "q")] },
        bad: { Policies: [inline(wide(6)), inline(wide(6), "q")] },
      },
      "policy-principal": {
        good: { Policies: [inline(document())] },
        bad: { Policies: [inline(document({ Principal: "*" }))] },
      },
      "name-once": { badBeside: { Other: a("AWS::IAM::Role", { RoleName: "shop-task", ...trust() }) } },
    },
  ),
  ...on(
    "AWS::IAM::ManagedPolicy",
    { ManagedPolicyName: "shop", ...document() },
    {
      "iam-name": { bad: { ManagedPolicyName: "a".repeat(129) } },
      "policy-effect": { bad: document({ Effect: "Permit" }), good: document({ Effect: "ALLOW" }) },
      "policy-sid": { good: document({ Sid: "ReadFiles1" }), bad: document({ Sid: "read-files" }) },
      "policy-sid-once": {
        bad: {
          PolicyDocument: {
            Version: "2012-10-17",
            Statement: [
              { Sid: "A", ...statement },
              { Sid: "A", ...statement },
            ],
          },
        },
      },
      "policy-action": { bad: document({}, "Action") },
      "policy-action-vendor": [
        { bad: document({ Action: "GetObject" }) },
        { bad: document({ Action: "s3:get:Object" }) },
      ],
      "policy-resource": { bad: document({}, "Resource") },
      "policy-resource-form": { bad: document({ Resource: "shop-files/*" }) },
      "policy-principal": { bad: document({ Principal: { AWS: "*" } }) },
      "policy-size-managed": { good: wide(6), bad: wide(7) },
    },
  ),
  ...on(
    "AWS::IAM::Policy",
    { PolicyName: "p", Roles: ["r"], ...document() },
    {
      "policy-attached": [{ bad: { Roles: undefined } }, { bad: { Roles: [] } }],
    },
  ),
  ...on(
    "AWS::KMS::Key",
    { PendingWindowInDays: 7, EnableKeyRotation: true, ...key() },
    {
      "key-lockout": [
        { bad: key({ Action: ["kms:Decrypt", "kms:Encrypt"] }) },
        { bad: key({ Principal: { Service: "sns.amazonaws.com" } }) },
        { good: key({ Action: "kms:Put*" }), bad: key({ Effect: "Deny" }) },
      ],
      "key-window": { bad: { PendingWindowInDays: 6 } },
      "key-rotation": { bad: { KeySpec: "RSA_2048" } },
      "key-rotation-days": { good: { RotationPeriodInDays: 90 }, bad: { RotationPeriodInDays: 89 } },
      "key-usage": {
        good: { EnableKeyRotation: false, KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" },
        bad: { KeyUsage: undefined },
      },
    },
  ),
  ...on(
    "AWS::Logs::LogGroup",
    { LogGroupName: "/shop/api", RetentionInDays: 14 },
    {
      "log-group-days": { bad: { RetentionInDays: 15 } },
      "log-group-name": { bad: { LogGroupName: "/shop api" } },
      "log-group-name-kept": { bad: { LogGroupName: "aws/shop" } },
      "name-once": { badBeside: { Other: a("AWS::Logs::LogGroup", { LogGroupName: "/shop/api" }) } },
    },
  ),
  ...on(
    "AWS::SecretsManager::Secret",
    { Name: "shop/prod/database", Description: "owner", ...generate({}) },
    {
      "secret-name": { bad: { Name: "shop prod" } },
      "secret-length": [{ bad: generate({ PasswordLength: 4097 }) }, { bad: generate({ PasswordLength: 0 }) }],
      "secret-template": { bad: generate({ GenerateStringKey: NONE }) },
      "secret-template-json": { bad: generate({ SecretStringTemplate: "username" }) },
      "secret-source": { bad: { SecretString: "s" } },
      "secret-characters": {
        bad: generate({
          ExcludeLowercase: true,
          ExcludeUppercase: true,
          ExcludeNumbers: true,
          ExcludePunctuation: true,
        }),
      },
      "secret-description": { bad: { Description: "a".repeat(2049) } },
    },
  ),
];
