import { DescribeStackEventsCommand } from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import { ACCOUNT_RULES } from "../../src/rehearsal/rules/rules.ts";
import { rehearse, template } from "./support/driver.ts";
import * as make from "./support/rules.ts";

/** A rule, resources that keep it, the same with one thing wrong, and AWS's words for that. */
type Case = { readonly rule: string; readonly keeps: object; readonly breaks: object; readonly says: string };

const {
  network,
  vpc,
  subnet,
  group,
  balancer,
  listener,
  database,
  cache,
  bucket,
  role,
  task,
  running,
  key,
  distribution,
  many,
} = make;
const address = { Type: "AWS::EC2::EIP", Properties: { Domain: "vpc" } };
const nat = (more: object) => ({ Type: "AWS::EC2::NatGateway", Properties: { SubnetId: { Ref: "A" }, ...more } });
const ingress = (more: object = {}) => ({
  Type: "AWS::EC2::SecurityGroupIngress",
  Properties: {
    GroupId: { "Fn::GetAtt": ["Group", "GroupId"] },
    IpProtocol: "tcp",
    FromPort: 80,
    ToPort: 80,
    CidrIp: "10.0.0.0/8",
    ...more,
  },
});
const subnets = (...SubnetIds: object[]) => ({
  Type: "AWS::RDS::DBSubnetGroup",
  Properties: { DBSubnetGroupDescription: "g", SubnetIds },
});
const policy = (more: object) => ({
  Type: "AWS::IAM::Policy",
  Properties: {
    PolicyName: "p",
    PolicyDocument: { Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] },
    Roles: [{ Ref: "Role" }],
    ...more,
  },
});
const tokens = { Type: "AWS::IAM::OIDCProvider", Properties: { Url: "https://token.actions.githubusercontent.com" } };
const moving = (TransitionInDays: number) => ({
  LifecycleConfiguration: {
    Rules: [{ Id: "old", Status: "Enabled", Transitions: [{ StorageClass: "GLACIER", TransitionInDays }] }],
  },
});
const granting = (AWS: unknown) => ({
  Statement: [
    ...make.rootPolicy.Statement,
    { Effect: "Allow", Principal: { AWS }, Action: "kms:Decrypt", Resource: "*" },
  ],
});
const worker = (Role: unknown, Code: object = { ZipFile: "x" }) => ({
  Type: "AWS::Lambda::Function",
  Properties: { Role, Runtime: "python3.13", Handler: "i.h", Code },
});
const LAMBDA_ROLE = role({
  AssumeRolePolicyDocument: {
    Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
  },
});
const subscription = (TopicArn: unknown) => ({
  Type: "AWS::SNS::Subscription",
  Properties: { TopicArn, Protocol: "email", Endpoint: "ops@example.com" },
});
const scaling = (more: object = {}) => ({
  Type: "AWS::ApplicationAutoScaling::ScalableTarget",
  Properties: {
    ServiceNamespace: "ecs",
    ScalableDimension: "ecs:service:DesiredCount",
    MinCapacity: 1,
    MaxCapacity: 2,
    ResourceId: { "Fn::Sub": "service/${Cluster}/${Service.Name}" },
    ...more,
  },
});

const CASES: readonly Case[] = [
  {
    rule: "the account's quotas are not exceeded",
    keeps: many(5, vpc()),
    breaks: many(6, vpc()),
    says: "The maximum number of VPCs has been reached.",
  },
  {
    rule: "an account has one identity provider for a URL",
    keeps: { First: tokens },
    breaks: { First: tokens, Second: { ...tokens, DependsOn: "First" } },
    says: "Provider with url https://token.actions.githubusercontent.com already exists.",
  },
  {
    rule: "a resource's VPC exists",
    keeps: { Vpc: vpc(), Group: group() },
    breaks: { Group: { ...group(), Properties: { GroupDescription: "g", VpcId: "vpc-0" } } },
    says: "The vpc ID 'vpc-0' does not exist",
  },
  {
    rule: "a subnet's zone is one of the region's",
    keeps: network,
    breaks: { Vpc: vpc(), S: subnet("10.0.1.0/24", "z") },
    says: "Value (us-east-1z) for parameter availabilityZone is invalid.",
  },
  {
    rule: "a route to an internet gateway needs it attached to the table's VPC",
    keeps: {
      ...network,
      T: { Type: "AWS::EC2::RouteTable", Properties: { VpcId: { Ref: "Vpc" } } },
      R: {
        Type: "AWS::EC2::Route",
        DependsOn: "Attachment",
        Properties: { RouteTableId: { Ref: "T" }, DestinationCidrBlock: "0.0.0.0/0", GatewayId: { Ref: "Gateway" } },
      },
    },
    breaks: {
      Vpc: vpc(),
      Gateway: make.gateway.Gateway,
      T: { Type: "AWS::EC2::RouteTable", Properties: { VpcId: { Ref: "Vpc" } } },
      R: {
        Type: "AWS::EC2::Route",
        Properties: { RouteTableId: { Ref: "T" }, DestinationCidrBlock: "0.0.0.0/0", GatewayId: { Ref: "Gateway" } },
      },
    },
    says: "belong to different networks",
  },
  {
    rule: "the NAT gateway quota of a zone is not exceeded",
    keeps: { ...network, ...many(5, nat({ ConnectivityType: "private" })) },
    breaks: { ...network, ...many(6, nat({ ConnectivityType: "private" })) },
    says: "would exceed the limit of 5 NAT gateways",
  },
  {
    rule: "a resource's subnets exist",
    keeps: { ...network, N: nat({ ConnectivityType: "private" }) },
    breaks: { N: nat({ SubnetId: "subnet-0", ConnectivityType: "private" }) },
    says: "The subnet ID 'subnet-0' does not exist",
  },
  {
    rule: "an Elastic IP address is used by one NAT gateway",
    keeps: { ...network, E: address, N: nat({ AllocationId: { "Fn::GetAtt": ["E", "AllocationId"] } }) },
    breaks: {
      ...network,
      E: address,
      N: nat({ AllocationId: { "Fn::GetAtt": ["E", "AllocationId"] } }),
      M: { ...nat({ AllocationId: { "Fn::GetAtt": ["E", "AllocationId"] } }), DependsOn: "N" },
    },
    says: "is already associated",
  },
  {
    rule: "a security group's name is unique in the VPC",
    keeps: { Vpc: vpc(), G: group({ GroupName: "g" }), H: group({ GroupName: "h" }) },
    breaks: { Vpc: vpc(), G: group({ GroupName: "g" }), H: { ...group({ GroupName: "g" }), DependsOn: "G" } },
    says: "The security group 'g' already exists for VPC",
  },
  {
    rule: "rules name security groups that exist",
    keeps: { Vpc: vpc(), Group: group(), I: ingress() },
    breaks: { Vpc: vpc(), Group: group(), I: ingress({ SourceSecurityGroupId: "sg-0" }) },
    says: "The security group 'sg-0' does not exist",
  },
  {
    rule: "a security group's rules are unique",
    keeps: { Vpc: vpc(), Group: group(), I: ingress(), J: ingress({ ToPort: 81 }) },
    breaks: { Vpc: vpc(), Group: group(), I: ingress(), J: { ...ingress(), DependsOn: "I" } },
    says: 'the specified rule "peer: 10.0.0.0/8, TCP, from port: 80, to port: 80, ALLOW" already exists',
  },
  {
    rule: "an internet-facing load balancer needs a VPC with an internet gateway",
    keeps: { ...network, Balancer: balancer() },
    breaks: { Vpc: vpc(), A: network.A, B: network.B, Balancer: { ...balancer(), DependsOn: "Vpc" } },
    says: "has no internet gateway",
  },
  {
    rule: "a listener needs a load balancer that exists",
    keeps: { ...network, Balancer: balancer(), L: listener() },
    breaks: { L: listener({ LoadBalancerArn: "arn:none" }) },
    says: "Load balancer 'arn:none' not found",
  },
  {
    rule: "a listener forwards to target groups that exist",
    keeps: running(),
    breaks: {
      ...network,
      Balancer: balancer(),
      L: listener({ DefaultActions: [{ Type: "forward", TargetGroupArn: "arn:none" }] }),
    },
    says: "One or more target groups not found",
  },
  {
    rule: "a subnet group's subnets exist",
    keeps: { ...network, S: subnets({ Ref: "A" }, { Ref: "B" }) },
    breaks: { S: { Type: "AWS::ElastiCache::SubnetGroup", Properties: { Description: "g", SubnetIds: ["subnet-0"] } } },
    says: "Some input subnets in :[subnet-0] are invalid.",
  },
  {
    rule: "a database class can be ordered",
    keeps: { D: database() },
    breaks: { D: database({ DBInstanceClass: "db.t3.pico" }) },
    says: "RDS does not support creating a DB instance with the following combination: DBInstanceClass=db.t3.pico",
  },
  {
    rule: "a database class runs the engine's version",
    keeps: { D: database({ EngineVersion: "16.8", DBInstanceClass: "db.m7g.large" }) },
    breaks: { D: database({ EngineVersion: "12.20", DBInstanceClass: "db.m7g.large" }) },
    says: "DBInstanceClass=db.m7g.large, Engine=postgres, EngineVersion=12.20",
  },
  {
    rule: "a database class is offered in the zone",
    keeps: { D: database({ AvailabilityZone: "us-east-1a" }) },
    breaks: { D: database({ AvailabilityZone: "us-east-1e" }) },
    says: "RDS does not support creating a DB instance with the following combination",
  },
  {
    rule: "a database's snapshot exists",
    keeps: { D: database() },
    breaks: { D: database({ DBSnapshotIdentifier: "none", MasterUsername: undefined }) },
    says: "DBSnapshot not found: none",
  },
  {
    rule: "a database's subnet group exists",
    keeps: { ...network, S: subnets({ Ref: "A" }, { Ref: "B" }), D: database({ DBSubnetGroupName: { Ref: "S" } }) },
    breaks: { D: database({ DBSubnetGroupName: "none" }) },
    says: "DBSubnetGroup 'none' not found.",
  },
  {
    rule: "a cache's subnet group exists",
    keeps: { C: cache() },
    breaks: { C: cache({ CacheSubnetGroupName: "none" }) },
    says: "Cache Subnet Group none does not exist.",
  },
  {
    rule: "a bucket's name is globally unique",
    keeps: { B: bucket({ BucketName: "mine-alone" }) },
    breaks: { B: bucket({ BucketName: "mine-alone" }), C: { ...bucket({ BucketName: "mine-alone" }), DependsOn: "B" } },
    says: "mine-alone already exists",
  },
  {
    rule: "days of a bucket's lifecycle are not negative",
    keeps: { B: bucket(moving(30)) },
    breaks: { B: bucket(moving(-1)) },
    says: "must be nonnegative",
  },
  {
    rule: "a bucket policy needs its bucket",
    keeps: {
      B: bucket(),
      P: { Type: "AWS::S3::BucketPolicy", Properties: { Bucket: { Ref: "B" }, PolicyDocument: {} } },
    },
    breaks: { P: { Type: "AWS::S3::BucketPolicy", Properties: { Bucket: "none-at-all", PolicyDocument: {} } } },
    says: "The specified bucket does not exist",
  },
  {
    rule: "a service runs on a cluster that exists",
    keeps: running(),
    breaks: running({ Cluster: "none" }),
    says: "Cluster not found.",
  },
  {
    rule: "a service's task definition exists",
    keeps: running(),
    breaks: running({ TaskDefinition: "none" }),
    says: "Unable to describe task definition.",
  },
  {
    rule: "a service with awsvpc tasks has a network configuration",
    keeps: running(),
    breaks: running({ NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [] } } }),
    says: "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
  },
  {
    rule: "an image in the account's registry can be pulled",
    keeps: running(
      { DesiredCount: 0 },
      {
        Role: role(),
        Task: task({
          ExecutionRoleArn: { "Fn::GetAtt": ["Role", "Arn"] },
          ContainerDefinitions: [
            {
              Name: "web",
              Image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/app:v1",
              PortMappings: [{ ContainerPort: 80 }],
            },
          ],
        }),
      },
    ),
    breaks: running(
      {},
      {
        Role: role(),
        Task: task({
          ExecutionRoleArn: { "Fn::GetAtt": ["Role", "Arn"] },
          ContainerDefinitions: [
            {
              Name: "web",
              Image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/app:v1",
              PortMappings: [{ ContainerPort: 80 }],
            },
          ],
        }),
      },
    ),
    says: "CannotPullContainerError",
  },
  {
    rule: "a scalable target's service exists",
    keeps: running({}, { Scaling: scaling() }),
    breaks: { Scaling: scaling({ ResourceId: "service/none/none" }) },
    says: "ECS service doesn't exist: service/none/none",
  },
  {
    rule: "a policy is attached to roles that exist",
    keeps: { Role: role(), P: policy({}) },
    breaks: { P: policy({ Roles: ["none"] }) },
    says: "The role with name none cannot be found.",
  },
  {
    rule: "a function's role exists",
    keeps: {
      Role: LAMBDA_ROLE,
      F: worker({ "Fn::GetAtt": ["Role", "Arn"] }),
    },
    breaks: { F: worker("arn:aws:iam::123456789012:role/none") },
    says: "The role defined for the function cannot be assumed by Lambda.",
  },
  {
    rule: "a function's code exists in the bucket",
    keeps: { Role: LAMBDA_ROLE, F: worker({ "Fn::GetAtt": ["Role", "Arn"] }) },
    breaks: {
      Role: LAMBDA_ROLE,
      F: worker({ "Fn::GetAtt": ["Role", "Arn"] }, { S3Bucket: "none", S3Key: "x.zip" }),
    },
    says: "S3 Error Code: NoSuchBucket. S3 Error Message: The specified bucket does not exist",
  },
  {
    rule: "attached managed policies exist",
    keeps: { R: role({ ManagedPolicyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }) },
    breaks: { R: role({ ManagedPolicyArns: ["arn:aws:iam::123456789012:policy/none"] }) },
    says: "Policy arn:aws:iam::123456789012:policy/none does not exist or is not attachable.",
  },
  {
    rule: "a subscription needs a topic that exists",
    keeps: { T: { Type: "AWS::SNS::Topic" }, S: subscription({ Ref: "T" }) },
    breaks: { S: subscription("arn:aws:sns:us-east-1:123456789012:none") },
    says: "Topic does not exist",
  },
  {
    rule: "principals of a key's or a bucket's policy exist",
    keeps: { Role: role(), K: key(granting({ "Fn::GetAtt": ["Role", "Arn"] })) },
    breaks: { K: key(granting("arn:aws:iam::123456789012:role/none")) },
    says: "Policy contains a statement with one or more invalid principals.",
  },
  {
    rule: "an alias's key is not pending deletion",
    keeps: {
      K: key(),
      A: { Type: "AWS::KMS::Alias", Properties: { AliasName: "alias/a", TargetKeyId: { Ref: "K" } } },
    },
    breaks: { A: { Type: "AWS::KMS::Alias", Properties: { AliasName: "alias/a", TargetKeyId: "none" } } },
    says: "Key 'none' does not exist",
  },
  {
    rule: "a distribution uses origin access controls that exist",
    keeps: { D: distribution() },
    breaks: {
      D: distribution({
        Origins: [{ Id: "one", DomainName: "b.s3.amazonaws.com", OriginAccessControlId: "E0", S3OriginConfig: {} }],
      }),
    },
    says: "The specified origin access control does not exist.",
  },
];

/** How a stack of these resources ends, and the words of what failed. */
async function outcome(resources: object) {
  const { create, cloudformation } = await rehearse();
  const stack = await create("shop", template(resources), { Capabilities: ["CAPABILITY_NAMED_IAM"] });
  const { StackEvents } = await cloudformation.send(new DescribeStackEventsCommand({ StackName: stack.StackId }));
  const failed = (StackEvents ?? []).filter(
    ({ ResourceStatus, ResourceStatusReason }) =>
      ResourceStatus === "CREATE_FAILED" && !ResourceStatusReason?.endsWith("cancelled"),
  );
  return {
    status: stack.StackStatus,
    words: failed.map(({ ResourceStatusReason }) => ResourceStatusReason).join("\n"),
  };
}

/** What an update or a call must break, and so is tried by itself below. */
const ELSEWHERE = [
  "a database's storage only grows",
  "a service whose capacity strategy changes is deployed anew by force",
  "a secret's name is not pending deletion",
  "a table gains or loses one index at a time",
  "the account's plan allows the database's settings",
  // test/rehearsal/other-tools.test.ts
  "a service's task definition is not deregistered",
  // test/rehearsal/certificates.test.ts
  "a listener's certificate is issued",
  "a distribution's certificate is issued",
];

const PROVIDERS = {
  Providers: {
    Type: "AWS::ECS::ClusterCapacityProviderAssociations",
    Properties: {
      Cluster: { Ref: "Cluster" },
      CapacityProviders: ["FARGATE", "FARGATE_SPOT"],
      DefaultCapacityProviderStrategy: [],
    },
  },
};

describe("AWS demands that", () => {
  it.each(CASES)("$rule", async ({ keeps, breaks, says }) => {
    expect(await outcome(keeps)).toEqual({ status: "CREATE_COMPLETE", words: "" });
    expect(await outcome(breaks)).toEqual({ status: "ROLLBACK_COMPLETE", words: expect.stringContaining(says) });
  });

  it("and no rule goes without a case, a document, and a sentence of its own", () => {
    const tried = new Set([...CASES.map(({ rule }) => rule), ...ELSEWHERE]);
    expect(ACCOUNT_RULES.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
    expect(new Set(ACCOUNT_RULES.map(({ name }) => name)).size).toBe(ACCOUNT_RULES.length);
    expect(ACCOUNT_RULES.filter(({ source }) => source === "")).toEqual([]);
  });

  it("a database's storage only grows", async () => {
    const { create, update, cloudformation } = await rehearse();
    await create("shop", template({ D: database({ AllocatedStorage: "30" }) }));
    expect((await update("shop", template({ D: database({ AllocatedStorage: "40" }) }))).StackStatus).toBe(
      "UPDATE_COMPLETE",
    );
    expect((await update("shop", template({ D: database({ AllocatedStorage: "30" }) }))).StackStatus).toBe(
      "UPDATE_ROLLBACK_COMPLETE",
    );
    const { StackEvents } = await cloudformation.send(new DescribeStackEventsCommand({ StackName: "shop" }));
    expect(
      StackEvents?.find(({ ResourceStatus }) => ResourceStatus === "UPDATE_FAILED")?.ResourceStatusReason,
    ).toContain("Invalid storage size for engine name postgres and storage type gp2: 30 (");
  });

  it("the account's plan allows the database's settings", async () => {
    const { create, cloudformation } = await rehearse({ faults: [{ account: "free-plan" }] });
    const made = async (StackName: string, size: string, days: number) => {
      const wanted = database({ DBInstanceClass: size, BackupRetentionPeriod: days });
      const { StackStatus } = await create(StackName, template({ D: wanted }));
      const { StackEvents } = await cloudformation.send(new DescribeStackEventsCommand({ StackName }));
      const failed = StackEvents?.find(({ ResourceStatus }) => ResourceStatus === "CREATE_FAILED");
      return [StackStatus, failed?.ResourceStatusReason?.replace(/ \(Service.*/s, "") ?? ""];
    };
    const upgrade = "To remove all limitations, upgrade your account plan.";
    expect(await made("small", "db.t4g.micro", 1)).toEqual(["CREATE_COMPLETE", ""]);
    expect(await made("days", "db.t4g.micro", 2)).toEqual([
      "ROLLBACK_COMPLETE",
      expect.stringContaining(`exceeds the maximum available to free tier customers. ${upgrade}`),
    ]);
    expect(await made("size", "db.t4g.small", 1)).toEqual([
      "ROLLBACK_COMPLETE",
      expect.stringContaining(`This instance size isn't available with free plan accounts. ${upgrade}`),
    ]);
  });

  it("a service whose capacity strategy changes is deployed anew by force", async () => {
    const on = (CapacityProvider: string, more: object = {}) =>
      template(running({ CapacityProviderStrategy: [{ CapacityProvider, Weight: 1 }], ...more }, PROVIDERS));
    const ForceNewDeployment = { EnableForceNewDeployment: true, ForceNewDeploymentNonce: "FARGATE" };
    const { create, update, cloudformation } = await rehearse();
    expect((await create("shop", on("FARGATE_SPOT"))).StackStatus).toBe("CREATE_COMPLETE");
    expect((await update("shop", on("FARGATE"))).StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
    const { StackEvents } = await cloudformation.send(new DescribeStackEventsCommand({ StackName: "shop" }));
    expect(
      StackEvents?.find(({ ResourceStatus }) => ResourceStatus === "UPDATE_FAILED")?.ResourceStatusReason,
    ).toContain("you must force a new deployment");
    expect((await update("shop", on("FARGATE", { ForceNewDeployment }))).StackStatus).toBe("UPDATE_COMPLETE");
  });

  it("a table gains or loses one index at a time", async () => {
    const { create, update } = await rehearse();
    const indexed = (...names: string[]) =>
      template({
        T: make.table({
          AttributeDefinitions: ["id", ...names].map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
          ...(names.length > 0 && {
            GlobalSecondaryIndexes: names.map((IndexName) => ({
              IndexName,
              KeySchema: [{ AttributeName: IndexName, KeyType: "HASH" }],
              Projection: { ProjectionType: "ALL" },
            })),
          }),
        }),
      });
    await create("shop", indexed());
    expect((await update("shop", indexed("a"))).StackStatus).toBe("UPDATE_COMPLETE");
    expect((await update("shop", indexed("b"))).StackStatus).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect((await update("shop", indexed("a", "b"))).StackStatus).toBe("UPDATE_COMPLETE");
  });

  it("a secret's name is not pending deletion", async () => {
    const { create, json } = await rehearse();
    await json("secretsmanager", "secretsmanager.CreateSecret", { Name: "s", SecretString: "x" });
    await json("secretsmanager", "secretsmanager.DeleteSecret", { SecretId: "s" });
    const named = { Type: "AWS::SecretsManager::Secret", Properties: { Name: "s" } };
    expect((await create("shop", template({ S: named }))).StackStatus).toBe("ROLLBACK_COMPLETE");
    await json("secretsmanager", "secretsmanager.DeleteSecret", { SecretId: "s", ForceDeleteWithoutRecovery: true });
    expect((await create("again", template({ S: named }))).StackStatus).toBe("CREATE_COMPLETE");
  });

  it.each([
    [
      "alone",
      { T: task({ Memory: "8192" }) },
      "No Fargate configuration exists for given values: 256 CPU, 8192 memory.",
    ],
    [
      "with what is there",
      { ...network, Balancer: balancer({ Subnets: [{ Ref: "A" }] }) },
      "At least two subnets in two different Availability Zones must be specified",
    ],
  ])("templates keep what a template %s can break", async (_, resources, says) => {
    expect(await outcome(resources)).toEqual({ status: "ROLLBACK_COMPLETE", words: expect.stringContaining(says) });
  });
});
