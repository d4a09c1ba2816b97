import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkResource } from "../../src/rules/check-resource.ts";
import { type CheckedTemplate, checkTemplates } from "../../src/rules/check-templates.ts";
import { RESOURCE_RULES } from "../../src/rules/rules.ts";
import type { Json, JsonObject, Template } from "../../src/template/types.ts";

const stack = (resources: Template["Resources"], more: Partial<CheckedTemplate & Template> = {}): CheckedTemplate => {
  const { name = "one", region = "eu-west-1", body, ...template } = more;
  return { name, region, template: { Resources: resources, ...template }, ...(body !== undefined && { body }) };
};
const group = (days: Json, more: object = {}) => ({
  Type: "AWS::Logs::LogGroup",
  Properties: { RetentionInDays: days },
  ...more,
});
const rules = (...stacks: readonly CheckedTemplate[]) => checkTemplates(stacks).map(({ rule }) => rule);

describe("a finding", () => {
  it("names the stack, the resource, the property, its value, AWS's words and the document", () => {
    expect(checkTemplates([stack({ Group: group(15) })])).toEqual([
      {
        rule: "log-group-days",
        document: "CloudWatch Logs API Reference, PutRetentionPolicy (retentionInDays)",
        code: "InvalidRequest",
        stack: "one",
        region: "eu-west-1",
        id: "Group",
        type: "AWS::Logs::LogGroup",
        property: "RetentionInDays",
        value: "15",
        message: "#/RetentionInDays: 15 is not a valid enum value",
      },
    ]);
  });

  it("never shows a password", () => {
    const Properties = { Engine: "postgres", MasterUsername: "app", MasterUserPassword: "hunter2" };
    const [found] = checkTemplates([stack({ Db: { Type: "AWS::RDS::DBInstance", Properties } })]);
    expect(found).toMatchObject({ rule: "db-password" });
    expect(JSON.stringify(found)).not.toContain("hunter2");
  });
});

describe("what only AWS knows", () => {
  it.each<[string, Json]>([
    ["a parameter without a value", { Ref: "Days" }],
    ["a dynamic reference", "{{resolve:ssm:/days}}"],
    ["a function that is not known", { "Fn::Transform": { Name: "Days" } }],
    ["a condition on it", { "Fn::If": ["Odd", 15, 14] }],
    ["a list's item", { "Fn::Select": [0, { "Fn::GetAZs": "" }] }],
  ])("is not held against a template: %s", (_, days) => {
    const more = {
      Parameters: { Days: { Type: "Number" } },
      Conditions: { Odd: { "Fn::Equals": [{ Ref: "Days" }, 1] } },
    };
    expect(rules(stack({ Group: group(days) }, more))).toEqual([]);
  });

  it("is a resource under a condition that hangs on it, or on one that is false", () => {
    const Conditions = {
      Never: { "Fn::Equals": ["a", "b"] },
      Perhaps: { "Fn::Equals": [{ Ref: "AWS::AccountId" }, "123456789012"] },
      Always: { "Fn::Not": [{ Condition: "Never" }] },
    };
    const under = (Condition: string) => stack({ Group: group(15, { Condition }) }, { Conditions });
    expect(rules(under("Never"))).toEqual([]);
    expect(rules(under("Perhaps"))).toEqual([]);
    expect(rules(under("Always"))).toEqual(["log-group-days"]);
    expect(checkTemplates([under("Perhaps")], "123456789012").map(({ rule }) => rule)).toEqual(["log-group-days"]);
  });

  it("is what a macro makes of the template, or adds to a resource", () => {
    expect(rules(stack({ Group: group(15) }, { Transform: "MyMacro" }))).toEqual([]);
    expect(rules(stack({ Group: group(15) }, { Transform: ["AWS::LanguageExtensions"] }))).toEqual(["log-group-days"]);
    const Properties = { RetentionInDays: 15, "Fn::Transform": { Name: "AWS::Include" } };
    expect(rules(stack({ Group: { Type: "AWS::Logs::LogGroup", Properties } }))).toEqual([]);
  });

  it("is a listener that may come or not: the target group is not said to have none", () => {
    const Conditions = { Perhaps: { "Fn::Equals": [{ Ref: "AWS::AccountId" }, "1"] }, Never: { "Fn::Equals": [1, 2] } };
    const resources = (Condition: string) => ({
      Targets: {
        Type: "AWS::ElasticLoadBalancingV2::TargetGroup",
        Properties: { TargetType: "ip", Protocol: "HTTP", Port: 80, VpcId: "vpc-1" },
      },
      Listener: {
        Type: "AWS::ElasticLoadBalancingV2::Listener",
        Condition,
        Properties: { DefaultActions: [{ Type: "forward", TargetGroupArn: { Ref: "Targets" } }] },
      },
      Service: {
        Type: "AWS::ECS::Service",
        Properties: { LoadBalancers: [{ TargetGroupArn: { Ref: "Targets" } }] },
      },
    });
    expect(rules(stack(resources("Perhaps"), { Conditions }))).toEqual([]);
    expect(rules(stack(resources("Never"), { Conditions }))).toEqual(["service-target-balancer"]);
  });
});

describe("across stacks", () => {
  const certificate = stack(
    { Certificate: { Type: "AWS::CertificateManager::Certificate", Properties: { DomainName: "app.example.com" } } },
    { name: "certificate", Outputs: { Arn: { Value: { Ref: "Certificate" }, Export: { Name: "certificate" } } } },
  );
  const cdn = (arn: Json, region = "eu-west-1") =>
    stack(
      {
        Cdn: {
          Type: "AWS::CloudFront::Distribution",
          Properties: {
            DistributionConfig: { ViewerCertificate: { AcmCertificateArn: arn, SslSupportMethod: "sni-only" } },
          },
        },
      },
      { name: "cdn", region },
    );
  const read = { "Fn::GetStackOutput": { StackName: "certificate", OutputName: "Arn", Region: "eu-west-1" } };

  it("a reference is followed to a resource in another region", () => {
    expect(checkTemplates([certificate, cdn(read, "us-east-1")])).toMatchObject([
      { rule: "distribution-certificate-region", value: "certificate.Certificate in eu-west-1" },
    ]);
    expect(rules(certificate, cdn({ "Fn::ImportValue": "certificate" }))).toEqual(["distribution-certificate-region"]);
  });

  it("an export is its region's own, and a stack that is not there says nothing", () => {
    expect(rules(certificate, cdn({ "Fn::ImportValue": "certificate" }, "us-east-1"))).toEqual([]);
    expect(rules(cdn(read))).toEqual([]);
  });

  it("a name is given once a region, a role's once an account", () => {
    const named = (name: string, region: string) =>
      stack(
        {
          Group: { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: "/shop" } },
          Role: { Type: "AWS::IAM::Role", Properties: { RoleName: "shop" } },
        },
        { name, region },
      );
    expect(rules(named("one", "eu-west-1"), named("two", "us-east-1"))).toEqual(["name-once"]);
    expect(rules(named("one", "eu-west-1"), named("two", "eu-west-1"))).toEqual(["name-once", "name-once"]);
  });
});

describe("a resource whose properties are resolved", () => {
  const nobody = { find: () => undefined, all: () => [] };

  it("is judged alone where nothing else is known", () => {
    const found = checkResource(
      {
        type: "AWS::ECS::Service",
        stack: "s",
        region: "eu-west-1",
        id: "Service",
        properties: { TaskDefinition: "t" },
      },
      nobody,
    );
    expect(found).toEqual([]);
  });

  it("keeps a dynamic reference to itself", () => {
    const properties = { TransitEncryptionEnabled: true, AuthToken: "{{resolve:secretsmanager:a}}" };
    const type = "AWS::ElastiCache::ReplicationGroup";
    expect(checkResource({ type, stack: "s", region: "eu-west-1", id: "Cache", properties }, nobody)).toEqual([]);
  });
});

describe("no rule", () => {
  it("stumbles over properties of a shape that nobody expects", { timeout: 60_000 }, () => {
    const names = fc.constantFrom(...propertyNames());
    const { tree } = fc.letrec<{ tree: Json }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4, depthSize: "small" },
        fc.constantFrom<Json>(
          null,
          true,
          "",
          "a",
          "-1",
          0,
          1e9,
          "10.0.0.0/33",
          "*",
          { Ref: "Other" },
          { "Fn::If": [] },
        ),
        fc.array(tie("tree"), { maxLength: 3 }),
        fc.dictionary(names, tie("tree"), { maxKeys: 4 }),
      ),
    }));
    const types = [...new Set(RESOURCE_RULES.flatMap((rule) => rule.types))];
    const properties = fc.dictionary(names, tree, { maxKeys: 12 });
    fc.assert(
      fc.property(fc.constantFrom(...types), properties, properties, (Type, one, other) => {
        const both = stack({ Other: { Type, Properties: one }, Subject: { Type, Properties: other } });
        for (const { message } of checkTemplates([both])) expect(message).not.toBe("");
        const all = () => [{ id: "Other", region: "eu-west-1", properties: one as JsonObject }];
        const subject = { type: Type, stack: "s", region: "eu-west-1", id: "Subject", properties: other as JsonObject };
        checkResource(subject, { find: () => all()[0], all });
      }),
      { numRuns: 4000, seed: 20_251_122 },
    );
  });
});

/** Names of properties that rules look at, as far as the cases of the tests write them. */
function propertyNames(): readonly string[] {
  const words =
    "Actions AliasTarget Aliases AllocatedStorage AssumeRolePolicyDocument AttributeDefinitions AuthToken AvailabilityZone Bucket BucketName " +
    "CacheBehaviors CapacityProviderStrategy Certificates CidrBlock Cluster Conditions ContainerDefinitions CorsConfiguration Cpu " +
    "DBInstanceIdentifier DefaultActions DefaultCacheBehavior DistributionConfig DomainName DomainValidationOptions Engine EngineVersion Environment " +
    "GenerateSecretString GlobalSecondaryIndexes Id KeyPolicy KeySchema LifecycleConfiguration LifecyclePolicy LifecyclePolicyText ListenerArn " +
    "LoadBalancerArn LoadBalancers LogConfiguration Matcher Memory Name NetworkMode Options Origins PolicyDocument Policies Port PortMappings " +
    "Priority Properties Protocol PublicAccessBlockConfiguration RecordSets RedrivePolicy RequiresCompatibilities ResourceRecords RoleName Rules " +
    "SecurityGroupIngress Statement SubjectAlternativeNames SubnetIds Subnets TargetGroupArn TargetGroupAttributes TaskDefinition Transitions Type " +
    "Variables ViewerCertificate VpcId";
  return words.split(" ");
}
