import { describe, expect, it } from "vitest";
import { type Driver, rehearse, template } from "./support/driver.ts";
import { balancer, bucket, cache, database, group, listener, network, role, targets } from "./support/rules.ts";

const ref = (Ref: string) => ({ Ref });
const att = (id: string, name: string) => ({ "Fn::GetAtt": [id, name] });
const of = (Type: string, Properties: object = {}) => ({ Type, Properties });

/** The answer of a service that is spoken to by method and path. */
async function got({ rehearsal }: Driver, service: string, path: string): Promise<string> {
  const { endpoint, region, credentials } = rehearsal;
  const scope = `${credentials.accessKeyId}/20260301/${region}/${service}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
  return (await fetch(`${endpoint}/${path}`, { headers: { authorization } })).text();
}

async function made(resources: object): Promise<{ readonly driver: Driver; readonly ids: Record<string, string> }> {
  const driver = await rehearse();
  expect(
    (await driver.create("shop", template(resources), { Capabilities: ["CAPABILITY_NAMED_IAM"] })).StackStatus,
  ).toBe("CREATE_COMPLETE");
  return { driver, ids: { ...(await driver.ids("shop")) } };
}

describe("a stack's resources are shown by", () => {
  it("EC2, with what comes with every VPC", async () => {
    const { driver, ids } = await made({
      ...network,
      Table: of("AWS::EC2::RouteTable", { VpcId: ref("Vpc") }),
      Joined: of("AWS::EC2::SubnetRouteTableAssociation", { RouteTableId: ref("Table"), SubnetId: ref("A") }),
    });
    const look = (Action: string, form: object = {}) =>
      driver.query("ec2", "2016-11-15", {
        Action,
        "Filter.1.Name": "vpc-id",
        "Filter.1.Value.1": ids.Vpc ?? "",
        ...form,
      });
    const groups = await look("DescribeSecurityGroups");
    expect(groups).toContain("<groupName>default</groupName>");
    expect(groups).toContain("<groupDescription>default VPC security group</groupDescription>");
    const main = await look("DescribeRouteTables", {
      "Filter.2.Name": "association.main",
      "Filter.2.Value.1": "true",
    });
    expect(main.match(/<routeTableId>/g)).toHaveLength(2);
    expect(main).not.toContain(ids.Table);
    const acls = await look("DescribeNetworkAcls");
    expect(acls).toContain("<default>true</default>");
    expect(acls).toContain(`<subnetId>${ids.A}</subnetId>`);
  });

  it("EC2, with IPv6 blocks that a VPC was given and its subnets divide", async () => {
    const { driver, ids } = await made({
      ...network,
      Six: of("AWS::EC2::VPCCidrBlock", { VpcId: ref("Vpc"), AmazonProvidedIpv6CidrBlock: true }),
      S: {
        ...of("AWS::EC2::Subnet", {
          VpcId: ref("Vpc"),
          CidrBlock: "10.0.9.0/24",
          AssignIpv6AddressOnCreation: true,
          Ipv6CidrBlock: {
            "Fn::Select": [1, { "Fn::Cidr": [{ "Fn::Select": [0, att("Vpc", "Ipv6CidrBlocks")] }, 4, 64] }],
          },
        }),
        DependsOn: "Six",
      },
    });
    const vpcs = await driver.query("ec2", "2016-11-15", { Action: "DescribeVpcs" });
    const [, start] = /<ipv6CidrBlock>([^<]+)00::\/56</.exec(vpcs) ?? [];
    const subnet = await driver.query("ec2", "2016-11-15", { Action: "DescribeSubnets", "SubnetId.1": ids.S ?? "" });
    expect(subnet).toContain(`<ipv6CidrBlock>${start}01::/64</ipv6CidrBlock>`);
    expect(subnet).toContain("<assignIpv6AddressOnCreation>true</assignIpv6AddressOnCreation>");
  });

  it("IAM, with policies that name their roles themselves", async () => {
    const PolicyDocument = { Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }] };
    const { driver } = await made({
      R: role({ RoleName: "reader", ManagedPolicyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }),
      P: of("AWS::IAM::ManagedPolicy", { ManagedPolicyName: "more", PolicyDocument, Roles: [ref("R")] }),
    });
    const list = await driver.query("iam", "2010-05-08", { Action: "ListAttachedRolePolicies", RoleName: "reader" });
    expect([...list.matchAll(/<PolicyName>([^<]+)</g)].map(([, name]) => name)).toEqual(["ReadOnlyAccess", "more"]);
  });

  it("SNS, with subscriptions of the topic itself, those by mail not confirmed", async () => {
    const { driver, ids } = await made({
      Q: of("AWS::SQS::Queue"),
      T: of("AWS::SNS::Topic", { Subscription: [{ Protocol: "sqs", Endpoint: att("Q", "Arn") }] }),
      S: of("AWS::SNS::Subscription", { TopicArn: ref("T"), Protocol: "email", Endpoint: "ops@example.com" }),
    });
    const TopicArn = ids.T ?? "";
    const list = await driver.query("sns", "2010-03-31", { Action: "ListSubscriptionsByTopic", TopicArn });
    expect(list).toContain("<Protocol>sqs</Protocol>");
    expect(list).toContain("<SubscriptionArn>PendingConfirmation</SubscriptionArn>");
    const attributes = await driver.query("sns", "2010-03-31", { Action: "GetTopicAttributes", TopicArn });
    expect(attributes).toMatch(/SubscriptionsConfirmed<\/key>\s*<value>1</);
    // Mails are not counted (localstack's test_sns_topic_update_attributes, recorded 2025-07-03).
    expect(attributes).toMatch(/SubscriptionsPending<\/key>\s*<value>0</);
  });

  it("Lambda: permissions as a policy, event sources, tags", async () => {
    const Statement = [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }];
    const { driver, ids } = await made({
      R: role({ AssumeRolePolicyDocument: { Statement } }),
      F: of("AWS::Lambda::Function", {
        FunctionName: "work",
        Role: att("R", "Arn"),
        Runtime: "python3.13",
        Handler: "i.h",
        Code: { ZipFile: "x" },
        LoggingConfig: { LogFormat: "JSON" },
        Tags: [{ Key: "team", Value: "shop" }],
      }),
      P: of("AWS::Lambda::Permission", {
        FunctionName: ref("F"),
        Action: "lambda:InvokeFunction",
        Principal: "events.amazonaws.com",
      }),
      Q: of("AWS::SQS::Queue"),
      M: of("AWS::Lambda::EventSourceMapping", { FunctionName: ref("F"), EventSourceArn: att("Q", "Arn") }),
    });
    const { Policy } = JSON.parse(await got(driver, "lambda", "2015-03-31/functions/work/policy"));
    expect(JSON.parse(Policy).Statement).toMatchObject([
      { Principal: { Service: "events.amazonaws.com" }, Action: "lambda:InvokeFunction" },
    ]);
    const mappings = JSON.parse(await got(driver, "lambda", "2015-03-31/event-source-mappings/?FunctionName=work"));
    expect(mappings.EventSourceMappings).toMatchObject([{ UUID: ids.M, State: "Enabled", BatchSize: 10 }]);
    // localstack's test_lambda_logging_config, recorded 2025-04-08.
    expect(JSON.parse(await got(driver, "lambda", "2015-03-31/functions/work/configuration")).LoggingConfig).toEqual({
      LogFormat: "JSON",
      LogGroup: "/aws/lambda/work",
      ApplicationLogLevel: "INFO",
      SystemLogLevel: "INFO",
    });
    const arn = encodeURIComponent("arn:aws:lambda:us-east-1:123456789012:function:work");
    expect(JSON.parse(await got(driver, "lambda", `2017-03-31/tags/${arn}`)).Tags).toMatchObject({ team: "shop" });
  });

  it("ECR: policies of a repository, or that it has none", async () => {
    const LifecyclePolicyText = '{"rules":[]}';
    const { driver } = await made({
      With: of("AWS::ECR::Repository", {
        RepositoryName: "with",
        LifecyclePolicy: { LifecyclePolicyText },
        RepositoryPolicyText: { Statement: [{ Effect: "Allow", Principal: "*", Action: "ecr:BatchGetImage" }] },
      }),
      Bare: of("AWS::ECR::Repository", { RepositoryName: "bare" }),
    });
    const look = (operation: string, repositoryName: string) =>
      driver.json("ecr", `AmazonEC2ContainerRegistry_V20150921.${operation}`, { repositoryName });
    expect(await look("GetLifecyclePolicy", "with")).toMatchObject({ lifecyclePolicyText: LifecyclePolicyText });
    expect((await look("GetRepositoryPolicy", "with")).policyText).toContain("ecr:BatchGetImage");
    expect(JSON.stringify(await look("GetLifecyclePolicy", "bare"))).toContain("LifecyclePolicyNotFoundException");
    expect(JSON.stringify(await look("GetRepositoryPolicy", "bare"))).toContain("RepositoryPolicyNotFoundException");
  });

  it("Elastic Load Balancing: attributes with their defaults, and rules", async () => {
    const { driver, ids } = await made({
      ...network,
      Balancer: balancer({ LoadBalancerAttributes: [{ Key: "idle_timeout.timeout_seconds", Value: "99" }] }),
      Group: targets({ TargetGroupAttributes: [{ Key: "deregistration_delay.timeout_seconds", Value: "17" }] }),
      Listener: listener(),
      Rule: of("AWS::ElasticLoadBalancingV2::ListenerRule", {
        ListenerArn: ref("Listener"),
        Priority: 5,
        Conditions: [{ Field: "path-pattern", Values: ["/x*"] }],
        Actions: [{ Type: "forward", TargetGroupArn: ref("Group") }],
      }),
    });
    const look = (Action: string, form: { readonly [name: string]: string }) =>
      driver.query("elasticloadbalancing", "2015-12-01", { Action, ...form });
    const attributes = await look("DescribeLoadBalancerAttributes", { LoadBalancerArn: ids.Balancer ?? "" });
    expect(attributes).toMatch(/idle_timeout.timeout_seconds<\/Key>\s*<Value>99</);
    expect(attributes).toMatch(/deletion_protection.enabled<\/Key>\s*<Value>false</);
    const group = await look("DescribeTargetGroupAttributes", { TargetGroupArn: ids.Group ?? "" });
    expect(group).toMatch(/deregistration_delay.timeout_seconds<\/Key>\s*<Value>17</);
    expect(group).toMatch(/stickiness.enabled<\/Key>\s*<Value>false</);
    const rules = await look("DescribeRules", { ListenerArn: ids.Listener ?? "" });
    expect([...rules.matchAll(/<Priority>([^<]+)</g)].map(([, priority]) => priority)).toEqual(["5", "default"]);
  });

  it("RDS and ElastiCache: the version that runs, groups, nodes", async () => {
    const { driver, ids } = await made({
      ...network,
      Subnets: of("AWS::RDS::DBSubnetGroup", { DBSubnetGroupDescription: "g", SubnetIds: [ref("A"), ref("B")] }),
      Settings: of("AWS::RDS::DBParameterGroup", {
        DBParameterGroupName: "settings",
        Family: "postgres16",
        Description: "d",
      }),
      D: database({ EngineVersion: "16", DBSubnetGroupName: ref("Subnets"), DBParameterGroupName: ref("Settings") }),
      C: cache({ ReplicationGroupId: "cache", NumCacheClusters: 2, AutomaticFailoverEnabled: true }),
    });
    const databases = await driver.query("rds", "2014-10-31", { Action: "DescribeDBInstances" });
    expect(databases).toMatch(/<EngineVersion>16\.\d+</);
    expect(databases).toContain(`<VpcId>${ids.Vpc}</VpcId>`);
    expect(databases).toContain("<DBParameterGroupName>settings</DBParameterGroupName>");
    const groups = await driver.query("rds", "2014-10-31", { Action: "DescribeDBParameterGroups" });
    expect(groups).toContain("<DBParameterGroupFamily>postgres16</DBParameterGroupFamily>");
    const offered = (Engine: string, EngineVersion: string) =>
      driver.query("rds", "2014-10-31", { Action: "DescribeDBEngineVersions", Engine, EngineVersion });
    expect(await offered("postgres", "16")).toMatch(/<EngineVersion>16\.\d+</);
    expect(await offered("postgres", "8.0")).not.toContain("<EngineVersion>");
    expect(await offered("postgres", "12")).toContain("<EngineVersion>12.22<");
    const caches = await driver.query("elasticache", "2015-02-02", {
      Action: "DescribeCacheEngineVersions",
      Engine: "redis",
    });
    expect([...caches.matchAll(/<EngineVersion>([^<]+)</g)].map(([, one]) => one)).toEqual([
      "4.0.10",
      "5.0.6",
      "6.0.5",
      "6.2.6",
      "7.0.7",
      "7.1.0",
    ]);
    expect(await offered("mysql", "8.0")).toContain("<DBParameterGroupFamily>mysql8.0</DBParameterGroupFamily>");
    const nodes = await driver.query("elasticache", "2015-02-02", { Action: "DescribeCacheClusters" });
    expect([...nodes.matchAll(/<CacheClusterId>([^<]+)</g)].map(([, id]) => id)).toEqual(["cache-001", "cache-002"]);
  });

  it("Budgets, CloudFront's access controls, and the tagging API of what EC2 keeps", async () => {
    const Budget = {
      BudgetName: "month",
      BudgetType: "COST",
      TimeUnit: "MONTHLY",
      BudgetLimit: { Amount: 10, Unit: "USD" },
    };
    const { driver, ids } = await made({
      ...network,
      G: group({ Tags: [{ Key: "team", Value: "shop" }] }),
      Bucket: bucket(),
      B: of("AWS::Budgets::Budget", { Budget }),
      O: of("AWS::CloudFront::OriginAccessControl", {
        OriginAccessControlConfig: {
          Name: "o",
          OriginAccessControlOriginType: "s3",
          SigningBehavior: "always",
          SigningProtocol: "sigv4",
        },
      }),
    });
    const account = { AccountId: "123456789012" };
    const { Budgets } = await driver.json("budgets", "AWSBudgetServiceGateway.DescribeBudgets", account);
    expect(Budgets).toMatchObject([{ BudgetName: "month", BudgetLimit: { Amount: "10", Unit: "USD" } }]);
    const lost = { ...account, BudgetName: "none" };
    expect((await driver.json("budgets", "AWSBudgetServiceGateway.DescribeBudget", lost)).status).toBe(400);
    const control = await got(driver, "cloudfront", `2020-05-31/origin-access-control/${ids.O}`);
    expect(control).toContain("<SigningProtocol>sigv4</SigningProtocol>");
    const filter = { TagFilters: [{ Key: "team" }], ResourceTypeFilters: ["ec2:security-group"] };
    const tagged = await driver.json("tagging", "ResourceGroupsTaggingAPI_20170126.GetResources", filter);
    expect(tagged.ResourceTagMappingList).toMatchObject([
      { ResourceARN: `arn:aws:ec2:us-east-1:123456789012:security-group/${ids.G}` },
    ]);
  });

  it("Secrets Manager and EC2: a version for each value, tags by the names that EC2 has", async () => {
    const driver = await rehearse();
    const body = (SecretString: string) =>
      template({
        S: of("AWS::SecretsManager::Secret", { Name: "s", SecretString }),
        E: of("AWS::EC2::EIP", { Domain: "vpc", Tags: [{ Key: "Name", Value: "out" }] }),
      });
    const value = () => driver.json("secretsmanager", "secretsmanager.GetSecretValue", { SecretId: "s" });
    await driver.create("shop", body("1"));
    const first = await value();
    await driver.json("secretsmanager", "secretsmanager.PutSecretValue", { SecretId: "s", SecretString: "by hand" });
    await driver.update("shop", body("2"));
    const second = await value();
    expect([first.SecretString, second.SecretString]).toEqual(["1", "2"]);
    expect(second.VersionId).not.toBe(first.VersionId);
    const tags = await driver.query("ec2", "2016-11-15", { Action: "DescribeTags" });
    expect(tags).toMatch(/<resourceId>eipalloc-[0-9a-f]+<\/resourceId>\s*<resourceType>elastic-ip</);
  });
});
